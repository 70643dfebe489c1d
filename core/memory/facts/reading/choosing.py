"""Choosing: a capable model selects facts among passages that rules have cut; it writes none of them.

The candidates are noun phrases, names and numbers of those clauses that state something (`moods`). A grammar (GBNF)
admits only lines "slot: number" with numbers of candidates, so that nothing else can come back; what does not fit its
slot (an e-mail address that is none) is dropped. Rules read first; a model only adds.

No capable model was at hand while this was built: it is tested with a scripted generator and with the starter, which
is not capable. With a real capable model it is untested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from second_me.core.memory.facts.claims import Claim, Passage, passage
from second_me.core.memory.facts.reading.clauses import clauses_of
from second_me.core.memory.facts.reading.frames_contact import NEVER, SECRETS
from second_me.core.memory.facts.reading.moods import Veil, stated
from second_me.core.memory.facts.reading.names import person_at
from second_me.core.memory.facts.reading.reader import read, unquoted
from second_me.core.memory.facts.reading.values import chunk
from second_me.core.memory.facts.reading.words import Kind, Word, words_of
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.sentences import sentence_spans
from second_me.core.ports import Message

MOST = 30
"""Candidates of one text that a model is shown."""
MAX_TOKENS = 96
NEEDED = 8
"""Sentences of the probe that a capable model chooses rightly, of len(PROBE)."""

_SLOTS = tuple(
    slot
    for slot in Slot
    if slot.value.count("-") < 2
    and not slot.value.startswith(("address-", "honorific", "organization", "impp", "country"))
)
_KINDS = {Slot.TEL: Kind.PHONE, Slot.EMAIL: Kind.EMAIL, Slot.URL: Kind.URL, Slot.PRONOUNS: Kind.PRONOUNS}
_MINE = frozenset("i we my our me us mine ich wir mein meine".split())
_LINE = re.compile(r"([a-z-]+): (\d{1,2})")
_INSTRUCTIONS = (
    "You are shown what a person wrote and numbered pieces of it. Say which pieces state a fact of that person, one a "
    'line as "slot: number". Take only what is said to be true of the person now. When there is none, say "none". '
    "Slots: "
)

PROBE: tuple[tuple[str, Slot, str], ...] = (
    ("I have been living in Trondheim since the spring.", Slot.HOME, "Trondheim"),
    ("These days I work as a goldsmith.", Slot.JOB, "goldsmith"),
    ("My phone number is 0171 5550199.", Slot.TEL, "0171 5550199"),
    ("I am allergic to sesame.", Slot.ALLERGY, "sesame"),
    ("The dog we have at home is called Pippin.", Slot.PET, "Pippin"),
    ("I really love rowing.", Slot.LIKES, "rowing"),
    ("I can speak Icelandic.", Slot.SPEAKS, "Icelandic"),
    ("I work at Carlsberg.", Slot.EMPLOYER, "Carlsberg"),
    ("You can write to ada@post.example if you need me.", Slot.EMAIL, "ada@post.example"),
    ("I can't stand whistling.", Slot.DISLIKES, "whistling"),
)
"""(sentence, slot, value): what a capable model selects; written for this, by nobody who is in a vault."""


class Selector(Protocol):
    """The part of the port `Generator` that choosing needs."""

    def constrained(self, messages: Sequence[Message], grammar: str, max_tokens: int) -> str:
        """Text that a GBNF grammar admits. Raises EnvironmentFault."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of a text that a model may select: `value` lies in the sentence `quote`; `kind` of its first word."""

    value: Passage
    quote: Passage
    kind: Kind


def candidates(text: str) -> tuple[Candidate, ...]:
    """The pieces of those clauses of the person's own that state something, in order, at most MOST."""
    found: dict[tuple[int, int], Candidate] = {}
    veil, spans = Veil(), sentence_spans(text)
    whole = passage(text, 0, len(text)) if text.strip() else None
    for place, span in enumerate(spans):
        following = text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        if whole is None or veil.hides(text[slice(*span)], following):
            continue
        for start, end, kind in _pieces(text, span):
            value, quote = Passage(start, end, whole.digest), Passage(*span, whole.digest)
            found.setdefault((start, end), Candidate(value, quote, kind))
    return tuple(found.values())[:MOST]


