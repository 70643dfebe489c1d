"""What a kind of input cannot be (a password's box takes no address, a tick no name), and the finer types that a coarse
word leaves open."""

from __future__ import annotations

from collections.abc import Mapping

from second_me.core.acting.forms import Field
from second_me.core.acting.recognition.lexicon import NONE
from second_me.core.acting.types import CODES

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
WRITTEN = frozenset(
    {
        "email", "tel", "tel-national", "name", "given-name", "family-name", "username", "loginname", "nickname", "url",
        "street-address", "street", "address-line1", "address-line2", "address-line3", "vat-number", "id-number",
        "bday", "cc-number", "cc-csc", "cc-name", "cc-exp", *CODES,
    }
)  # fmt: skip
"""What nobody has a list of to choose from."""
WORDY = frozenset(
    {"email", "url", "name", "given-name", "family-name", "organization", "country", "country-name"}
)
NEVER: Mapping[str, frozenset[str]] = {
    "tel": WORDY, "number": WORDY | {"street-address"}, "select-one": WRITTEN, "select-multiple": WRITTEN,
}  # fmt: skip
"""By kind of input: these do not fit it."""
FINER: Mapping[str, tuple[str, ...]] = {
    "street-address": ("address-line1", "address-line2", "address-line3", "address-extra"),
    "name": ("given-name", "family-name", "additional-name", "cc-name", "organization"),
    "tel": ("tel-national", "tel-country-code", "tel-area-code", "tel-local", "tel-extension"),
    "bday": ("bday-day", "bday-month", "bday-year"),
    "cc-exp": ("cc-exp-month", "cc-exp-year"),
}  # fmt: skip
"""What a label that says only the first can mean: "Address" beside the id "address1" is the first line of it."""
LEAST_FINER = 0.3
"""How much must speak for the finer type by itself."""
MOST_DOUBT = 0.6
"""What is left of the doubt about the coarse type at most."""
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


def refined(scores: Mapping[str, float]) -> dict[str, float]:
    """The scores, where what speaks for a coarse type speaks for a finer one as well that has a word of its own."""
    made = dict(scores)
    for coarse, finer in FINER.items():
        doubt = 1.0 - scores.get(coarse, 0.0)
        if doubt > MOST_DOUBT:
            continue
        for type_ in finer:
            if scores.get(type_, 0.0) >= LEAST_FINER:
                made[type_] = 1.0 - (1.0 - scores[type_]) * doubt
    return made


def fitted(field: Field, scores: Mapping[str, float]) -> dict[str, float]:
    """The scores of what fits the field's kind."""
    kind = field.kind
    kept = {type_: score for type_, score in scores.items() if fits(kind, type_)}
    if kind == "textarea":
        return {type_: score if type_ in LONG_TEXTS else score * 0.4 for type_, score in kept.items()}
    if kind != "password":
        return {type_: score * SEEN_CODES if type_ in CODES else score for type_, score in kept.items()}
    return kept
