"""What a field of a form can ask for: the autocomplete tokens of HTML (https://html.spec.whatwg.org/#autofill-field)
and finer ones that real forms need (a house number of its own, the floor, a number for tax)."""

from __future__ import annotations

NAMES = (
    "name", "honorific-prefix", "given-name", "additional-name", "family-name", "honorific-suffix", "nickname",
    "phonetic-name", "phonetic-given-name", "phonetic-family-name",
)  # fmt: skip
ADDRESS = (
    "street-address", "address-line1", "address-line2", "address-line3", "address-level1", "address-level2",
    "address-level3", "address-level4", "postal-code", "country", "country-name", "street", "address-streetname",
    "address-housenumber", "address-extra-housesuffix", "address-extra", "apartment", "floor", "building", "block",
    "stair", "reference-point", "address-lookup", "postal-code-lookup", "postal-code-and-city",
    "postal-code-or-suburb",
)  # fmt: skip
CONTACT = (
    "email", "tel", "tel-country-code", "tel-national", "tel-area-code", "tel-local", "tel-local-prefix",
    "tel-local-suffix", "tel-extension", "url", "impp",
)  # fmt: skip
PERSON = (
    "bday",
    "bday-day",
    "bday-month",
    "bday-year",
    "sex",
    "language",
    "organization",
    "organization-title",
)
NUMBERS = ("vat-number", "id-number")
ACCOUNT = ("username", "loginname")

CARD = (
    "cc-name", "cc-given-name", "cc-additional-name", "cc-family-name", "cc-number", "cc-exp", "cc-exp-month",
    "cc-exp-year", "cc-csc", "cc-type",
)  # fmt: skip
CODES = ("password", "current-password", "new-password", "one-time-code")
PAYMENT = ("transaction-amount", "transaction-currency")

SECRETS = frozenset((*CARD, *CODES))
"""Recognised and never filled: a password manager's work."""

TYPES = frozenset((*NAMES, *ADDRESS, *CONTACT, *PERSON, *NUMBERS, *ACCOUNT, *CARD, *CODES, *PAYMENT, "photo"))
"""All that a field can be told to be; a field that is none of them has no type."""
