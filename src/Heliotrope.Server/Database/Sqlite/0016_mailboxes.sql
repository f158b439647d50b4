-- Mailboxes at mail servers: what is set, how far their reading has come, and what is fetched apart. How mail proves whom it is from.

CREATE TABLE mailboxes (
    id INTEGER NOT NULL CONSTRAINT pk_mailboxes PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    imap_host TEXT NOT NULL,
    imap_port INTEGER NOT NULL,
    imap_tls TEXT NOT NULL,
    smtp_host TEXT NOT NULL,
    smtp_port INTEGER NOT NULL,
    smtp_tls TEXT NOT NULL,
    user_name TEXT NOT NULL,
    way TEXT NOT NULL,
    secret TEXT NOT NULL,
    provider TEXT NOT NULL,
    folder TEXT NOT NULL,
    after TEXT NOT NULL,
    move_to TEXT NOT NULL,
    most_a_minute INTEGER NOT NULL,
    most_a_day INTEGER NOT NULL,
    takes_tags INTEGER NOT NULL,
    paused INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE mailbox_states (
    mailbox_id INTEGER NOT NULL CONSTRAINT pk_mailbox_states PRIMARY KEY,
    uid_validity INTEGER NOT NULL,
    first_uid INTEGER NOT NULL,
    last_uid INTEGER NOT NULL,
    marked_uid INTEGER NOT NULL,
    looked_at INTEGER NULL,
    stored_at INTEGER NULL,
    stored INTEGER NOT NULL,
    delay_seconds INTEGER NULL,
    failing_since INTEGER NULL,
    failures INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    trouble_words TEXT NOT NULL,
    send_failing_since INTEGER NULL,
    send_trouble TEXT NOT NULL,
    send_trouble_words TEXT NOT NULL,
    old_count INTEGER NOT NULL,
    old_choice TEXT NOT NULL,
    old_since INTEGER NULL,
    old_uid INTEGER NOT NULL,
    old_left INTEGER NOT NULL,
    quota_used INTEGER NULL,
    quota_limit INTEGER NULL,
    test_id TEXT NULL,
    test_at INTEGER NULL,
    test_arrived_at INTEGER NULL,
    test_tagged_at INTEGER NULL,
    access_token TEXT NULL,
    access_until INTEGER NULL,
    lease_owner TEXT NULL,
    lease_until INTEGER NULL,
    told_at INTEGER NULL,
    CONSTRAINT fk_mailbox_states_mailbox_id FOREIGN KEY (mailbox_id) REFERENCES mailboxes (id) ON DELETE CASCADE
);

CREATE TABLE set_aside_mails (
    id INTEGER NOT NULL CONSTRAINT pk_set_aside_mails PRIMARY KEY AUTOINCREMENT,
    mailbox_id INTEGER NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    size INTEGER NOT NULL,
    arrived_at INTEGER NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_try_at INTEGER NULL,
    since INTEGER NOT NULL,
    CONSTRAINT fk_set_aside_mails_mailbox_id FOREIGN KEY (mailbox_id) REFERENCES mailboxes (id) ON DELETE CASCADE
);

CREATE TABLE mailbox_hours (
    mailbox_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    longest_delay_seconds INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    CONSTRAINT pk_mailbox_hours PRIMARY KEY (mailbox_id, hour),
    CONSTRAINT fk_mailbox_hours_mailbox_id FOREIGN KEY (mailbox_id) REFERENCES mailboxes (id) ON DELETE CASCADE
);

CREATE TABLE signing_keys (
    id INTEGER NOT NULL CONSTRAINT pk_signing_keys PRIMARY KEY AUTOINCREMENT,
    domain TEXT NOT NULL,
    selector TEXT NOT NULL,
    secret TEXT NOT NULL,
    dns_record TEXT NOT NULL,
    active INTEGER NOT NULL,
    checked_at INTEGER NULL,
    created_at INTEGER NOT NULL
);

ALTER TABLE outbox ADD COLUMN mailbox_id INTEGER NULL CONSTRAINT fk_outbox_mailbox_id REFERENCES mailboxes (id) ON DELETE SET NULL;
ALTER TABLE entries ADD COLUMN proof TEXT NOT NULL DEFAULT 'Unknown';
ALTER TABLE entries ADD COLUMN proof_detail TEXT NOT NULL DEFAULT '';

CREATE UNIQUE INDEX ix_mailboxes_address ON mailboxes (address);
CREATE UNIQUE INDEX ix_signing_keys_domain ON signing_keys (domain);
CREATE UNIQUE INDEX ix_set_aside_mails_mailbox_id_uid_validity_uid ON set_aside_mails (mailbox_id, uid_validity, uid);
CREATE INDEX ix_outbox_mailbox_id_state_sent_at ON outbox (mailbox_id, state, sent_at);
