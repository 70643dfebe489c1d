"""What a question says about the memory that it looks for: its terms, who is named, what kind of thing it wants."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from second_me.core.recall.keys import query_terms, spellings, words
from second_me.core.recall.related import FIRST_PERSON, related
from second_me.core.temporal.asking import Wanted, WantedKind, wanted

ME = "me"
"""The speaker name of the person."""

_TIME = (WantedKind.WHEN, WantedKind.HOW_LONG, WantedKind.LAST_TIME, WantedKind.FIRST_TIME)
_HOW_MANY = re.compile(
    r"\bhow (?:many|much|often|old)\b|\bwie ?(?:viele?|oft|alt)\b|\bcombien\b|\bcuánt", re.I
)
_NAMED_THING = re.compile(
    r"\b(?:who|where|which|names?|named|called|title|cit(?:y|ies)|countr(?:y|ies)|states?|places?|locations?"
    r"|books?|movies?|films?|games?|bands?|artists?|songs?|shows?|series|brands?|compan(?:y|ies)|teams?|authors?"
    r"|instruments?|restaurants?|dish(?:es)?|breeds?|pets?|dogs?|cats?|wer|wo|welche[rsnm]?|qui|où|quel(?:le)?s?"
    r"|quién|dónde|cuál)\b",
    re.I,
)
_REASON = re.compile(
    r"^(?:why|how (?:did|does|do|was|is))\b|\b(?:reasons?|feel|think|say|describe|motivat\w+|inspir\w+)\b"
    r"|^(?:warum|wieso|pourquoi|por qué)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read once.

    `groups` are its terms without the names of speakers (all terms when nothing else is left), each with the
    spellings under which the indexes may hold it. `named` are the speakers it names, as words of their names;
    in the first person the one who asks. `said` are its words in order.
    """

    question: str
    groups: dict[str, tuple[str, ...]]
    named: frozenset[str]
    said: tuple[str, ...]
    time: Wanted
    how_many: bool
    named_thing: bool
    reason: bool

    @property
    def asks_time(self) -> bool:
        """Whether the answer is a time."""
        return self.time.kind in _TIME

    @property
    def spelled(self) -> list[str]:
        """Every spelling, once."""
        return list(dict.fromkeys(word for group in self.groups.values() for word in group))


@lru_cache(maxsize=4096)
def name_words(speakers: tuple[str, ...]) -> frozenset[str]:
    """Words of the names of speakers, lower case."""
    return frozenset(word for name in speakers for word in words(name))


def read_question(question: str, speakers: Collection[str], now: datetime | None) -> Asked:
    """The question in the light of who speaks in the memories. `now` (naive) is when it is asked."""
    said = words(question)
    personal = bool(FIRST_PERSON & set(said))
    names = name_words(tuple(speakers)) - {ME}
    terms = query_terms(question)
    content = [term for term in terms if term not in names] or terms
    named = names & set(said) | ({ME} if personal and ME in speakers else set())
    groups = {
        term: (*held_as, *sorted(related(term))) if personal else held_as
        for term, held_as in spellings(question, content).items()
    }
    return Asked(
        question=question,
        groups=groups,
        named=frozenset(named),
        said=tuple(said),
        time=wanted(question, now),
        how_many=bool(_HOW_MANY.search(question)),
        named_thing=bool(_NAMED_THING.search(question)),
        reason=bool(_REASON.search(question)),
    )
