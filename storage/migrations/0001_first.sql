-- Times are ISO 8601 text, local, without zone. Never run ANALYZE: its samples would copy contents into
-- sqlite_stat4, out of reach of erasure.

CREATE TABLE commits (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL
) STRICT;
INSERT INTO commits VALUES (1, 0);

CREATE TABLE conversations (
  name TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  origin TEXT NOT NULL,
  created_at TEXT NOT NULL,
  hidden_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE episodes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  memory_id TEXT NOT NULL UNIQUE,
  conversation TEXT NOT NULL REFERENCES conversations(name),
  source_id TEXT,
  speaker TEXT NOT NULL,
  role TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  spoken_at TEXT,
  recorded_at TEXT NOT NULL,
  session INTEGER NOT NULL,
  -- Its place in time: spoken_at, or that of the turn stored before it in the conversation; '' if unknown.
  placed_at TEXT NOT NULL,
  origin TEXT NOT NULL,
  hidden_at TEXT,
  remembered INTEGER NOT NULL DEFAULT 1,
  -- Remembered, and neither it nor its conversation is hidden: kept by repositories/showing.py alone.
  shown INTEGER NOT NULL,
  UNIQUE (conversation, source_id)
) STRICT;
CREATE INDEX episodes_by_conversation ON episodes(conversation, seq);
CREATE INDEX episodes_by_session ON episodes(session, placed_at, seq);
CREATE INDEX episodes_by_place ON episodes(conversation, placed_at, seq);
CREATE INDEX episodes_timeline ON episodes(placed_at, seq) WHERE shown AND role <> 'assistant';
CREATE INDEX episodes_speakers ON episodes(speaker) WHERE shown AND role <> 'assistant';
CREATE INDEX episodes_hidden ON episodes(hidden_at) WHERE hidden_at IS NOT NULL;

-- Pieces of an episode for the embedder, in code points of its text. Not of the assistant's.
CREATE TABLE chunks (
  chunk_id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL REFERENCES episodes(seq),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX chunks_by_episode ON chunks(seq);

-- The word index: rowid is seq, key is made by core.recall.keys. Holds what may be found; the keys of what is
-- hidden or not remembered wait on the shelf.
CREATE VIRTUAL TABLE words USING fts5(key, tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO words(words, rank) VALUES ('secure-delete', 1);
CREATE TABLE shelf (
  seq INTEGER PRIMARY KEY REFERENCES episodes(seq),
  key TEXT NOT NULL
) STRICT;

-- Each embedder has a vec0 table `vectors_<id>`, made by VectorIndex.use_embedder.
CREATE TABLE embedders (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  dimensions INTEGER NOT NULL,
  in_use INTEGER NOT NULL
) STRICT;
-- Chunks without a vector of the embedder in use.
CREATE TABLE pending_chunks (
  chunk_id INTEGER PRIMARY KEY REFERENCES chunks(chunk_id)
) STRICT;

CREATE TABLE answers (
  answer_id TEXT PRIMARY KEY,
  question_id TEXT,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  abstained INTEGER NOT NULL,
  stopped INTEGER NOT NULL,
  model TEXT,
  milliseconds INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE citations (
  answer_id TEXT NOT NULL REFERENCES answers(answer_id),
  place INTEGER NOT NULL,
  n INTEGER NOT NULL,
  memory_id TEXT NOT NULL,
  quote TEXT NOT NULL,
  PRIMARY KEY (answer_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_of_memory ON citations(memory_id);
CREATE TABLE considered (
  answer_id TEXT NOT NULL REFERENCES answers(answer_id),
  place INTEGER NOT NULL,
  memory_id TEXT NOT NULL,
  PRIMARY KEY (answer_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX considered_of_memory ON considered(memory_id);

-- What was made of what. Kinds: 'memory' (memory_id; an answer's too), 'title' (conversation). More to come.
CREATE TABLE lineage (
  derived_kind TEXT NOT NULL,
  derived_id TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  source_id TEXT NOT NULL,
  PRIMARY KEY (source_kind, source_id, derived_kind, derived_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lineage_of_derived ON lineage(derived_kind, derived_id);

-- One row while erased pages are still to be cleaned out of the file.
CREATE TABLE unfinished_erasure (
  one INTEGER PRIMARY KEY CHECK (one = 1)
) STRICT;

CREATE TABLE feedback (
  id INTEGER PRIMARY KEY,
  answer_id TEXT NOT NULL,
  memory_id TEXT,
  verdict TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX feedback_of_answer ON feedback(answer_id);
CREATE INDEX feedback_of_memory ON feedback(memory_id);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE notices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  dismissed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
