-- What episodes claim: passages (code points of the episode's text), never words of their own. `digest` is that of the
-- text that was read; what does not fit it is never given. `subject` is who it is about, folded to be found by ('' is
-- the person); it is a copy of the words at named_start, and goes with them.
CREATE TABLE claims (
  claim_id INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL REFERENCES episodes(seq),
  slot TEXT NOT NULL,
  stance TEXT NOT NULL,
  subject TEXT NOT NULL,
  value_start INTEGER NOT NULL,
  value_end INTEGER NOT NULL,
  quote_start INTEGER NOT NULL,
  quote_end INTEGER NOT NULL,
  named_start INTEGER,
  named_end INTEGER,
  qualifier TEXT NOT NULL,
  since TEXT,
  until TEXT,
  corrects INTEGER NOT NULL,
  digest BLOB NOT NULL,
  learned_at TEXT NOT NULL,
  -- Counts up when the claim, or a mark on it, is another.
  stamp INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX claims_of_episode ON claims(seq);
CREATE INDEX claims_of_subject ON claims(subject, slot);

-- The person's word on a claim, and on two that contradict each other.
CREATE TABLE claim_marks (
  claim_id INTEGER NOT NULL REFERENCES claims(claim_id),
  mark TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (claim_id, mark)
) STRICT, WITHOUT ROWID;
CREATE TABLE verdicts (
  first INTEGER NOT NULL REFERENCES claims(claim_id),
  second INTEGER NOT NULL REFERENCES claims(claim_id),
  verdict TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX verdicts_of_second ON verdicts(second);

-- The person's own words: "when I say 'the lab' I mean ...", as passages too.
CREATE TABLE definitions (
  definition_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES episodes(seq),
  term_start INTEGER NOT NULL,
  term_end INTEGER NOT NULL,
  meaning_start INTEGER NOT NULL,
  meaning_end INTEGER NOT NULL,
  digest BLOB NOT NULL
) STRICT;
CREATE INDEX definitions_of_episode ON definitions(seq);

-- Which reader has read which of the person's own episodes (0: none yet). What our own pen wrote (a fill, an answer
-- sent) confirms nothing; an edit or a card brings its claims along.
CREATE TABLE read_episodes (
  seq INTEGER PRIMARY KEY REFERENCES episodes(seq),
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX read_episodes_by_version ON read_episodes(version, seq);
INSERT INTO read_episodes SELECT seq, 0 FROM episodes
WHERE role = 'person' AND origin NOT IN ('fill', 'answer', 'edit', 'card');
CREATE TRIGGER read_episodes_gain AFTER INSERT ON episodes
WHEN NEW.role = 'person' AND NEW.origin NOT IN ('fill', 'answer', 'edit', 'card')
BEGIN
  INSERT INTO read_episodes VALUES (NEW.seq, 0);
END;

-- Counts what changes the facts: what was computed of them is good while it stands still.
CREATE TABLE fact_changes (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL
) STRICT;
INSERT INTO fact_changes VALUES (1, 0);
CREATE TRIGGER claims_gained AFTER INSERT ON claims BEGIN UPDATE fact_changes SET count = count + 1; END;
CREATE TRIGGER claims_changed AFTER UPDATE ON claims BEGIN UPDATE fact_changes SET count = count + 1; END;
CREATE TRIGGER claim_marks_gained AFTER INSERT ON claim_marks
BEGIN UPDATE claims SET stamp = stamp + 1 WHERE claim_id = NEW.claim_id; END;
CREATE TRIGGER claim_marks_lost AFTER DELETE ON claim_marks
BEGIN UPDATE claims SET stamp = stamp + 1 WHERE claim_id = OLD.claim_id; END;
CREATE TRIGGER verdicts_gained AFTER INSERT ON verdicts BEGIN UPDATE fact_changes SET count = count + 1; END;
CREATE TRIGGER verdicts_lost AFTER DELETE ON verdicts BEGIN UPDATE fact_changes SET count = count + 1; END;
CREATE TRIGGER definitions_gained AFTER INSERT ON definitions
BEGIN UPDATE fact_changes SET count = count + 1; END;
CREATE TRIGGER definitions_lost AFTER DELETE ON definitions
BEGIN UPDATE fact_changes SET count = count + 1; END;
CREATE TRIGGER facts_shown AFTER UPDATE OF shown ON episodes WHEN OLD.shown <> NEW.shown AND NEW.role = 'person'
BEGIN UPDATE fact_changes SET count = count + 1; END;

-- What an episode claims goes with it, whichever statement takes it; what was said of a claim goes with the claim.
CREATE TRIGGER claims_lost BEFORE DELETE ON claims
BEGIN
  DELETE FROM claim_marks WHERE claim_id = OLD.claim_id;
  DELETE FROM verdicts WHERE first = OLD.claim_id OR second = OLD.claim_id;
  UPDATE fact_changes SET count = count + 1;
END;
CREATE TRIGGER claims_lose_erased BEFORE DELETE ON episodes
BEGIN
  DELETE FROM claims WHERE seq = OLD.seq;
  DELETE FROM definitions WHERE seq = OLD.seq;
  DELETE FROM read_episodes WHERE seq = OLD.seq;
END;
