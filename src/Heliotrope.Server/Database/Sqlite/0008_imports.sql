-- Imports: what another desk held, how far it is in, and what each thing of it is here.

CREATE TABLE imports (
    id INTEGER NOT NULL CONSTRAINT pk_imports PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    source TEXT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    by_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER NULL,
    files TEXT NOT NULL,
    columns TEXT NOT NULL,
    make_teams INTEGER NOT NULL,
    pass INTEGER NOT NULL,
    file_index INTEGER NOT NULL,
    position INTEGER NOT NULL,
    progress INTEGER NOT NULL,
    plan TEXT NOT NULL,
    tally TEXT NOT NULL,
    problem TEXT NOT NULL,
    lease_owner TEXT NULL,
    lease_until INTEGER NULL
);

CREATE TABLE imported_things (
    id INTEGER NOT NULL CONSTRAINT pk_imported_things PRIMARY KEY AUTOINCREMENT,
    import_id INTEGER NOT NULL,
    origin TEXT NOT NULL,
    kind TEXT NOT NULL,
    foreign_id TEXT NOT NULL,
    name TEXT NOT NULL,
    made INTEGER NOT NULL,
    conversation_number INTEGER NULL,
    entry_id INTEGER NULL,
    customer_id INTEGER NULL,
    user_id INTEGER NULL,
    team_id INTEGER NULL,
    CONSTRAINT fk_imported_things_import_id FOREIGN KEY (import_id) REFERENCES imports (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_team_id FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE
);

CREATE INDEX ix_imports_state ON imports (state);
CREATE UNIQUE INDEX ix_imported_things_origin_kind_foreign_id ON imported_things (origin, kind, foreign_id);
CREATE INDEX ix_imported_things_import_id_kind_id ON imported_things (import_id, kind, id);
CREATE INDEX ix_imported_things_conversation_number ON imported_things (conversation_number);
CREATE INDEX ix_imported_things_entry_id ON imported_things (entry_id);
CREATE INDEX ix_imported_things_customer_id ON imported_things (customer_id);
CREATE INDEX ix_imported_things_user_id ON imported_things (user_id);
CREATE INDEX ix_imported_things_team_id ON imported_things (team_id);
