-- Some providers limit how much may be sent an hour.
ALTER TABLE mailboxes ADD COLUMN most_an_hour INTEGER NOT NULL DEFAULT 0;
