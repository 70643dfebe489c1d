"""What a kind of input cannot be: a password's box takes no address, a tick no name."""

from __future__ import annotations

from collections.abc import Mapping

from second_me.core.acting.forms import Field
from second_me.core.acting.recognition.lexicon import NONE
from second_me.core.acting.types import CODES, CONTACT

CHECKED = frozenset({"sex", "honorific-prefix", "cc-type", NONE})
"""What a radio or a checkbox can be."""
MASKED = frozenset((*CODES, "cc-csc", "cc-number", "id-number"))
"""What an input that hides its signs can be."""
MAILED = frozenset({"email", "username", "loginname", NONE})
DATED = frozenset({"bday", "cc-exp", NONE})
MONTHS = frozenset({"cc-exp", "cc-exp-month", "bday-month", NONE})
WEBBED = frozenset({"url", "impp", "photo", NONE})
ONLY: Mapping[str, frozenset[str]] = {
    "radio": CHECKED, "checkbox": CHECKED, "password": MASKED, "email": MAILED, "date": DATED,
    "datetime-local": DATED, "month": MONTHS, "url": WEBBED, "file": frozenset({"photo", NONE}),
    "range": frozenset({NONE}), "color": frozenset({NONE}), "time": frozenset({NONE}), "week": frozenset({NONE}),
}  # fmt: skip
"""By kind of input: nothing else fits it."""
NUMBERED = frozenset(
    (*CONTACT, "name", "given-name", "family-name", "organization", "address-level2", "country")
)
NEVER: Mapping[str, frozenset[str]] = {
    "tel": frozenset({"email", "url", "name", "given-name", "family-name", "organization", "country", "country-name"}),
    "number": frozenset(
        {"email", "url", "name", "given-name", "family-name", "organization", "country", "street-address"}
    ),
    "select-one": frozenset(
        {
            "email", "tel", "name", "given-name", "family-name", "username", "loginname", "cc-number", "cc-csc",
            "cc-name", "url", "password",
        }
    ),
    "select-multiple": frozenset(
        {"email", "tel", "name", "given-name", "family-name", "username", "loginname", "cc-number", "url"}
    ),
}  # fmt: skip
"""By kind of input: these do not fit it."""
SEEN_CODES = 0.6
"""What is left of a password's score where its signs are shown."""
LONG_TEXTS = frozenset(
    {"street-address", "address-line1", "address-extra", "organization", "address-line2", NONE}
)
"""What is asked for in boxes of several lines."""


def fits(kind: str, type_: str) -> bool:
    """Whether an input of this kind can take a value of this type."""
    only = ONLY.get(kind)
    return (only is None or type_ in only) and type_ not in NEVER.get(kind, frozenset())


def fitted(field: Field, scores: Mapping[str, float]) -> dict[str, float]:
    """The scores of what fits the field's kind."""
    kind = field.kind
    kept = {type_: score for type_, score in scores.items() if fits(kind, type_)}
    if kind == "textarea":
        return {type_: score if type_ in LONG_TEXTS else score * 0.4 for type_, score in kept.items()}
    if kind != "password":
        return {type_: score * SEEN_CODES if type_ in CODES else score for type_, score in kept.items()}
    return kept
