-- Forms that were filled. `site` is scheme, host and port of a page. No value of a field is in here: what was told
-- stands in the audit log, in the row of its memory.
CREATE TABLE sites (
  site TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  audience TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fills (
  fill_id INTEGER PRIMARY KEY AUTOINCREMENT,
  proposal_id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  site TEXT NOT NULL,
  title TEXT NOT NULL,
  browser_id TEXT NOT NULL,
  browser TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX fills_of_site ON fills(site, fill_id);

-- `place` is the field's number in the form; `by_hand`: the gate would have withheld it; `ok`: it was read back.
CREATE TABLE fill_fields (
  fill_id INTEGER NOT NULL REFERENCES fills(fill_id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  type TEXT,
  label TEXT NOT NULL,
  by_hand INTEGER NOT NULL,
  ok INTEGER,
  PRIMARY KEY (fill_id, place)
) STRICT, WITHOUT ROWID;

-- The memories that its value was looked up in.
CREATE TABLE fill_sources (
  fill_id INTEGER NOT NULL REFERENCES fills(fill_id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  memory_id TEXT NOT NULL REFERENCES episodes(memory_id) ON DELETE CASCADE,
  PRIMARY KEY (fill_id, place, memory_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX fill_sources_of_memory ON fill_sources(memory_id);

-- What the person gave for a field of a site: a passage (code points) of the memory that was made of it. `field` is its
-- key on that site, `label` what it is called anywhere.
CREATE TABLE learned_fields (
  site TEXT NOT NULL,
  field TEXT NOT NULL,
  label TEXT NOT NULL,
  type TEXT,
  memory_id TEXT NOT NULL REFERENCES episodes(memory_id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (site, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX learned_fields_by_label ON learned_fields(label);
CREATE INDEX learned_fields_by_type ON learned_fields(type) WHERE type IS NOT NULL;
CREATE INDEX learned_fields_of_memory ON learned_fields(memory_id);
