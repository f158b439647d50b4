-- Customers: organisations, phones, own fields, purchases, product events, merges, segments.

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
CREATE TABLE segments (
    id INTEGER NOT NULL CONSTRAINT pk_segments PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    demo INTEGER NOT NULL
);

CREATE UNIQUE INDEX ix_segments_name_key ON segments (name_key);
