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

-- (end of Acts and rules)

-- Macros

-- What leaves later stands beside what is being written, and a program's reply waits like a person's. SQLite changes such a table
-- by making it anew; the files are moved first, so that none goes with the old one.
CREATE TABLE drafts_anew (
    id INTEGER NOT NULL CONSTRAINT pk_drafts PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NULL,
    user_id INTEGER NULL,
    api_key_id INTEGER NULL,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    cc TEXT NOT NULL,
    bcc TEXT NOT NULL,
    text TEXT NOT NULL,
    resolve INTEGER NOT NULL,
    promises TEXT NOT NULL DEFAULT '',
    remarks TEXT NOT NULL DEFAULT '',
    tells_promise_id INTEGER NULL,
    tells_due_at INTEGER NULL,
    apart INTEGER NOT NULL DEFAULT 0,
    seen_id INTEGER NULL,
    knows TEXT NOT NULL DEFAULT '',
    quotes TEXT NOT NULL DEFAULT '',
    files TEXT NOT NULL DEFAULT '',
    macros TEXT NOT NULL DEFAULT '',
    send_at INTEGER NULL,
    refused TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT fk_drafts_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_drafts_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_drafts_api_key_id FOREIGN KEY (api_key_id) REFERENCES api_keys (id) ON DELETE CASCADE,
    CONSTRAINT fk_drafts_tells_promise_id FOREIGN KEY (tells_promise_id) REFERENCES promises (id) ON DELETE SET NULL
);
INSERT INTO drafts_anew (id, conversation_number, user_id, kind, recipient, subject, cc, bcc, text, resolve, promises, remarks, tells_promise_id, tells_due_at, send_at, refused, updated_at, version)
    SELECT id, conversation_number, user_id, kind, recipient, subject, cc, bcc, text, resolve, promises, remarks, tells_promise_id, tells_due_at, send_at, refused, updated_at, version FROM drafts;
CREATE TABLE uploads_anew (
    id INTEGER NOT NULL CONSTRAINT pk_uploads PRIMARY KEY AUTOINCREMENT,
    draft_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    content_id TEXT NULL,
    content BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT fk_uploads_draft_id FOREIGN KEY (draft_id) REFERENCES drafts_anew (id) ON DELETE CASCADE
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

-- (end of Macros)

-- Notifications

-- (end of Notifications)

-- Imports

-- (end of Imports)
