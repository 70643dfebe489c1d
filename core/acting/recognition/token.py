"""The `autocomplete` attribute, read by the HTML standard (https://html.spec.whatwg.org/#autofill-detail-tokens) where
it is sane: what sites write to turn filling off, and tokens that a field cannot be, say nothing.
"""

from __future__ import annotations

import re

from second_me.core.acting.forms import Field
from second_me.core.acting.recognition.fitting import fits
from second_me.core.acting.types import (
    ACCOUNT,
    ADDRESS,
    CARD,
    CODES,
    CONTACT,
    NAMES,
    NUMBERS,
    PAYMENT,
    PERSON,
)

STANDARD = frozenset(
    (*NAMES, *ADDRESS, *CONTACT, *PERSON, *NUMBERS, *ACCOUNT, *CARD, *CODES, *PAYMENT, "photo")
) - {"phonetic-name", "phonetic-given-name", "phonetic-family-name"}  # fmt: skip
"""Tokens of the standard, and our finer types: who writes one means it."""
HINTS = frozenset({"home", "work", "mobile", "fax", "pager"})
"""May stand before a contact."""
PURPOSES = frozenset({"shipping", "billing"})
MISSPELT = {
    "address": "street-address", "address1": "address-line1", "address2": "address-line2",
    "address3": "address-line3", "address-1": "address-line1", "address-2": "address-line2", "addressline1":
    "address-line1", "addressline2": "address-line2", "address-line-1": "address-line1", "address-line-2":
    "address-line2", "street": "street-address", "streetaddress": "street-address", "street-address-line1":
    "address-line1", "street-address-1": "address-line1", "city": "address-level2", "town": "address-level2",
    "locality": "address-level2", "state": "address-level1", "province": "address-level1", "region": "address-level1",
    "zip": "postal-code", "zipcode": "postal-code", "zip-code": "postal-code", "postcode": "postal-code",
    "postalcode": "postal-code", "postal": "postal-code", "post-code": "postal-code", "phone": "tel",
    "telephone": "tel", "mobile": "tel", "phone-number": "tel", "phonenumber": "tel", "tel-full": "tel",
    "cellphone": "tel", "e-mail": "email", "mail": "email", "email-address": "email", "emailaddress": "email",
    "firstname": "given-name", "first-name": "given-name", "fname": "given-name", "givenname": "given-name",
    "lastname": "family-name", "last-name": "family-name", "lname": "family-name", "surname": "family-name",
    "familyname": "family-name", "middlename": "additional-name", "middle-name": "additional-name",
    "additional-name-initial": "additional-name", "fullname": "name", "full-name": "name", "company": "organization",
    "company-name": "organization", "organisation": "organization", "org": "organization", "countryname":
    "country-name", "birthday": "bday", "birthdate": "bday", "dob": "bday", "date-of-birth": "bday", "gender": "sex",
    "job-title": "organization-title", "website": "url", "user-name": "username", "ccname": "cc-name",
    "ccnumber": "cc-number", "cc-num": "cc-number", "cardnumber": "cc-number", "card-number": "cc-number",
    "creditcard": "cc-number", "cvc": "cc-csc", "cvv": "cc-csc", "csc": "cc-csc", "cc-cvc": "cc-csc",
    "cc-cvv": "cc-csc", "cc-exp-date": "cc-exp", "cc-expiration": "cc-exp", "ccexpmonth": "cc-exp-month",
    "ccexpyear": "cc-exp-year", "otp": "one-time-code", "password": "current-password",
}  # fmt: skip
"""What sites write instead, where it can mean one thing only."""
SEARCHES = re.compile(r"(?:^|[\W_])(?:search|query|q|keywords?)(?:$|[\W_])", re.IGNORECASE)
MOST_TOKENS = 6


def token_type(field: Field) -> str | None:
    """The type that a field's `autocomplete` says, None where it says none or one that the field cannot be."""
    type_ = _said(field.autocomplete)
    if type_ is None or not fits(field.kind, type_) or _contradicted(field, type_):
        return None
    return type_


def _said(text: str) -> str | None:
    """The last token of a list as the standard has it: section-*, shipping or billing, home or work …, the token."""
    tokens = re.split(r"[\s,;]+", text.strip().lower())
    if len(tokens) > 1 and tokens[-1] == "webauthn":
        tokens.pop()
    if not 0 < len(tokens) <= MOST_TOKENS:
        return None
    *before, last = tokens
    if not all(_may_stand_before(token) for token in before):
        return None
    type_ = last if last in STANDARD else MISSPELT.get(last.replace("_", "-"))
    return None if last == "mobile" and before else type_


def _may_stand_before(token: str) -> bool:
    return token.startswith("section-") or token in PURPOSES or token in HINTS


def _contradicted(field: Field, type_: str) -> bool:
    """Whether the field says otherwise: a search, or "new-password" on a field that hides nothing (sites write it to
    turn filling off)."""
    if type_ in ("password", "current-password", "new-password"):
        return field.kind != "password"
    if type_ in ("address-lookup", "postal-code-lookup"):
        return False
    return any(SEARCHES.search(text) for text in (field.name, field.id)) and type_ not in ("email", "tel")
