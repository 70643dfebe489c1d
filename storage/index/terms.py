"""The two word indexes: which one holds a term, who holds it how often, and how long the keys are.

FTS5 can rank by itself, but then it looks at every row of every term for itself, twice. Here the rows of a term
come as one line of text that numpy reads, and serve the ranking, the counts and the postings of a question.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import apsw
import numpy as np
import numpy.typing as npt

from second_me.core.ports import Postings
from second_me.storage.rows import fetch, fetch_first, fetch_number

K1, B = 1.2, 0.75
"""BM25's constants, those of FTS5."""

_LEAST_RARITY = 1e-6
"""Of a word that more than half of all hold, as FTS5 has it."""

_KEPT_ROWS = 2_000_000
_LETTERS = ("categories", "L* N* Co Mn Mc")


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a term: `seqs` ascending, shape (episodes,), and how many times each."""

    seqs: Postings
    times: npt.NDArray[np.int64]


class TermIndex:
    """One FTS5 table, read. `tokenizer` is as the migration that made the table says.

    What was read is kept until the vault changes. Only with the vault held.
    """

    def __init__(self, table: str, tokenizer: tuple[str, ...]) -> None:
        self._table, self._tokenizer = table, (*tokenizer, *_LETTERS)
        self._kept: OrderedDict[str, Held] = OrderedDict()
        self._kept_rows = 0
        self._lengths: npt.NDArray[np.int64] = np.zeros(1, dtype=np.int64)
        self._count, self._mean = 0, 0.0

    def refresh(self, db: apsw.Connection) -> None:
        """Drop what may no longer be so: after every change."""
        self._kept.clear()
        self._kept_rows = 0
        self._refresh_lengths(db)

    def held(self, db: apsw.Connection, term: str) -> Held:
        """Who holds a term; with a `*` at its end, a word that begins so."""
        if term in self._kept:
            self._kept.move_to_end(term)
            return self._kept[term]
        found = self._look_up(db, term)
        self._kept[term] = found
        self._kept_rows += len(found.seqs)
        while self._kept_rows > _KEPT_ROWS and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._kept_rows -= len(dropped.seqs)
        return found

    def count(self, db: apsw.Connection, term: str) -> int:
        """How many hold a term; of a single word without looking at who."""
        if term not in self._kept and not term.endswith("*"):
            tokens = self._tokens(db, term)
            if len(tokens) == 1:
                rows = fetch(db, f"SELECT doc FROM {self._table}_terms WHERE term = ?", tokens)
                return int(rows[0][0]) if rows else 0
        return len(self.held(db, term).seqs)

    def add_scores(self, held: Held, scores: npt.NDArray[np.float64]) -> None:
        """Add a term's part of BM25, as FTS5 counts it, to `scores`, which has a place for every seq."""
        number = len(held.seqs)
        others = max(self._count - number, 0)
        rarity = max(float(np.log((others + 0.5) / (number + 0.5))), _LEAST_RARITY)
        norm = K1 * (1 - B + B * self._lengths[held.seqs] / self._mean)
        scores[held.seqs] += rarity * held.times * (K1 + 1) / (held.times + norm)

    def _look_up(self, db: apsw.Connection, term: str) -> Held:
        tokens = self._tokens(db, term)
        places = f"SELECT group_concat(doc) FROM {self._table}_places WHERE "
        if not tokens:
            rows = numbers(None)
        elif len(tokens) > 1:
            sql = f"SELECT group_concat(rowid) FROM {self._table} WHERE {self._table} MATCH ?"
            rows = numbers(fetch_first(db, sql, (quoted(term),))[0])
        elif term.endswith("*"):
            span = (tokens[0], tokens[0] + chr(0x10FFFF))
            rows = np.sort(numbers(fetch_first(db, places + "term >= ? AND term < ?", span)[0]))
        else:
            rows = numbers(fetch_first(db, places + "term = ?", tokens)[0])
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        return Held(rows[first], np.diff(first, append=len(rows)))

    def _tokens(self, db: apsw.Connection, term: str) -> list[str]:
        tokenizer = db.fts5_tokenizer(self._tokenizer[0], list(self._tokenizer[1:]))
        found = tokenizer(
            term.encode(), apsw.FTS5_TOKENIZE_QUERY, None, include_offsets=False, include_colocated=False
        )
        return [str(token) for token in found]

    def _refresh_lengths(self, db: apsw.Connection) -> None:
        """Lengths of keys in words. What is new is added; where that does not come out right, all are read."""
        # Within a transaction FTS5 has not written its totals down yet: the last row tells that there are new ones.
        last = fetch_number(db, f"SELECT coalesce(max(id), 0) FROM {self._table}_docsize")
        if last >= len(self._lengths) or self._totals() != _recorded_totals(db, self._table):
            self._read_lengths(db, len(self._lengths) - 1)
        if self._totals() != _recorded_totals(db, self._table):
            self._lengths, self._count = np.zeros(1, dtype=np.int64), 0
            self._read_lengths(db, 0)
        self._mean = self._lengths.sum() / max(self._count, 1)

    def _totals(self) -> tuple[int, int]:
        return self._count, int(self._lengths.sum())

    def _read_lengths(self, db: apsw.Connection, after: int) -> None:
        rows = fetch(db, f"SELECT id, sz FROM {self._table}_docsize WHERE id > ? ORDER BY id", (after,))
        if rows:
            more = np.zeros(rows[-1][0] - after, dtype=np.int64)
            more[[seq - after - 1 for seq, _ in rows]] = [_varints(size)[0] for _, size in rows]
            self._lengths = np.concatenate([self._lengths, more])
            self._count += len(rows)


def words_index() -> TermIndex:
    """Words, those of one English stem as one."""
    return TermIndex("words", ("porter", "unicode61", "remove_diacritics", "2"))


def bigrams_index() -> TermIndex:
    """Pairs of letters."""
    return TermIndex("bigrams", ("unicode61", "remove_diacritics", "0"))


def quoted(term: str) -> str:
    """A term as an FTS5 string, in which nothing has a meaning of its own."""
    return '"' + term.replace("\0", " ").replace('"', '""') + '"'


def numbers(text: str | None) -> Postings:
    """A line of numbers with commas between; reading one line takes a third of the time of a row for each."""
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)


def _recorded_totals(db: apsw.Connection, table: str) -> tuple[int, int]:
    """(rows, words in all) as FTS5 wrote them down at the last commit."""
    counts = _varints(fetch_first(db, f"SELECT block FROM {table}_data WHERE id = 1")[0])
    return (counts[0], counts[1]) if counts else (0, 0)


def _varints(block: bytes) -> list[int]:
    """SQLite's integers of variable length, seven bits a byte, a set bit before those that go on (no ninth byte)."""
    found, number = list[int](), 0
    for byte in block:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found
