"""What the reranker sees of a candidate: named numbers, each of the same meaning in every vault.

Arrays of shape (candidates,), in natural units; the weights file says how large a deviation of each is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from second_me.core.recall.asked import Asked, name_words
from second_me.core.recall.placement import NOWHERE
from second_me.core.recall.pool import Floats, Ints, Pool, cover
from second_me.core.recall.telling import (
    RelatedWords,
    Telling,
    nearest_words,
    phrases,
    read_turn,
    related_shares,
    shared_phrases,
)
from second_me.core.recall.timely import event_nearness, spoken_nearness, times
from second_me.core.temporal.spans import Span

_OFFSETS = {"before2": -2, "before": -1, "after": 1, "after2": 2}


@dataclass(frozen=True, slots=True)
class Candidates:
    """The turns that are ranked, as places in the pool (ascending), with texts of them and of those beside."""

    places: Ints
    texts: Mapping[int, str]
    """{place in the pool: text}."""
    events: Mapping[int, Sequence[Span]]
    """{place in the pool: the times it tells of}."""


def places_with_neighbours(pool: Pool, places: Ints) -> Ints:
    """The places whose texts `features_of` reads. Ascending."""
    beside = [pool.places_beside(offset)[places] for offset in (-1, 0, 1)]
    found = np.unique(np.concatenate(beside))
    return np.asarray(found[found != NOWHERE], dtype=np.int64)


def features_of(
    asked: Asked, pool: Pool, order: Floats, few: Candidates, related: RelatedWords
) -> dict[str, Floats]:
    """{name: values of shape (candidates,)}. `order` (turns,) is `pool.rough` of the whole pool."""
    turns = _Turns(asked, pool, few, related)
    found = {
        **_scores(pool, order),
        **_standing(asked, pool),
    }
    chosen = {name: values[few.places] for name, values in found.items()}
    return {**chosen, **_told(asked, turns), **_nearness_in_words(pool, turns), **_timely(asked, pool, few)}


def _scores(pool: Pool, order: Floats) -> dict[str, Floats]:
    """Words, meaning, their neighbours' and their session's. (turns,)"""
    alone, near = cover(pool)
    best = float(pool.rarity.max(initial=0.0))
    rarest = (pool.holds * pool.rarity[:, None]).max(axis=0, initial=0.0) / best if best > 0 else alone
    found = {
        "words": pool.words,
        "words_place": _place(pool.words),
        "meaning": pool.meaning,
        "meaning_gap": pool.meaning - pool.meaning.max(initial=-1.0),
        "meaning_place": _place(pool.meaning),
        "sum": order - order.max(initial=0.0),
        "sum_place": _place(order),
        "cover": alone,
        "cover_squared": alone**2,
        "cover_near": near,
        "rarest": rarest,
        "session_words": pool.session_words,
        "session_meaning": pool.session_meaning,
        "session_meaning_gap": pool.session_meaning - pool.session_meaning.max(initial=-1.0),
        "session_words_place": _session_place(pool, pool.session_words),
        "session_meaning_place": _session_place(pool, pool.session_meaning),
        "session_cover": pool.session_cover,
    }
    for name, offset in _OFFSETS.items():
        found[f"words_{name}"] = pool.beside(pool.words, offset)
        found[f"meaning_{name}"] = pool.beside(pool.meaning, offset)
    return found


def _standing(asked: Asked, pool: Pool) -> dict[str, Floats]:
    """Who speaks, where in the session, how long. (turns,)"""
    placement, rows = pool.placement, pool.rows
    is_named = np.array(
        [not asked.named.isdisjoint(name_words((name,))) for name in placement.speakers], dtype=np.float64
    )
    named = is_named[placement.speaker[rows]] if len(is_named) else np.zeros(len(rows))
    one = float(len(asked.named) > 0 and is_named.sum() == 1)
    before = placement.window(rows, 1)[:, 0]
    length = placement.characters[rows].astype(np.float64)
    return {
        "named_speaker": named,
        "other_speaker": (1 - named) * one,
        "asks": placement.asks[rows].astype(np.float64),
        "length": np.log1p(length),
        "short": (length < 40).astype(np.float64),
        "opens_session": (before == NOWHERE).astype(np.float64),
    }


class _Turns:
    """The texts of candidates, read. `at` are places in `told`, -1 where a neighbour has no text; `inside` (told,)
    says which of them ask something."""

    def __init__(self, asked: Asked, pool: Pool, few: Candidates, related: RelatedWords) -> None:
        places = np.array(sorted(few.texts), dtype=np.int64)
        self.speakers, self.few = name_words(pool.placement.speakers), few
        self.told = [read_turn(few.texts[int(place)]) for place in places]
        self.inside = np.array([turn.question_inside for turn in self.told], dtype=np.float64)
        index = np.full(len(pool) + 1, NOWHERE, dtype=np.int64)
        index[places] = np.arange(len(places))
        self.own = index[few.places]
        self.before = index[pool.places_beside(-1)[few.places]]
        self.after = index[pool.places_beside(1)[few.places]]
        shares = related_shares(self.told, nearest_words(asked, related), len(asked.groups))
        self.shares = np.maximum(shares, pool.holds[:, places])
        self.held = pool.holds[:, places].astype(np.float64)

    def each(self, of: Callable[[Telling], float], where: bool = True) -> Floats:
        """A value of every candidate, 0 where it is not asked for. (candidates,)"""
        if not where:
            return np.zeros(len(self.own))
        return np.array([of(self.told[at]) for at in self.own], dtype=np.float64)

    def phrases(self, asked: Asked) -> Floats:
        """How many phrases of the question each candidate shares; none without one of its terms. (candidates,)"""
        wanted, values = phrases(asked), np.zeros(len(self.own))
        if wanted:
            for at in np.flatnonzero(self.held[:, self.own].any(axis=0)):
                values[at] = shared_phrases(self.told[self.own[at]], wanted)
        return values

    def beside(self, of: Floats, at: Ints) -> Floats:
        """Values (..., told) of neighbours, 0 where there is none. (..., candidates)"""
        return np.where(at != NOWHERE, of[..., at], 0.0)


def _told(asked: Asked, turns: _Turns) -> dict[str, Floats]:
    """What the texts show, where the question asks for it."""
    inside = turns.inside
    names = turns.each(lambda turn: turn.names(turns.speakers))
    return {
        "question_inside": inside[turns.own],
        "question_before": turns.beside(inside, turns.before),
        "time_words": turns.each(lambda turn: turn.time_words, asked.asks_time),
        "numbers": turns.each(lambda turn: turn.numbers, asked.how_many),
        "digits": turns.each(lambda turn: turn.digits, asked.how_many),
        "names": names * asked.named_thing,
        "names_unasked": names * (not asked.named_thing),
        "quotes": turns.each(lambda turn: turn.quotes, asked.named_thing),
        "reasons": turns.each(lambda turn: turn.reasons, asked.reason),
        "phrase": turns.phrases(asked),
        "speaks_of_named": turns.each(lambda turn: turn.says(asked.named), bool(asked.named)),
    }


def _nearness_in_words(pool: Pool, turns: _Turns) -> dict[str, Floats]:
    """How near the words of a turn and of those beside it are to the question's. (candidates,)"""
    total = float(pool.rarity.sum())
    weight = pool.rarity / total if total > 0 else pool.rarity
    own = weight @ turns.shares
    near = np.maximum(turns.shares[:, turns.own], turns.beside(turns.shares, turns.before))
    near = np.maximum(near, turns.beside(turns.shares, turns.after))
    before = turns.beside(own, turns.before)
    answers = turns.beside(turns.inside, turns.before)
    places = turns.few.places
    return {
        "related": own[turns.own],
        "related_only": (weight @ (turns.shares * (1 - turns.held)))[turns.own],
        "related_near": weight @ near,
        "related_before": before,
        "related_after": turns.beside(own, turns.after),
        "answers_related": answers * before,
        "answers_words": answers * pool.beside(pool.words, -1)[places],
        "answers_meaning": answers * pool.beside(pool.meaning, -1)[places],
    }


