"""What the fields of a form ask for: the domain's answer, with what ships."""

from __future__ import annotations

from collections.abc import Sequence

from second_me.app.weights import field_rules
from second_me.core.acting.forms import Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.rules import Rules
from second_me.core.acting.recognition.token import token_type


class FieldTypes:
    """Types fields. What ships is read when the first form comes."""

    def __init__(self) -> None:
        self._rules: Rules | None = None

    def __call__(self, form: Form) -> Sequence[Typed]:
        """One a field, in order."""
        rules = self._rules = self._rules or field_rules()
        found = [(token_type(field), rules.decide(field)) for field in form.fields]
        return [Typed(token, 0.95) if token else Typed(rule, 0.85 if rule else 0.8) for token, rule in found]
