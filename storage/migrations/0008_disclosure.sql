-- What audiences may know where the person changed it: levels, topics and slots by their words, lists as JSON.
CREATE TABLE clearances (
  audience TEXT PRIMARY KEY,
  level TEXT,
  topics TEXT NOT NULL,
  slots TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is which audience. `key` is the name as it is compared.
CREATE TABLE contacts (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  audience TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the person set of a memory (slot '') or of a fact of it: slot and code points of its value, which outlive
-- that the memory is read anew. `cleared_for`: audiences as JSON.
CREATE TABLE set_by_hand (
  memory_id TEXT NOT NULL REFERENCES episodes(memory_id) ON DELETE CASCADE,
  slot TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  sensitivity TEXT,
  topic TEXT,
  cleared_for TEXT NOT NULL,
  PRIMARY KEY (memory_id, slot, start, end)
) STRICT, WITHOUT ROWID;

-- What corrections taught: counts by slot, and by word of our own table of words. No word of a memory is in here.
CREATE TABLE learned_sensitivity (
  key TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE audit ADD COLUMN audience TEXT;
ALTER TABLE audit ADD COLUMN asker TEXT;
ALTER TABLE audit ADD COLUMN consent TEXT NOT NULL DEFAULT '';

-- The memories of an entry. `told`: 1 told, 0 withheld; `text`: what was told of it, which goes with the memory.
CREATE TABLE audit_memories (
  audit_id INTEGER NOT NULL REFERENCES audit(id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  memory_id TEXT NOT NULL REFERENCES episodes(memory_id) ON DELETE CASCADE,
  told INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (audit_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_memory ON audit_memories(memory_id);
