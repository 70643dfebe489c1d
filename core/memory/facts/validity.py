"""Facts: what is true when, computed from all claims. Nothing of it is kept, so that a claim that is erased, hidden or
corrected changes what is true without a trace. Pure; the order in which claims were learned makes no difference.

Every claim has two times: when it is true (`since`, else when it was said) and when it was learned (`learned_by`).
A line (`values`) has one answer at a time: a later one ends an earlier one. Where evidence overlaps, or where nobody
knows which came first, both stand, and `contradictions` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from second_me.core.memory.facts.claims import Fact, Judged, Kept, Mark, State
from second_me.core.memory.facts.corrections import corrected
from second_me.core.memory.facts.evidence import Evidence, by_line, is_firm, marked, one_breath, told_before
from second_me.core.memory.facts.moves import after_moves
from second_me.core.memory.facts.rulings import Rulings, rulings
from second_me.core.memory.facts.runs import Run, close, runs_of, settled_starts
from second_me.core.memory.facts.slots import UNCHANGING
from second_me.core.memory.facts.values import Side, opposed

NOBODY: Mapping[tuple[int, int], Judged] = {}


def facts(
    kept: Sequence[Kept],
    verdicts: Mapping[tuple[int, int], Judged] = NOBODY,
    now: datetime | None = None,
) -> tuple[Fact, ...]:
    """The facts of claims, by subject, slot and time. What ends after `now` (None: never mind) is current."""
    judged = rulings(kept, verdicts)
    wrong = _wrong(kept, judged)
    found: list[Fact] = []
    for shown in by_line(kept).values():
        found += _wrong_facts([each for each in shown if each.kept.claim_id in wrong], wrong)
        found += _line_facts([each for each in shown if each.kept.claim_id not in wrong], judged, now)
    return after_moves(sorted(found, key=_place), now)


def learned_by(kept: Iterable[Kept], when: datetime) -> list[Kept]:
    """The claims that had been learned by a time: their facts are what was known then."""
    return [each for each in kept if each.learned_at <= when]


def at(found: Iterable[Fact], when: datetime) -> tuple[Fact, ...]:
    """What was true at a time."""
    return during(found, when, when)


def during(found: Iterable[Fact], start: datetime, end: datetime) -> tuple[Fact, ...]:
    """What was true at any time of a span (`end` inclusive). What is denied or wrong never was."""
    return tuple(
        each
        for each in found
        if each.state is not State.WRONG and not each.denied and _overlaps(each, start, end)
    )


def _overlaps(fact: Fact, start: datetime, end: datetime) -> bool:
    if fact.valid_to is None and fact.state is State.ENDED:
        return False  # it ended, nobody knows when
    begun = fact.valid_from is None or fact.valid_from <= end
    return begun and (fact.valid_to is None or start < fact.valid_to)


def _wrong(kept: Sequence[Kept], judged: Rulings) -> dict[int, int | None]:
    """{claim that is wrong: the claim that says so (None: the person did)}."""
    wrong: dict[int, int | None] = {}
    for each in kept:
        winner = judged.loser(each)
        if winner is not None:
            wrong[each.claim_id] = winner
        elif marked(each, Mark.WRONG) is not None:
            wrong[each.claim_id] = None
    return corrected(kept, wrong)


def _wrong_facts(shown: Sequence[Evidence], wrong: Mapping[int, int | None]) -> list[Fact]:
    groups: dict[tuple[Side, int | None], list[Evidence]] = {}
    for each in sorted(shown, key=_told):
        groups.setdefault((each.side, wrong[each.kept.claim_id]), []).append(each)
    return [
        Fact(
            group[0].kept,
            State.WRONG,
            min((each.start for each in group if each.start is not None), default=None),
            None,
            by,
            False,
            tuple(each.kept for each in group[1:]),
        )
        for (_, by), group in groups.items()
    ]


def _line_facts(shown: Sequence[Evidence], judged: Rulings, now: datetime | None) -> list[Fact]:
    shown = settled_starts(shown)
    timed = [each for each in shown if each.start is not None]
    ends = [each for each in shown if each.start is None and each.until is not None]
    untimed = [each for each in shown if each.start is None and each.until is None]
    runs = runs_of(timed, ends, judged)
    alone = close(runs, ends)
    placed, loose = _placed(runs, untimed)
    found = [_of_run(run, placed.get(number, ()), now) for number, run in enumerate(runs)]
    found += _ended(alone, now)
    return found + _loose(loose, shown, judged)


def _placed(runs: Sequence[Run], untimed: Sequence[Evidence]) -> tuple[dict[int, list[Kept]], list[Evidence]]:
    """Claims of an unknown time that tell the same as a run go to the last such; the others."""
    placed: dict[int, list[Kept]] = {}
    loose: list[Evidence] = []
    for each in sorted(untimed, key=_told):
        same = [number for number, run in enumerate(runs) if run.side == each.side]
        if same:
            placed.setdefault(same[-1], []).append(each.kept)
        else:
            loose.append(each)
    return placed, loose


def _of_run(run: Run, more: Sequence[Kept], now: datetime | None) -> Fact:
    first, *again = sorted(run.kept, key=lambda each: not is_firm(each))
    state = State.CURRENT if run.until is None or (now is not None and now < run.until) else State.ENDED
    told = (*again, *more)
    return Fact(first, state, run.start, run.until, run.ended_by, any(map(is_firm, run.kept)), told)


def _ended(ends: Sequence[Evidence], now: datetime | None) -> list[Fact]:
    """What was, and is known only by its end; the same end told twice is one."""
    groups: dict[Side, list[Evidence]] = {}
    for each in ends:
        groups.setdefault(each.side, []).append(each)
    found = []
    for group in groups.values():
        until = max(each.until for each in group if each.until is not None)
        state = State.CURRENT if now is not None and now < until else State.ENDED
        first, *again = (each.kept for each in sorted(group, key=_told))
        found.append(Fact(first, state, None, until, None, any(each.firm for each in group), tuple(again)))
    return found


def _loose(loose: Sequence[Evidence], shown: Sequence[Evidence], judged: Rulings) -> list[Fact]:
    """What nobody knows the time of: it has ended where one conversation tells something else after it."""
    groups: dict[Side, list[Evidence]] = {}
    for each in loose:
        groups.setdefault(each.side, []).append(each)
    found = []
    for group in groups.values():
        last = group[-1]
        by = next((each for each in sorted(shown, key=_told) if _follows(each, last, judged)), None)
        first, *again = (each.kept for each in group)
        state, ended_by = (State.ENDED, by.kept.claim_id) if by else (State.CURRENT, None)
        firm = any(each.firm for each in group)
        found.append(Fact(first, state, None, None, ended_by, firm, tuple(again)))
    return found


def _follows(later: Evidence, earlier: Evidence, judged: Rulings) -> bool:
    if not opposed(later.side, earlier.side) or judged.beside(later.kept, earlier.kept):
        return False
    if earlier.kept.claim.slot in UNCHANGING or one_breath(later.kept, earlier.kept):
        return False
    return told_before(earlier.kept, later.kept) is True


def _told(each: Evidence) -> tuple[bool, datetime, int, int]:
    said = each.kept.said_at
    return said is None, said or datetime.min, each.kept.seq, each.kept.claim_id


def _place(fact: Fact) -> tuple[bool, str, str, bool, datetime, int]:
    kept, begun = fact.kept, fact.valid_from
    who = kept.subject.casefold()
    return (
        kept.claim.named is not None,
        who,
        kept.claim.slot.value,
        begun is None,
        begun or datetime.min,
        kept.claim_id,
    )
