"""How a memory fades: FSRS by use. Pure, and time is passed in as the number of a day of use.

A *day of use* is a day on which the app was used; they are numbered from 1. Nothing fades on any other day. A life
is its first stability and what became of the memory since; everything else is a function of these, so a use that
is taken back leaves no trace.

Power law of FSRS 6 with the parameters that its authors fitted, from the library `fsrs`: after S days of use
(the stability) the strength is 0.9, after 90 S days it is 0.5. Why, and every constant: docs/forgetting.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum

from fsrs import Card, Rating, Scheduler, State

THRESHOLD = 0.5
"""A memory is faded when its strength is below: more likely out of mind than in it, without a use."""

DIFFICULTY = 5.0
"""FSRS's difficulty (1 to 10) of every new memory: nothing is known of it, so the middle. Uses change it."""

SLOWEST, NORMAL, FASTEST = 4.0, 1.0, 0.25
"""Bounds of the pace, a factor on all stabilities: at 4 everything lasts four times as long."""

_LONGEST = 36_500
"""Days of use, a hundred years: stability goes no higher, so every day can be reckoned."""

_ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
# without steps a card is in review from the first day on, and no interval of minutes comes in
_FSRS = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_DECAY = -_FSRS.parameters[20]
_FACTOR = 0.9 ** (1 / _DECAY) - 1


class Grade(Enum):
    """What a use says of a memory."""

    GOOD = "good"
    """It was of use."""
    LAPSE = "lapse"
    """The person corrected it, or called it not relevant."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a memory, on a day of use."""

    day: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a memory's life. `uses` in the order in which they happened.

    `born`: the day of use on which it came in. `first`: its stability then, in days of use. `pinned`: the person
    holds it. `let_go`: (day of use on which the person let it fade, how many uses there were before).
    """

    born: int
    first: float
    uses: tuple[Use, ...] = ()
    pinned: bool = False
    let_go: tuple[int, int] | None = None

    def released(self) -> bool:
        """Whether the person let it fade, and nothing recalled it since."""
        return self.let_go is not None and all(
            use.grade is Grade.LAPSE for use in self.uses[self.let_go[1] :]
        )


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a life stands after its last use: its stability (days of use), the day since which it fades, and the
    strength from which: 1, but after a lapse what was left, for being corrected brings nothing to mind."""

    stability: float
    since: int
    level: float = 1.0


def trace(life: Life, pace: float = NORMAL) -> Trace:
    """The trace of a life. Uses of one day count once, as the last of them: cramming gains nothing."""
    card = Card(
        card_id=0,
        state=State.Review,
        stability=life.first,
        difficulty=DIFFICULTY,
        due=_ORIGIN,
        last_review=_ORIGIN,
    )
    last, level = life.born, 1.0
    for use in _by_day(life):
        if use.day > life.born or use.grade is Grade.LAPSE:
            good = use.grade is Grade.GOOD
            rating = Rating.Good if good else Rating.Again
            level = 1.0 if good else level * faded_to(use.day - last, card.stability or life.first, pace)
            card, _ = _FSRS.review_card(card, rating, _ORIGIN + timedelta(days=use.day - life.born))
            card.stability = min(card.stability or 0.0, float(_LONGEST))
            last = use.day
    return Trace(card.stability or life.first, last, level)


def _by_day(life: Life) -> Sequence[Use]:
    """At most one use a day, in order; a clock that went back does not make a memory older than it is."""
    days: dict[int, Use] = {}
    for use in life.uses:
        day = max(use.day, life.born)
        days[day] = replace(use, day=day)
    return [days[day] for day in sorted(days)]


def faded_to(after: float, stability: float, pace: float = NORMAL) -> float:
    """Strength (0 to 1] of a memory `after` so many days of use without one; `stability` in days of use."""
    return float((1 + _FACTOR * max(0.0, after) / (stability * pace)) ** _DECAY)


def days_until(strength: float, stability: float, pace: float = NORMAL) -> int:
    """The first whole day of use after the last use on which the strength is below `strength` (0 to 1)."""
    exact: float = stability * pace * (strength ** (1 / _DECAY) - 1) / _FACTOR
    day = math.floor(exact) + 1
    # rounding errors at the edge: the rule is the curve itself
    while day > 1 and faded_to(day - 1, stability, pace) < strength:
        day -= 1
    while faded_to(day, stability, pace) >= strength:
        day += 1
    return day


def strength(life: Life, day: float, pace: float = NORMAL) -> float:
    """Strength of a memory on a day of use, 0 to 1; 1 while it is pinned, 0 while the person lets it fade.

    Uses after that day do not count, so the past can be drawn too.
    """
    if life.pinned:
        return 1.0
    then = _until(life, day)
    if then.released():
        return 0.0
    now = trace(then, pace)
    return now.level * faded_to(day - now.since, now.stability, pace)


def _until(life: Life, day: float) -> Life:
    if not life.uses and life.let_go is None:
        return life
    kept = tuple(use for use in life.uses if use.day <= day)
    let_go = life.let_go if life.let_go is not None and life.let_go[0] <= day else None
    return replace(life, uses=kept, let_go=let_go)


def fades_on(life: Life, pace: float = NORMAL) -> int | None:
    """The day of use from which on the memory is faded unless something recalls it; None: it is pinned."""
    if life.pinned:
        return None
    if life.released() and life.let_go is not None:
        return life.let_go[0]
    return runs_out(trace(life, pace), pace)


def runs_out(now: Trace, pace: float = NORMAL) -> int:
    """The day of use from which on a trace is below the threshold."""
    if now.level < THRESHOLD:
        return now.since
    return now.since + days_until(THRESHOLD / now.level, now.stability, pace)


def faded(life: Life, day: int, pace: float = NORMAL) -> bool:
    """Whether a memory is faded on a day of use."""
    fades = fades_on(life, pace)
    return fades is not None and fades <= day
