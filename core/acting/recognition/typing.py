"""Types of a form's fields: its words, what the rules say of them, its neighbours, and how sure that is."""

from __future__ import annotations

import numpy as np

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.context import context_features
from second_me.core.acting.recognition.features import form_features
from second_me.core.acting.recognition.model import Floats
from second_me.core.acting.recognition.weights import FieldWeights

CHOSEN = frozenset({"radio", "checkbox"})
"""Kinds of input that the models give no type."""


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
        Typed(weights.types[kind] if kind else None, float(chance))
        for kind, chance in zip(best, sure, strict=True)
    )


def whole_form(form: Form, weights: FieldWeights) -> Floats:
    """Chances of the types after both stages, shape (fields, types)."""
    first = untyped_choices(form.fields, weights.words.chances(form_features(form, weights.rules)))
    features = context_features(form, first, weights.types)
    found = np.mean([each.chances(features) for each in weights.contexts], axis=0)
    return untyped_choices(form.fields, found)


def untyped_choices(fields: tuple[Field, ...], chances: Floats) -> Floats:
    """With the rows of radios and checkboxes saying "no type"."""
    chosen = np.array([each.kind in CHOSEN for each in fields], np.bool_)
    chances[chosen] = 0
    chances[chosen, 0] = 1
    return chances