def _pieces(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int, Kind]]:
    words = unquoted(text, span, words_of(text, *span))
    lows = {word.low for word in words}
    if not lows & _MINE or lows & NEVER:
        return
    clauses = clauses_of(words)
    open_ = stated(clauses, text[slice(*span)].endswith("?")) if clauses else []
    for clause, is_open in zip(clauses, open_, strict=True):
        if is_open:
            yield from _of_clause(clause.words, bool(lows & SECRETS))


def _of_clause(words: list[Word], secret: bool) -> Iterator[tuple[int, int, Kind]]:
    """Names, phrases and numbers that begin at any word of a clause and do not begin with a verb's helper."""
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind in (Kind.EMAIL, Kind.URL, Kind.HANDLE, Kind.PRONOUNS) or (
            word.kind is Kind.PHONE and not secret
        ):
            yield word.start, word.end, word.kind
        span = person_at(words, at) or (chunk(words, at) if word.kind is Kind.WORD else None)
        if span is None or word.kind is not Kind.WORD:
            at += 1
            continue
        yield words[span[0]].start, words[span[1] - 1].end, words[span[0]].kind
        for inner in range(span[0] + 1, span[1]):
            if words[inner].kind is not Kind.MARK:
                yield words[inner].start, words[span[1] - 1].end, words[inner].kind
        at = max(span[1], at + 1)


def grammar_of(count: int) -> str:
    """The GBNF grammar that admits "none" or lines "slot: number" with numbers 1..count."""
    slots = " | ".join(f'"{slot.value}"' for slot in _SLOTS)
    numbers = " | ".join(f'"{number}"' for number in range(1, count + 1))
    return f'root ::= "none" | line ("\\n" line)*\nline ::= slot ": " number\nslot ::= {slots}\nnumber ::= {numbers}\n'


def messages_of(text: str, found: Sequence[Candidate]) -> tuple[Message, ...]:
    """What a model is asked."""
    pieces = "\n".join(f"{place}. {each.value.of(text)}" for place, each in enumerate(found, 1))
    return (
        Message("system", _INSTRUCTIONS + ", ".join(slot.value for slot in _SLOTS) + "."),
        Message("user", f"{text}\n\nPieces:\n{pieces}"),
    )


def chosen(answer: str, found: Sequence[Candidate]) -> tuple[Claim, ...]:
    """The claims that an answer selects; lines that are no choice, and choices that do not fit, are left out."""
    claims: dict[tuple[Slot, Passage], Claim] = {}
    for line in answer.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is None or match.group(1) not in {slot.value for slot in _SLOTS}:
            continue
        slot, number = Slot(match.group(1)), int(match.group(2))
        if 1 <= number <= len(found) and _fits(slot, found[number - 1].kind):
            each = found[number - 1]
            claims.setdefault((slot, each.value), Claim(slot, each.value, each.quote))
    return tuple(claims.values())


def _fits(slot: Slot, kind: Kind) -> bool:
    wanted = _KINDS.get(slot)
    return kind is wanted if wanted else kind not in _KINDS.values()


def choose_claims(text: str, said_at: datetime | None, selector: Selector) -> tuple[Claim, ...]:
    """What rules read, and beside it what a capable model selects of what they did not. Raises EnvironmentFault."""
    sure = read(text, said_at, loose=False, previous=None)
    more = _selected(text, selector)
    taken = [(claim.value.start, claim.value.end) for claim in sure]
    free = [
        claim
        for claim in more
        if not any(start < claim.value.end and claim.value.start < end for start, end in taken)
    ]
    return (*sure, *free)


def _selected(text: str, selector: Selector) -> tuple[Claim, ...]:
    found = candidates(text)
    if not found:
        return ()
    return chosen(selector.constrained(messages_of(text, found), grammar_of(len(found)), MAX_TOKENS), found)


def is_capable(selector: Selector) -> bool:
    """Whether a model passes the probe: NEEDED of the sentences of PROBE exactly right. Raises EnvironmentFault."""
    right = 0
    for text, slot, value in PROBE:
        got = [(claim.slot, claim.value.of(text)) for claim in _selected(text, selector)]
        right += got == [(slot, value)]
    return right >= NEEDED
