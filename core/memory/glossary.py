"""The glossary: what the person means by words of their own ("when I say 'the lab' I mean the physics institute").

MARK: a question is read with the words that the person has given a meaning. Both words and meaning are passages of
the episode that defines them; `Defined` has them cut out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from second_me.core.memory.facts.claims import Defined

_DETERMINER = (
    r"(?:the|my|our|der|die|das|den|dem|mein(?:e[mnrs]?)?|unser(?:e[mnrs]?)?|le|la|les|mon|ma|mes|notre|nos"
    r"|el|los|las|mi|mis|nuestr[oa]s?)"
)
_LEADING = re.compile(rf"^{_DETERMINER}\s+", re.IGNORECASE)
_ASKS_MEANING = re.compile(
    r"\b(?:mean|means|meant|meaning|stands? for|meine ich|bedeutet|heißt|veux dire|signifie|quiero decir|significa)\b",
    re.IGNORECASE,
)
_QUOTES = " \t\"'“”‘’„«»"


@dataclass(frozen=True, slots=True)
class Use:
    """A place of a text, `start` <= i < `end`, where a term stands that has a meaning of the person's own."""

    start: int
    end: int
    meaning: str
    memory_id: str


def uses(text: str, entries: Sequence[Defined]) -> tuple[Use, ...]:
    """Where a text uses terms of the glossary, in order; of two definitions of a term the later one counts.

    Whole words in any case, the longest term first, with the article before it ("the lab", "my lab", "lab"; "a lab"
    is any). Nothing in a question for the meaning itself ("what do I mean by the lab?"), nor where the text already
    says what is meant.
    """
    known = {term: entry for entry in entries if (term := _bare(entry.term).casefold())}
    if not known or _ASKS_MEANING.search(text):
        return ()
    terms = "|".join(re.escape(term) for term in sorted(known, key=len, reverse=True))
    form = re.compile(
        rf"(?<!\w)(?P<before>(?:{_DETERMINER}|an?|another|some|eine?[mnrs]?|une?|una)\s+)?"
        rf"(?P<term>{terms})(?P<own>['’]s)?(?!\w)",
        re.IGNORECASE,
    )
    return tuple(_used(text, form, known))


def _used(text: str, form: re.Pattern[str], known: dict[str, Defined]) -> Iterator[Use]:
    for match in form.finditer(text):
        before, entry = match["before"] or "", known.get(match["term"].casefold())
        if entry is None or (before and not _LEADING.match(before)):
            continue
        meaning = entry.meaning.strip(_QUOTES + ".!;,")
        if not meaning or meaning.casefold() in text.casefold():
            continue
        whole = _LEADING.match(meaning) or meaning[:1].isupper()
        start = match.start() if whole else match.start("term")
        yield Use(start, match.end("term"), meaning, entry.memory_id)


def rewritten(text: str, entries: Sequence[Defined]) -> str:
    """The text with the meanings in the place of the terms: "the lab" -> "the physics institute"."""
    for use in reversed(uses(text, entries)):
        text = f"{text[: use.start]}{use.meaning}{text[use.end :]}"
    return text


def _bare(term: str) -> str:
    """A term without quotation marks and article; the article alone stays as it is."""
    plain = " ".join(term.strip(_QUOTES + ".!;,").split())
    return _LEADING.sub("", plain) or plain
