-- The morning page by mail, for whoever wants it.

CREATE TABLE morning_mails (
    user_id bigint NOT NULL,
    minute integer NOT NULL,
    sent_day integer NOT NULL,
    CONSTRAINT pk_morning_mails PRIMARY KEY (user_id),
    CONSTRAINT fk_morning_mails_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
