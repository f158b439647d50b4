-- Life events: what happened in a customer's life, what was done about it, who looks after their affairs, and who of us is trained for it.

CREATE TABLE life_events (
    id INTEGER NOT NULL CONSTRAINT pk_life_events PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL,
    conversation_number INTEGER NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    opened_by TEXT NOT NULL,
    owner_id INTEGER NULL,
    cancelled_at INTEGER NULL,
    cancelled_by TEXT NOT NULL,
    cancelled_what TEXT NOT NULL,
    proof_asked_at INTEGER NULL,
    proof_asked_by TEXT NOT NULL,
    proof_received_at INTEGER NULL,
    proof_received_by TEXT NOT NULL,
    closed_at INTEGER NULL,
    closed_by TEXT NOT NULL,
    check_at INTEGER NULL,
    checked_at INTEGER NULL,
    slips INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT fk_life_events_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT fk_life_events_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE SET NULL,
    CONSTRAINT fk_life_events_owner_id FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE SET NULL
);

CREATE TABLE life_event_steps (
    id INTEGER NOT NULL CONSTRAINT pk_life_event_steps PRIMARY KEY AUTOINCREMENT,
    life_event_id INTEGER NOT NULL,
    step TEXT NOT NULL,
    by_name TEXT NOT NULL,
    note TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_life_event_steps_life_event_id FOREIGN KEY (life_event_id) REFERENCES life_events (id) ON DELETE CASCADE
);

CREATE TABLE family_contacts (
    id INTEGER NOT NULL CONSTRAINT pk_family_contacts PRIMARY KEY AUTOINCREMENT,
    life_event_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    relation TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_family_contacts_life_event_id FOREIGN KEY (life_event_id) REFERENCES life_events (id) ON DELETE CASCADE
);

CREATE TABLE family_links (
    id INTEGER NOT NULL CONSTRAINT pk_family_links PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB NOT NULL,
    life_event_id INTEGER NOT NULL,
    contact_id INTEGER NULL,
    conversation_number INTEGER NOT NULL,
    language TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT fk_family_links_life_event_id FOREIGN KEY (life_event_id) REFERENCES life_events (id) ON DELETE CASCADE,
    CONSTRAINT fk_family_links_contact_id FOREIGN KEY (contact_id) REFERENCES family_contacts (id) ON DELETE SET NULL,
    CONSTRAINT fk_family_links_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE TABLE trained_people (
    user_id INTEGER NOT NULL CONSTRAINT pk_trained_people PRIMARY KEY,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_trained_people_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX ix_life_events_customer_id_kind ON life_events (customer_id, kind);
CREATE INDEX ix_life_events_conversation_number ON life_events (conversation_number);
CREATE INDEX ix_life_events_owner_id ON life_events (owner_id);
CREATE INDEX ix_life_events_check_at ON life_events (check_at);
CREATE UNIQUE INDEX ix_life_event_steps_life_event_id_step ON life_event_steps (life_event_id, step);
CREATE INDEX ix_family_contacts_life_event_id ON family_contacts (life_event_id);
CREATE INDEX ix_family_contacts_address ON family_contacts (address);
CREATE UNIQUE INDEX ix_family_links_token_hash ON family_links (token_hash);
CREATE INDEX ix_family_links_life_event_id ON family_links (life_event_id);
CREATE INDEX ix_family_links_contact_id ON family_links (contact_id);
CREATE INDEX ix_family_links_conversation_number ON family_links (conversation_number);
