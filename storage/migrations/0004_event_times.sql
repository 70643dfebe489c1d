-- When what an episode tells of happened: beside spoken_at (when it was said) and recorded_at (when it came in).
-- `grain` is how exactly it was said; quote_start and quote_end are code points of the text.
CREATE TABLE event_times (
  seq INTEGER NOT NULL REFERENCES episodes(seq),
  start TEXT NOT NULL,
  "end" TEXT NOT NULL,
  grain TEXT NOT NULL,
  quote_start INTEGER NOT NULL,
  quote_end INTEGER NOT NULL
) STRICT;
CREATE INDEX event_times_of_episode ON event_times(seq);
CREATE INDEX event_times_by_start ON event_times(start, "end", seq);

-- Episodes of before this migration: their times are read in the background.
CREATE TABLE pending_times (
  seq INTEGER PRIMARY KEY REFERENCES episodes(seq)
) STRICT;
INSERT INTO pending_times SELECT seq FROM episodes WHERE role <> 'assistant';
