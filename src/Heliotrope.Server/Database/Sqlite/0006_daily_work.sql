-- Daily work: views, search, undo, customers, people, rules, macros, notifications, imports.

-- Views

-- (end of Views)

-- Search

-- (end of Search)

-- Undo

-- (end of Undo)

-- Merging and forwarding

-- (end of Merging and forwarding)

-- Customers

-- (end of Customers)

-- Segments

-- (end of Segments)

-- People and teams

ALTER TABLE teams ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE teams ADD COLUMN assigns INTEGER NOT NULL DEFAULT 0;

-- (end of People and teams)

-- Acts and rules

ALTER TABLE entries ADD COLUMN rule_id INTEGER NULL;

CREATE TABLE rules (
    id INTEGER NOT NULL CONSTRAINT pk_rules PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    is_on INTEGER NOT NULL,
    on_since INTEGER NULL,
    off_because TEXT NOT NULL,
    trigger TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    working_time INTEGER NOT NULL,
    query TEXT NOT NULL,
    message TEXT NOT NULL,
    acts TEXT NOT NULL,
    stop INTEGER NOT NULL,
    version INTEGER NOT NULL,
    tried_version INTEGER NOT NULL,
    owner_id INTEGER NULL,
    owner_name TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    demo INTEGER NOT NULL,
    CONSTRAINT fk_rules_owner_id FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE SET NULL
);

CREATE TABLE rule_runs (
    id INTEGER NOT NULL CONSTRAINT pk_rule_runs PRIMARY KEY AUTOINCREMENT,
    rule_id INTEGER NOT NULL,
    conversation_number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    rule_version INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    refusal TEXT NOT NULL,
    about TEXT NOT NULL,
    acts TEXT NOT NULL,
    undo_step_id INTEGER NULL,
    CONSTRAINT fk_rule_runs_rule_id FOREIGN KEY (rule_id) REFERENCES rules (id) ON DELETE CASCADE,
    CONSTRAINT fk_rule_runs_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE TABLE rule_marks (
    rule_id INTEGER NOT NULL,
    conversation_number INTEGER NOT NULL,
    since INTEGER NOT NULL,
    CONSTRAINT pk_rule_marks PRIMARY KEY (rule_id, conversation_number, since),
    CONSTRAINT fk_rule_marks_rule_id FOREIGN KEY (rule_id) REFERENCES rules (id) ON DELETE CASCADE,
    CONSTRAINT fk_rule_marks_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE TABLE person_links (
    token_hash BLOB NOT NULL CONSTRAINT pk_person_links PRIMARY KEY,
    conversation_number INTEGER NOT NULL,
    language TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT fk_person_links_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE INDEX ix_rules_owner_id ON rules (owner_id);
CREATE INDEX ix_rule_runs_rule_id_at ON rule_runs (rule_id, at);
CREATE INDEX ix_rule_runs_conversation_number ON rule_runs (conversation_number);
CREATE INDEX ix_rule_marks_conversation_number ON rule_marks (conversation_number);
CREATE INDEX ix_person_links_conversation_number ON person_links (conversation_number);

-- (end of Acts and rules)

-- Macros

-- (end of Macros)

-- Notifications

-- (end of Notifications)

-- Imports

-- (end of Imports)
