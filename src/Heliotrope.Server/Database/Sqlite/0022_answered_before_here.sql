-- Mails that a conversation's first mail answers and that are not here: when one of them comes later, as old mail does, it joins its answer.
CREATE TABLE missing_mails (
    message_id TEXT NOT NULL,
    conversation_number INTEGER NOT NULL,
    CONSTRAINT pk_missing_mails PRIMARY KEY (message_id, conversation_number),
    CONSTRAINT fk_missing_mails_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE
);

CREATE INDEX ix_missing_mails_conversation_number ON missing_mails (conversation_number);
