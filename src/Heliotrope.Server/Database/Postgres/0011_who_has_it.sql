-- Who has what, without the many that nobody has: among them the planner took an index of all for one of no use, and read every row.
DROP INDEX ix_conversations_assignee_id;
CREATE INDEX ix_conversations_assignee_id_is_spam_state ON conversations (assignee_id, is_spam, state) WHERE assignee_id IS NOT NULL;
