-- Grains: stretches of a life, and which sentences stand for each of them. Only numbers and dates: the words are
-- the episodes'. The members of a session, a day and a month are read from `episodes`; those of a segment are kept.
CREATE TABLE grains (
  id INTEGER PRIMARY KEY,
  -- 'segment', 'session', 'day' or 'month'.
  grain TEXT NOT NULL,
  -- Number of the session (a segment's too), '2024-03-01' or '2024-03'.
  key TEXT NOT NULL,
  -- Of a segment in its session; 0 else.
  place INTEGER NOT NULL,
  UNIQUE (grain, key, place)
) STRICT;
CREATE TABLE grain_members (
  seq INTEGER PRIMARY KEY REFERENCES episodes(seq),
  grain_id INTEGER NOT NULL REFERENCES grains(id)
) STRICT;
CREATE INDEX grain_members_of_grain ON grain_members(grain_id);
-- Sentences, best first, in code points of the episode's text.
CREATE TABLE grain_extracts (
  grain_id INTEGER NOT NULL REFERENCES grains(id),
  place INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES episodes(seq),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (grain_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX grain_extracts_of_episode ON grain_extracts(seq);

-- Grains whose members changed. Marked by the triggers below, so that no statement can leave it out.
CREATE TABLE grains_due (
  grain TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (grain, key)
) STRICT, WITHOUT ROWID;
INSERT INTO grains_due SELECT DISTINCT 'session', CAST(session AS TEXT) FROM episodes
WHERE shown AND role <> 'assistant';

-- Session 0: its session is not worked out yet.
CREATE TRIGGER grains_gain_stored AFTER INSERT ON episodes
WHEN NEW.shown AND NEW.role <> 'assistant' AND NEW.session <> 0
BEGIN
  INSERT OR IGNORE INTO grains_due VALUES ('session', CAST(NEW.session AS TEXT));
END;

CREATE TRIGGER grains_gain_changed AFTER UPDATE OF shown, session, placed_at ON episodes
WHEN NEW.shown AND NEW.role <> 'assistant'
  AND (NOT OLD.shown OR OLD.session <> NEW.session OR OLD.placed_at <> NEW.placed_at)
BEGIN
  INSERT OR IGNORE INTO grains_due VALUES ('session', CAST(NEW.session AS TEXT));
END;

-- What is not a member any more leaves its segment and every extract at once; what it was part of is due, or gone
-- when it was the last.
CREATE VIEW grain_losses AS
  SELECT NULL AS seq, NULL AS session, NULL AS placed_at WHERE 0;
CREATE TRIGGER grains_lose INSTEAD OF INSERT ON grain_losses
BEGIN
  DELETE FROM grain_extracts WHERE seq = NEW.seq;
  DELETE FROM grain_members WHERE seq = NEW.seq;
  DELETE FROM grains_due WHERE (grain = 'session' AND key = CAST(NEW.session AS TEXT))
    OR (grain = 'day' AND key = substr(NEW.placed_at, 1, 10))
    OR (grain = 'month' AND key = substr(NEW.placed_at, 1, 7));
  INSERT INTO grains_due SELECT 'session', CAST(NEW.session AS TEXT) WHERE EXISTS (
    SELECT 1 FROM episodes WHERE session = NEW.session AND shown AND role <> 'assistant');
  INSERT INTO grains_due SELECT 'day', substr(NEW.placed_at, 1, 10) WHERE NEW.placed_at <> '' AND EXISTS (
    SELECT 1 FROM episodes WHERE placed_at >= substr(NEW.placed_at, 1, 10)
      AND placed_at < substr(NEW.placed_at, 1, 10) || '~' AND shown AND role <> 'assistant');
  INSERT INTO grains_due SELECT 'month', substr(NEW.placed_at, 1, 7) WHERE NEW.placed_at <> '' AND EXISTS (
    SELECT 1 FROM episodes WHERE placed_at >= substr(NEW.placed_at, 1, 7)
      AND placed_at < substr(NEW.placed_at, 1, 7) || '~' AND shown AND role <> 'assistant');
  DELETE FROM grains WHERE grain IN ('segment', 'session') AND key = CAST(NEW.session AS TEXT)
    AND NOT EXISTS (SELECT 1 FROM grains_due WHERE grain = 'session' AND key = CAST(NEW.session AS TEXT));
  DELETE FROM grains WHERE grain = 'day' AND key = substr(NEW.placed_at, 1, 10)
    AND NOT EXISTS (SELECT 1 FROM grains_due WHERE grain = 'day' AND key = substr(NEW.placed_at, 1, 10));
  DELETE FROM grains WHERE grain = 'month' AND key = substr(NEW.placed_at, 1, 7)
    AND NOT EXISTS (SELECT 1 FROM grains_due WHERE grain = 'month' AND key = substr(NEW.placed_at, 1, 7));
END;
CREATE TRIGGER grains_lose_changed AFTER UPDATE OF shown, session, placed_at ON episodes
WHEN OLD.shown AND OLD.role <> 'assistant' AND OLD.session <> 0
  AND (NOT NEW.shown OR OLD.session <> NEW.session OR OLD.placed_at <> NEW.placed_at)
BEGIN
  INSERT INTO grain_losses VALUES (OLD.seq, OLD.session, OLD.placed_at);
END;
CREATE TRIGGER grains_lose_erased AFTER DELETE ON episodes WHEN OLD.shown AND OLD.role <> 'assistant'
BEGIN
  INSERT INTO grain_losses VALUES (OLD.seq, OLD.session, OLD.placed_at);
END;
