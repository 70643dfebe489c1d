-- Upkeep: what is known of each job (core/upkeep.py). The scheduler is rebuilt from here at every unlock.
CREATE TABLE upkeep (
  job TEXT PRIMARY KEY,
  -- Seconds between two runs.
  every INTEGER NOT NULL,
  -- When the vault first heard of it.
  since TEXT NOT NULL,
  last_started TEXT,
  last_done TEXT,
  -- How far the run has come, as JSON: numbers of rows and counts, never contents.
  cursor TEXT NOT NULL DEFAULT 'null',
  under_way INTEGER NOT NULL DEFAULT 0,
  steps INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