def _timely(asked: Asked, pool: Pool, few: Candidates) -> dict[str, Floats]:
    """How near a turn lies to the time that the question names: what it tells of, and when it was said."""
    span, nothing = asked.time.span, np.zeros(len(few.places))
    if span is None:
        return {"said_then": nothing, "happened_then": nothing}
    said = spoken_nearness(span, _datetimes(pool.placement.spoken[pool.rows[few.places]]))
    happened = np.array([_best_event(span, few.events.get(int(place), ())) for place in few.places])
    return {"said_then": said.astype(np.float64), "happened_then": happened}


def _datetimes(seconds: Floats) -> npt.NDArray[np.datetime64]:
    out = np.full(len(seconds), np.datetime64("NaT"), dtype="datetime64[s]")
    known = np.isfinite(seconds)
    out[known] = seconds[known].astype(np.int64).astype("datetime64[s]")
    return out


def _best_event(span: Span, events: Sequence[Span]) -> float:
    if not events:
        return 0.0
    starts: list[datetime | None] = [event.start for event in events]
    ends: list[datetime | None] = [event.end for event in events]
    return float(event_nearness(span, times(starts), times(ends)).max())


def _place(values: Floats) -> Floats:
    """0 for the best, then -log of the place."""
    order = np.argsort(-values, kind="stable")
    places = np.empty(len(values))
    places[order] = -np.log1p(np.arange(len(values)))
    return places


def _session_place(pool: Pool, values: Floats) -> Floats:
    """1 for the turns of the best session, 1/2 of the next, and so on."""
    sessions, first, back = np.unique(
        pool.placement.session[pool.rows], return_index=True, return_inverse=True
    )
    order = np.argsort(-values[first], kind="stable")
    places = np.empty(len(sessions))
    places[order] = 1 / (1 + np.arange(len(sessions)))
    return places[back]
