"""Rules for what a field asks for: words of labels, ids and names in many languages (resources/fields/rules.toml), the
kind of input, and the choices of a select. Nothing is learned, no other field is looked at, the token (`token.py`) is
not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from second_me.core.acting.forms import Field
from second_me.core.acting.recognition.choices import Choices
from second_me.core.acting.recognition.fitting import fitted, refined
from second_me.core.acting.recognition.lexicon import NONE, Found
from second_me.core.acting.recognition.rules_file import RulesFile, read_rules
from second_me.core.acting.recognition.words import folded, pieces_of, words_of

WORTH_BEFORE, WORTH_BEFORE_LABELLED = 0.6, 0.13
"""What the text before a field can add to a type's score at most, without and with a label that tells something."""
WORTH = {"label": 0.95, "before": WORTH_BEFORE, "name": 0.72, "choices": 0.85, "hint": 0.25, "kind": 1.0}
"""What each place can add."""
LABELS = (("label", 1.0), ("aria", 0.95), ("placeholder", 0.9), ("title", 0.6))
"""Texts that name a field, and what each counts for."""
THRESHOLD = 0.45
"""The least score that decides a type."""
LONGEST_TEXT, LONGEST_BEFORE, LONGEST_NAME = 120, 80, 60
LEAST_SHARE = 0.4
"""What a word counts for in a text that is mostly about other things."""
EXAMPLE = 0.7
"""What an example in the placeholder counts for."""
FARTHER = 0.85
"""What a word of the text before a field counts for, with every word that stands between."""
HEAD = 0.4
"""What a word of an id counts for when another follows it ("address_city" is a city)."""
INSIDE, SHORTEST_INSIDE = 0.8, 4
"""What a word at the end of a longer one counts for ("lieferadresse"), and the letters that it has at least."""

RANDOM = 4
"""Numbers in an id that is one of chance ("6c61cc9a4472")."""

Scores = dict[str, float]


