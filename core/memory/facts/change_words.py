"""Words by which a sentence tells that something is another now than it was: such a sentence orders two values."""

from __future__ import annotations

import re

from second_me.core.memory.facts.claims import Kept, Stance

_WORDS = re.compile(
    r"\b(?:now|nowadays|these days|new|newly|meanwhile|since then|recently|lately|finally|by now|from now on"
    r"|moved|moving|changed|switched|started|starting|began|begun|became|become|joined|joining|left|quit"
    r"|(?<!'ve )(?<!’ve )(?<!have )(?<!has )(?<!n't )(?<!n’t )got|getting"
    r"|bought|adopted|married|renamed|grown|no longer|not any ?more|any ?more|any longer|used to|until|till|before"
    r"|again|back|learn(?:ed|t)(?! to\b)|stopped|gave up|sold|died|yet"
    r"|jetzt|inzwischen|mittlerweile|neue[rsnm]?|umgezogen|nicht mehr|kein\w* mehr|früher|seitdem"
    r"|maintenant|désormais|nouve(?:au|lle)|déménagé|ne \w+ plus|ahora|nuev[oa]|ya no|mudé)\b",
    re.IGNORECASE,
)


_NEVER = re.compile(r"\b(?:never|not once|nie|niemals|noch nie|jamais|nunca)\b", re.IGNORECASE)


_ALWAYS = re.compile(
    r"(?:\b(?:have|has)|['’](?:ve|s)) always\b|\b(?:all|throughout) (?:my life|our lives)\b"
    r"|\b(?:my|our) (?:whole|entire) li(?:fe|ves)\b|\bonly ever\b|\bborn and (?:bred|raised)\b"
    r"|\bnever (?:lived |worked |been )?anywhere else\b|\bnever (?:once )?moved\b|\bsince i was born\b"
    r"|\bsince birth\b|\bimmer schon\b|\bschon immer\b|\bmein (?:ganzes )?leben lang\b"
    r"|\btoute ma vie\b|\btoda mi vida\b",
    re.IGNORECASE,
)


_GAIN = re.compile(
    r"\b(?:now|nowadays|these days|new|newly|meanwhile|since then|recently|lately|by now|moved|switched|started"
    r"|starting|began|became|become|(?<!'ve )(?<!’ve )(?<!have )(?<!has )(?<!n't )got|getting|bought|adopted|inherited"
    r"|(?:just|newly) married|married (?:in|on|last|this)|born|no longer|any ?more|any longer|used to|stopped|quit"
    r"|gave up|sold|died|turns out|developed|found out|finally|again|grew out|outgrew"
    r"|jetzt|inzwischen|mittlerweile|nicht mehr|früher)\b",
    re.IGNORECASE,
)


def tells_always(kept: Kept) -> bool:
    """Whether a claim says that it has been so at all times before it, too."""
    return kept.claim.stance is Stance.HOLDS and bool(_ALWAYS.search(kept.quote))


def tells_gain(kept: Kept) -> bool:
    """Whether a claim tells that somebody has, or is, now what they had not or were not before, or the reverse."""
    claim = kept.claim
    ended = claim.since is not None or claim.until is not None or claim.stance is Stance.ENDED
    return ended or bool(_GAIN.search(kept.quote))


_MOVE = re.compile(r"\b(?:moved|joined|started|switched|changed|became|relocated|umgezogen)\b", re.IGNORECASE)


def tells_move(kept: Kept) -> bool:
    """Whether a claim tells of a change by its verb."""
    return bool(_MOVE.search(kept.quote))


def tells_never(kept: Kept) -> bool:
    """Whether a claim denies something for all the time before it, too."""
    return kept.claim.stance is Stance.DENIED and bool(_NEVER.search(kept.quote))


def tells_change(kept: Kept) -> bool:
    """Whether a claim says that something changed: since when, that it ended, or by a word such as "now"."""
    claim = kept.claim
    if claim.since is not None or claim.until is not None or claim.stance is Stance.ENDED:
        return True
    return bool(_WORDS.search(kept.quote))
