"""Rows of the word indexes and of the shelf: written, moved and removed here alone.

`words` has a row for every episode that may be found, `bigrams` only for those with a script without spaces;
the keys of what is hidden or not remembered wait on the shelf. All of it inside the caller's transaction.
"""

from __future__ import annotations

import apsw

from second_me.core.recall.keys import Key
from second_me.storage.rows import THESE, fetch


def put(db: apsw.Connection, seq: int, key: Key, shown: bool) -> None:
    """The key of a new episode."""
    if not shown:
        db.execute("INSERT INTO shelf(seq, key, pairs) VALUES (?, ?, ?)", (seq, key.words, key.pairs))
        return
    db.execute("INSERT INTO words(rowid, key) VALUES (?, ?)", (seq, key.words))
    if key.pairs:
        db.execute("INSERT INTO bigrams(rowid, key) VALUES (?, ?)", (seq, key.pairs))


def rewrite(db: apsw.Connection, seq: int, key: Key) -> None:
    """Another key for an episode that has one; nothing of the old one stays where it differs."""
    if fetch(db, "SELECT 1 FROM shelf WHERE seq = ?", (seq,)):
        db.execute("UPDATE shelf SET key = ?, pairs = ? WHERE seq = ?", (key.words, key.pairs, seq))
        return
    for table, text in (("words", key.words), ("bigrams", key.pairs)):
        held = fetch(db, f"SELECT key FROM {table} WHERE rowid = ?", (seq,))
        if held and (table == "words" or text):
            if held[0][0] != text:
                db.execute(f"UPDATE {table} SET key = ? WHERE rowid = ?", (text, seq))
        elif held:
            db.execute(f"DELETE FROM {table} WHERE rowid = ?", (seq,))
        elif text:
            db.execute(f"INSERT INTO {table}(rowid, key) VALUES (?, ?)", (seq, text))


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
    """Out of everything. `these` are seqs as JSON."""
    _leave(db, these)
    db.execute(f"DELETE FROM shelf WHERE seq IN {THESE}", (these,))


def _leave(db: apsw.Connection, these: str) -> None:
    for table in ("words", "bigrams"):
        db.execute(f"DELETE FROM {table} WHERE rowid IN {THESE}", (these,))
