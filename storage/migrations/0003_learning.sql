-- What the ranking saw of a memory that stood beside an answer: a JSON object of numbers; NULL: not kept.
ALTER TABLE considered ADD COLUMN features TEXT;

-- Answers from which silence may still teach: nobody has complained of them, and no later one was given.
CREATE TABLE silent_answers (
  answer_id TEXT PRIMARY KEY REFERENCES answers(answer_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What recall has learned: a few numbers, of no memory in particular.
CREATE TABLE learned_weights (
  name TEXT PRIMARY KEY,
  delta REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE learned (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  lessons INTEGER NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
