"""What a field is called: for the person, and as the key under which a site's answers are learned."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from second_me.core.acting.forms import Field, Form, Option
from second_me.core.acting.near import is_example
from second_me.core.acting.values.asked import plain, purpose

LONGEST = 80
"""Characters of a label."""
LONGEST_LOOKED_AT = 240
"""Characters of a text of the page that are looked at: its beginning and its end; before a field the last ones."""
LONGEST_END = 80
LONGEST_OPTION = 120


def label_of(field: Field) -> str:
    """A field's name as a person would read it; its name in the page where nothing is to be read."""
    example = is_example(field.placeholder)
    for text in (
        field.label, field.aria, "" if example else field.placeholder, _near(field), field.title, field.hint,
        field.placeholder,
    ):  # fmt: skip
        words = " ".join(text.split()).strip(" *:：")
        if words:
            return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.\[\]:]+", " ", field.name or field.id)
    return " ".join(split.split())


def shortened(form: Form) -> Form:
    """A form without more of its texts than a person would read, so that no page can make a proposal slow."""
    return replace(form, fields=tuple(_shortened(field) for field in form.fields))


def _shortened(field: Field) -> Field:
    texts: dict[str, Any] = {name: _ends(getattr(field, name)) for name in _TEXTS}
    options = tuple(Option(each.value, each.text[:LONGEST_OPTION]) for each in field.options)
    return replace(field, **texts, before=field.before[-LONGEST_LOOKED_AT:], options=options)


def _ends(text: str) -> str:
    if len(text) <= LONGEST_LOOKED_AT:
        return text
    return f"{text[: LONGEST_LOOKED_AT - LONGEST_END]} {text[-LONGEST_END:]}"


_TEXTS = ("id", "name", "autocomplete", "placeholder", "title", "aria", "label", "after", "hint", "section")


def _near(field: Field) -> str:
    """The last line before a field, without the heading above it."""
    lines = [line for line in field.before.splitlines() if line.strip()]
    last, heading = " ".join(lines[-1].split()) if lines else "", " ".join(field.section.split())
    return last.removeprefix(f"{heading} ") if heading else last


def label_key(field: Field) -> str:
    """A field on its site: its label for comparing, and which of two addresses it is of."""
    return f"{purpose(field)}|{plain(label_of(field))}|{plain(field.name)}"
