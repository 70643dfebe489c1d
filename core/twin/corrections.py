"""What the person says instead of an answer from facts: "no, it is 5 May", "not Bern but Thun", "that's wrong".

The new value is a passage of the person's words, or nothing is taken: a sentence that says more than a value stays a
memory like any other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from second_me.core.memory.facts.claims import ME, Claim, Fact, Passage, Stance, State, Verdict, passage
from second_me.core.memory.facts.slots import MANY_VALUED, Slot
from second_me.core.memory.sentences import sentence_spans
from second_me.core.recall.keys import words
from second_me.core.twin.answers import Answer, MessageId

LONGEST = 80
"""Characters of a value that is said without a sentence of its own."""

_NO = (
    r"(?:(?:no|nope|nah|sorry|actually|well|wrong|correction|incorrect|nein|non"
    r"|(?:that|this|it)(?:['’]s| is| was)(?: all)? (?:wrong|not (?:right|true|correct)|incorrect|outdated|old)"
    r"|not any ?more)(?:[\s,.!:;–-]+|$))*"
)
_IS = (
    r"(?:(?:it|that|she|he|they)(?:['’](?:s|re)| is| are| was| were)(?: now| actually| called| named)?"
    r"|(?:it )?should be|(?:the )?(?:right|correct|new) (?:one|answer|value) is|i (?:mean|meant)|es ist|c['’]est|es)"
)
_AT = r"(?:(?:in|at|on|for|as|an?) )?"
_END = r"(?:,? (?:now|actually|instead|these days|of course))?(?:,? not (?P<old>[^,.;]+?))?[\s.!]*$"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^{_NO}not (?P<old>[^,.;]+?)[,;.]? (?:but |it['’]s |it is )(?:rather )?{_AT}(?P<value>.+?)[\s.!]*$",
        rf"^{_NO}{_IS}[\s:,]+{_AT}(?P<value>.+?){_END}",
        rf"^{_NO}{_AT}(?P<value>.+?){_END}",
    )
)
_ONLY_NO = re.compile(rf"^{_NO}$", re.IGNORECASE)
_SAYS_MORE = frozenset(
    """i we you don't doesn't not never no maybe perhaps think know if because but although was were have has had did
    do does can could would should wish hope guess ich wir je nous yo""".split()
)
_SHAPES = {
    Slot.TEL: re.compile(r"^[+(]?\d[\d\s()/.+-]{3,}\d$"),
    Slot.EMAIL: re.compile(r"^[^\s@]+@[^\s@]+\.[^\s@]+$"),
    Slot.BIRTHDAY: re.compile(r"\d"),
    Slot.POSTAL_CODE: re.compile(r"\d"),
}
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction says: claims of its own, the claims of facts that they stand in place of, those that are wrong
    without another in their place, or which side of a contradiction is right."""

    claims: tuple[Claim, ...] = ()
    replaced: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    verdict: tuple[Fact, Fact, Verdict] | None = None


def correction(text: str, read: Sequence[Claim], told: Answer) -> Correction | None:
    """What a person's words say against an answer from facts; None where they say nothing for certain.

    `read` are the claims that the reader found in the same words.
    """
    if told.message is MessageId.FACT_DISPUTED:
        return _side(text, told)
    if len(told.facts) != 1:
        return None
    fact = told.facts[0]
    if _ONLY_NO.match(text.strip()) and text.strip():
        return Correction(wrong=_claims_of(fact))
    claims = _said_again(text, read, fact) or _elliptic(text, fact)
    return Correction(claims, _claims_of(fact)) if claims else None


def _claims_of(fact: Fact) -> tuple[int, ...]:
    return tuple(kept.claim_id for kept in fact.claims)


def _said_again(text: str, read: Sequence[Claim], fact: Fact) -> tuple[Claim, ...]:
    """What the reader found for the same slot: "no, I live in Thun"."""
    claim = fact.kept.claim
    same = [
        each
        for each in read
        if each.slot is claim.slot
        and each.stance is Stance.HOLDS
        and (each.named is None) == (claim.named is None)
        and each.value.of(text).casefold() != fact.kept.value.casefold()
    ]
    return (same[0],) if len(same) == 1 else ()


def _elliptic(text: str, fact: Fact) -> tuple[Claim, ...]:
    """The value alone, or behind "it is"."""
    named = _named(text, fact)
    if fact.kept.subject != ME and named is None:
        return ()  # nothing in these words says whose it is
    value = _value(text, fact)
    if value is None:
        return ()
    start, end = next(
        (start, end) for start, end in sentence_spans(text) if start <= value.start < value.end <= end
    )
    claim = Claim(
        fact.kept.claim.slot, value, passage(text, start, end), Stance.HOLDS, named, fact.kept.claim.qualifier
    )
    if fact.state is State.ENDED or fact.valid_to is not None:
        claim = replace(claim, since=fact.valid_from, until=fact.valid_to)
    return (claim,)


def _named(text: str, fact: Fact) -> Passage | None:
    """Where the subject's name stands."""
    if fact.kept.subject == ME:
        return None
    found = re.search(rf"(?<!\w){re.escape(fact.kept.subject)}(?!\w)", text, re.IGNORECASE)
    return passage(text, found.start(), found.end()) if found else None


def _value(text: str, fact: Fact) -> Passage | None:
    """The new value as the first form that fits shows it; "Thun, not Bern" must name the value that was told."""
    match = next((match for form in _FORMS if (match := form.match(text))), None)
    if match is None or (match["old"] and not _shares(match["old"], fact.kept.value)):
        return None
    value = match["value"].strip("\"'“”‘’ ")
    start = match.start("value") + match["value"].index(value)
    if not _is_value(value, fact) or not _in_one_sentence(text, start, start + len(value)):
        return None
    return passage(text, start, start + len(value))


def _is_value(value: str, fact: Fact) -> bool:
    said, slot = words(value), fact.kept.claim.slot
    if not said or len(value) > LONGEST or value.casefold() == fact.kept.value.casefold():
        return False
    if "?" in value or "\n" in value or len(said) > _MOST_WORDS or not _SAYS_MORE.isdisjoint(said):
        return False
    if slot in MANY_VALUED and len(said) > 3:
        return False
    shape = _SHAPES.get(slot)
    return shape is None or bool(shape.search(value))


def _in_one_sentence(text: str, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in sentence_spans(text))


def _shares(said: str, value: str) -> bool:
    return not set(words(said)).isdisjoint(words(value))


def _side(text: str, told: Answer) -> Correction | None:
    """Which of two values the person says again, when it is one of them: "Bern", "it's Bern", "not Basel"."""
    first, second = told.disputes[0].first, told.disputes[0].second
    said = words(text)
    holds = [_says(said, words(fact.kept.value)) for fact in (first, second)]
    if holds[0] == holds[1]:
        return None
    right = 0 if holds[0] else 1
    if _refuses(said, words((first, second)[right].kept.value)):
        right = 1 - right
    return Correction(verdict=(first, second, (Verdict.FIRST, Verdict.SECOND)[right]))


def _says(said: Sequence[str], value: Sequence[str]) -> bool:
    return any(list(said[at : at + len(value)]) == list(value) for at in range(len(said) - len(value) + 1))


def _refuses(said: Sequence[str], value: Collection[str]) -> bool:
    """ "not Basel": a "not" just before the value."""
    first = next((at for at, word in enumerate(said) if word in value), 0)
    return "not" in said[max(0, first - 2) : first]
