"""The two word indexes, and how one is asked for a word or a pair of letters."""

from __future__ import annotations

from dataclasses import dataclass

import apsw

from second_me.core.recall.spelling import is_unspaced
from second_me.storage.rows import fetch, fetch_number

_LETTERS = ("categories", "L* N* Co Mn Mc")


@dataclass(frozen=True, slots=True)
class Index:
    """An FTS5 table, and its tokenizer as the migration that made it says."""

    table: str
    tokenizer: tuple[str, ...]


WORDS = Index("words", ("porter", "unicode61", "remove_diacritics", "2", *_LETTERS))
BIGRAMS = Index("bigrams", ("unicode61", "remove_diacritics", "0", *_LETTERS))
INDEXES = (WORDS, BIGRAMS)


def index_of(term: str) -> Index:
    """The index that holds a term: it is chosen by the script."""
    return BIGRAMS if is_unspaced(term) else WORDS


def quoted(term: str) -> str:
    """A term as FTS5 reads it, in which nothing has a meaning of its own but a `*` at the end: any ending."""
    beginning = len(term) > 1 and term.endswith("*")
    plain = term[:-1] if beginning else term
    return '"' + plain.replace("\0", " ").replace('"', '""') + '"' + (" *" if beginning else "")


def held_by(db: apsw.Connection, term: str) -> int:
    """How many episodes of the whole vault hold a term, mostly without looking at them."""
    index = index_of(term)
    tokenizer = db.fts5_tokenizer(index.tokenizer[0], list(index.tokenizer[1:]))
    found = tokenizer(
        term.encode(), apsw.FTS5_TOKENIZE_QUERY, None, include_offsets=False, include_colocated=False
    )
    tokens = [str(token) for token in found]
    if len(tokens) == 1 and not term.endswith("*"):
        rows = fetch(db, f"SELECT doc FROM {index.table}_terms WHERE term = ?", tokens)
        return int(rows[0][0]) if rows else 0
    sql = f"SELECT count(*) FROM {index.table} WHERE {index.table} MATCH ?"
    return fetch_number(db, sql, (quoted(term),))
