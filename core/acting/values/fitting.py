"""Whether a value fits into a field. What does not is left out: nothing is cut short in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from second_me.core.acting.forms import Field
from second_me.core.acting.values.patterns import matches

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:\S+")
_KINDS = {
    "number": _NUMBER, "range": _NUMBER, "email": _EMAIL, "url": _URL,
    "date": re.compile(r"\d{4}-\d\d-\d\d"), "month": re.compile(r"\d{4}-\d\d"), "time": re.compile(r"\d\d:\d\d"),
    "week": re.compile(r"\d{4}-W\d\d"), "datetime-local": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d"),
}  # fmt: skip


def length(text: str) -> int:
    """UTF-16 code units, which is what `maxlength` counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits(field: Field, text: str) -> bool:
    """Whether a field takes a text as it is: its kind, its length, its pattern."""
    if "\n" in text and field.tag != "textarea":
        return False
    if field.maxlength is not None and 0 <= field.maxlength < length(text):
        return False
    form = _KINDS.get(field.kind)
    if form is not None and not form.fullmatch(text):
        return False
    return field.tag != "input" or not field.pattern or matches(field.pattern, text) is not False


def first_fitting(field: Field, forms: Iterable[str]) -> str | None:
    """The first way to write a value that fits; where the field shows a keyboard of figures, figures before letters."""
    fitting = [form for form in forms if fits(field, form)]
    if field.inputmode in ("numeric", "tel", "decimal"):
        fitting.sort(key=lambda form: any(sign.isalpha() for sign in form))
    return fitting[0] if fitting else None
