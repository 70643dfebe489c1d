"""What the fields of a form ask for: the domain's answer, with the weights and rules that ship."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from second_me.app.weights import field_weights
from second_me.core.acting.forms import Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.typing import type_fields
from second_me.core.acting.recognition.weights import FieldWeights
from second_me.core.acting.recognition.wider import types_for_filling


class FieldTypes:
    """Types fields. What ships is read when the first form comes: it takes a moment, and most starts need none."""

    @cached_property
    def _weights(self) -> FieldWeights:
        return field_weights()

    def __call__(self, form: Form) -> Sequence[Typed]:
        """One a field, in order."""
        return type_fields(form, self._weights)

    def for_filling(self, form: Form) -> Sequence[Typed]:
        """One a field, in order, for a person who sees each of them before it is filled."""
        return types_for_filling(form, self._weights)
