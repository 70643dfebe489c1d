"""A form as it was read: its fields in the order of the document, with what stands around them. No value of a field is
in here: what a person has typed stays in the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_FIELDS = 400
MOST_OPTIONS = 400
LONGEST_TEXT = 2000
"""Characters of any one text of a field; longer ones are cut."""

OBSTACLES = frozenset(
    {
        "", "hidden", "off_screen", "transparent", "covered", "too_small", "read_only", "disabled", "changed",
        "other_origin",
    }
)  # fmt: skip
"""Why a field is not to be filled, as who read it saw it ("" : nothing is in the way)."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select, or what a radio or a checkbox stands for."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One `input`, `select` or `textarea`.

    `kind` is the input's type in lower case, "select-one", "select-multiple" or "textarea". `label` is the text of its
    labels, `before` and `after` the text around it up to the next field, `section` the heading or legend above,
    `form` the number of its form element (-1: none). `filled`: it holds something. `obstacle` is one of `OBSTACLES`.
    Pixels are CSS pixels in the viewport, 0 from a page that was not drawn.
    """

    index: int
    tag: str = "input"
    kind: str = "text"
    id: str = ""
    name: str = ""
    autocomplete: str = ""
    placeholder: str = ""
    title: str = ""
    aria: str = ""
    label: str = ""
    before: str = ""
    after: str = ""
    hint: str = ""
    section: str = ""
    form: int = -1
    options: tuple[Option, ...] = ()
    maxlength: int | None = None
    pattern: str = ""
    inputmode: str = ""
    required: bool = False
    readonly: bool = False
    disabled: bool = False
    filled: bool = False
    obstacle: str = ""
    frame: str = ""
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """All fields of a page. `url` is without query and fragment, `language` a tag such as "de" or ""."""

    url: str = ""
    title: str = ""
    language: str = ""
    fields: tuple[Field, ...] = ()


_TEXTS = (
    "tag", "kind", "id", "name", "autocomplete", "placeholder", "title", "aria", "label", "before", "after", "hint",
    "section", "pattern", "inputmode", "frame",
)  # fmt: skip
_FLAGS = ("required", "readonly", "disabled", "filled")
_PIXELS = ("x", "y", "width", "height")
_TAGS = frozenset({"input", "select", "textarea"})


def form_of(given: object) -> Form:
    """A form from JSON (docs/fill.md), strict about kinds and numbers, generous about what is left out.

    Raises ValueError with a word about what is wrong.
    """
    if not isinstance(given, Mapping):
        raise ValueError("a form is an object")
    fields = given.get("fields")
    if not isinstance(fields, list) or len(fields) > MOST_FIELDS:
        raise ValueError(f"fields is a list of at most {MOST_FIELDS}")
    made = tuple(_field(each, place) for place, each in enumerate(fields))
    return Form(_text(given, "url"), _text(given, "title"), _text(given, "language")[:35], made)


def _field(given: object, place: int) -> Field:
    if not isinstance(given, Mapping):
        raise ValueError("a field is an object")
    if _number(given, "index", place) != place:
        raise ValueError("fields are numbered in order")
    texts: dict[str, Any] = {name: _text(given, name) for name in _TEXTS if name in given}
    if texts.get("tag", "input") not in _TAGS:
        raise ValueError("tag is input, select or textarea")
    obstacle = _text(given, "obstacle")
    if obstacle not in OBSTACLES:
        raise ValueError("obstacle is not known")
    flags: dict[str, Any] = {name: given.get(name) is True for name in _FLAGS}
    pixels: dict[str, Any] = {name: _number(given, name, 0) for name in _PIXELS}
    return Field(
        index=place,
        obstacle=obstacle,
        form=_number(given, "form", -1),
        options=_options(given.get("options")),
        maxlength=None if given.get("maxlength") is None else _number(given, "maxlength", 0),
        **(texts | flags | pixels),
    )


def _options(given: object) -> tuple[Option, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(each, Mapping) for each in given):
        raise ValueError("options is a list of objects")
    return tuple(Option(_text(each, "value"), _text(each, "text")) for each in given[:MOST_OPTIONS])


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"{name} is a text")
    return value[:LONGEST_TEXT].encode("utf-8", "replace").decode().replace("\0", "")


def _number(given: Mapping[str, Any], name: str, usual: int) -> int:
    value = given.get(name, usual)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 2**31:
        raise ValueError(f"{name} is a number")
    return round(value)
