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
