"""What the person's verdicts mean for every claim that tells the same as the two that they were given on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from second_me.core.memory.facts.claims import Judged, Kept, Verdict
from second_me.core.memory.facts.slots import UNCHANGING
from second_me.core.memory.facts.values import Line, Side, line_of, side_of

LATER = timedelta(days=7)
"""How long a contradiction is not asked about after "later"."""

_Pair = frozenset[tuple[Line, Side]]


@dataclass(frozen=True, slots=True)
class Rulings:
    """`lost`: {(line, side): (the claim that won, when)}; `both`: pairs of sides that stand beside each other;
    `asked`: {pair: when the person last said "later"}."""

    lost: Mapping[tuple[Line, Side], tuple[int, datetime]]
    both: frozenset[_Pair]
    asked: Mapping[_Pair, datetime]

    def loser(self, kept: Kept) -> int | None:
        """The claim that won against this one. What was told after the verdict lost nothing, unless its slot never
        changes."""
        found = self.lost.get(_place(kept)) if self.lost else None
        if found is None or found[0] == kept.claim_id:
            return None
        told = kept.said_at or kept.learned_at
        return found[0] if told <= found[1] or kept.claim.slot in UNCHANGING else None

    def beside(self, one: Kept, other: Kept) -> bool:
        """Whether the person said that both are right."""
        return bool(self.both) and frozenset((_place(one), _place(other))) in self.both

    def silent(self, one: Kept, other: Kept, now: datetime) -> bool:
        """Whether these two are not to be asked about now."""
        if self.beside(one, other):
            return True
        asked = self.asked.get(frozenset((_place(one), _place(other))))
        return asked is not None and now < asked + LATER


def rulings(kept: Sequence[Kept], verdicts: Mapping[tuple[int, int], Judged]) -> Rulings:
    """The verdicts on these claims; those on claims that are not among them do not count."""
    by_id = {each.claim_id: each for each in kept}
    lost: dict[tuple[Line, Side], tuple[int, datetime]] = {}
    both: set[_Pair] = set()
    asked: dict[_Pair, datetime] = {}
    for (first, second), judged in sorted(verdicts.items(), key=lambda each: (each[1].at, each[0])):
        if first not in by_id or second not in by_id:
            continue
        places = _place(by_id[first]), _place(by_id[second])
        if judged.verdict is Verdict.BOTH:
            both.add(frozenset(places))
        elif judged.verdict is Verdict.LATER:
            asked[frozenset(places)] = judged.at
        else:
            won = 0 if judged.verdict is Verdict.FIRST else 1
            lost.pop(places[won], None)  # the last word counts
            lost[places[1 - won]] = (first, second)[won], judged.at
    return Rulings(lost, frozenset(both), asked)


def _place(kept: Kept) -> tuple[Line, Side]:
    return line_of(kept.subject, kept.claim, kept.value), side_of(kept.claim, kept.value)
