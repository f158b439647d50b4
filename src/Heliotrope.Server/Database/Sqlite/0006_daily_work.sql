-- Daily work: views, search, undo, customers, people, rules, macros, notifications, imports.

-- Views

-- (end of Views)

-- Search

-- Search: tables that begin with found_ are the index. It keeps words and no text; triggers keep it true, whatever writes.

CREATE TABLE attachment_texts (
    attachment_id INTEGER NOT NULL CONSTRAINT pk_attachment_texts PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    done INTEGER NOT NULL,
    CONSTRAINT fk_attachment_texts_attachment_id FOREIGN KEY (attachment_id) REFERENCES attachments (id) ON DELETE CASCADE
);

CREATE INDEX ix_attachment_texts_unread ON attachment_texts (attachment_id) WHERE NOT done;
CREATE INDEX ix_entries_somebody_else ON entries (conversation_number) WHERE author = 'SomebodyElse';

CREATE VIRTUAL TABLE found_entries USING fts5(text, about, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE found_files USING fts5(name, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE found_people USING fts5(names, tokenize='trigram remove_diacritics 1');

INSERT INTO found_entries (rowid, text, about)
SELECT e.id, e.text, c.subject || ' ' || p.name
FROM entries AS e JOIN conversations AS c ON c.number = e.conversation_number JOIN customers AS p ON p.id = c.customer_id
WHERE e.kind <> 'Event' ORDER BY e.id;

INSERT INTO found_people (rowid, names)
SELECT p.id, p.name || ' ' || ifnull((SELECT group_concat(a.address, ' ') FROM customer_addresses AS a WHERE a.customer_id = p.id), '') FROM customers AS p ORDER BY p.id;

CREATE TRIGGER found_entries_added AFTER INSERT ON entries WHEN new.kind <> 'Event' BEGIN
    INSERT INTO found_entries (rowid, text, about)
    SELECT new.id, new.text, c.subject || ' ' || p.name FROM conversations AS c JOIN customers AS p ON p.id = c.customer_id WHERE c.number = new.conversation_number;
END;

CREATE TRIGGER found_entries_changed AFTER UPDATE OF text, conversation_number ON entries WHEN new.kind <> 'Event' BEGIN
    DELETE FROM found_entries WHERE rowid = new.id;
    INSERT INTO found_entries (rowid, text, about)
    SELECT new.id, new.text, c.subject || ' ' || p.name FROM conversations AS c JOIN customers AS p ON p.id = c.customer_id WHERE c.number = new.conversation_number;
END;

CREATE TRIGGER found_entries_removed AFTER DELETE ON entries WHEN old.kind <> 'Event' BEGIN
    DELETE FROM found_entries WHERE rowid = old.id;
END;

CREATE TRIGGER found_entries_about AFTER UPDATE OF subject, customer_id ON conversations WHEN old.subject <> new.subject OR old.customer_id <> new.customer_id BEGIN
    DELETE FROM found_entries WHERE rowid IN (SELECT e.id FROM entries AS e WHERE e.conversation_number = new.number AND e.kind <> 'Event');
    INSERT INTO found_entries (rowid, text, about)
    SELECT e.id, e.text, new.subject || ' ' || p.name FROM entries AS e JOIN customers AS p ON p.id = new.customer_id WHERE e.conversation_number = new.number AND e.kind <> 'Event';
END;

CREATE TRIGGER found_entries_named AFTER UPDATE OF name ON customers WHEN old.name <> new.name BEGIN
    DELETE FROM found_entries WHERE rowid IN (
        SELECT e.id FROM entries AS e JOIN conversations AS c ON c.number = e.conversation_number WHERE c.customer_id = new.id AND e.kind <> 'Event');
    INSERT INTO found_entries (rowid, text, about)
    SELECT e.id, e.text, c.subject || ' ' || new.name FROM entries AS e JOIN conversations AS c ON c.number = e.conversation_number WHERE c.customer_id = new.id AND e.kind <> 'Event';
END;

CREATE TRIGGER found_people_added AFTER INSERT ON customers BEGIN
    INSERT INTO found_people (rowid, names) VALUES (new.id, new.name);
END;

CREATE TRIGGER found_people_renamed AFTER UPDATE OF name ON customers WHEN old.name <> new.name BEGIN
    UPDATE found_people SET names = new.name || ' ' || ifnull((SELECT group_concat(a.address, ' ') FROM customer_addresses AS a WHERE a.customer_id = new.id), '') WHERE rowid = new.id;
END;

CREATE TRIGGER found_people_removed AFTER DELETE ON customers BEGIN
    DELETE FROM found_people WHERE rowid = old.id;
END;

CREATE TRIGGER found_people_address_added AFTER INSERT ON customer_addresses BEGIN
    UPDATE found_people SET names = names || ' ' || new.address WHERE rowid = new.customer_id;
END;

CREATE TRIGGER found_people_address_changed AFTER UPDATE OF address, customer_id ON customer_addresses BEGIN
    UPDATE found_people SET names = (
        SELECT p.name || ' ' || ifnull((SELECT group_concat(a.address, ' ') FROM customer_addresses AS a WHERE a.customer_id = p.id), '') FROM customers AS p WHERE p.id = found_people.rowid)
    WHERE rowid IN (old.customer_id, new.customer_id);
END;

CREATE TRIGGER found_people_address_removed AFTER DELETE ON customer_addresses WHEN EXISTS (SELECT 1 FROM customers AS p WHERE p.id = old.customer_id) BEGIN
    UPDATE found_people SET names = (
        SELECT p.name || ' ' || ifnull((SELECT group_concat(a.address, ' ') FROM customer_addresses AS a WHERE a.customer_id = p.id), '') FROM customers AS p WHERE p.id = old.customer_id)
    WHERE rowid = old.customer_id;
END;

CREATE TRIGGER found_files_named AFTER INSERT ON attachments BEGIN
    INSERT INTO attachment_texts (attachment_id, name, text, done) VALUES (new.id, new.name, '', 0);
END;

CREATE TRIGGER found_files_added AFTER INSERT ON attachment_texts BEGIN
    INSERT INTO found_files (rowid, name, text) VALUES (new.attachment_id, new.name, new.text);
END;

CREATE TRIGGER found_files_changed AFTER UPDATE OF name, text ON attachment_texts BEGIN
    DELETE FROM found_files WHERE rowid = new.attachment_id;
    INSERT INTO found_files (rowid, name, text) VALUES (new.attachment_id, new.name, new.text);
END;

CREATE TRIGGER found_files_removed AFTER DELETE ON attachment_texts BEGIN
    DELETE FROM found_files WHERE rowid = old.attachment_id;
END;

INSERT INTO attachment_texts (attachment_id, name, text, done) SELECT id, name, '', 0 FROM attachments;

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
