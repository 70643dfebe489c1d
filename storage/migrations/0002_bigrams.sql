-- An index of its own for scripts without spaces, and marks that belong to the letter before them (vowel signs
-- of Hindi, Thai) are part of a word. Rowid is seq in both; keys are made by core.recall.keys. Every indexed
-- episode has a row in `words`; in `bigrams` only where it has such letters. What is hidden waits on the shelf.
--
-- Keys of an older version are taken over as they are and written anew in the background
-- (repositories/rekeying.py): they hold pairs too, so that what is in both indexes is found meanwhile.

CREATE VIRTUAL TABLE respelt
USING fts5(key, tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
INSERT INTO respelt(respelt, rank) VALUES ('secure-delete', 1);
INSERT INTO respelt(rowid, key) SELECT rowid, key FROM words ORDER BY rowid;
DROP TABLE words;
ALTER TABLE respelt RENAME TO words;

CREATE VIRTUAL TABLE bigrams
USING fts5(key, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'");
INSERT INTO bigrams(bigrams, rank) VALUES ('secure-delete', 1);
INSERT INTO bigrams(rowid, key) SELECT rowid, key FROM words
WHERE key GLOB '*[぀-ヿ㐀-鿿가-힯฀-๿]*' ORDER BY rowid;

ALTER TABLE shelf ADD COLUMN pairs TEXT NOT NULL DEFAULT '';
UPDATE shelf SET pairs = key WHERE key GLOB '*[぀-ヿ㐀-鿿가-힯฀-๿]*';

-- How many episodes hold a word, and which ones; no tables of their own.
CREATE VIRTUAL TABLE words_terms USING fts5vocab(words, row);
CREATE VIRTUAL TABLE words_places USING fts5vocab(words, instance);
CREATE VIRTUAL TABLE bigrams_terms USING fts5vocab(bigrams, row);
CREATE VIRTUAL TABLE bigrams_places USING fts5vocab(bigrams, instance);
