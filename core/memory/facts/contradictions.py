"""Contradictions: pairs of facts that cannot both be true and that no rule orders. Pure.

Each rule is a question about two facts of one line that say different things; the first that answers is the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations

from second_me.core.memory.facts.change_words import tells_always, tells_change, tells_never
from second_me.core.memory.facts.claims import Contradiction, Fact, Judged, Kept, Stance, State
from second_me.core.memory.facts.denials import YEAR, across
from second_me.core.memory.facts.evidence import one_breath, told_before
from second_me.core.memory.facts.rulings import Rulings, rulings
from second_me.core.memory.facts.slots import MANY_VALUED, UNCHANGING, Slot
from second_me.core.memory.facts.validity import NOBODY
from second_me.core.memory.facts.values import TASTES, Line, Side, line_of, opposed, side_of

NEAR = timedelta(hours=24)
"""Two homes, names or jobs told within a day, without a word of change, are no change in life."""


_BLOOD = frozenset({"kin", "mother", "father"})
FEW, REACH = 40, 8
"""Up to so many facts of a line every two are compared; beyond, every fact with so many after it."""


class Why(StrEnum):
    """Why two facts contradict each other."""

    UNCHANGING = "unchanging"
    OVERLAP = "overlap"
    ORDER = "order"
    EDIT = "edit"
    TASTE = "taste"
    DENIED = "denied"
    ALWAYS = "always"
    NEAR = "near"


def contradictions(
    found: Sequence[Fact], verdicts: Mapping[tuple[int, int], Judged] = NOBODY, now: datetime | None = None
) -> tuple[Contradiction, ...]:
    """The contradictions among facts that are to be asked about at `now` (None: "later" never passes), one for two
    values of a line. The older fact is `first`."""
    judged = rulings([kept for fact in found for kept in fact.claims], verdicts) if verdicts else None
    lines: dict[Line, list[Fact]] = {}
    for fact in found:
        if fact.state is not State.WRONG:
            lines.setdefault(_line(fact.kept), []).append(fact)
    asked: dict[object, Contradiction] = {}
    for line, told in lines.items():
        for one, other in _pairs(sorted(told, key=_told)):
            if why(one, other) is not None and not _silent(judged, one, other, now):
                sides = frozenset((_side(one), _side(other)))
                asked[line, sides] = Contradiction(one, other)  # the latest pair of the two values
    for one, other in across(found):
        if not _silent(judged, one, other, now):
            asked.setdefault((_line(one.kept), _line(other.kept)), Contradiction(one, other))
    return tuple(asked.values())


def why(one: Fact, other: Fact) -> Why | None:
    """Why two facts of a line, the older first, contradict each other; None: they do not."""
    if one.state is State.WRONG or other.state is State.WRONG or not opposed(_side(one), _side(other)):
        return None
    if _side(one).who and _side(one).who == _side(other).who:
        return None  # a girlfriend who is a wife now
    if any(one_breath(mine, its) for mine in one.claims for its in other.claims):
        return None
    return next((kind for kind, rule in _RULES if rule(one, other)), None)


def _pairs(told: Sequence[Fact]) -> Iterable[tuple[Fact, Fact]]:
    """Pairs of facts of a line that a rule may speak of, the older first. Of a line that was told very often: what
    holds now with all others, and of the rest those that were told, or hold, near each other."""
    if len(told) <= FEW:
        return combinations(told, 2)
    place = {id(fact): number for number, fact in enumerate(told)}
    by_time = sorted(told, key=lambda fact: (fact.valid_from is None, fact.valid_from or datetime.min))
    pairs = {(one, other) for order in (told, by_time) for one, other in _close(order, place)}
    loose = [fact for fact in told if fact.state is State.CURRENT]
    pairs |= {_ordered(fact, other, place) for fact in loose[-FEW:] for other in told if other is not fact}
    return ((told[one], told[other]) for one, other in sorted(pairs))


def _close(order: Sequence[Fact], place: Mapping[int, int]) -> Iterable[tuple[int, int]]:
    return (
        _ordered(fact, other, place)
        for number, fact in enumerate(order)
        for other in order[number + 1 : number + 1 + REACH]
    )


def _ordered(fact: Fact, other: Fact, place: Mapping[int, int]) -> tuple[int, int]:
    first, second = sorted((place[id(fact)], place[id(other)]))
    return first, second


def _unchanging(one: Fact, other: Fact) -> bool:
    kept = one.kept
    blood = kept.claim.slot is Slot.RELATION and _line(kept)[2] in _BLOOD
    return blood or kept.claim.slot in UNCHANGING


def _no_order(one: Fact, other: Fact) -> bool:
    """Nobody knows which came first."""
    if one.kept.said_at is None or other.kept.said_at is None:
        untold = one.valid_from is None or other.valid_from is None
        return untold and one.state is other.state is State.CURRENT
    same = one.valid_from == other.valid_from and one.valid_from is not None
    return same and told_before(one.kept, other.kept) is None


def _overlap(one: Fact, other: Fact) -> bool:
    """They hold at one time, by what was told of their times."""
    starts = one.valid_from, other.valid_from
    if _ended_into(one, other) or _ended_into(other, one):
        return True
    if starts[0] is None or starts[1] is None:
        return False
    early, late = (one, other) if starts[0] <= starts[1] else (other, one)
    return late.valid_from is not None and (early.valid_to is None or late.valid_from < early.valid_to)


def _ended_into(ended: Fact, began: Fact) -> bool:
    """What was until a time that was told, and another that had begun, as was told, more than a year before that."""
    until, since = ended.kept.claim.until, began.kept.claim.since
    if until is None or since is None or ended.valid_from is not None:
        return False
    return ended.kept.claim.slot not in MANY_VALUED and since + YEAR < until


def _edit(one: Fact, other: Fact) -> bool:
    """What the person typed or confirmed, and what was said after it without a word of change."""
    if one.confirmed and not other.confirmed:
        later = (
            other.kept.said_at is None or one.kept.said_at is None or other.kept.said_at >= one.kept.said_at
        )
        return later and not tells_change(other.kept) and one.state is State.CURRENT
    return False


def _taste(one: Fact, other: Fact) -> bool:
    return one.kept.claim.slot in TASTES and not _changed(one, other)


def _denied(one: Fact, other: Fact) -> bool:
    if one.denied == other.denied:
        return False
    denied, holds = (one, other) if one.denied else (other, one)
    return not _changed(one, other) or (tells_never(denied.kept) and _was_before(holds, denied.kept))


def _always(one: Fact, other: Fact) -> bool:
    """Something "has always been so", and was otherwise before that was said."""
    pairs = [(kept, other) for kept in one.claims] + [(kept, one) for kept in other.claims]
    return any(tells_always(kept) and _was_before(fact, kept) for kept, fact in pairs)


def _was_before(holds: Fact, denied: Kept) -> bool:
    """Whether something held, at least for a time, before something else was said."""
    said, told = denied.said_at, holds.kept.said_at
    if holds.kept.claim.stance is Stance.ENDED and holds.kept.claim.until is None:
        # "I used to": not only since then
        return said is not None and told is not None and told - said <= YEAR
    begun = holds.valid_from or holds.valid_to or told
    return said is not None and begun is not None and begun < said


def _near(one: Fact, other: Fact) -> bool:
    first, second = one.kept.said_at, other.kept.said_at
    if first is None or second is None or one.kept.claim.slot in MANY_VALUED:
        return False
    return abs(second - first) < NEAR and not _changed(one, other)


_RULES: tuple[tuple[Why, Callable[[Fact, Fact], bool]], ...] = (
    (Why.UNCHANGING, _unchanging),
    (Why.EDIT, _edit),
    (Why.ORDER, _no_order),
    (Why.OVERLAP, _overlap),
    (Why.TASTE, _taste),
    (Why.DENIED, _denied),
    (Why.ALWAYS, _always),
    (Why.NEAR, _near),
)


def _changed(one: Fact, other: Fact) -> bool:
    """Whether either tells that it was otherwise, or is, at another time; what the person typed after it is such."""
    return other.confirmed or tells_change(other.kept) or tells_change(one.kept)


def _silent(judged: Rulings | None, one: Fact, other: Fact, now: datetime | None) -> bool:
    return judged is not None and judged.silent(one.kept, other.kept, now or datetime.min)


def _line(kept: Kept) -> Line:
    return line_of(kept.subject, kept.claim, kept.value)


def _side(fact: Fact) -> Side:
    return side_of(fact.kept.subject, fact.kept.claim, fact.kept.value)


def _told(fact: Fact) -> tuple[bool, datetime, int]:
    said = fact.kept.said_at
    return said is None, said or datetime.min, fact.kept.seq
