-- A late try of a mail service is taken whatever it was late for: since when its key is set decides nothing any more.

ALTER TABLE mail_services DROP COLUMN secret_at;
