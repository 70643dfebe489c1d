"""What the attribute alone and the rules alone make of a form, to be measured beside the rest."""

from __future__ import annotations

from second_me.core.acting.forms import Form
from second_me.core.acting.recognition.rules import Rules
from second_me.core.acting.recognition.token import token_type


def attribute_only(form: Form) -> tuple[str | None, ...]:
    """One type a field, from its `autocomplete` alone."""
    return tuple(token_type(field) for field in form.fields)


def rules_only(form: Form, rules: Rules) -> tuple[str | None, ...]:
    """One type a field, from the rules alone."""
    return tuple(rules.decide(field) for field in form.fields)
