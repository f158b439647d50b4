-- Which mailbox a mail was fetched from, so that what a mailbox brought opens to the conversations behind it.
ALTER TABLE raw_mail ADD COLUMN mailbox_id bigint NULL;
CREATE INDEX ix_raw_mail_mailbox_id_received_at ON raw_mail (mailbox_id, received_at) WHERE mailbox_id IS NOT NULL;

-- Old mail that was set aside counts, once it is fetched, as what it was: answered elsewhere, or not.
ALTER TABLE set_aside_mails ADD COLUMN answered boolean NOT NULL DEFAULT false;
