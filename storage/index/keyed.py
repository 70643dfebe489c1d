"""Rows of the word indexes and of the shelf: written, moved and removed here alone.

`words` has a row for every episode that may be found, `bigrams` only for those with a script without spaces;
the keys of what is hidden or not remembered wait on the shelf. All of it inside the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import apsw

from second_me.core.recall.keys import Key
from second_me.storage.rows import THESE, fetch, fetch_first

UNDER_WAY = "keys_from"
"""A setting that is there while keys of an older version are written anew."""

_TABLES = ("words", "bigrams")
_MERGED_PAGES = 300


def put(db: apsw.Connection, seq: int, key: Key, shown: bool) -> None:
    """The key of a new episode."""
    if not shown:
        db.execute("INSERT INTO shelf(seq, key, pairs) VALUES (?, ?, ?)", (seq, key.words, key.pairs))
        return
    db.execute("INSERT INTO words(rowid, key) VALUES (?, ?)", (seq, key.words))
    if key.pairs:
        db.execute("INSERT INTO bigrams(rowid, key) VALUES (?, ?)", (seq, key.pairs))


def rewrite(db: apsw.Connection, keys: Mapping[int, Key]) -> None:
    """Other keys for episodes that have one, {seq: key}. Old words stay in pages until the indexes are merged."""
    these = json.dumps(sorted(keys))
    waiting = set(fetch_first(db, f"SELECT seq FROM shelf WHERE seq IN {THESE}", (these,)))
    for seq in sorted(waiting):
        values = (keys[seq].words, keys[seq].pairs, seq)
        db.execute("UPDATE shelf SET key = ?, pairs = ? WHERE seq = ?", values)
    shown = sorted(keys.keys() - waiting)
    _rewrite_in(db, "words", {seq: keys[seq].words for seq in shown})
    _rewrite_in(db, "bigrams", {seq: keys[seq].pairs for seq in shown})


def _rewrite_in(db: apsw.Connection, table: str, texts: Mapping[int, str]) -> None:
    held: dict[int, str] = dict(
        fetch(db, f"SELECT rowid, key FROM {table} WHERE rowid IN {THESE}", (json.dumps(list(texts)),))
    )
    changed = [seq for seq, text in texts.items() if held.get(seq, "") != text]
    _secure(db, table, False)
    db.executemany(f"DELETE FROM {table} WHERE rowid = ?", [(seq,) for seq in changed if seq in held])
    # Setting it again writes what was deleted: a word deleted and inserted at once would keep a mark that is
    # never merged away, and with it its letters.
    _secure(db, table, False)
    new = [(seq, texts[seq]) for seq in changed if texts[seq] or table == "words"]
    db.executemany(f"INSERT INTO {table}(rowid, key) VALUES (?, ?)", new)
    _secure(db, table, True)


def to_index(db: apsw.Connection, these: str) -> None:
    """From the shelf into the indexes. `these` are seqs as JSON."""
    waiting = f"FROM shelf WHERE seq IN {THESE}"
    db.execute(f"INSERT INTO words(rowid, key) SELECT seq, key {waiting} ORDER BY seq", (these,))
    db.execute(
        f"INSERT INTO bigrams(rowid, key) SELECT seq, pairs {waiting} AND pairs <> '' ORDER BY seq", (these,)
    )
    db.execute(f"DELETE {waiting}", (these,))


def to_shelf(db: apsw.Connection, these: str) -> None:
    """From the indexes onto the shelf. `these` are seqs as JSON."""
    pairs = "coalesce((SELECT b.key FROM bigrams AS b WHERE b.rowid = w.rowid), '')"
    db.execute(
        f"INSERT INTO shelf(seq, key, pairs) SELECT w.rowid, w.key, {pairs} FROM words AS w "
        f"WHERE w.rowid IN {THESE}",
        (these,),
    )
    _leave(db, these)


def drop(db: apsw.Connection, these: str) -> None:
    """Out of everything, no word of it left in the indexes' pages. `these` are seqs as JSON."""
    delete_securely(db)
    _leave(db, these)
    db.execute(f"DELETE FROM shelf WHERE seq IN {THESE}", (these,))
    if fetch(db, "SELECT 1 FROM settings WHERE key = ?", (UNDER_WAY,)):
        for table in _TABLES:
            db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def delete_securely(db: apsw.Connection) -> None:
    """From now on a deleted word is taken out of the indexes at once, and not only when parts are merged."""
    for table in _TABLES:
        _secure(db, table, True)


def _secure(db: apsw.Connection, table: str, yes: bool) -> None:
    db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('secure-delete', ?)", (int(yes),))


def begin_merging(db: apsw.Connection) -> None:
    """From now on `merge` merges all parts of the indexes that there are, and drops what was deleted."""
    for table in _TABLES:
        db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', ?)", (-_MERGED_PAGES,))


def merge(db: apsw.Connection) -> bool:
    """One step of it; whether there was anything to do."""
    before = db.total_changes()
    for table in _TABLES:
        db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', ?)", (_MERGED_PAGES,))
    # The statements count as a change each; as FTS5's documentation says, one more means that it merged.
    return db.total_changes() - before > len(_TABLES)


def _leave(db: apsw.Connection, these: str) -> None:
    for table in _TABLES:
        db.execute(f"DELETE FROM {table} WHERE rowid IN {THESE}", (these,))
