-- The desk: teams with hours and targets, drivers, tags, spam, drafts, articles; mails to several recipients; the demo company.

CREATE TABLE teams (
    id INTEGER NOT NULL CONSTRAINT pk_teams PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    hours TEXT NOT NULL,
    holidays TEXT NOT NULL,
    first_answer_minutes INTEGER NOT NULL,
    next_answer_minutes INTEGER NOT NULL,
    demo INTEGER NOT NULL
);

CREATE TABLE drivers (
    id INTEGER NOT NULL CONSTRAINT pk_drivers PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    demo INTEGER NOT NULL
);

CREATE TABLE team_members (
    team_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    CONSTRAINT pk_team_members PRIMARY KEY (team_id, user_id),
    CONSTRAINT fk_team_members_team_id FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE,
    CONSTRAINT fk_team_members_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE driver_targets (
    id INTEGER NOT NULL CONSTRAINT pk_driver_targets PRIMARY KEY AUTOINCREMENT,
    team_id INTEGER NOT NULL,
    driver_id INTEGER NOT NULL,
    first_answer_minutes INTEGER NOT NULL,
    next_answer_minutes INTEGER NOT NULL,
    CONSTRAINT fk_driver_targets_driver_id FOREIGN KEY (driver_id) REFERENCES drivers (id) ON DELETE CASCADE,
    CONSTRAINT fk_driver_targets_team_id FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
);

CREATE TABLE tags (
    id INTEGER NOT NULL CONSTRAINT pk_tags PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL
);

CREATE TABLE conversation_tags (
    conversation_number INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    CONSTRAINT pk_conversation_tags PRIMARY KEY (conversation_number, tag_id),
    CONSTRAINT fk_conversation_tags_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_conversation_tags_tag_id FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);

CREATE TABLE blocked_senders (
    id INTEGER NOT NULL CONSTRAINT pk_blocked_senders PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    by_name TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE drafts (
    id INTEGER NOT NULL CONSTRAINT pk_drafts PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NULL,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    cc TEXT NOT NULL,
    bcc TEXT NOT NULL,
    text TEXT NOT NULL,
    resolve INTEGER NOT NULL,
    send_at INTEGER NULL,
    refused TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT fk_drafts_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_drafts_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE uploads (
    id INTEGER NOT NULL CONSTRAINT pk_uploads PRIMARY KEY AUTOINCREMENT,
    draft_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    content_id TEXT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT fk_uploads_draft_id FOREIGN KEY (draft_id) REFERENCES drafts (id) ON DELETE CASCADE
);

CREATE TABLE articles (
    id INTEGER NOT NULL CONSTRAINT pk_articles PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    demo INTEGER NOT NULL
);

ALTER TABLE users ADD COLUMN demo INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN demo INTEGER NOT NULL DEFAULT 0;
ALTER TABLE our_addresses ADD COLUMN demo INTEGER NOT NULL DEFAULT 0;
ALTER TABLE our_addresses ADD COLUMN team_id INTEGER NULL CONSTRAINT fk_our_addresses_team_id REFERENCES teams (id) ON DELETE SET NULL;
ALTER TABLE attachments ADD COLUMN content_id TEXT NULL;
ALTER TABLE entries ADD COLUMN cc TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN bcc TEXT NOT NULL DEFAULT '';
ALTER TABLE entries ADD COLUMN due_at INTEGER NULL;
ALTER TABLE conversations ADD COLUMN team_id INTEGER NULL CONSTRAINT fk_conversations_team_id REFERENCES teams (id) ON DELETE SET NULL;
ALTER TABLE conversations ADD COLUMN driver_id INTEGER NULL CONSTRAINT fk_conversations_driver_id REFERENCES drivers (id) ON DELETE SET NULL;
ALTER TABLE conversations ADD COLUMN answer_due_at INTEGER NULL;
ALTER TABLE conversations ADD COLUMN snoozed_until INTEGER NULL;
ALTER TABLE conversations ADD COLUMN is_spam INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN demo INTEGER NOT NULL DEFAULT 0;

-- Who waited longest keeps the first place; the numbers of attention now rise with patience.
UPDATE conversations SET answer_due_at = waiting_since, attention = CASE attention WHEN 2 THEN 0 WHEN 1 THEN 10 ELSE 40 END;

-- The bytes of a mail apart from its recipients, who are a row each. A mail so far had one, so the ids can be the same.
CREATE TABLE outbox_bytes (
    id INTEGER NOT NULL CONSTRAINT pk_outbox_bytes PRIMARY KEY AUTOINCREMENT,
    content BLOB NOT NULL
);

INSERT INTO outbox_bytes (id, content) SELECT id, content FROM outbox;

CREATE TABLE outbox_new (
    id INTEGER NOT NULL CONSTRAINT pk_outbox PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NOT NULL,
    entry_id INTEGER NULL,
    kind TEXT NOT NULL,
    after_id INTEGER NULL,
    message_id TEXT NOT NULL,
    envelope_from TEXT NOT NULL,
    envelope_to TEXT NOT NULL,
    subject TEXT NOT NULL,
    bytes_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    next_try_at INTEGER NOT NULL,
    lease_until INTEGER NULL,
    lease_owner TEXT NULL,
    attempts INTEGER NOT NULL,
    doubts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    sent_at INTEGER NULL,
    CONSTRAINT fk_outbox_after_id FOREIGN KEY (after_id) REFERENCES outbox (id) ON DELETE SET NULL,
    CONSTRAINT fk_outbox_bytes_id FOREIGN KEY (bytes_id) REFERENCES outbox_bytes (id) ON DELETE RESTRICT,
    CONSTRAINT fk_outbox_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_outbox_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE CASCADE
);

INSERT INTO outbox_new
SELECT id, conversation_number, entry_id, kind, after_id, message_id, envelope_from, envelope_to, subject, id, state, created_at, next_try_at, lease_until, lease_owner, attempts, doubts, last_error, sent_at
FROM outbox;

DROP TABLE outbox;

ALTER TABLE outbox_new RENAME TO outbox;

CREATE INDEX ix_outbox_after_id ON outbox (after_id);
CREATE INDEX ix_outbox_bytes_id ON outbox (bytes_id);
CREATE INDEX ix_outbox_conversation_number ON outbox (conversation_number);
CREATE INDEX ix_outbox_entry_id ON outbox (entry_id);
CREATE UNIQUE INDEX ix_outbox_message_id_envelope_to ON outbox (message_id, envelope_to);
CREATE INDEX ix_outbox_state_next_try_at ON outbox (state, next_try_at);

DROP INDEX ix_conversations_last_activity_at_number;
DROP INDEX ix_conversations_state_attention_waiting_since_number;
DROP INDEX ix_conversations_state_last_activity_at_number;

CREATE UNIQUE INDEX ix_blocked_senders_address ON blocked_senders (address);
CREATE INDEX ix_conversation_tags_tag_id ON conversation_tags (tag_id);
CREATE INDEX ix_conversations_driver_id ON conversations (driver_id);
CREATE INDEX ix_conversations_is_spam_last_activity_at_number ON conversations (is_spam, last_activity_at, number);
CREATE INDEX ix_conversations_is_spam_state_attention_answer_due_at_number ON conversations (is_spam, state, attention, answer_due_at, number);
CREATE INDEX ix_conversations_is_spam_state_last_activity_at_number ON conversations (is_spam, state, last_activity_at, number);
CREATE INDEX ix_conversations_snoozed_until ON conversations (snoozed_until);
CREATE INDEX ix_conversations_team_id ON conversations (team_id);
CREATE UNIQUE INDEX ix_drafts_conversation_number_user_id_kind ON drafts (conversation_number, user_id, kind);
CREATE INDEX ix_drafts_send_at ON drafts (send_at);
CREATE INDEX ix_drafts_user_id ON drafts (user_id);
CREATE INDEX ix_driver_targets_driver_id ON driver_targets (driver_id);
CREATE UNIQUE INDEX ix_driver_targets_team_id_driver_id ON driver_targets (team_id, driver_id);
CREATE UNIQUE INDEX ix_drivers_name ON drivers (name);
CREATE INDEX ix_our_addresses_team_id ON our_addresses (team_id);
CREATE UNIQUE INDEX ix_tags_name ON tags (name);
CREATE INDEX ix_team_members_user_id ON team_members (user_id);
CREATE UNIQUE INDEX ix_teams_name ON teams (name);
CREATE INDEX ix_uploads_draft_id ON uploads (draft_id);
