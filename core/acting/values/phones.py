"""Telephone numbers and their parts, with `phonenumbers`. A number that was said without its country's code belongs to
the country where the person lived when they said it; where that is not known it stays as it was said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import phonenumbers
from babel.languages import get_official_languages
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from second_me.core.acting.forms import Field, Option
from second_me.core.acting.values.asked import Asked, plain
from second_me.core.acting.values.countries import country_code, country_names
from second_me.core.acting.values.known import NOTHING, Known, Person, moment, written
from second_me.core.memory.facts.change_words import tells_move
from second_me.core.memory.facts.claims import Fact, Qualifier
from second_me.core.memory.facts.slots import Slot

_PARTS = frozenset({"tel-country-code"})
_NATIONAL = re.compile(r"^\D{0,12}?(?:\(?0\d|\(\d{3}\)|\d{3}[-. ]\d{3}[-. ]\d{4})")


def phone_for(asked: Asked, person: Person) -> Known:
    """What a field of a telephone number's type wants."""
    if asked.fax:
        return NOTHING
    told = (person.second if asked.second else person.one)(Slot.TEL, asked.own)
    if not told:
        return told
    number = _number(told.facts[0], person)
    if not told.doubt and _is_other(asked, told.facts[0], number):
        told = replace(told, doubt="other_kind")
    if number is None:
        return told if asked.type == "tel" else Known(reason="not_readable")
    if asked.words & _FIXED and number.country_code and _is_mobile(number):
        return NOTHING
    if asked.type == "tel-country-code":
        return _country(told, number)
    return written(told, _forms(asked, told.forms[0], number), "formatted")


_FIXED = frozenset(
    """landline festnetz festnetznummer fixe fijo fisso vaste stacjonarny stacjonarne fixo fasttelefon pevná vezetékes
    fastnet lankapuhelin""".split()
)


def _is_mobile(number: PhoneNumber) -> bool:
    """Whether a number is surely a mobile's."""
    return phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE


def _is_other(asked: Asked, fact: Fact, number: PhoneNumber | None) -> bool:
    """Whether another number is asked for: of work, or a mobile's, where this is surely none."""
    if asked.is_other(fact.kept.claim.qualifier):
        return True
    fixed = number is not None and phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE
    return fixed and asked.own[0] is Qualifier.MOBILE


def country_of_number(fact: Fact, person: Person) -> str:
    """Where the person lived when they said a number, as far as they said that. What they said later
    tells it only where they had not moved there, or elsewhere, in between."""
    countries = [
        *person.ended(Slot.COUNTRY_NAME, (Qualifier.NONE,)), *person.ended(Slot.COUNTRY, (Qualifier.NONE,)),
        *person.all(Slot.COUNTRY_NAME), *person.all(Slot.COUNTRY),
    ]  # fmt: skip
    countries.sort(key=moment)
    before = [each for each in countries if moment(each) <= moment(fact)]
    chosen = before[-1:] or [each for each in countries[:1] if not _moved_since(fact, each, person)]
    return country_code(chosen[0].kept.value) if chosen else ""


def _moved_since(fact: Fact, country: Fact, person: Person) -> bool:
    """Whether the person left a town or a street after they said something, or moved to a country that they told."""
    if tells_move(country.kept):
        return True
    slots = (Slot.HOME, Slot.STREET_ADDRESS, Slot.POSTAL_CODE)
    return any(
        moment(each) <= moment(fact) for slot in slots for each in person.ended(slot, (Qualifier.NONE,))
    )


def _number(fact: Fact, person: Person) -> PhoneNumber | None:
    """The number as it is dialled; None where it cannot be told."""
    country = country_of_number(fact, person)
    try:
        number = phonenumbers.parse(fact.kept.value, country or None)
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _format(number: PhoneNumber, form: int) -> str:
    return phonenumbers.format_number(number, form)


def _national(number: PhoneNumber) -> str:
    return _format(number, PhoneNumberFormat.NATIONAL)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _forms(asked: Asked, said: str, number: PhoneNumber) -> list[str]:
    """Ways to write a number or a part of it, the best first."""
    national, whole = _national(number), str(phonenumbers.national_significant_number(number))
    if asked.type == "tel-extension":
        return [number.extension] if number.extension else []
    if asked.type == "tel-national" or (asked.type == "tel" and asked.block & _PARTS):
        return [national, _digits(national), whole]
    if asked.type.startswith(("tel-area", "tel-local")):
        return _pieces(asked, number, national)
    international = _format(number, PhoneNumberFormat.INTERNATIONAL)
    plainly = _format(number, PhoneNumberFormat.E164)
    abroad = [f"00{plainly[1:]}"]
    home = [national, _digits(national)]
    if _wants_national(asked, number):
        return [*home, international, plainly]
    first = [said] if said.startswith("+") else [international]
    return [*first, international, plainly, *abroad, *(home if _is_here(asked, number) else [])]


def _wants_national(asked: Asked, number: PhoneNumber) -> bool:
    example = asked.field.placeholder
    return bool("+" not in example and _NATIONAL.search(example)) and _is_here(asked, number)


def _is_here(asked: Asked, number: PhoneNumber) -> bool:
    """Whether a number without its country's code is understood on this page, as far as the page says where it is."""
    regions = phonenumbers.region_codes_for_country_code(number.country_code or 0)
    if asked.country:
        return asked.country in regions
    return not asked.language or any(asked.language in get_official_languages(region) for region in regions)


def _pieces(asked: Asked, number: PhoneNumber, national: str) -> list[str]:
    """The area code and what is behind it; the two halves of a local number where there is a rule for them."""
    whole = str(phonenumbers.national_significant_number(number))
    size = phonenumbers.length_of_geographical_area_code(
        number
    ) or phonenumbers.length_of_national_destination_code(number)
    if not 0 < size < len(whole):
        return []
    area, local = whole[:size], whole[size:]
    if asked.type == "tel-area-code":
        trunk = _digits(national).removesuffix(whole)
        return [f"{trunk}{area}", area]
    if asked.type == "tel-local":
        return [local]
    if number.country_code != 1 or len(whole) != 10:
        return []
    return [whole[3:6]] if asked.type == "tel-local-prefix" else [whole[6:]]


def _country(told: Known, number: PhoneNumber) -> Known:
    code = str(number.country_code)
    return written(told, [f"+{code}", code, f"00{code}"], "split")


def country_option(field: Field, known: Known, person: Person) -> Option | None:
    """The option of a number's country: by its code, and by the country where several share one."""
    number = _number(known.facts[0], person) if known.facts else None
    if number is None:
        return None
    region = phonenumbers.region_code_for_number(number) or ""
    names = {plain(name) for name in country_names(region)} if region else set()
    fitting = [option for option in field.options if _tells_code(option, str(number.country_code))]
    named = [option for option in fitting if _names_country(option, names)]
    if named or len({option.value for option in fitting}) == 1:
        return (named or fitting)[0]
    return _by_country(field.options, names) if not fitting else None


def _tells_code(option: Option, code: str) -> bool:
    return any(
        _digits(run).lstrip("0") == code for text in (option.text, option.value) for run in _runs(text)
    )


def _runs(text: str) -> Iterable[str]:
    return re.findall(r"\+?\d[\d\s]*", text)


def _names_country(option: Option, names: set[str]) -> bool:
    words = plain(re.sub(r"[+\d()]", " ", option.text))
    return words in names or plain(re.sub(r"[+\d()_-]", " ", option.value)) in names


def _by_country(options: Iterable[Option], names: set[str]) -> Option | None:
    found = [option for option in options if plain(option.text) in names or plain(option.value) in names]
    return found[0] if found else None
