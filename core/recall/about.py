"""Whom a question is about, and whether a memory is by or about them."""

from __future__ import annotations

import re

from second_me.core.memory.episodes import Episode, Kind
from second_me.core.recall.asked import ME, Asked
from second_me.core.recall.keys import words
from second_me.core.recall.languages import language_of
from second_me.core.recall.telling import TIME_WORDS

_LATER_WORD = re.compile(r"(?<=[^\W\d_,;:] )[^\W\d_]{2,}")
_ADDRESSED = re.compile(
    r"(?:[,!.?]|\b(?:hey|hi|hello|thanks|thank you|wow|yeah|yes|no|sure|congrats|congratulations|well|oh|ok|okay|bye"
    r"|sorry|please|dear|great|nice|cool|awesome|amazing|so|good (?:morning|evening|night)))\s*$",
    re.I,
)
_GOES_ON = re.compile(r"['’]s\b|\s+[a-zß-ÿ]")
_LEADS_TO = re.compile(
    r"\b(?:with|to|for|from|of|and|about|by|at|than|met|saw|called|(?:my|our) \w+)\s*$", re.I
)
_CAPITAL_NOUNS = "de"


def asked_about(asked: Asked, others_speak: bool) -> frozenset[str]:
    """Words (lower case) of the names of whom a question is about.

    Where others speak, too, it is the speakers that it names (but the one who asks: what others told me counts,
    too); else the names in it ("What is Mia allergic to?"). Empty when it names nobody, and where every noun has a
    capital.
    """
    speakers = asked.named - {ME}
    if others_speak and speakers:
        return speakers
    if language_of(asked.said) == _CAPITAL_NOUNS or asked.question.isupper():
        return frozenset()
    names = (word for word in _LATER_WORD.findall(asked.question) if word[0].isupper())
    return frozenset(word for name in names for word in words(name)) - TIME_WORDS


def tells_about(episode: Episode, names: frozenset[str], others_speak: bool) -> bool:
    """Whether a memory is by one of the named, or speaks of one.

    Where others speak, a turn must speak of a name and not only to it ("Thanks, Anna!").
    """
    if not names.isdisjoint(words(episode.speaker)):
        return True
    spoken_of = (names - {ME}).intersection(words(episode.text))
    if episode.kind is not Kind.TURN or not others_speak:
        return bool(spoken_of)
    return any(_spoken_of(episode.text, name) for name in spoken_of)


def _spoken_of(text: str, name: str) -> bool:
    """A name from which a sentence goes on ("Anna moved", "Anna's cat"), or to which it leads ("I met Anna.")."""
    for found in re.finditer(rf"\b{re.escape(name)}\b", text, re.I):
        if _LEADS_TO.search(text, 0, found.start()):
            return True
        if _GOES_ON.match(text, found.end()) and not _ADDRESSED.search(text, 0, found.start()):
            return True
    return False
