"""Types for a person who asked for a form to be filled: wider than what labelled pages can teach, and looked at closer.

The models learn from pages on which people marked addresses and cards, so a field for a nickname, a language or an
occupation is "nothing" to them. Whoever fills shows each field to the person before anything leaves: there, what the
rules alone say is worth more than an empty row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.near import called, without_choices
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.closer import looked_closer
from second_me.core.acting.recognition.token import token_type
from second_me.core.acting.recognition.typing import type_fields
from second_me.core.acting.recognition.weights import FieldWeights
from second_me.core.acting.recognition.words import words_of
from second_me.core.acting.types import ADDRESS, PERSON

SELDOM_LABELLED = frozenset(
    {*PERSON, "nickname", "honorific-prefix", "username", "apartment", "floor", "url"}
)
"""Types that people hardly marked: there the models' "nothing" says little."""
SELDOM, OFTEN = 0.65, 0.4
"""How sure the rules alone are of such a type, and of another: that one is shown and not ticked."""
SAID = 0.9
"""How sure a type is that the page's own token names and the models do not deny."""
MOST_WORDS = 6
"""Words of a field's name above which a type that the rules find among them is chance."""
_IN_A_HOUSE = frozenset({"apartment", "floor"})
FEWEST_ADDRESS = 2
"""Fields of an address beside which a flat or a floor is one."""


def types_for_filling(form: Form, weights: FieldWeights) -> tuple[Typed, ...]:
    """What each field asks for, in order: `type_fields`, and where that finds nothing, what the rules say; then both
    held against what the field is called."""
    found = type_fields(form, weights)
    wider = [_wider(form, field, found, weights) for field in form.fields]
    return looked_closer(form, wider)


def _wider(form: Form, field: Field, found: Sequence[Typed], weights: FieldWeights) -> Typed:
    typed, said = found[field.index], token_type(field)
    if said is not None and typed.type in (said, None):
        return Typed(said, max(typed.confidence if typed.type else 0.0, SAID))
    if typed.type is not None:
        return typed
    ruled = weights.rules.decide(replace(field, before=without_choices(form, field)))
    if ruled is None or len(words_of(called(field))) > MOST_WORDS:
        return typed
    housed = sum(each.type in ADDRESS for each in found) >= FEWEST_ADDRESS
    seldom = ruled in SELDOM_LABELLED and (housed or ruled not in _IN_A_HOUSE)
    return Typed(ruled, SELDOM if seldom else OFTEN)
