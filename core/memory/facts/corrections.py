"""Corrections: "no, actually" makes wrong what was told last before it, as if it had never been said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from second_me.core.memory.facts.claims import Kept, Mark, Stance
from second_me.core.memory.facts.evidence import marked, told_before
from second_me.core.memory.facts.slots import MANY_VALUED
from second_me.core.memory.facts.values import line_of, opposed, side_of

SOON = timedelta(hours=1)
"""A correction of one of several values means what the same conversation told last, not longer ago than this."""


def corrected(kept: Sequence[Kept], wrong: Mapping[int, int | None]) -> dict[int, int | None]:
    """{claim that is wrong: the claim that says so}: those in `wrong`, and what the correcting claims correct."""
    found = dict(wrong)
    correcting = [each for each in kept if each.claim.corrects]
    if not correcting:
        return found
    groups: dict[tuple[str, str], list[Kept]] = {}
    for each in kept:
        groups.setdefault(_about(each), []).append(each)
    for claim in sorted(
        correcting, key=lambda each: (each.said_at or each.learned_at, each.seq, each.claim_id)
    ):
        if claim.claim_id not in found:
            before = [
                each
                for each in groups[_about(claim)]
                if each.claim_id not in found and told_before(each, claim) is True
            ]
            for each in _meant(claim, before):
                if not _confirmed_since(each, claim):
                    found[each.claim_id] = claim.claim_id
    return found


def _confirmed_since(earlier: Kept, claim: Kept) -> bool:
    """Whether the person confirmed it after it had been corrected."""
    confirmed = marked(earlier, Mark.CONFIRMED)
    return confirmed is not None and confirmed >= claim.learned_at


def _about(kept: Kept) -> tuple[str, str]:
    line = line_of(kept.subject, kept.claim, kept.value)
    return line[0], line[1]


def _meant(claim: Kept, before: Sequence[Kept]) -> list[Kept]:
    """What a correction corrects: the side of its line that was told last, wherever it was told."""
    line, side = (
        line_of(claim.subject, claim.claim, claim.value),
        side_of(claim.subject, claim.claim, claim.value),
    )
    others = [
        each
        for each in before
        if line_of(each.subject, each.claim, each.value) == line
        and opposed(side_of(each.subject, each.claim, each.value), side)
    ]
    if others:
        latest = _latest(others)
        last = side_of(latest.subject, latest.claim, latest.value)
        return [each for each in others if side_of(each.subject, each.claim, each.value) == last]
    if claim.claim.slot in MANY_VALUED and claim.claim.stance is Stance.HOLDS:
        near = [each for each in before if _near(each, claim)]
        return [_latest(near)] if near else []
    return []


def _near(earlier: Kept, claim: Kept) -> bool:
    same = earlier.conversation == claim.conversation and earlier.claim.slot is claim.claim.slot
    if earlier.said_at is None or claim.said_at is None:
        return same and claim.seq - earlier.seq <= 2
    return same and claim.said_at - earlier.said_at <= SOON and earlier.claim.stance is Stance.HOLDS


def _latest(told: Sequence[Kept]) -> Kept:
    return max(told, key=lambda each: (each.said_at or each.learned_at, each.seq, each.claim.value.start))
