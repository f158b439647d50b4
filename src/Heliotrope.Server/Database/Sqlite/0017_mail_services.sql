-- Mail services that post to us what they receive, and the tokens of their posts.

CREATE TABLE mail_services (
    id INTEGER NOT NULL CONSTRAINT pk_mail_services PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    secret TEXT NOT NULL,
    secret_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_mail_at INTEGER NULL,
    taken INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    last_problem TEXT NOT NULL,
    last_problem_at INTEGER NULL
);

CREATE TABLE mail_service_tokens (
    token TEXT NOT NULL,
    mail TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_mail_service_tokens PRIMARY KEY (token)
);
CREATE INDEX ix_mail_service_tokens_at ON mail_service_tokens (at);
