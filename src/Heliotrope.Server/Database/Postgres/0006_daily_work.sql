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

-- What leaves later stands beside what is being written, and a program's reply waits like a person's.
ALTER TABLE drafts ALTER COLUMN user_id DROP NOT NULL;
ALTER TABLE drafts ADD COLUMN api_key_id bigint NULL CONSTRAINT fk_drafts_api_key_id REFERENCES api_keys (id) ON DELETE CASCADE;
ALTER TABLE drafts ADD COLUMN apart boolean NOT NULL DEFAULT FALSE;
ALTER TABLE drafts ADD COLUMN seen_id bigint NULL;
ALTER TABLE drafts ADD COLUMN knows text NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN quotes text NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN files text NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN macros text NOT NULL DEFAULT '';
DROP INDEX ix_drafts_conversation_number_user_id_kind;
CREATE UNIQUE INDEX ix_drafts_conversation_number_user_id_kind ON drafts (conversation_number, user_id, kind) WHERE NOT apart;
CREATE INDEX ix_drafts_conversation_number ON drafts (conversation_number);
CREATE INDEX ix_drafts_api_key_id ON drafts (api_key_id);

-- (end of Macros)

-- Notifications

-- (end of Notifications)

-- Imports

-- (end of Imports)
