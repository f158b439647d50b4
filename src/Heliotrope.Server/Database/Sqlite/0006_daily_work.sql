-- Daily work: views, search, undo, customers, people, rules, macros, notifications, imports.

-- Views

CREATE TABLE saved_views (
    id INTEGER NOT NULL CONSTRAINT pk_saved_views PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    sorting TEXT NOT NULL,
    sharing TEXT NOT NULL,
    owner_id INTEGER NULL,
    team_id INTEGER NULL,
    demo INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    CONSTRAINT fk_saved_views_owner_id FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_saved_views_team_id FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL
);

CREATE TABLE view_choices (
    user_id INTEGER NOT NULL,
    view_id INTEGER NOT NULL,
    pinned INTEGER NOT NULL,
    position INTEGER NULL,
    CONSTRAINT pk_view_choices PRIMARY KEY (user_id, view_id),
    CONSTRAINT fk_view_choices_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_view_choices_view_id FOREIGN KEY (view_id) REFERENCES saved_views (id) ON DELETE CASCADE
);

CREATE TABLE bulk_runs (
    id INTEGER NOT NULL CONSTRAINT pk_bulk_runs PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    acts TEXT NOT NULL,
    list TEXT NOT NULL,
    total INTEGER NOT NULL,
    done INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    same INTEGER NOT NULL,
    refused TEXT NOT NULL,
    step_id INTEGER NULL,
    created_at INTEGER NOT NULL,
    beat_at INTEGER NOT NULL,
    ended_at INTEGER NULL,
    CONSTRAINT fk_bulk_runs_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX ix_bulk_runs_user_id ON bulk_runs (user_id);
CREATE INDEX ix_saved_views_owner_id ON saved_views (owner_id);
CREATE INDEX ix_saved_views_team_id ON saved_views (team_id);
CREATE INDEX ix_view_choices_view_id ON view_choices (view_id);

-- (end of Views)

-- Search

-- The index is in 0007: it is made of what is there by then.

-- (end of Search)

-- Undo

CREATE TABLE undo_steps (
    id INTEGER NOT NULL CONSTRAINT pk_undo_steps PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id INTEGER NULL,
    role TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    rows INTEGER NOT NULL,
    at INTEGER NOT NULL,
    taken_back_at INTEGER NULL
);

CREATE TABLE undo_rows (
    id INTEGER NOT NULL CONSTRAINT pk_undo_rows PRIMARY KEY AUTOINCREMENT,
    step_id INTEGER NOT NULL,
    in_table TEXT NOT NULL,
    key TEXT NOT NULL,
    before TEXT NULL,
    after TEXT NULL,
    conversation_number INTEGER NULL,
    customer_id INTEGER NULL,
    CONSTRAINT fk_undo_rows_step_id FOREIGN KEY (step_id) REFERENCES undo_steps (id) ON DELETE CASCADE,
    CONSTRAINT fk_undo_rows_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_undo_rows_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_undo_steps_token_hash ON undo_steps (token_hash);
CREATE INDEX ix_undo_steps_at ON undo_steps (at);
CREATE INDEX ix_undo_rows_step_id ON undo_rows (step_id);
CREATE INDEX ix_undo_rows_conversation_number ON undo_rows (conversation_number);
CREATE INDEX ix_undo_rows_customer_id ON undo_rows (customer_id);

-- (end of Undo)

-- Merging and forwarding

-- Whom a message of ours went to instead of the customer.
ALTER TABLE entries ADD COLUMN forwarded_to TEXT NOT NULL DEFAULT '';
CREATE TABLE merged_conversations (
    number INTEGER NOT NULL CONSTRAINT pk_merged_conversations PRIMARY KEY,
    leads_to INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_merged_conversations_leads_to FOREIGN KEY (leads_to) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE INDEX ix_merged_conversations_leads_to ON merged_conversations (leads_to);
CREATE INDEX ix_entries_conversation_number_at_id ON entries (conversation_number, at, id);

-- (end of Merging and forwarding)

-- Customers

-- (end of Customers)

-- Segments

-- (end of Segments)

-- People and teams

ALTER TABLE teams ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
ALTER TABLE teams ADD COLUMN assigns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN room INTEGER NOT NULL DEFAULT 20;
ALTER TABLE users ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN away_until INTEGER NULL;
ALTER TABLE users ADD COLUMN seen_at INTEGER NULL;
ALTER TABLE users ADD COLUMN last_given_at INTEGER NULL;
ALTER TABLE users ADD COLUMN left_at INTEGER NULL;

CREATE TABLE user_skills (
    user_id INTEGER NOT NULL,
    driver_id INTEGER NOT NULL,
    CONSTRAINT pk_user_skills PRIMARY KEY (user_id, driver_id),
    CONSTRAINT fk_user_skills_driver_id FOREIGN KEY (driver_id) REFERENCES drivers (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_skills_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX ix_user_skills_driver_id ON user_skills (driver_id);

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
    id INTEGER NOT NULL CONSTRAINT pk_rule_marks PRIMARY KEY AUTOINCREMENT,
    rule_id INTEGER NOT NULL,
    conversation_number INTEGER NOT NULL,
    since INTEGER NOT NULL,
    CONSTRAINT fk_rule_marks_rule_id FOREIGN KEY (rule_id) REFERENCES rules (id) ON DELETE CASCADE,
    CONSTRAINT fk_rule_marks_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE TABLE person_links (
    id INTEGER NOT NULL CONSTRAINT pk_person_links PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB NOT NULL,
    conversation_number INTEGER NOT NULL,
    language TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT fk_person_links_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE INDEX ix_rules_owner_id ON rules (owner_id);
CREATE INDEX ix_rule_runs_rule_id_at ON rule_runs (rule_id, at);
CREATE INDEX ix_rule_runs_conversation_number ON rule_runs (conversation_number);
CREATE UNIQUE INDEX ix_rule_marks_rule_id_conversation_number_since ON rule_marks (rule_id, conversation_number, since);
CREATE INDEX ix_rule_marks_conversation_number ON rule_marks (conversation_number);
CREATE INDEX ix_person_links_conversation_number ON person_links (conversation_number);
CREATE UNIQUE INDEX ix_person_links_token_hash ON person_links (token_hash);

-- (end of Acts and rules)

-- Macros

-- What leaves later stands beside what is being written, and a program's reply waits like a person's. SQLite changes such a table
-- by making it anew; the files are moved first, so that none goes with the old one.
CREATE TABLE drafts_anew (
    id INTEGER NOT NULL CONSTRAINT pk_drafts PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NULL CONSTRAINT fk_drafts_conversation_number REFERENCES conversations (number) ON DELETE CASCADE,
    user_id INTEGER NULL CONSTRAINT fk_drafts_user_id REFERENCES users (id) ON DELETE CASCADE,
    api_key_id INTEGER NULL CONSTRAINT fk_drafts_api_key_id REFERENCES api_keys (id) ON DELETE CASCADE,
    kind TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, cc TEXT NOT NULL, bcc TEXT NOT NULL, text TEXT NOT NULL, resolve INTEGER NOT NULL,
    promises TEXT NOT NULL DEFAULT '', remarks TEXT NOT NULL DEFAULT '',
    tells_promise_id INTEGER NULL CONSTRAINT fk_drafts_tells_promise_id REFERENCES promises (id) ON DELETE SET NULL, tells_due_at INTEGER NULL,
    apart INTEGER NOT NULL DEFAULT 0, seen_id INTEGER NULL, knows TEXT NOT NULL DEFAULT '',
    quotes TEXT NOT NULL DEFAULT '', files TEXT NOT NULL DEFAULT '', macros TEXT NOT NULL DEFAULT '',
    send_at INTEGER NULL, refused TEXT NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL
);
INSERT INTO drafts_anew (id, conversation_number, user_id, kind, recipient, subject, cc, bcc, text, resolve, promises, remarks, tells_promise_id, tells_due_at, send_at, refused, updated_at, version)
    SELECT id, conversation_number, user_id, kind, recipient, subject, cc, bcc, text, resolve, promises, remarks, tells_promise_id, tells_due_at, send_at, refused, updated_at, version FROM drafts;
CREATE TABLE uploads_anew (
    id INTEGER NOT NULL CONSTRAINT pk_uploads PRIMARY KEY AUTOINCREMENT,
    draft_id INTEGER NOT NULL CONSTRAINT fk_uploads_draft_id REFERENCES drafts_anew (id) ON DELETE CASCADE,
    name TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL, content_id TEXT NULL, content BLOB NOT NULL, created_at INTEGER NOT NULL
);
INSERT INTO uploads_anew (id, draft_id, name, type, size, content_id, content, created_at)
    SELECT id, draft_id, name, type, size, content_id, content, created_at FROM uploads;
DROP TABLE uploads;
DROP TABLE drafts;
ALTER TABLE drafts_anew RENAME TO drafts;
ALTER TABLE uploads_anew RENAME TO uploads;
CREATE UNIQUE INDEX ix_drafts_conversation_number_user_id_kind ON drafts (conversation_number, user_id, kind) WHERE NOT apart;
CREATE INDEX ix_drafts_conversation_number ON drafts (conversation_number);
CREATE INDEX ix_drafts_send_at ON drafts (send_at);
CREATE INDEX ix_drafts_user_id ON drafts (user_id);
CREATE INDEX ix_drafts_api_key_id ON drafts (api_key_id);
CREATE INDEX ix_drafts_tells_promise_id ON drafts (tells_promise_id);
CREATE INDEX ix_uploads_draft_id ON uploads (draft_id);

CREATE TABLE macros (
    id INTEGER NOT NULL CONSTRAINT pk_macros PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    acts TEXT NOT NULL,
    owner_id INTEGER NULL,
    team_id INTEGER NULL,
    uses INTEGER NOT NULL,
    used_at INTEGER NULL,
    updated_at INTEGER NOT NULL,
    demo INTEGER NOT NULL,
    CONSTRAINT fk_macros_owner_id FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_macros_team_id FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
);
CREATE INDEX ix_macros_name ON macros (name);
CREATE INDEX ix_macros_owner_id ON macros (owner_id);
CREATE INDEX ix_macros_team_id ON macros (team_id);
CREATE TABLE macro_words (
    macro_id INTEGER NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_macro_words PRIMARY KEY (macro_id, language),
    CONSTRAINT fk_macro_words_macro_id FOREIGN KEY (macro_id) REFERENCES macros (id) ON DELETE CASCADE
);
CREATE TABLE mentions (
    entry_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_mentions PRIMARY KEY (entry_id, user_id),
    CONSTRAINT fk_mentions_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE CASCADE,
    CONSTRAINT fk_mentions_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_mentions_user_id ON mentions (user_id);

-- (end of Macros)

-- Notifications

CREATE TABLE notifications (
    id INTEGER NOT NULL CONSTRAINT pk_notifications PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    conversation_number INTEGER NOT NULL,
    reason TEXT NOT NULL,
    about TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    bell INTEGER NOT NULL,
    mail INTEGER NOT NULL,
    read_at INTEGER NULL,
    mailed_at INTEGER NULL,
    CONSTRAINT fk_notifications_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_notifications_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE notification_choices (
    user_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    bell INTEGER NOT NULL,
    mail INTEGER NOT NULL,
    CONSTRAINT pk_notification_choices PRIMARY KEY (user_id, reason),
    CONSTRAINT fk_notification_choices_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE notification_times (
    user_id INTEGER NOT NULL CONSTRAINT pk_notification_times PRIMARY KEY,
    rhythm TEXT NOT NULL,
    quiet_from INTEGER NULL,
    quiet_to INTEGER NULL,
    language TEXT NOT NULL,
    CONSTRAINT fk_notification_times_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE follows (
    conversation_number INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    muted INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_follows PRIMARY KEY (conversation_number, user_id),
    CONSTRAINT fk_follows_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_follows_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE notification_offs (
    id INTEGER NOT NULL CONSTRAINT pk_notification_offs PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB NOT NULL,
    user_id INTEGER NOT NULL,
    reasons TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT fk_notification_offs_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

-- Mail to colleagues hangs on no conversation: it tells of several.
CREATE TABLE outbox_new (
    id INTEGER NOT NULL CONSTRAINT pk_outbox PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NULL,
    user_id INTEGER NULL,
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
    CONSTRAINT fk_outbox_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE CASCADE,
    CONSTRAINT fk_outbox_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

INSERT INTO outbox_new
SELECT id, conversation_number, NULL, entry_id, kind, after_id, message_id, envelope_from, envelope_to, subject, bytes_id, state, created_at, next_try_at, lease_until, lease_owner, attempts, doubts, last_error, sent_at
FROM outbox;

DROP TABLE outbox;

ALTER TABLE outbox_new RENAME TO outbox;

CREATE INDEX ix_outbox_after_id ON outbox (after_id);
CREATE INDEX ix_outbox_bytes_id ON outbox (bytes_id);
CREATE INDEX ix_outbox_conversation_number ON outbox (conversation_number);
CREATE INDEX ix_outbox_entry_id ON outbox (entry_id);
CREATE UNIQUE INDEX ix_outbox_message_id_envelope_to ON outbox (message_id, envelope_to);
CREATE INDEX ix_outbox_state_next_try_at ON outbox (state, next_try_at);
CREATE INDEX ix_outbox_user_id ON outbox (user_id);

CREATE INDEX ix_notifications_conversation_number ON notifications (conversation_number);
CREATE INDEX ix_notifications_user_id_read_at_id ON notifications (user_id, read_at, id);
CREATE UNIQUE INDEX ix_notifications_unread ON notifications (user_id, conversation_number, reason) WHERE read_at IS NULL;
CREATE INDEX ix_notifications_unmailed ON notifications (user_id, at) WHERE mail AND mailed_at IS NULL AND read_at IS NULL;
CREATE INDEX ix_follows_user_id ON follows (user_id);
CREATE UNIQUE INDEX ix_notification_offs_token_hash ON notification_offs (token_hash);
CREATE INDEX ix_notification_offs_user_id ON notification_offs (user_id);

-- (end of Notifications)

-- Imports

-- (end of Imports)