class Rules:
    """The rules of the file, ready to be asked. About 0.1 ms a field."""

    def __init__(self, file: RulesFile) -> None:
        self._file = file
        self._choices = Choices(file.choices)

    @classmethod
    def read(cls, toml_text: str) -> Rules:
        """From the text of rules.toml. Raises ValueError where it says what cannot be."""
        return cls(read_rules(toml_text))

    def decide(self, field: Field) -> str | None:
        """The type that the rules alone are sure enough of, one of `types.TYPES`; None: no field that we know."""
        scores = self.scores(field)
        best = max(scores, key=lambda type_: scores[type_], default=NONE)
        return None if best == NONE or scores[best] < THRESHOLD else best

    def scores(self, field: Field, parts: Mapping[str, Scores] | None = None) -> Mapping[str, float]:
        """How much speaks for each type, 0 to 1, types without any left out; "none" is among them: words of a search,
        a comment, a quantity. Who has asked for the `parts` already gives them."""
        parts = self.parts(field) if parts is None else parts
        before = WORTH_BEFORE_LABELLED if parts["label"] else WORTH_BEFORE
        weighed = [(before if place == "before" else WORTH[place], told) for place, told in parts.items()]
        return fitted(field, refined(_together(weighed)))

    def parts(self, field: Field) -> dict[str, Scores]:
        """What each place says by itself, by the names of `WORTH`: what names the field, the text before it, its id and
        name, its choices, its hint, its kind."""
        return {
            "label": self._labelled(field),
            "before": self._before(field),
            "name": self._named(field),
            "choices": self._choices.scores(field),
            "hint": self._of_text(field.hint),
            "kind": dict(self._file.kinds.get(field.kind, {})),
        }

    def _labelled(self, field: Field) -> Scores:
        """The texts that name the field: for each type the best of them, and a little for the others."""
        best: Scores = {}
        for attribute, worth in LABELS:
            for type_, score in self._of_text(getattr(field, attribute)).items():
                best[type_] = max(best.get(type_, 0.0), score * worth)
        example = folded(field.placeholder[:LONGEST_TEXT].strip())
        for type_, pattern in self._file.examples.items():
            if example and pattern.fullmatch(example):
                best[type_] = max(best.get(type_, 0.0), EXAMPLE)
        return best

    def _of_text(self, text: str) -> Scores:
        """Types of the phrases in a text; each counts for more, the more of the text it makes up, the first more."""
        words, found = self._read(text[:LONGEST_TEXT])
        covered = {place for each in found for place in range(each.start, each.end)}
        told = sum(1 for place, word in enumerate(words) if place in covered or word not in self._idle)
        scores: Scores = {}
        for number, each in enumerate(found):
            share = (each.end - each.start) / told
            _add(scores, each, (LEAST_SHARE + (1 - LEAST_SHARE) * share) * (1.0 if number == 0 else 0.8))
        return scores

    def _before(self, field: Field) -> Scores:
        """The text before a field: its last words most."""
        words, found = self._read(field.before[-LONGEST_BEFORE:])
        scores: Scores = {}
        for each in found:
            between = sum(1 for word in words[each.end :] if word not in self._idle)
            _add(scores, each, FARTHER**between)
        return scores

    @property
    def _idle(self) -> frozenset[str]:
        return self._file.idle

    def _read(self, text: str) -> tuple[list[str], list[Found]]:
        """The words of a text and the known phrases in them; without its small words, where that makes longer ones."""
        words = words_of(text)
        found = self._phrases(words)
        kept = [word for word in words if word not in self._file.small]
        if 1 < len(kept) < len(words):
            without = self._phrases(kept)
            if _longest(without, kept, self._idle) > _longest(found, words, self._file.small | self._idle):
                return kept, without
        return words, found

    def _phrases(self, words: Sequence[str]) -> list[Found]:
        """Known phrases, and known words at the end of longer ones. Idle words are no phrase beside others."""
        found = self._file.texts.found(words)
        if any(word not in self._idle for word in words):
            found = [
                each for each in found if any(word not in self._idle for word in words[each.start : each.end])
            ]
        covered = {place for each in found for place in range(each.start, each.end)}
        ends = [
            Found(place, place + 1, meanings)
            for place, word in enumerate(words)
            if place not in covered and len(word) > SHORTEST_INSIDE and word not in self._idle
            if (meanings := self._ending(word))
        ]
        return sorted([*found, *ends], key=lambda each: each.start) if ends else found

    def _ending(self, word: str) -> tuple[tuple[str, float], ...]:
        for start in range(1, len(word) - SHORTEST_INSIDE + 1):
            meanings = self._file.texts.meanings(word[start:])
            if meanings:
                return tuple((type_, weight * INSIDE) for type_, weight in meanings)
        return ()

    def _named(self, field: Field) -> Scores:
        """The id and the name: for each type the better one, and a third of the other."""
        texts = {field.name, field.id} - {""}
        scores = sorted(
            (self._of_name(text) for text in texts), key=lambda each: max(each.values(), default=0.0)
        )
        if len(scores) < 2:
            return scores[0] if scores else {}
        low, high = scores
        return {
            type_: min(
                1.0,
                max(low.get(type_, 0.0), high.get(type_, 0.0)) * 0.9 + 0.1 * min(low.get(type_, 0.0), 1.0),
            )
            for type_ in low.keys() | high.keys()
        }

    def _of_name(self, name: str) -> Scores:
        """Types of the known words in an id or a name: the last one is what it is about."""
        pieces = pieces_of(name[-LONGEST_NAME:])
        found = [each for each in self._written(pieces) if _tells(pieces, each)]
        scores: Scores = {}
        for number, each in enumerate(found):
            _add(scores, each, 1.0 if number == len(found) - 1 else HEAD)
        return scores

    def _written(self, pieces: list[str]) -> list[Found]:
        names = self._file.names
        found = names.found(pieces)
        covered = {place for each in found for place in range(each.start, each.end)}
        for place, piece in enumerate(pieces):
            if place in covered or len(piece) <= SHORTEST_INSIDE:
                continue
            number = pieces[place + 1] if place + 1 < len(pieces) and place + 1 not in covered else ""
            if meanings := self._inside(piece, number if number.isdigit() else ""):
                found.append(Found(place, place + 1, meanings))
        return sorted(found, key=lambda each: each.start)

    def _inside(self, piece: str, number: str) -> tuple[tuple[str, float], ...]:
        """A known word inside a longer one, at its end (with the number after it) rather than at its beginning."""
        names = self._file.names
        cuts = range(1, len(piece) - SHORTEST_INSIDE + 1)
        tails = (piece[cut:] for cut in cuts)
        heads = (piece[:-cut] for cut in cuts)
        keys = [tail + number for tail in tails] if number else []
        for key in (*keys, *(piece[cut:] for cut in cuts), *heads):
            if meanings := names.meanings(key):
                return tuple((type_, weight * INSIDE) for type_, weight in meanings)
        return ()


def _longest(found: Sequence[Found], words: Sequence[str], small: frozenset[str]) -> int:
    """Words that say something in the longest phrase."""
    return max(
        (sum(1 for word in words[each.start : each.end] if word not in small) for each in found), default=0
    )


def _tells(pieces: Sequence[str], found: Found) -> bool:
    """Whether a known word of an id says anything: a single letter only alone, a short word not in a random number."""
    letters = sum(len(piece) for piece in pieces[found.start : found.end])
    if letters < SHORTEST_INSIDE and sum(1 for piece in pieces if piece.isdigit()) >= RANDOM:
        return False
    return letters > 1 or sum(1 for piece in pieces if piece.isalpha()) == 1


def _add(scores: Scores, found: Found, worth: float) -> None:
    for type_, weight in found.meanings:
        scores[type_] = max(scores.get(type_, 0.0), weight * worth)


def _together(parts: Sequence[tuple[float, Scores]]) -> Scores:
    """Scores of independent places: what is left of the doubt after all of them."""
    doubt: Scores = {}
    for worth, scores in parts:
        for type_, score in scores.items():
            doubt[type_] = doubt.get(type_, 1.0) * (1.0 - worth * min(score, 1.0))
    return {type_: 1.0 - left for type_, left in doubt.items()}
