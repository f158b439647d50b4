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

CREATE TABLE organisations (
    id INTEGER NOT NULL CONSTRAINT pk_organisations PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    notes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    demo INTEGER NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE organisation_domains (
    id INTEGER NOT NULL CONSTRAINT pk_organisation_domains PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    domain TEXT NOT NULL,
    CONSTRAINT fk_organisation_domains_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE CASCADE
);

CREATE TABLE customer_phones (
    id INTEGER NOT NULL CONSTRAINT pk_customer_phones PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL,
    typed TEXT NOT NULL,
    digits TEXT NOT NULL,
    CONSTRAINT fk_customer_phones_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);

CREATE TABLE own_fields (
    id INTEGER NOT NULL CONSTRAINT pk_own_fields PRIMARY KEY AUTOINCREMENT,
    target TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    choices TEXT NOT NULL,
    demo INTEGER NOT NULL
);

CREATE TABLE customer_field_values (
    customer_id INTEGER NOT NULL,
    field_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    number REAL NULL,
    CONSTRAINT pk_customer_field_values PRIMARY KEY (customer_id, field_id),
    CONSTRAINT fk_customer_field_values_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT fk_customer_field_values_field_id FOREIGN KEY (field_id) REFERENCES own_fields (id) ON DELETE CASCADE
);

CREATE TABLE organisation_field_values (
    organisation_id INTEGER NOT NULL,
    field_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    number REAL NULL,
    CONSTRAINT pk_organisation_field_values PRIMARY KEY (organisation_id, field_id),
    CONSTRAINT fk_organisation_field_values_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE CASCADE,
    CONSTRAINT fk_organisation_field_values_field_id FOREIGN KEY (field_id) REFERENCES own_fields (id) ON DELETE CASCADE
);

CREATE TABLE conversation_field_values (
    conversation_number INTEGER NOT NULL,
    field_id INTEGER NOT NULL,
    value TEXT NOT NULL,
    number REAL NULL,
    CONSTRAINT pk_conversation_field_values PRIMARY KEY (conversation_number, field_id),
    CONSTRAINT fk_conversation_field_values_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_conversation_field_values_field_id FOREIGN KEY (field_id) REFERENCES own_fields (id) ON DELETE CASCADE
);

CREATE TABLE purchases (
    id INTEGER NOT NULL CONSTRAINT pk_purchases PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL,
    shop_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    link TEXT NOT NULL,
    CONSTRAINT fk_purchases_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);

CREATE TABLE product_events (
    id INTEGER NOT NULL CONSTRAINT pk_product_events PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    properties TEXT NOT NULL,
    CONSTRAINT fk_product_events_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);

CREATE TABLE customer_merges (
    id INTEGER NOT NULL CONSTRAINT pk_customer_merges PRIMARY KEY AUTOINCREMENT,
    old_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    kept TEXT NOT NULL,
    CONSTRAINT fk_customer_merges_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);

CREATE TABLE merged_rows (
    merge_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    CONSTRAINT pk_merged_rows PRIMARY KEY (merge_id, kind, row_id),
    CONSTRAINT fk_merged_rows_merge_id FOREIGN KEY (merge_id) REFERENCES customer_merges (id) ON DELETE CASCADE
);

ALTER TABLE customers ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN language_set INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN zone TEXT NULL;
ALTER TABLE customers ADD COLUMN zone_is_guess INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN organisation_id INTEGER NULL CONSTRAINT fk_customers_organisation_id REFERENCES organisations (id) ON DELETE SET NULL;
ALTER TABLE customers ADD COLUMN organisation_set INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- Names written before are folded in full when they are next changed.
UPDATE customers SET name_key = lower(substr(name, 1, 200));

CREATE UNIQUE INDEX ix_organisations_name_key ON organisations (name_key);
CREATE UNIQUE INDEX ix_organisation_domains_domain ON organisation_domains (domain);
CREATE INDEX ix_organisation_domains_organisation_id ON organisation_domains (organisation_id);
CREATE INDEX ix_customer_phones_customer_id ON customer_phones (customer_id);
CREATE INDEX ix_customer_phones_digits ON customer_phones (digits);
CREATE UNIQUE INDEX ix_own_fields_target_name ON own_fields (target, name);
CREATE INDEX ix_customer_field_values_field_id_value ON customer_field_values (field_id, value);
CREATE INDEX ix_customer_field_values_field_id_number ON customer_field_values (field_id, number);
CREATE INDEX ix_organisation_field_values_field_id ON organisation_field_values (field_id);
CREATE INDEX ix_conversation_field_values_field_id ON conversation_field_values (field_id);
CREATE UNIQUE INDEX ix_purchases_shop_id ON purchases (shop_id);
CREATE INDEX ix_purchases_customer_id_at ON purchases (customer_id, at);
CREATE UNIQUE INDEX ix_product_events_event_id ON product_events (event_id);
CREATE INDEX ix_product_events_customer_id_at ON product_events (customer_id, at);
CREATE INDEX ix_customer_merges_old_id ON customer_merges (old_id);
CREATE INDEX ix_customer_merges_customer_id ON customer_merges (customer_id);
CREATE INDEX ix_customers_name_key_id ON customers (name_key, id);
CREATE INDEX ix_customers_organisation_id ON customers (organisation_id);

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
    organisation_id INTEGER NULL,
    CONSTRAINT fk_imported_things_import_id FOREIGN KEY (import_id) REFERENCES imports (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_team_id FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE,
    CONSTRAINT fk_imported_things_organisation_id FOREIGN KEY (organisation_id) REFERENCES organisations (id) ON DELETE CASCADE
);

CREATE INDEX ix_imports_state ON imports (state);
CREATE UNIQUE INDEX ix_imported_things_origin_kind_foreign_id ON imported_things (origin, kind, foreign_id);
CREATE INDEX ix_imported_things_import_id_kind_id ON imported_things (import_id, kind, id);
CREATE INDEX ix_imported_things_conversation_number ON imported_things (conversation_number);
CREATE INDEX ix_imported_things_entry_id ON imported_things (entry_id);
CREATE INDEX ix_imported_things_customer_id ON imported_things (customer_id);
CREATE INDEX ix_imported_things_user_id ON imported_things (user_id);
CREATE INDEX ix_imported_things_team_id ON imported_things (team_id);
CREATE INDEX ix_imported_things_organisation_id ON imported_things (organisation_id);

-- (end of Imports)
