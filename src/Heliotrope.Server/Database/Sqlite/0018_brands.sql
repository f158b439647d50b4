-- Brands: the faces of our addresses. With them the address that a message of ours is to leave from, where somebody chooses.

CREATE TABLE brands (
    id INTEGER NOT NULL CONSTRAINT pk_brands PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    signature TEXT NOT NULL,
    team_id INTEGER NULL,
    zone TEXT NOT NULL,
    hours TEXT NOT NULL,
    holidays TEXT NOT NULL,
    CONSTRAINT fk_brands_team_id FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE SET NULL
);

CREATE TABLE brand_templates (
    brand_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_brand_templates PRIMARY KEY (brand_id, kind, language),
    CONSTRAINT fk_brand_templates_brand_id FOREIGN KEY (brand_id) REFERENCES brands (id) ON DELETE CASCADE
);

ALTER TABLE our_addresses ADD COLUMN brand_id INTEGER NULL CONSTRAINT fk_our_addresses_brand_id REFERENCES brands (id) ON DELETE SET NULL;
ALTER TABLE macros ADD COLUMN brand_id INTEGER NULL CONSTRAINT fk_macros_brand_id REFERENCES brands (id) ON DELETE SET NULL;
ALTER TABLE drafts ADD COLUMN our_address TEXT NOT NULL DEFAULT '';

CREATE UNIQUE INDEX ix_brands_name ON brands (name);
CREATE INDEX ix_brands_team_id ON brands (team_id);
CREATE INDEX ix_our_addresses_brand_id ON our_addresses (brand_id);
CREATE INDEX ix_macros_brand_id ON macros (brand_id);
