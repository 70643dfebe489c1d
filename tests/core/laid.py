"""Pools that are laid out by hand: what recall sees of a few turns, without a vault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from second_me.core.ports import Hit
from second_me.core.recall.asked import Asked, read_question
from second_me.core.recall.features import Candidates, features_of, places_with_neighbours
from second_me.core.recall.placement import QUESTION_MARKS, Placement, table_of_rows
from second_me.core.recall.pool import Floats, Pool, make_pool, rough, rows_around
from second_me.core.recall.telling import RelatedWords
from second_me.core.temporal.spans import Span

EPOCH = datetime(1970, 1, 1)


def nothing_near(_word: str) -> Mapping[str, float]:
    """A table of near words without any."""
    return {}


@dataclass(frozen=True)
class Turn:
    """A turn of a session; turns of a session are laid out in the order in which they are given."""

    seq: int
    session: int
    text: str = "x"
    speaker: str = "Anna"
    spoken: datetime | None = None


def placed(turns: Sequence[Turn]) -> Placement:
    turns = sorted(turns, key=lambda each: each.session)
    speakers = tuple(dict.fromkeys(each.speaker for each in turns))
    seqs = np.array([each.seq for each in turns], dtype=np.int64)
    spoken = [(each.spoken - EPOCH).total_seconds() if each.spoken else np.nan for each in turns]
    return Placement(
        seqs=seqs,
        session=np.array([each.session for each in turns], dtype=np.int64),
        speaker=np.array([speakers.index(each.speaker) for each in turns], dtype=np.int32),
        speakers=speakers,
        spoken=np.array(spoken, dtype=np.float64),
        characters=np.array([len(each.text) for each in turns], dtype=np.int32),
        asks=np.array([each.text.endswith(QUESTION_MARKS) for each in turns], dtype=np.bool_),
        rows=table_of_rows(seqs),
    )


def pool_of(
    turns: Sequence[Turn],
    words: Mapping[int, float],
    meaning: Mapping[int, float],
    postings: Mapping[str, Sequence[int] | None],
    episodes: int | None = None,
    around: Sequence[int] | None = None,
) -> Pool:
    """The pool of all turns, or of those around some. `words` and `meaning` are {seq: score}; the postings of a
    term that is too common are None."""
    placement = placed(turns)
    rows = (
        np.arange(len(turns), dtype=np.int64)
        if around is None
        else rows_around(placement, np.array(around, dtype=np.int64))
    )
    cosines = np.array([meaning.get(int(seq), np.nan) for seq in placement.seqs[rows]], dtype=np.float64)
    return make_pool(
        placement,
        rows,
        [Hit(seq, score) for seq, score in words.items()],
        cosines,
        [None if seqs is None else np.array(seqs, dtype=np.int64) for seqs in postings.values()],
        len(turns) if episodes is None else episodes,
    )


def holding(asked: Asked, turns: Sequence[Turn]) -> dict[str, list[int]]:
    """{term: the seqs of turns that hold a spelling of it, ascending}, by plain words."""
    said = {each.seq: set(each.text.lower().replace("?", " ").replace(".", " ").split()) for each in turns}
    return {
        term: sorted(seq for seq, words in said.items() if not words.isdisjoint({term, *held_as}))
        for term, held_as in asked.groups.items()
    }


def seen(
    question: str,
    turns: Sequence[Turn],
    meaning: Mapping[int, float] | None = None,
    *,
    near: RelatedWords = nothing_near,
    events: Mapping[int, Sequence[Span]] | None = None,
    now: datetime | None = None,
) -> tuple[list[int], dict[str, Floats]]:
    """(seqs in the order of the arrays, features) of all turns. The score in words is the count of terms held."""
    asked = read_question(question, placed(turns).speakers, now)
    postings = holding(asked, turns)
    words = {each.seq: float(sum(each.seq in seqs for seqs in postings.values())) for each in turns}
    pool = pool_of(turns, {seq: score for seq, score in words.items() if score}, meaning or {}, postings)
    places = np.arange(len(pool), dtype=np.int64)
    at = {int(seq): place for place, seq in enumerate(pool.placement.seqs[pool.rows])}
    texts = {at[each.seq]: each.text for each in turns}
    told = {at[seq]: spans for seq, spans in (events or {}).items()}
    assert places_with_neighbours(pool, places).tolist() == places.tolist()
    return list(at), features_of(asked, pool, rough(pool), Candidates(places, texts, told), near)
