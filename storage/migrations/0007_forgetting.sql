-- Forgetting. Time is counted in days of use: days on which the app was used, numbered from 1.
CREATE TABLE use_days (
  number INTEGER PRIMARY KEY,
  day TEXT NOT NULL UNIQUE
) STRICT;

-- The life of each episode of a person: made with it and gone with it, by the triggers below.
CREATE TABLE lives (
  seq INTEGER PRIMARY KEY REFERENCES episodes(seq),
  -- Day of use on which it came in.
  born INTEGER NOT NULL,
  -- First stability (days of use) and surprise (bits; NULL: only words of every day), once they are rated.
  first REAL NOT NULL,
  bits REAL,
  rated INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,
  -- Day of use on which the person let it fade, and the last use that there was before.
  let_go INTEGER,
  let_go_after INTEGER,
  -- Derived of all that: its stability after the last use, the day of use since which it fades and the strength
  -- from which, the day on which it is faded (NULL: never, or not rated yet), and whether that day has come.
  stability REAL NOT NULL,
  since INTEGER NOT NULL,
  level REAL NOT NULL DEFAULT 1,
  fades_on INTEGER,
  faded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX lives_unrated ON lives(seq) WHERE NOT rated;
CREATE INDEX lives_pinned ON lives(seq) WHERE pinned;
CREATE INDEX lives_fading ON lives(fades_on) WHERE NOT faded AND fades_on IS NOT NULL;

-- What became of a memory: 'good' or 'lapse', by what the person did ('copied', 'opened', 'went_on',
-- 'corrected', 'not_relevant'), and beside which answer.
CREATE TABLE uses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL REFERENCES episodes(seq),
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  grade TEXT NOT NULL,
  cause TEXT NOT NULL,
  answer_id TEXT
) STRICT;
CREATE INDEX uses_of_episode ON uses(seq);
CREATE INDEX uses_of_answer ON uses(answer_id);

-- One row while the pace has changed and lives after this episode still have their old `fades_on`.
CREATE TABLE repacing (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  after INTEGER NOT NULL
) STRICT;

-- The default timeline shows what is not faded: by an index of its own, however much has faded.
ALTER TABLE episodes ADD COLUMN faded INTEGER NOT NULL DEFAULT 0;
CREATE INDEX episodes_vivid ON episodes(placed_at, seq) WHERE shown AND role <> 'assistant' AND NOT faded;
CREATE INDEX episodes_faded ON episodes(placed_at, seq) WHERE shown AND role <> 'assistant' AND faded;
CREATE TRIGGER lives_fade AFTER UPDATE OF faded ON lives WHEN NEW.faded <> OLD.faded
BEGIN
  UPDATE episodes SET faded = NEW.faded WHERE seq = NEW.seq;
END;

CREATE TRIGGER lives_begin AFTER INSERT ON episodes WHEN NEW.role <> 'assistant'
BEGIN
  INSERT INTO lives(seq, born, first, stability, since)
  SELECT NEW.seq, today, 1, 1, today FROM (SELECT coalesce(max(number), 1) AS today FROM use_days);
END;
CREATE TRIGGER lives_end AFTER DELETE ON episodes
BEGIN
  DELETE FROM uses WHERE seq = OLD.seq;
  DELETE FROM lives WHERE seq = OLD.seq;
  UPDATE uses SET answer_id = NULL WHERE answer_id = OLD.memory_id;
END;

INSERT INTO lives(seq, born, first, stability, since)
SELECT seq, 1, 1, 1, 1 FROM episodes WHERE role <> 'assistant';
