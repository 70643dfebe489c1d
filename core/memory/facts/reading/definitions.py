"""Definitions: the person's own words and what they mean by them ("when I say 'the lab' I mean the shed").

Both are passages of the text, without quotation marks and leading "that". What is asked, wished, made up or told by
others is no definition; nor is one whose term is a small word of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from second_me.core.memory.facts.claims import Passage, passage
from second_me.core.memory.facts.reading.moods import Veil
from second_me.core.memory.sentences import sentence_spans
from second_me.core.recall.languages import STOP

_MARK = r"[\"“”„«»'‘’*]"
_TERM = rf"{_MARK}?(?P<term>[^\W_][^\"“”„«»,;:.!?\n]{{0,38}}?){_MARK}?"
_QUOTED = rf"{_MARK}(?P<term>[^\W_][^\"“”„«»,;:.!?\n]{{0,38}}?){_MARK}"
_MEANING = rf"{_MARK}?(?P<meaning>[^\W_][^\"“”„«»;!?\n]{{0,118}}?){_MARK}?"
_JUST = r"(?:always |usually |really |just )?"
_END = r"(?=\s*(?:[.;!?,)]|$|\s-\s| not | and not | so | but | because | when i ))"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"\b(?:when|whenever|if) (?:i|we) (?:say|write|type|mention|talk about|speak of"
        rf"|use) {_TERM},? (?:then )?(?:i|we)"
        rf"(?:'m| am|'re| are)? ?(?:always |usually |really |just )?(?:mean|talking about"
        rf"|referring to) {_MEANING}{_END}",
        rf"\b(?:by|with) {_TERM},? (?:i|we) {_JUST}mean {_MEANING}{_END}",
        rf"^{_TERM} is (?:what|how) (?:i|we|my \w+|our \w+) (?:all |always |usually )?call {_MEANING}{_END}",
        rf"^{_TERM} (?:is|'s) (?:my|our) (?:\w+ )?(?:word|name|nickname|term|code|shorthand"
        rf"|abbreviation) for {_MEANING}{_END}",
        rf"^{_TERM} (?:stands for|is short for|is an abbreviation for|is shorthand for) {_MEANING}{_END}",
        rf"^(?:in our (?:family|house|team|office)|for (?:me|us)|to (?:me|us)),? {_TERM} (?:means|is"
        rf"|stands for) {_MEANING}{_END}",
        rf"^{_QUOTED} (?:means|refers to|is) {_MEANING} (?:to (?:me|us)|for (?:me|us)|in our \w+){_END}",
        rf"\b(?:i|we) (?:always |usually |just |all )?call (?P<meaning>(?:the|my|our|this"
        rf"|that) [^\"“”„«».,;:!?\n]{{1,60}}?) "
        rf"{_QUOTED}{_END}",
        rf"\bwenn ich {_TERM} sage,? meine ich (?:damit )?{_MEANING}{_END}",
        rf"\bmit {_TERM} meine ich {_MEANING}{_END}",
    )
)
_OTHERS = re.compile(
    r"\b(?:you|he|she|they|people|everyone) (?:say|says|mean|means|call|calls)\b|\b(?:imagine|suppose|maybe"
    r"|might|would)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:that |just |really |basically |the word |the term )+", re.IGNORECASE)
_POINTING = frozenset(
    {"it", "this", "that", "he", "she", "they", "these", "those", "what", "there", "here", "which"}
)
_STOPS = STOP["en"] | STOP["de"]
_WORD = re.compile(r"[\w'’-]+")
LONGEST = 600
"""Characters of a sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`term` is the person's own word, `meaning` what they mean by it; passages of one text."""

    term: Passage
    meaning: Passage


def read_definitions(text: str) -> tuple[Definition, ...]:
    """The definitions that a text of the person's gives, in its order; nothing raises."""
    found: list[Definition] = []
    veil, spans = Veil(), sentence_spans(text)
    for place, (start, end) in enumerate(spans):
        sentence = text[start:end]
        following = text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        if veil.hides(sentence, following) or sentence.endswith("?") or _OTHERS.search(sentence):
            continue
        found.extend(_in_sentence(text, start, min(end, start + LONGEST)))
    return tuple(found)


def _in_sentence(text: str, start: int, end: int) -> Iterator[Definition]:
    sentence = text[start:end]
    for shape in _SHAPES:
        match = shape.search(sentence)
        if match is None:
            continue
        term, meaning = _bare(sentence, *match.span("term")), _bare(sentence, *match.span("meaning"))
        if term and meaning and _defines(sentence[slice(*term)], sentence[slice(*meaning)]):
            yield Definition(
                passage(text, start + term[0], start + term[1]),
                passage(text, start + meaning[0], start + meaning[1]),
            )
            return


def _bare(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without leading fillers and outer marks; None when nothing is left."""
    if (lead := _LEADS.match(sentence, start, end)) is not None:
        start = lead.end()
    marks = "\"“”„«»'‘’*() "
    while start < end and sentence[start] in marks:
        start += 1
    while end > start and sentence[end - 1] in marks:
        end -= 1
    return (start, end) if start < end else None


def _defines(term: str, meaning: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(term)]
    if not words or len(words) > 5 or words[0] in _POINTING or all(word in _STOPS for word in words):
        return False
    return term.casefold() != meaning.casefold() and meaning.split()[0].casefold() not in {
        "it",
        "this",
        "that",
        "you",
    }
