-- Daily work: views, search, undo, customers, people, rules, macros, notifications, imports.

-- Views

-- (end of Views)

-- Search

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

ALTER TABLE teams ADD COLUMN private boolean NOT NULL DEFAULT FALSE;
ALTER TABLE teams ADD COLUMN assigns boolean NOT NULL DEFAULT FALSE;

-- (end of People and teams)

-- Acts and rules

-- (end of Acts and rules)

-- Macros

-- (end of Macros)

-- Notifications

CREATE TABLE notifications (
    id bigint GENERATED BY DEFAULT AS IDENTITY,
    user_id bigint NOT NULL,
    conversation_number bigint NOT NULL,
    reason text NOT NULL,
    about text NOT NULL,
    by_name text NOT NULL,
    at timestamp with time zone NOT NULL,
    count integer NOT NULL,
    bell boolean NOT NULL,
    mail boolean NOT NULL,
    read_at timestamp with time zone NULL,
    mailed_at timestamp with time zone NULL,
    CONSTRAINT pk_notifications PRIMARY KEY (id),
    CONSTRAINT fk_notifications_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_notifications_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE notification_choices (
    user_id bigint NOT NULL,
    reason text NOT NULL,
    bell boolean NOT NULL,
    mail boolean NOT NULL,
    CONSTRAINT pk_notification_choices PRIMARY KEY (user_id, reason),
    CONSTRAINT fk_notification_choices_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE notification_times (
    user_id bigint NOT NULL,
    rhythm text NOT NULL,
    quiet_from integer NULL,
    quiet_to integer NULL,
    language text NOT NULL,
    CONSTRAINT pk_notification_times PRIMARY KEY (user_id),
    CONSTRAINT fk_notification_times_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE follows (
    conversation_number bigint NOT NULL,
    user_id bigint NOT NULL,
    muted boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pk_follows PRIMARY KEY (conversation_number, user_id),
    CONSTRAINT fk_follows_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_follows_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE notification_offs (
    id bigint GENERATED BY DEFAULT AS IDENTITY,
    token_hash bytea NOT NULL,
    user_id bigint NOT NULL,
    reasons text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_notification_offs PRIMARY KEY (id),
    CONSTRAINT fk_notification_offs_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

-- Mail to colleagues hangs on no conversation: it tells of several.
ALTER TABLE outbox ALTER COLUMN conversation_number DROP NOT NULL;
ALTER TABLE outbox ADD COLUMN user_id bigint NULL CONSTRAINT fk_outbox_user_id REFERENCES users (id) ON DELETE CASCADE;
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
