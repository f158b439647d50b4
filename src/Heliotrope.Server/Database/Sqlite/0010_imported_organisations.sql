-- Which organisation here one of another desk became.
ALTER TABLE imported_things ADD COLUMN organisation_id INTEGER NULL CONSTRAINT fk_imported_things_organisation_id REFERENCES organisations (id) ON DELETE CASCADE;
CREATE INDEX ix_imported_things_organisation_id ON imported_things (organisation_id);
