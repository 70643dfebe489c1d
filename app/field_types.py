"""What the fields of a form ask for: the domain's answer, with the weights and rules that ship."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from second_me.app.weights import field_rules, field_weights
from second_me.core.acting.forms import Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.rules import Rules
from second_me.core.acting.recognition.token import token_type
from second_me.core.acting.recognition.typing import type_fields
from second_me.core.acting.recognition.weights import FieldWeights
from second_me.core.acting.recognition.wider import types_for_filling


class FieldTypes:
    """Types fields. What ships is read when the first form comes; without weights the token and the rules decide."""

    @cached_property
    def _weights(self) -> FieldWeights | None:
        return field_weights()

    @cached_property
    def _rules(self) -> Rules:
        return field_rules()

    def __call__(self, form: Form) -> Sequence[Typed]:
        """One a field, in order."""
        if self._weights is not None:
            return type_fields(form, self._weights)
        found = [(token_type(field), self._rules.decide(field)) for field in form.fields]
        return [Typed(token, 0.95) if token else Typed(rule, 0.85 if rule else 0.8) for token, rule in found]

    def for_filling(self, form: Form) -> Sequence[Typed]:
        """One a field, in order, for a person who sees each of them before it is filled."""
        return self(form) if self._weights is None else types_for_filling(form, self._weights)
