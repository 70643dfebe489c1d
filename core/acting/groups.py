"""Radio buttons and checkboxes of one name: one question, whose answers are fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from second_me.core.acting.forms import Field, Form, Option
from second_me.core.acting.labels import label_of
from second_me.core.acting.proposal import Typed
from second_me.core.acting.values.asked import plain
from second_me.core.acting.values.choices import SALUTATIONS, SEXES

TOLD_BY_OPTIONS = 0.9
"""The chance that a question asks for what its answers say."""
LONGEST_QUESTION = 60
"""Characters before the first button that are taken for the question."""


@dataclass(frozen=True, slots=True)
class Group:
    """`field` is the first button, with the options of all; `indices` are theirs, in order; `typed` what the group
    asks for."""

    field: Field
    indices: tuple[int, ...]
    typed: Typed
    label: str

    @property
    def options(self) -> tuple[Option, ...]:
        """One a button."""
        return self.field.options

    def index_of(self, value: str | None) -> int:
        """The button of a value; the first where no button has it."""
        for index, option in zip(self.indices, self.options, strict=True):
            if option.value == value:
                return index
        return self.indices[0]


def groups_of(form: Form, typed: Sequence[Typed]) -> tuple[Group | None, ...]:
    """Of every field its group; None for a field that is no button."""
    members: dict[tuple[int, str, str], list[Field]] = {}
    for field in form.fields:
        if field.kind in ("radio", "checkbox"):
            key = (field.form, field.kind, field.name or f"#{field.index}")
            members.setdefault(key, []).append(field)
    found: dict[int, Group] = {}
    for fields in members.values():
        group = _group(fields, typed)
        found.update(dict.fromkeys(group.indices, group))
    return tuple(found.get(field.index) for field in form.fields)


def _group(fields: Sequence[Field], typed: Sequence[Typed]) -> Group:
    options = tuple(_option(field) for field in fields)
    surest = max(
        (typed[field.index] for field in fields), key=lambda each: (each.type is not None, each.confidence)
    )
    if surest.type is None and fields[0].kind == "radio" and not _of_another(fields[0]):
        surest = _told_by_options(options) or surest
    first = replace(fields[0], options=options)
    near = fields[0].before.strip(" *:")
    label = near if 0 < len(near) <= LONGEST_QUESTION else fields[0].section or label_of(fields[0])
    return Group(first, tuple(field.index for field in fields), surest, label)


def _told_by_options(options: Sequence[Option]) -> Typed | None:
    """What a question asks for whose answers say it: "Herr" and "Frau", "male" and "female"."""
    texts = {plain(option.text) for option in options}
    for kind, words in (("honorific-prefix", SALUTATIONS), ("sex", SEXES)):
        if all(texts & {plain(word) for word in words[sex]} for sex in ("female", "male")):
            return Typed(kind, TOLD_BY_OPTIONS)
    return None


def _of_another(first: Field) -> bool:
    """Whether a question asks whom the person looks for."""
    return any(_SOUGHT.search(text) for text in (first.before, first.section, first.name, first.id))


_SOUGHT = re.compile(r"look(?:ing)?[ _-]?for|seek|interested|prefer|suche|cherche|busc|zoek", re.IGNORECASE)


def _option(field: Field) -> Option:
    """What a button stands for: its value, and the text that a person reads beside it."""
    own = field.options[0] if field.options else Option("on", "")
    return Option(own.value, own.text or field.label or field.aria or field.after)
