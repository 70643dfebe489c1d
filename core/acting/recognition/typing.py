"""Types of a form's fields: its words, what the rules say of them, its neighbours, and how sure that is."""

from __future__ import annotations

import numpy as np

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.context import context_features
from second_me.core.acting.recognition.features import looks
from second_me.core.acting.recognition.model import Floats
from second_me.core.acting.recognition.token import token_type
from second_me.core.acting.recognition.weights import FieldWeights
from second_me.core.acting.types import CODES

CHOSEN = frozenset({"radio", "checkbox"})
"""Kinds of input that the models give no type."""
SAID, SAID_ALONE = 0.98, 0.5
"""How sure a secret is that its token says, and a type that only the token speaks for."""


def type_fields(form: Form, weights: FieldWeights) -> tuple[Typed, ...]:
    """What each field asks for, in order, and the chance that this is right (without a type: that it has none)."""
    if not form.fields:
        return ()
    chances = whole_form(form, weights)
    untyped = chances[:, 0].copy()
    chances[:, 0] *= weights.reluctance
    chances /= chances.sum(axis=1, keepdims=True)
    best = chances.argmax(axis=1)
    sure = np.where(best > 0, weights.calibrated(chances.max(axis=1)), untyped)
    return tuple(
        with_token(field, weights.types[kind] if kind else None, float(chance))
        for field, kind, chance in zip(form.fields, best, sure, strict=True)
    )


def with_token(field: Field, found: str | None, sure: float) -> Typed:
    """What the models found, where the token does not know better: it does of secrets, and where they found nothing.

    Nothing but its token makes a password of a field: people who label forms leave passwords without a type, and that
    a box hides its signs is told by its kind to whoever fills.
    """
    said = token_type(field)
    if said in CODES:
        return Typed(said, SAID)
    return Typed(said, SAID_ALONE) if said and found is None else Typed(found, sure)


def whole_form(form: Form, weights: FieldWeights) -> Floats:
    """Chances of the types after both stages, shape (fields, types)."""
    seen = looks(form, weights.rules)
    first = untyped_choices(form.fields, weights.words.chances(seen.hashes))
    features = context_features(form, first, seen.scores, weights.types)
    found = np.mean([each.chances(features) for each in weights.contexts], axis=0)
    return untyped_choices(form.fields, found)


def untyped_choices(fields: tuple[Field, ...], chances: Floats) -> Floats:
    """With the rows of radios and checkboxes saying "no type"."""
    chosen = np.array([each.kind in CHOSEN for each in fields], np.bool_)
    chances[chosen] = 0
    chances[chosen, 0] = 1
    return chances
