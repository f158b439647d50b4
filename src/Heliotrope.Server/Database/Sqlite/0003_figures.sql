-- Figures: whether answers came when they were due is kept with the conversation, and counted from one index.

ALTER TABLE conversations ADD COLUMN first_answer_on_time INTEGER NULL;
ALTER TABLE conversations ADD COLUMN next_answers_on_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN next_answers_late INTEGER NOT NULL DEFAULT 0;

UPDATE conversations SET
    first_answer_on_time = (
        SELECT e.at <= e.due_at FROM entries AS e
        WHERE e.conversation_number = conversations.number AND e.kind = 'Message' AND e.direction = 'Out' ORDER BY e.id LIMIT 1),
    next_answers_on_time = (
        SELECT COUNT(*) FROM entries AS e
        WHERE e.conversation_number = conversations.number AND e.kind = 'Message' AND e.direction = 'Out' AND e.at <= e.due_at
          AND EXISTS (SELECT 1 FROM entries AS o WHERE o.conversation_number = e.conversation_number AND o.kind = 'Message' AND o.direction = 'Out' AND o.id < e.id)),
    next_answers_late = (
        SELECT COUNT(*) FROM entries AS e
        WHERE e.conversation_number = conversations.number AND e.kind = 'Message' AND e.direction = 'Out' AND e.at > e.due_at
          AND EXISTS (SELECT 1 FROM entries AS o WHERE o.conversation_number = e.conversation_number AND o.kind = 'Message' AND o.direction = 'Out' AND o.id < e.id));

DROP INDEX ix_conversations_customer_id;
DROP INDEX ix_conversations_happiness_started_at;

CREATE INDEX ix_conversations_customer_id_is_spam_last_activity_at ON conversations (customer_id, is_spam, last_activity_at);
CREATE INDEX ix_conversations_is_spam_answer_due_at ON conversations (is_spam, answer_due_at);
CREATE INDEX ix_conversations_figures ON conversations (
    is_spam, happiness_started_at, happiness_ended_at, happiness_end, team_id, driver_id, channel, first_answer_on_time, next_answers_on_time, next_answers_late, number);
