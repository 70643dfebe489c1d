"""What one claim shows of the time in which its value holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from second_me.core.memory.facts.claims import Kept, Mark, Stance
from second_me.core.memory.facts.slots import MANY_VALUED, UNCHANGING
from second_me.core.memory.facts.values import Line, Side, line_of, side_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim shows that its side holds from `start` on (None: unknown) and at least until `last`.

    `until` is when it ended, as far as that is told. `firm`: the person typed or confirmed it.
    """

    kept: Kept
    line: Line
    side: Side
    start: datetime | None
    last: datetime | None
    until: datetime | None
    firm: bool

    @property
    def order(self) -> tuple[datetime, datetime, int]:
        """By when it began, then by when it was told. Only of evidence whose start is known."""
        assert self.start is not None
        return self.start, self.kept.said_at or self.start, self.kept.seq


def marked(kept: Kept, mark: Mark) -> datetime | None:
    """When the person set a mark."""
    return next((at for each, at in kept.marks if each is mark), None)


def is_firm(kept: Kept) -> bool:
    """Whether the person typed it as a fact, or confirmed it."""
    return kept.edited or marked(kept, Mark.CONFIRMED) is not None


def evidence_of(kept: Kept) -> Evidence:
    """What a claim shows. One that tells of an end, but not since when, has no start."""
    claim, said = kept.claim, kept.said_at
    if claim.slot in UNCHANGING:
        said = None  # it has always been so, whenever it was said
    ended = claim.stance is Stance.ENDED
    start = None if claim.slot in UNCHANGING else claim.since or (None if ended or claim.until else said)
    ends = [claim.until or (said if ended else None), marked(kept, Mark.ENDED)]
    until = min((end for end in ends if end is not None), default=None)
    if start is not None and until is not None:
        until = max(until, start)
    seen = [start, said if claim.until is None and not ended else None, marked(kept, Mark.CONFIRMED)]
    last = until or max((time for time in seen if time is not None), default=None)
    side = side_of(claim, kept.value)
    return Evidence(kept, line_of(kept.subject, claim, kept.value), side, start, last, until, is_firm(kept))


def latest_start(kept: Kept) -> datetime | None:
    """The last moment at which what a claim tells may have begun: the first of a year or of a month at midnight
    stands for all of it, but it was told when it had begun. None: the claim does not tell since when."""
    since, said = kept.claim.since, kept.said_at
    if since is None or (since.hour, since.minute, since.second) != (0, 0, 0):
        return since
    if (since.month, since.day) == (1, 1):
        end = since.replace(year=min(since.year + 1, 9999))
    elif since.day == 1:
        end = (since + timedelta(days=31)).replace(day=1) if since.year < 9999 else since
    else:
        end = since + timedelta(days=1) if since.year < 9999 else since
    return end if said is None else max(since, min(end, said))


def told_before(one: Kept, other: Kept) -> bool | None:
    """Whether a claim was told before another; None: nobody knows."""
    if one.conversation == other.conversation and one.said_at == other.said_at:
        return (
            one.seq < other.seq if one.seq != other.seq else one.claim.value.start < other.claim.value.start
        )
    if one.said_at is None or other.said_at is None:
        same = one.conversation == other.conversation
        return one.seq < other.seq if same and one.said_at is other.said_at is None else None
    return one.said_at < other.said_at if one.said_at != other.said_at else None


def one_breath(one: Kept, other: Kept) -> bool:
    """Whether one memory tells two values of something as of one time ("my numbers are 1 and 2"): both are meant."""
    many = one.claim.slot not in UNCHANGING and one.claim.slot not in MANY_VALUED
    return many and one.memory_id == other.memory_id and one.claim.since == other.claim.since


def by_line(kept: Iterable[Kept]) -> dict[Line, list[Evidence]]:
    """The evidence of every line."""
    found: dict[Line, list[Evidence]] = {}
    for each in kept:
        shown = evidence_of(each)
        found.setdefault(shown.line, []).append(shown)
    return found
