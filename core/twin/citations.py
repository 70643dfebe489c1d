"""Checks of a model's words against the memories that they rest on.

A sentence stands when every name, number and date in it occurs in the memory that it cites, it says nothing
new beyond that memory and the question, and it says something that the question did not. What does not stand
is not shown: the memories themselves are the answer then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from second_me.core.memory.episodes import Citation, Episode, Role
from second_me.core.memory.sentences import sentences
from second_me.core.recall.date_words import date_words
from second_me.core.recall.keys import STOP_WORDS, words
from second_me.core.recall.quotes import best_quote, stem
from second_me.core.recall.related import ENGLISH_FIRST_PERSON

_MARK = re.compile(r"\s*\[(\d+(?:\s*,\s*\d+)*)\]")
_PREAMBLE = re.compile(
    r"^(?:so,? )?(?:the|my) answer(?: to (?:this|the|your) question)? (?:is|would be|was):?\s*", re.IGNORECASE
)
_NEGATION = frozenset(
    "not no never none nobody nothing without n't cannot don't doesn't didn't isn't wasn't".split()
)
_GLUE = frozenset(
    """name named call called say said says tell told mention mentioned answer note notes according person also
    date day year time one thing place like yes speaker memory because recently currently
    scheduled planned located situated known named""".split()
)
_I_AM = re.compile(r"\bI(?:['’]m| am)\b")
_I_WAS = re.compile(r"\bI was\b")
_OF_MINE = re.compile(r"\b(?:I|[Mm]e|[Mm]y(?:self)?|[Mm]ine|[Ww]e|us|[Oo]urs?(?:elves)?)\b")
_OF_YOURS = {
    "my": "your", "our": "your", "mine": "yours", "ours": "yours", "myself": "yourself", "ourselves": "yourselves",
}  # fmt: skip
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_SAYING = frozenset("said says say told tells mentioned mentions wrote writes asked noted".split())
_RELATION = re.compile(
    r"\bmy (brother|sister|mother|mom|mum|father|dad|wife|husband|son|daughter|friend|boss|colleague|partner|"
    r"girlfriend|boyfriend|cousin|aunt|uncle|grandma|grandmother|grandpa|grandfather|neighbou?r|nephew|niece|"
    r"teacher|roommate|flatmate|fianc[ée]e?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """Words that stood, with their marks, and what they cite."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    episode: Episode
    stems: frozenset[str]
    raw: frozenset[str]


