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
