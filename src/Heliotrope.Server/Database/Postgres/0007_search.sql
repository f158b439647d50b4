-- Search: tables that begin with found_ are the index. It keeps words and no text; triggers keep it true, whatever writes.

CREATE TABLE attachment_texts (
    attachment_id bigint NOT NULL,
    name text NOT NULL,
    text text NOT NULL,
    done boolean NOT NULL,
    CONSTRAINT pk_attachment_texts PRIMARY KEY (attachment_id),
    CONSTRAINT fk_attachment_texts_attachment_id FOREIGN KEY (attachment_id) REFERENCES attachments (id) ON DELETE CASCADE
);

CREATE INDEX ix_attachment_texts_unread ON attachment_texts (attachment_id) WHERE NOT done;
CREATE INDEX ix_entries_somebody_else ON entries (conversation_number) WHERE author = 'SomebodyElse';

CREATE TABLE found_entries (
    id bigint NOT NULL CONSTRAINT pk_found_entries PRIMARY KEY CONSTRAINT fk_found_entries_id REFERENCES entries (id) ON DELETE CASCADE,
    words tsvector NOT NULL
);

CREATE TABLE found_files (
    id bigint NOT NULL CONSTRAINT pk_found_files PRIMARY KEY CONSTRAINT fk_found_files_id REFERENCES attachment_texts (attachment_id) ON DELETE CASCADE,
    words tsvector NOT NULL
);

CREATE TABLE found_people (
    id bigint NOT NULL CONSTRAINT pk_found_people PRIMARY KEY CONSTRAINT fk_found_people_id REFERENCES customers (id) ON DELETE CASCADE,
    names text NOT NULL
);

-- Small letters without accents. Not more than a tsvector can hold.
CREATE FUNCTION found_fold(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT normalize(regexp_replace(normalize(lower(left(given, 150000)), NFD), U&'[\0300-\036F]+', '', 'g'), NFC) $$;

-- Without its marks a text has no addresses, paths and numbers with signs that the parser would keep whole.
CREATE FUNCTION found_words(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT to_tsvector('simple', translate(found_fold(given), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32))) $$;

CREATE FUNCTION found_people_now(customer bigint) RETURNS void LANGUAGE sql
    AS $$ INSERT INTO found_people (id, names)
          SELECT p.id, found_fold(p.name || ' ' || coalesce((SELECT string_agg(a.address, ' ') FROM customer_addresses AS a WHERE a.customer_id = p.id), '')) FROM customers AS p WHERE p.id = customer
          ON CONFLICT (id) DO UPDATE SET names = excluded.names $$;

CREATE FUNCTION found_entries_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO found_entries (id, words)
    SELECT new.id, found_words(new.text) || found_words(c.subject || ' ' || p.name)
    FROM conversations AS c JOIN customers AS p ON p.id = c.customer_id WHERE c.number = new.conversation_number
    ON CONFLICT (id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$;

CREATE FUNCTION found_entries_about() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE found_entries AS f SET words = found_words(e.text) || found_words(new.subject || ' ' || p.name)
    FROM entries AS e, customers AS p WHERE e.conversation_number = new.number AND f.id = e.id AND p.id = new.customer_id;
    RETURN NULL;
END $$;

CREATE FUNCTION found_people_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM found_people_now(new.id);
    IF TG_OP = 'UPDATE' THEN
        UPDATE found_entries AS f SET words = found_words(e.text) || found_words(c.subject || ' ' || new.name)
        FROM entries AS e, conversations AS c WHERE c.customer_id = new.id AND e.conversation_number = c.number AND f.id = e.id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION found_addresses_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM found_people_now(new.customer_id);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM found_people_now(old.customer_id);
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION found_files_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO attachment_texts (attachment_id, name, text, done) VALUES (new.id, new.name, '', FALSE);
    RETURN NULL;
END $$;

CREATE FUNCTION found_files_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO found_files (id, words) VALUES (new.attachment_id, found_words(new.name || ' ' || new.text))
    ON CONFLICT (id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$;

CREATE TRIGGER found_entries_added AFTER INSERT ON entries FOR EACH ROW WHEN (new.kind <> 'Event') EXECUTE FUNCTION found_entries_changed();
CREATE TRIGGER found_entries_changed AFTER UPDATE OF text, conversation_number ON entries FOR EACH ROW WHEN (new.kind <> 'Event') EXECUTE FUNCTION found_entries_changed();
CREATE TRIGGER found_entries_about AFTER UPDATE OF subject, customer_id ON conversations FOR EACH ROW
    WHEN (old.subject <> new.subject OR old.customer_id <> new.customer_id) EXECUTE FUNCTION found_entries_about();
CREATE TRIGGER found_people_added AFTER INSERT ON customers FOR EACH ROW EXECUTE FUNCTION found_people_changed();
CREATE TRIGGER found_people_changed AFTER UPDATE OF name ON customers FOR EACH ROW WHEN (old.name <> new.name) EXECUTE FUNCTION found_people_changed();
CREATE TRIGGER found_addresses_changed AFTER INSERT OR DELETE OR UPDATE OF address, customer_id ON customer_addresses FOR EACH ROW EXECUTE FUNCTION found_addresses_changed();
CREATE TRIGGER found_files_named AFTER INSERT ON attachments FOR EACH ROW EXECUTE FUNCTION found_files_named();
CREATE TRIGGER found_files_changed AFTER INSERT OR UPDATE OF name, text ON attachment_texts FOR EACH ROW EXECUTE FUNCTION found_files_changed();

INSERT INTO found_entries (id, words)
SELECT e.id, found_words(e.text) || found_words(c.subject || ' ' || p.name)
FROM entries AS e JOIN conversations AS c ON c.number = e.conversation_number JOIN customers AS p ON p.id = c.customer_id WHERE e.kind <> 'Event';

INSERT INTO found_people (id, names)
SELECT p.id, found_fold(p.name || ' ' || coalesce((SELECT string_agg(a.address, ' ') FROM customer_addresses AS a WHERE a.customer_id = p.id), '')) FROM customers AS p;

INSERT INTO attachment_texts (attachment_id, name, text, done) SELECT id, name, '', FALSE FROM attachments;

CREATE INDEX ix_found_entries_words ON found_entries USING gin (words);
CREATE INDEX ix_found_files_words ON found_files USING gin (words);

-- Parts of names are found faster where the server has the extension and allows it.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX ix_found_people_names ON found_people USING gin (names gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pg_trgm is not there: names are looked through one by one';
END $$;
