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
ALTER TABLE users ADD COLUMN languages text NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN room integer NOT NULL DEFAULT 20;
ALTER TABLE users ADD COLUMN away boolean NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN away_until timestamp with time zone NULL;
ALTER TABLE users ADD COLUMN seen_at timestamp with time zone NULL;
ALTER TABLE users ADD COLUMN last_given_at timestamp with time zone NULL;
ALTER TABLE users ADD COLUMN left_at timestamp with time zone NULL;

CREATE TABLE user_skills (
    user_id bigint NOT NULL,
    driver_id bigint NOT NULL,
    CONSTRAINT pk_user_skills PRIMARY KEY (user_id, driver_id),
    CONSTRAINT fk_user_skills_driver_id FOREIGN KEY (driver_id) REFERENCES drivers (id) ON DELETE CASCADE,
    CONSTRAINT fk_user_skills_user_id FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX ix_user_skills_driver_id ON user_skills (driver_id);

-- (end of People and teams)

-- Acts and rules

-- (end of Acts and rules)

-- Macros

-- (end of Macros)

-- Notifications

-- (end of Notifications)

-- Imports

-- (end of Imports)