def _stems(items: Sequence[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in items if word not in STOP_WORDS)


def _evidence(episode: Episode, dated: bool) -> _Evidence:
    """What a memory says. The date on which it was said counts only for a sentence about the saying:
    "I went there last week", said on 16 March, bears no "on 16 March".
    """
    date = date_words(episode.spoken_at) if dated else ""
    text = " ".join((episode.speaker, date, episode.text))
    said = words(text)
    return _Evidence(episode, _stems(said), frozenset(said) | frozenset(_NUMBER.findall(text)))


def _hard(sentence: str) -> list[str]:
    """Names and numbers of a sentence, lower case: they must occur in what it cites."""
    found = _NUMBER.findall(sentence)
    tokens = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", sentence)
    for at, token in enumerate(tokens):
        plain = token.casefold().replace("’", "'").removesuffix("'s")
        if token[0].isupper() and not (at == 0 and plain in STOP_WORDS) and plain not in STOP_WORDS:
            found.append(plain)
    return found


def _says_more(sentence: frozenset[str], asked: frozenset[str], evidence: _Evidence) -> bool:
    return bool((sentence & evidence.stems) - asked)


def _polarity_differs(said: Sequence[str], evidence: _Evidence) -> bool:
    return bool(_NEGATION & set(said)) != bool(_NEGATION & evidence.raw)


def _wrong_person(said: Sequence[str], evidence: _Evidence, asked_raw: frozenset[str]) -> bool:
    """First person is never the assistant's; "you" only for what the person said; a relation is not dropped."""
    if ENGLISH_FIRST_PERSON & set(said):
        return True
    ours = evidence.episode.role is Role.PERSON
    if {"you", "your", "yours"} & set(said) and not (ours or ENGLISH_FIRST_PERSON & asked_raw):
        return True
    relation = _RELATION.search(evidence.episode.text)
    speaker = {"you", *words(evidence.episode.speaker)}
    return bool(relation and said[:1] and said[0] in speaker and relation.group(1).casefold() not in said)


def _stands(sentence: str, asked: str, evidence: _Evidence) -> bool:
    said = words(sentence)
    asked_words = words(asked)
    content = frozenset(
        stem(word) for word in said if word not in STOP_WORDS and word not in _GLUE and "'" not in word
    )
    known = evidence.stems | _stems(asked_words)
    return (
        bool(content)
        and all(hard in evidence.raw or stem(hard) in evidence.stems for hard in _hard(sentence))
        and content <= known
        and _says_more(
            content, _stems([*asked_words, *words(date_words(evidence.episode.spoken_at))]), evidence
        )
        and not _polarity_differs(said, evidence)
        and not _wrong_person(said, evidence, frozenset(asked_words))
    )


def _addressed(sentence: str, episode: Episode) -> str:
    """Small models repeat "my dish is soup" as it was said; to the one who said it, it is "your dish"."""
    if episode.role is not Role.PERSON:
        return sentence
    turned = _I_WAS.sub("you were", _I_AM.sub("you are", sentence))
    turned = _OF_MINE.sub(lambda match: _OF_YOURS.get(match.group().casefold(), "you"), turned)
    if turned == sentence:
        return sentence
    turned = re.sub(r'["“”]', "", turned)  # no quotation any more
    return turned[:1].upper() + turned[1:]


def _support(sentence: str, asked: str, episodes: Sequence[Episode]) -> tuple[str, int] | None:
    """The sentence as it can be said, and the index of the memory that bears it best; None when none does."""
    own = _stems(words(sentence))
    dated = bool(_SAYING & set(words(sentence)))
    bearing = [
        (len(own & evidence.stems), -at, wording)
        for at, episode in enumerate(episodes)
        if _stands(wording := _addressed(sentence, episode), asked, evidence := _evidence(episode, dated))
    ]
    if not bearing:
        return None
    _, at, wording = max(bearing)
    return wording, -at


def marks_exist(text: str, count: int) -> bool:
    """Whether every `[n]` in a text names one of `count` memories."""
    return all(
        1 <= int(number) <= count
        for marks in _MARK.findall(text)
        for number in marks.replace(" ", "").split(",")
    )


def check(text: str, asked: str, memories: Sequence[Episode]) -> Checked | None:
    """The sentences that stand, each with its mark; None when none does, or a mark points nowhere.

    `memories` are what the model saw, in the order of their numbers.
    """
    if not marks_exist(text, len(memories)):
        return None
    kept: list[tuple[str, int]] = []
    for sentence in sentences(_plain(text)):
        supported = _support(sentence, asked, memories)
        if supported is None:
            break
        kept.append(supported)
    if not kept:
        return None
    order = list(dict.fromkeys(at for _, at in kept))
    marked = " ".join(_marked(sentence, order.index(at) + 1) for sentence, at in kept)
    cited = tuple(
        Citation(
            order.index(at) + 1,
            memories[at].memory_id,
            best_quote(memories[at].text, words(asked) + words(" ".join(s for s, a in kept if a == at))),
        )
        for at in order
    )
    return Checked(marked, cited)


def _plain(text: str) -> str:
    """The words without marks, without "The answer is:", without quotation marks around the whole."""
    plain = _PREAMBLE.sub("", _MARK.sub("", text).strip())
    if len(plain) > 1 and plain[0] in '"“' and plain[-1] in '"”':
        plain = plain[1:-1]
    return plain[:1].upper() + plain[1:]


def _marked(sentence: str, n: int) -> str:
    ending = "" if sentence[-1] in '.!?。！？”"' else "."
    return f"{sentence}{ending} [{n}]"
