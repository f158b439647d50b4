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

-- (end of Macros)

-- Notifications

-- (end of Notifications)

-- Imports

-- (end of Imports)
