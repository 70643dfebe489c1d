"""What a field's neighbours and its form say of it: the second stage looks at the first one's chances of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.recognition.features import REACH, beside
from second_me.core.acting.recognition.token import token_type

Floats = npt.NDArray[np.float32]

KINDS = (
    "text",
    "tel",
    "email",
    "select-one",
    "number",
    "password",
    "search",
    "textarea",
    "checkbox",
    "radio",
    "date",
)
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "sk", "hu", "ro", "bg", "sr", "hr", "el", "tr",
    "ar", "da", "sv", "fi", "no", "ja", "zh", "id",
)  # fmt: skip
STEPS = (*range(-1, -REACH - 1, -1), *range(1, REACH + 1))
PLAIN = 8
"""Features of a field's own that are no words: see `_plain`."""


def context_features(
    form: Form, chances: Floats, scores: Sequence[Mapping[str, float]], types: Sequence[str]
) -> Floats:
    """Shape (fields, features) from `chances` (fields, types), the first stage's of each field.

    In order: roots of its own chances, their logarithms, the roots of its three neighbours before and after, which of
    these there are, the greatest of all fields before and after in its form, how many of each type the form has,
    then what the field itself is, how the rules score it (`scores`), and the type that its token says.
    """
    roots = np.sqrt(chances)
    near = beside(form.fields)
    none = np.zeros((1, len(types)), np.float32)
    padded = np.concatenate([roots, none])
    places = np.array([[each.get(step, -1) for step in STEPS] for each in near], np.int64).reshape(
        -1, len(STEPS)
    )
    parts = [roots, np.log(chances + 1e-4) / 9 + 1]
    parts += [padded[places[:, at]] for at in range(len(STEPS))]
    parts += [(places < 0).astype(np.float32), *_in_form(form.fields, roots, chances)]
    parts += [own(form), by_type(scores, types), by_type([_token(each) for each in form.fields], types)]
    return np.concatenate(parts, axis=1).astype(np.float32)


def _in_form(fields: Sequence[Field], roots: Floats, chances: Floats) -> tuple[Floats, Floats, Floats]:
    """The greatest root before each field, after it, and the logarithm of the number of each type in its form."""
    before, after, total = np.zeros_like(roots), np.zeros_like(roots), np.zeros_like(roots)
    numbers = np.array([each.form for each in fields])
    for number in set(numbers.tolist()):
        at = np.flatnonzero(numbers == number)
        before[at[1:]] = np.maximum.accumulate(roots[at], axis=0)[:-1]
        after[at[:-1]] = np.maximum.accumulate(roots[at][::-1], axis=0)[::-1][1:]
        total[at] = np.log1p(chances[at].sum(axis=0)) / 2
    return before, after, total


def _token(field: Field) -> Mapping[str, float]:
    said = token_type(field)
    return {said: 1.0} if said else {}


def own(form: Form) -> Floats:
    """What each field is: kind, language, and plain facts."""
    made = np.zeros((len(form.fields), len(KINDS) + len(LANGUAGES) + PLAIN), np.float32)
    seen: set[tuple[str, str, str]] = set()
    language = form.language[:2].lower()
    for field, row in zip(form.fields, made, strict=True):
        if field.kind in KINDS:
            row[KINDS.index(field.kind)] = 1
        if language in LANGUAGES:
            row[len(KINDS) + LANGUAGES.index(language)] = 1
        row[-PLAIN:] = _plain(field, len(form.fields), seen)
    return made


def _plain(field: Field, count: int, seen: set[tuple[str, str, str]]) -> list[float]:
    key = (field.name, field.label, field.placeholder)
    again = key in seen
    seen.add(key)
    return [
        field.obstacle == "hidden",
        field.obstacle not in ("", "hidden"),
        bool(field.label),
        min(field.index, 30) / 30,
        min(count, 60) / 60,
        again,
        field.required,
        bool(field.maxlength),
    ]


def by_type(scores: Sequence[Mapping[str, float]], types: Sequence[str]) -> Floats:
    """Scores of each field in the order of `types`, 0 for one without; shape (fields, types)."""
    return np.array([[each.get(name, 0.0) for name in types] for each in scores], np.float32).reshape(
        -1, len(types)
    )
