"""Replies: a bare answer to a question of the turn before ("What is your phone number?" "030 1234567").

Only an answer that is nothing but a value counts, and only when the question asks for one slot of the person's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from second_me.core.memory.facts.reading import (
    frames_birthday,
    frames_health,
    frames_home,
    frames_identity,
    frames_taste,
    frames_things,
)
from second_me.core.memory.facts.reading.attributes import employer_at, frame_of, job_at
from second_me.core.memory.facts.reading.frames_contact import SECRETS
from second_me.core.memory.facts.reading.persons import Subject, Who
from second_me.core.memory.facts.reading.said import Draft, Said, Scene
from second_me.core.memory.facts.reading.verbs import Group
from second_me.core.memory.facts.reading.words import Kind, Word, words_of
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.sentences import sentence_spans

Frame = Callable[[Said, int], Iterator[Draft]]

_YOURS = re.compile(
    r"\b(?:what|when|which|where)(?:'s| is| are|’s)? your ([a-z' -]{2,40}?)(?: again| please| now)?\s*\?",
    re.IGNORECASE,
)
_ASKED: tuple[tuple[re.Pattern[str], Frame], ...] = tuple(
    (re.compile(shape, re.IGNORECASE), frame)
    for shape, frame in (
        (r"\bwhere (?:do|are) you (?:live|living|based)\b", frames_home.address),
        (r"\b(?:where|who) do you work\b", employer_at),
        (r"\bwhat do you do (?:for (?:a living|work)|professionally)\b|\bwhat(?:'s| is) your (?:job"
         r"|profession)\b", job_at),
        (r"\bwhen were you born\b|\bwhen(?:'s| is) your birthday\b", frames_birthday.birthday),
        (r"\bwhat are you allergic to\b", frames_health.allergens),
        (r"\bwh(?:at|ich) languages do you speak\b", frames_things.mother_tongue),
        (r"\b(?:what are your hobbies|what do you (?:like|love|enjoy)(?: to do"
         r"| doing)?(?: in your free time)?\s*\?)", frames_taste.favourite),
        (r"\bwhat (?:should|can|may) i call you\b|\bwhat(?:'s| is) your name\b", frames_identity.name),
    )
)  # fmt: skip
_CONTACTS = (
    (re.compile(r"\byour (?:\w+ )?(?:e-?mail|mail)\b|\bemail (?:you"
                r"|address)\b", re.IGNORECASE), Kind.EMAIL, Slot.EMAIL),
    (re.compile(r"\byour (?:\w+ )?(?:number|phone|mobile|cell)\b|\b(?:call|text"
                r"|reach) you\b", re.IGNORECASE), Kind.PHONE, Slot.TEL),
    (re.compile(r"\byour (?:\w+ )?(?:website|site|homepage|blog|url)\b", re.IGNORECASE), Kind.URL, Slot.URL),
)  # fmt: skip
_OPENERS = frozenset(
    "it it's 's its sure yes well ok okay , that in at is to as a an the mostly i'm um uh my".split()
)
_NO_VALUE = frozenset(
    """no none nothing not n't never why what i you we dunno idk maybe depends later secret private if don do sorry
    rather prefer guess think forgot""".split()
)
LONGEST = 14
"""Words of a bare answer."""


def reply(text: str, previous: str, scene: Scene) -> tuple[tuple[int, int], list[Draft]] | None:
    """(sentence, drafts) of a text that answers the question of the turn before and says no more."""
    spans = sentence_spans(text)
    question = _question(previous)
    if len(spans) != 1 or question is None or "?" in text:
        return None
    words = words_of(text, *spans[0])[: LONGEST + 1]
    lows = {word.low for word in words}
    if (
        not words
        or len(words) > LONGEST
        or lows & _NO_VALUE
        or SECRETS & set(re.findall(r"\w+", question.lower()))
    ):
        return None
    at = 0
    while at < len(words) - 1 and words[at].low in _OPENERS:
        at += 1
    drafts = [draft for draft in _drafts(words, at, question, scene) if _bare(draft, words, at)]
    return (spans[0], drafts) if drafts else None


def _question(previous: str) -> str | None:
    """The last sentence of the turn before, when it asks."""
    spans = sentence_spans(previous)
    last = previous[slice(*spans[-1])] if spans else ""
    return last[-200:] if last.endswith("?") else None


def _drafts(words: list[Word], at: int, question: str, scene: Scene) -> Iterator[Draft]:
    for shape, kind, slot in _CONTACTS:
        if words[at].kind is kind and shape.search(question):
            yield Draft(slot, words[at].start, words[at].end, timed=False)
            return
    frame = _frame(question)
    if frame is not None:
        group = Group("", "", at, at, be=True)
        yield from frame(Said(scene, words, at, group, Subject(Who.ME, at)), at)


def _frame(question: str) -> Frame | None:
    for shape, frame in _ASKED:
        if shape.search(question):
            return frame
    match = _YOURS.search(question)
    return frame_of(match.group(1).lower().split()) if match else None


def _bare(draft: Draft, words: list[Word], at: int) -> bool:
    """The value stands where the answer begins, or is a part of what does (an address, a list)."""
    return words[at].start <= draft.start and draft.start - words[at].start < 60
