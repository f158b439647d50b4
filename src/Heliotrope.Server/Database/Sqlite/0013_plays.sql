-- Plays, and what people ask next.

CREATE TABLE plays (
    id INTEGER NOT NULL CONSTRAINT pk_plays PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    driver_id INTEGER NULL,
    mood TEXT NULL,
    segment_id INTEGER NULL,
    steps TEXT NOT NULL,
    words TEXT NOT NULL,
    author_id INTEGER NULL,
    author_name TEXT NOT NULL,
    conversation_number INTEGER NULL,
    entry_id INTEGER NULL,
    created_at INTEGER NOT NULL,
    in_use_since INTEGER NULL,
    looked_at INTEGER NOT NULL,
    demo INTEGER NOT NULL,
    CONSTRAINT fk_plays_author_id FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT fk_plays_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE SET NULL,
    CONSTRAINT fk_plays_entry_id FOREIGN KEY (entry_id) REFERENCES entries (id) ON DELETE SET NULL
);

CREATE TABLE play_uses (
    id INTEGER NOT NULL CONSTRAINT pk_play_uses PRIMARY KEY AUTOINCREMENT,
    play_id INTEGER NOT NULL,
    conversation_number INTEGER NOT NULL,
    user_id INTEGER NULL,
    at INTEGER NOT NULL,
    CONSTRAINT fk_play_uses_play_id FOREIGN KEY (play_id) REFERENCES plays (id) ON DELETE CASCADE,
    CONSTRAINT fk_play_uses_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_play_uses_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
);

CREATE TABLE next_pairs (
    from_driver_id INTEGER NOT NULL,
    to_driver_id INTEGER NOT NULL,
    after_count INTEGER NOT NULL,
    after_of INTEGER NOT NULL,
    otherwise_count INTEGER NOT NULL,
    otherwise_of INTEGER NOT NULL,
    added_count INTEGER NOT NULL,
    added_of INTEGER NOT NULL,
    without_count INTEGER NOT NULL,
    without_of INTEGER NOT NULL,
    counted_at INTEGER NOT NULL,
    CONSTRAINT pk_next_pairs PRIMARY KEY (from_driver_id, to_driver_id),
    CONSTRAINT fk_next_pairs_from_driver_id FOREIGN KEY (from_driver_id) REFERENCES drivers (id) ON DELETE CASCADE,
    CONSTRAINT fk_next_pairs_to_driver_id FOREIGN KEY (to_driver_id) REFERENCES drivers (id) ON DELETE CASCADE
);

CREATE TABLE next_answers (
    driver_id INTEGER NOT NULL CONSTRAINT pk_next_answers PRIMARY KEY,
    article_id INTEGER NULL,
    text TEXT NOT NULL,
    author_name TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    demo INTEGER NOT NULL,
    CONSTRAINT fk_next_answers_driver_id FOREIGN KEY (driver_id) REFERENCES drivers (id) ON DELETE CASCADE,
    CONSTRAINT fk_next_answers_article_id FOREIGN KEY (article_id) REFERENCES articles (id) ON DELETE CASCADE
);

CREATE TABLE next_offers (
    id INTEGER NOT NULL CONSTRAINT pk_next_offers PRIMARY KEY AUTOINCREMENT,
    conversation_number INTEGER NOT NULL,
    to_driver_id INTEGER NOT NULL,
    offered_at INTEGER NOT NULL,
    added_at INTEGER NULL,
    CONSTRAINT fk_next_offers_conversation_number FOREIGN KEY (conversation_number) REFERENCES conversations (number) ON DELETE CASCADE,
    CONSTRAINT fk_next_offers_to_driver_id FOREIGN KEY (to_driver_id) REFERENCES drivers (id) ON DELETE CASCADE
);

ALTER TABLE drafts ADD COLUMN plays TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN offered TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN answered TEXT NOT NULL DEFAULT '';

CREATE INDEX ix_plays_author_id ON plays (author_id);
CREATE INDEX ix_plays_conversation_number ON plays (conversation_number);
CREATE INDEX ix_plays_entry_id ON plays (entry_id);
CREATE UNIQUE INDEX ix_play_uses_play_id_conversation_number ON play_uses (play_id, conversation_number);
CREATE INDEX ix_play_uses_conversation_number ON play_uses (conversation_number);
CREATE INDEX ix_play_uses_user_id ON play_uses (user_id);
CREATE INDEX ix_next_pairs_to_driver_id ON next_pairs (to_driver_id);
CREATE INDEX ix_next_answers_article_id ON next_answers (article_id);
CREATE UNIQUE INDEX ix_next_offers_conversation_number_to_driver_id ON next_offers (conversation_number, to_driver_id);
CREATE INDEX ix_next_offers_to_driver_id ON next_offers (to_driver_id);
