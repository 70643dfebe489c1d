"""What stands right before a field that has no label of its own, and what a person calls a field."""

from __future__ import annotations

import re

from second_me.core.acting.forms import Field, Form

LONGEST = 48
"""Characters before a field that may be its name."""
_EXAMPLE = re.compile(
    r"^[\W\d_]*$|@|^\W*(?:[tdmyjag]{1,4}\b[\s./-]*){2,3}\W*$|^(?:e\.? ?g\b|z\. ?b\b|p\. ?ex\b|ej\b|bijv\b|es\.|np\.)",
    re.IGNORECASE,
)


def is_example(placeholder: str) -> bool:
    """Whether a placeholder shows how to write something ("DD.MM.YYYY", "12345", "e.g. Anna") and does not name it."""
    return bool(_EXAMPLE.search(placeholder))


def near(field: Field) -> str:
    """The text before a field that nothing else names, without the heading above it; "" where something does."""
    if field.label.strip() or field.aria.strip():
        return ""
    text, heading = " ".join(field.before.split()), " ".join(field.section.split())
    if heading:
        text = text.rpartition(heading)[2]
    text = text.strip()
    return text if len(text) <= LONGEST else text[-LONGEST:].partition(" ")[2]


def called(field: Field) -> str:
    """What a person calls a field: all that names it, its example left out; what stands before it, if nothing does."""
    shown = "" if is_example(field.placeholder) else field.placeholder
    return " ".join(" ".join(each.split()) for each in (field.label, field.aria, shown, near(field)) if each)


def without_choices(form: Form, field: Field) -> str:
    """The text before a field without the label of the button or box that stands there."""
    last = form.fields[field.index - 1] if field.index else None
    if last is None or last.kind not in ("radio", "checkbox"):
        return field.before
    return field.before.removeprefix(last.label).lstrip() if last.label else field.before
