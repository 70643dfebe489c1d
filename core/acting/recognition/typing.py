"""Types of a form's fields: its words, what the rules say of them, its neighbours, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.context import context_features
from second_me.core.acting.recognition.features import looks
from second_me.core.acting.recognition.model import Floats
from second_me.core.acting.recognition.rules import Rules
from second_me.core.acting.recognition.token import token_type
from second_me.core.acting.recognition.weights import FieldWeights
from second_me.core.acting.types import CODES

CHOSEN = frozenset({"radio", "checkbox"})
"""Kinds of input that the models give no type."""
FIRST_SHARE = np.float32(0.3)
"""What a field's own words count for beside the whole form."""
SAID, SAID_ALONE = 0.98, 0.5
"""How sure a secret is that its token says, and a type that only the token or the rules speak for."""
UNLABELLED = frozenset({"url", "impp"})
"""Types that no page to learn from has a label of."""


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
        settled(field, weights.types[kind] if kind else None, float(chance), weights.rules)
        for field, kind, chance in zip(form.fields, best, sure, strict=True)
    )


def settled(field: Field, found: str | None, sure: float, rules: Rules) -> Typed:
    """What the models found, where nothing else knows better.

    The token does of secrets, and where they found nothing; the rules of types that nobody labels. Nothing but its
    token makes a password of a field: people who label forms leave passwords without a type, and that a box hides its
    signs is told by its kind to whoever fills.
    """
    said = token_type(field)
    if said in CODES:
        return Typed(said, SAID)
    if found is not None:
        return Typed(found, sure)
    if said is None and field.kind not in CHOSEN and (ruled := rules.decide(field)) in UNLABELLED:
        return Typed(ruled, SAID_ALONE)
    return Typed(None, sure) if said is None else Typed(said, SAID_ALONE)


def whole_form(form: Form, weights: FieldWeights) -> Floats:
    """Chances of the types after both stages, shape (fields, types)."""
    seen = looks(form, weights.rules)
    first = untyped_choices(form.fields, weights.words.chances(seen.hashes))
    features = context_features(form, first, seen.scores, weights.types)
    return untyped_choices(
        form.fields, together(first, [each.chances(features) for each in weights.contexts])
    )


def together(first: Floats, seconds: Sequence[Floats]) -> Floats:
    """The mean of the second stages, and a share of the first."""
    both: Floats = FIRST_SHARE * first + (1 - FIRST_SHARE) * np.mean(seconds, axis=0)
    return both


def untyped_choices(fields: tuple[Field, ...], chances: Floats) -> Floats:
    """With the rows of radios and checkboxes saying "no type"."""
    chosen = np.array([each.kind in CHOSEN for each in fields], np.bool_)
    chances[chosen] = 0
    chances[chosen, 0] = 1
    return chances
