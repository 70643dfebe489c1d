"""Runs: stretches of one line in which claims show the same side. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from second_me.core.memory.facts.change_words import tells_change, tells_move
from second_me.core.memory.facts.claims import Kept, Stance
from second_me.core.memory.facts.evidence import Evidence, latest_start, one_breath, told_before
from second_me.core.memory.facts.rulings import Rulings
from second_me.core.memory.facts.values import Side, opposed

SLACK = timedelta(days=31)
"""How far out the month of a change may be."""


@dataclass(slots=True)
class Run:
    """Evidence of one side without another side in between, in order of time: it shows that the side holds from
    `start` until `last` at least. `until` and `ended_by`: what ended it."""

    shown: list[Evidence]
    start: datetime
    last: datetime
    until: datetime | None
    ended_by: int | None = None
    side: Side = field(init=False)

    def __post_init__(self) -> None:
        self.side = self.shown[0].side

    @property
    def firm(self) -> bool:
        """Whether the person typed or confirmed it."""
        return any(each.firm for each in self.shown)

    @property
    def kept(self) -> list[Kept]:
        """Its claims in order of time."""
        return [each.kept for each in self.shown]


def settled_starts(shown: Sequence[Evidence]) -> list[Evidence]:
    """A start that was told as a year or a month ("I moved last month") comes after what was still so in it."""
    return [replace(each, start=_start(each, shown)) for each in shown]


def _start(mine: Evidence, shown: Sequence[Evidence]) -> datetime | None:
    start, latest = mine.start, latest_start(mine.kept)
    if latest is not None and _vague(mine):
        latest = min(latest + SLACK, mine.kept.said_at or latest)
    if start is None or latest is None:
        return start
    for other in shown:
        if other.start is None or other.last is None or not opposed(mine.side, other.side):
            continue
        earlier = other.start < start or other.kept.claim.since is None or _left_in(other, mine, latest)
        if earlier and start < other.last <= latest:
            start = other.last
    return start


def _vague(mine: Evidence) -> bool:
    """Whether a change was told with its month: people are a few weeks out."""
    since = mine.kept.claim.since
    first = since is not None and since.day == 1 and (since.hour, since.minute) == (0, 0)
    return first and tells_move(mine.kept)


def _left_in(other: Evidence, mine: Evidence, latest: datetime) -> bool:
    """Whether another side that began in the same year ended within it: mine came after it."""
    if other.start != mine.start or other.until is None or other.until > latest:
        return False
    return mine.until is None or other.until < mine.until


def may_end(later: Evidence, earlier: Run, rulings: Rulings) -> bool:
    """Whether evidence of another side ends a run: it begins when the run is not shown any more, and what the person
    typed or confirmed is ended only by the like, or by what tells of a change."""
    if not opposed(later.side, earlier.side) or later.start is None or later.start < earlier.last:
        return False
    before = earlier.shown[-1].kept
    if rulings.beside(later.kept, before) or one_breath(later.kept, before):
        return False
    if later.start == earlier.start and told_before(before, later.kept) is not True:
        return False
    return later.firm or not earlier.firm or tells_change(later.kept)


def runs_of(shown: Sequence[Evidence], ends: Sequence[Evidence], rulings: Rulings) -> list[Run]:
    """The runs of a line by their starts; `shown` is evidence whose start is known, `ends` tells only of an end."""
    ordered = sorted(shown, key=lambda each: each.order)
    latest: dict[Side, Run] = {}
    going: list[Run] = []
    runs: list[Run] = []
    for each in ordered:
        for run in going:
            if may_end(each, run, rulings):
                _end(run, each)
        going = [run for run in going if _goes_on(run, each)]
        mine = latest.get(each.side)
        if mine is not None and not _over(mine, each, ends):
            _join(mine, each)
            continue
        assert each.start is not None and each.last is not None
        made = Run([each], each.start, max(each.start, each.last), each.until)
        latest[each.side] = made
        going.append(made)
        runs.append(made)
    return runs


def _goes_on(run: Run, each: Evidence) -> bool:
    assert each.start is not None
    return run.ended_by is None and (run.until is None or run.until >= each.start)


def _end(run: Run, by: Evidence) -> None:
    if by.start is not None and (run.until is None or by.start < run.until):
        run.until, run.ended_by = by.start, by.kept.claim_id


def _over(run: Run, each: Evidence, ends: Iterable[Evidence]) -> bool:
    """Whether a run had ended before this evidence of the same side."""
    assert each.start is not None
    if run.ended_by is not None or (run.until is not None and run.until < each.start):
        return True
    return any(_closes(end, run) and _time(end) < each.start for end in ends)


def _join(run: Run, each: Evidence) -> None:
    assert each.last is not None
    run.shown.append(each)
    if each.until is None and each.last > run.last:
        run.until = None
    elif each.until is not None and (run.until is None or each.until > run.until):
        run.until = each.until
    run.last = max(run.last, each.last)


def _time(end: Evidence) -> datetime:
    assert end.until is not None
    return end.until


def _closes(end: Evidence, run: Run) -> bool:
    """Whether a claim that something ended can mean this run: it was told after all that shows the run."""
    same = end.side == run.side and run.shown[0].kept.claim.stance is not Stance.DENIED
    told = end.kept.said_at
    return (
        same
        and run.start <= _time(end)
        and (run.last <= _time(end) or (told is not None and run.last <= told))
    )


def close(runs: Sequence[Run], ends: Sequence[Evidence]) -> list[Evidence]:
    """End runs by the claims that tell of an end; returns those that end no run: what they tell of was before."""
    alone = []
    for end in sorted(ends, key=lambda each: (_time(each), each.kept.seq, each.kept.claim_id)):
        meant = [run for run in runs if _closes(end, run)]
        if not meant:
            alone.append(end)
            continue
        run = meant[-1]
        if run.until is None or _time(end) < run.until:
            run.until, run.ended_by = max(run.start, _time(end)), end.kept.claim_id
    return alone
