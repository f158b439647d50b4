-- Daily work: views, search, undo, customers, people, rules, macros, notifications, imports.

-- Views

-- (end of Views)

-- Search

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

-- (end of Macros)

-- Notifications

-- (end of Notifications)

-- Imports

-- (end of Imports)
