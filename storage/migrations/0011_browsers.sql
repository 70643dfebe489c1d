-- Browsers that were paired (core/acting/browsers.py): `key` is the public key of its extension.
CREATE TABLE browsers (
  browser_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  key BLOB NOT NULL UNIQUE,
  paired_at TEXT NOT NULL,
  seen_at TEXT
) STRICT, WITHOUT ROWID;

-- The vault's own secret key towards browsers: one row at most.
CREATE TABLE browser_identity (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  scalar BLOB NOT NULL
) STRICT;
