"""What passes: a day's states, and where somebody is to be reached for a week."""

from __future__ import annotations

import re

from second_me.core.memory.facts.slots import Slot

_DAY = re.compile(
    r"\b(?:for (?:the|this|a|one) (?:day|night|evening|week|weekend|month|afternoon|hour)|for this \w+"
    r"|(?:till|until|til) (?:\w+ )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:till|until"
    r"|til) (?:tomorrow|tonight"
    r"|then|(?:she|he|they)(?:['’]s|['’]re)? \w+)|today|tonight|for now only|this (?:weekend|evening"
    r"|afternoon|morning)"
    r"|(?:dog|cat|house|pet)[- ]?sitting|rental|hire car|on loan|borrowed|looking after|minding)\b",
    re.IGNORECASE,
)
"""What lasts a day or a week."""
_CHANGED = re.compile(
    r"\b(?:bought|adopted|got|sold|signed|started|began|joined|quit|left|picked up|inherited|passed"
    r"|became|promoted"
    r"|hired|retired|home from|since|as of|from|died|dead|moved|first day|last day|every|each|always"
    r"|usually|most|both|rescued|fired)\b",
    re.IGNORECASE,
)
"""What began or ended on that day lasts."""
PASSING = frozenset({Slot.OWNS, Slot.PET, Slot.JOB, Slot.LIKES, Slot.DISLIKES, Slot.EMPLOYER})
"""Slots that a day's state looks like."""
_STAY = re.compile(
    r"\b(?:this week only|(?:only )?for (?:this|the next|the coming|these) (?:\w+ )?(?:days?|nights?|weeks?|weekend"
    r"|month)|this week (?:only )?(?:i['’]m|we['’]re|my|our|you)|while (?:i['’]m|we['’]re|i am|we are) (?:away|abroad"
    r"|travelling|traveling|on holiday)|temporary|temporarily|for the time being|until (?:\w+day|tomorrow|the \d)\b)",
    re.IGNORECASE,
)
"""What is so for a week or while somebody is away."""
REACHED = frozenset(
    {
        Slot.TEL, Slot.EMAIL, Slot.STREET_ADDRESS, Slot.POSTAL_CODE, Slot.ADDRESS_LINE2, Slot.HOME,
        Slot.ADDRESS_LEVEL1, Slot.ADDRESS_LEVEL3, Slot.COUNTRY_NAME,
    }
)  # fmt: skip
"""Slots of where somebody is reached."""


def passes(slot: Slot, sentence: str) -> bool:
    """Whether the sentence tells of what lasts a day only."""
    if slot in REACHED and _STAY.search(sentence):
        return True
    return slot in PASSING and bool(_DAY.search(sentence)) and not _CHANGED.search(sentence)
