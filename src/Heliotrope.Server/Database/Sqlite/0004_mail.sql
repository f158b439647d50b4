-- Mail: what follows a matter that was long over, Outlook's mark of a thread, and who may not be answered by a machine.

ALTER TABLE conversations ADD COLUMN follows_number INTEGER NULL CONSTRAINT fk_conversations_follows_number REFERENCES conversations (number) ON DELETE SET NULL;
ALTER TABLE entries ADD COLUMN thread_index TEXT NULL;
ALTER TABLE entries ADD COLUMN no_automatic_answer INTEGER NOT NULL DEFAULT 0;

CREATE INDEX ix_conversations_follows_number ON conversations (follows_number);
CREATE INDEX ix_entries_thread_index ON entries (thread_index) WHERE thread_index IS NOT NULL;
