"""Types for a person who asked for a form to be filled: wider than what labelled pages can teach.

The models learn from pages on which people marked addresses and cards, so a field for a nickname, a language or an
occupation is "nothing" to them. Whoever fills shows each field to the person before anything leaves: there, what the
rules alone say is worth more than an empty row.
"""

from __future__ import annotations

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.typing import type_fields
from second_me.core.acting.recognition.weights import FieldWeights
from second_me.core.acting.types import PERSON

SELDOM_LABELLED = frozenset(
    {*PERSON, "nickname", "honorific-prefix", "username", "apartment", "floor", "url"}
)
"""Types that people hardly marked: there the models' "nothing" says little."""
SELDOM, OFTEN = 0.65, 0.4
"""How sure the rules alone are of such a type, and of another: that one is shown and not ticked."""


def types_for_filling(form: Form, weights: FieldWeights) -> tuple[Typed, ...]:
    """What each field asks for, in order: `type_fields`, and where that finds nothing, what the rules say."""
    found = type_fields(form, weights)
    return tuple(_wider(field, typed, weights) for field, typed in zip(form.fields, found, strict=True))


def _wider(field: Field, typed: Typed, weights: FieldWeights) -> Typed:
    if typed.type is not None:
        return typed
    ruled = weights.rules.decide(field)
    if ruled is None:
        return typed
    return Typed(ruled, SELDOM if ruled in SELDOM_LABELLED else OFTEN)
