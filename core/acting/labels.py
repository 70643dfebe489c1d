"""What a field is called: for the person, and as the key under which a site's answers are learned."""

from __future__ import annotations

import re

from second_me.core.acting.forms import Field
from second_me.core.acting.values.asked import plain, purpose

LONGEST = 80
"""Characters of a label."""


def label_of(field: Field) -> str:
    """A field's name as a person would read it; its name in the page where nothing is to be read."""
    for text in (
        field.label,
        field.aria,
        field.placeholder,
        _last_line(field.before),
        field.title,
        field.hint,
    ):
        words = " ".join(text.split()).strip(" *:：")
        if words:
            return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.\[\]:]+", " ", field.name or field.id)
    return " ".join(split.split())


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def label_key(field: Field) -> str:
    """A field on its site: its label for comparing, and which of two addresses it is of."""
    return f"{purpose(field)}|{plain(label_of(field))}|{plain(field.name)}"
