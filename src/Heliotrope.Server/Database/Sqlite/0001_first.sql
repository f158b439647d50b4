-- The first schema.

CREATE TABLE api_keys (
    id INTEGER NOT NULL CONSTRAINT pk_api_keys PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    prefix TEXT NOT NULL,
    hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
);

CREATE TABLE audit (
    id INTEGER NOT NULL CONSTRAINT pk_audit PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id INTEGER NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE customers (
    id INTEGER NOT NULL CONSTRAINT pk_customers PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    language TEXT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE our_addresses (
    id INTEGER NOT NULL CONSTRAINT pk_our_addresses PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL
);

CREATE TABLE protection_keys (
    id INTEGER NOT NULL CONSTRAINT pk_protection_keys PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    xml TEXT NOT NULL
);

CREATE TABLE raw_mail (
    id INTEGER NOT NULL CONSTRAINT pk_raw_mail PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    envelope_from TEXT NOT NULL,
    envelope_to TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB NULL,
    file TEXT NULL
);

CREATE TABLE settings (
    key TEXT NOT NULL CONSTRAINT pk_settings PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE users (
    id INTEGER NOT NULL CONSTRAINT pk_users PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    user_name TEXT NULL,
    normalized_user_name TEXT NULL,
    email TEXT NULL,
    normalized_email TEXT NULL,
    email_confirmed INTEGER NOT NULL,
    password_hash TEXT NULL,
    security_stamp TEXT NULL,
    concurrency_stamp TEXT NULL,
    phone_number TEXT NULL,
    phone_number_confirmed INTEGER NOT NULL,
    two_factor_enabled INTEGER NOT NULL,
    lockout_end INTEGER NULL,
    lockout_enabled INTEGER NOT NULL,
    access_failed_count INTEGER NOT NULL
);

CREATE TABLE customer_addresses (
    id INTEGER NOT NULL CONSTRAINT pk_customer_addresses PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER NOT NULL,
    address TEXT NOT NULL,
    CONSTRAINT fk_customer_addresses_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
);

CREATE TABLE quarantine (
    id INTEGER NOT NULL CONSTRAINT pk_quarantine PRIMARY KEY AUTOINCREMENT,
    raw_mail_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    CONSTRAINT fk_quarantine_raw_mail_id FOREIGN KEY (raw_mail_id) REFERENCES raw_mail (id) ON DELETE CASCADE
);

CREATE TABLE conversations (
    number INTEGER NOT NULL CONSTRAINT pk_conversations PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    assignee_id INTEGER NULL,
    our_address TEXT NOT NULL,
    attention INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_activity_at INTEGER NOT NULL,
    waiting_since INTEGER NULL,
    last_answer_at INTEGER NULL,
    happiness_started_at INTEGER NULL,
    happiness_ended_at INTEGER NULL,
    happiness_end TEXT NULL,
    preview TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT fk_conversations_assignee_id FOREIGN KEY (assignee_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_conversations_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT
);

CREATE TABLE user_claims (
    id INTEGER NOT NULL CONSTRAINT pk_user_claims PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    claim_type TEXT NULL,
    claim_value TEXT NULL,
    CONSTRAINT fk_user_claims_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE user_logins (
    login_provider TEXT NOT NULL,
    provider_key TEXT NOT NULL,
    provider_display_name TEXT NULL,
    user_id INTEGER NOT NULL,
    CONSTRAINT pk_user_logins PRIMARY KEY (login_provider, provider_key),
    CONSTRAINT fk_user_logins_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE user_tokens (
    user_id INTEGER NOT NULL,
    login_provider TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NULL,
    CONSTRAINT pk_user_tokens PRIMARY KEY (user_id, login_provider, name),
    CONSTRAINT fk_user_tokens_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE confidence_checks (
    id INTEGER NOT NULL CONSTRAINT pk_confidence_checks PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NOT NULL,
    token_hash BLOB NOT NULL,
    language TEXT NOT NULL,
    by_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    answered_at INTEGER NULL,
    resolved INTEGER NULL,
    again INTEGER NULL,
    comment TEXT NOT NULL,
    CONSTRAINT fk_confidence_checks_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE TABLE entries (
    id INTEGER NOT NULL CONSTRAINT pk_entries PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT NULL,
    author TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_address TEXT NULL,
    user_id INTEGER NULL,
    text TEXT NOT NULL,
    detail TEXT NOT NULL,
    quoted TEXT NOT NULL,
    html TEXT NULL,
    message_id TEXT NULL,
    raw_mail_id INTEGER NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_entries_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_entries_raw_mail_id FOREIGN KEY (raw_mail_id) REFERENCES raw_mail (id) ON DELETE SET NULL
);

CREATE TABLE attachments (
    id INTEGER NOT NULL CONSTRAINT pk_attachments PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    CONSTRAINT fk_attachments_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE CASCADE
);

CREATE TABLE outbox (
    id INTEGER NOT NULL CONSTRAINT pk_outbox PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NOT NULL,
    entry_id INTEGER NULL,
    kind TEXT NOT NULL,
    after_id INTEGER NULL,
    message_id TEXT NOT NULL,
    envelope_from TEXT NOT NULL,
    envelope_to TEXT NOT NULL,
    subject TEXT NOT NULL,
    content BLOB NOT NULL,
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
    CONSTRAINT fk_outbox_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_outbox_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_api_keys_hash ON api_keys (hash);

CREATE INDEX ix_attachments_entry_id ON attachments (entry_id);

CREATE INDEX ix_confidence_checks_conversation_number ON confidence_checks (conversation_number);

CREATE UNIQUE INDEX ix_confidence_checks_token_hash ON confidence_checks (token_hash);

CREATE INDEX ix_conversations_assignee_id ON conversations (assignee_id);

CREATE INDEX ix_conversations_customer_id ON conversations (customer_id);

CREATE INDEX ix_conversations_happiness_end_last_answer_at ON conversations (happiness_end, last_answer_at);

CREATE INDEX ix_conversations_happiness_started_at ON conversations (happiness_started_at);

CREATE INDEX ix_conversations_last_activity_at_number ON conversations (last_activity_at, number);

CREATE INDEX ix_conversations_state_attention_waiting_since_number ON conversations (state, attention, waiting_since, number);

CREATE INDEX ix_conversations_state_last_activity_at_number ON conversations (state, last_activity_at, number);

CREATE UNIQUE INDEX ix_customer_addresses_address ON customer_addresses (address);

CREATE INDEX ix_customer_addresses_customer_id ON customer_addresses (customer_id);

CREATE INDEX ix_entries_conversation_number_id ON entries (conversation_number, id);

CREATE INDEX ix_entries_message_id ON entries (message_id);

CREATE INDEX ix_entries_raw_mail_id ON entries (raw_mail_id);

CREATE UNIQUE INDEX ix_our_addresses_address ON our_addresses (address);

CREATE INDEX ix_outbox_after_id ON outbox (after_id);

CREATE INDEX ix_outbox_conversation_number ON outbox (conversation_number);

CREATE INDEX ix_outbox_entry_id ON outbox (entry_id);

CREATE UNIQUE INDEX ix_outbox_message_id ON outbox (message_id);

CREATE INDEX ix_outbox_state_next_try_at ON outbox (state, next_try_at);

CREATE INDEX ix_quarantine_raw_mail_id ON quarantine (raw_mail_id);

CREATE UNIQUE INDEX ix_raw_mail_message_id_content_hash ON raw_mail (message_id, content_hash);

CREATE INDEX ix_user_claims_user_id ON user_claims (user_id);

CREATE INDEX ix_user_logins_user_id ON user_logins (user_id);

CREATE INDEX ix_users_normalized_email ON users (normalized_email);

CREATE UNIQUE INDEX ix_users_normalized_user_name ON users (normalized_user_name);
