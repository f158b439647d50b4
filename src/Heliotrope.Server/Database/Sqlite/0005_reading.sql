-- Reading: what is understood of a conversation, the promises made in it, and what the coach was told and saw.

CREATE TABLE readings (
    conversation_number INTEGER NOT NULL CONSTRAINT pk_readings PRIMARY KEY,
    language TEXT NULL,
    sentiment REAL NULL,
    complaint INTEGER NOT NULL,
    gratitude INTEGER NOT NULL,
    urgency INTEGER NOT NULL,
    life_event TEXT NULL,
    complaint_said INTEGER NOT NULL,
    life_event_said INTEGER NOT NULL,
    driver_id INTEGER NULL,
    driver_sure REAL NOT NULL,
    CONSTRAINT fk_readings_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_readings_driver_id FOREIGN KEY (driver_id) REFERENCES drivers (id) ON DELETE SET NULL
);

CREATE TABLE lessons (
    id INTEGER NOT NULL CONSTRAINT pk_lessons PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NOT NULL,
    sign TEXT NOT NULL,
    life_event TEXT NULL,
    words TEXT NOT NULL,
    counts INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_lessons_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_lessons_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE promises (
    id INTEGER NOT NULL CONSTRAINT pk_promises PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    entry_id INTEGER NULL,
    text TEXT NOT NULL,
    deed TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    day_only INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    remind_at INTEGER NOT NULL,
    risk_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    ended_at INTEGER NULL,
    done_at INTEGER NULL,
    follows_id INTEGER NULL,
    reminded INTEGER NOT NULL,
    risk_said INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT fk_promises_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_promises_customer_id FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT fk_promises_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE SET NULL,
    CONSTRAINT fk_promises_owner_id FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_promises_follows_id FOREIGN KEY (follows_id) REFERENCES promises (id) ON DELETE SET NULL
);

CREATE TABLE coach_silences (
    id INTEGER NOT NULL CONSTRAINT pk_coach_silences PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    driver_id INTEGER NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_coach_silences_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT fk_coach_silences_driver_id FOREIGN KEY (driver_id) REFERENCES drivers (id) ON DELETE CASCADE
);

CREATE TABLE coach_remarks (
    id INTEGER NOT NULL CONSTRAINT pk_coach_remarks PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_coach_remarks_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_coach_remarks_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE CASCADE,
    CONSTRAINT fk_coach_remarks_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

ALTER TABLE drafts ADD COLUMN promises TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN remarks TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN tells_promise_id INTEGER NULL CONSTRAINT fk_drafts_tells_promise_id REFERENCES promises (id) ON DELETE SET NULL;
ALTER TABLE drafts ADD COLUMN tells_due_at INTEGER NULL;

CREATE INDEX ix_readings_driver_id ON readings (driver_id);
CREATE INDEX ix_lessons_conversation_number ON lessons (conversation_number);
CREATE INDEX ix_lessons_user_id ON lessons (user_id);
CREATE INDEX ix_promises_conversation_number ON promises (conversation_number);
CREATE INDEX ix_promises_customer_id ON promises (customer_id);
CREATE INDEX ix_promises_entry_id ON promises (entry_id);
CREATE INDEX ix_promises_follows_id ON promises (follows_id);
CREATE INDEX ix_promises_state_due_at ON promises (state, due_at);
CREATE INDEX ix_promises_owner_id_state_due_at ON promises (owner_id, state, due_at);
CREATE INDEX ix_promises_deed_made_at ON promises (deed, made_at);
CREATE INDEX ix_coach_silences_user_id ON coach_silences (user_id);
CREATE INDEX ix_coach_silences_driver_id ON coach_silences (driver_id);
CREATE INDEX ix_coach_remarks_conversation_number ON coach_remarks (conversation_number);
CREATE INDEX ix_coach_remarks_entry_id ON coach_remarks (entry_id);
CREATE INDEX ix_coach_remarks_user_id ON coach_remarks (user_id);
CREATE INDEX ix_coach_remarks_at ON coach_remarks (at);
CREATE INDEX ix_drafts_tells_promise_id ON drafts (tells_promise_id);
