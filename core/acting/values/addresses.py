"""Parts of an address as fields want them: a street with its number or without, a code in its country's writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from second_me.core.acting.near import near
from second_me.core.acting.types import ADDRESS
from second_me.core.acting.values.asked import Asked, plain
from second_me.core.acting.values.countries import country_code, country_name, country_names, long_code
from second_me.core.acting.values.known import NOTHING, Known, written
from second_me.core.acting.values.places import Place
from second_me.core.acting.values.regions import region_names
from second_me.core.acting.values.streets import Street, Unit, split_street, split_unit
from second_me.core.memory.facts.slots import Slot

_NUMBERS = frozenset({"address-housenumber"})
_NUMBER_WORDS = re.compile(r"(?:\b(?:no|nr|num)|number|nummer|numer|numéro|número|numero)\b", re.I)
_OTHER_PARTS = frozenset(ADDRESS) - {"street-address", "address-line2", "address-lookup"}
_CODE_LAST = frozenset({"GB", "US", "CA", "AU", "NZ", "IE", "IN"})
"""Countries that write the postal code behind the town."""


def address_for(asked: Asked, place: Place) -> Known:
    """What a field of an address's type wants."""
    make = _MAKERS.get(asked.type)
    return make(asked, place) if make else NOTHING


def country_of(place: Place) -> str:
    """The code of the country that the person said they live in, or ""."""
    known = place.part(Slot.COUNTRY_NAME, Slot.COUNTRY)
    return country_code(known.forms[0]) if known else ""


def _street(asked: Asked, place: Place) -> Known:
    """The first line: with the number where no other field asks for it."""
    street = place.part(Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1)
    if not street:
        return street
    if asked.block & _NUMBERS:
        return _street_name(asked, place)
    return street


def _street_name(asked: Asked, place: Place) -> Known:
    street = place.part(Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1)
    split = _split(street)
    return written(street, [split.name], "split") if split else _undivided(street)


def _split(street: Known) -> Street | None:
    return split_street(street.forms[0]) if street else None


def _undivided(street: Known) -> Known:
    return Known(reason="ambiguous") if street else street


def _whole_address(asked: Asked, place: Place) -> Known:
    """The street and what is in no other field: the flat, and all the rest where the form asks nothing else."""
    street = _street(asked, place)
    if not street:
        return street
    lines = [street]
    if asked.block & _NUMBERS:
        return street
    if not asked.block & {"address-line2", "apartment", "address-extra", "floor"}:
        lines.append(place.part(Slot.ADDRESS_LINE2))
    alone = not asked.block & _OTHER_PARTS
    if alone:
        lines += [_code_and_town(asked, place), place.part(Slot.COUNTRY_NAME, Slot.COUNTRY)]
    told = [line for line in lines if line]
    if len(told) == 1:
        return street
    by_lines = [line.forms[0] for line in told]
    forms = ("\n".join(by_lines), ", ".join(by_lines), *(() if alone else street.forms))
    return _together(told, forms)


def _together(told: Sequence[Known], forms: Iterable[str]) -> Known:
    facts = tuple(dict.fromkeys(fact for known in told for fact in known.facts))
    doubt = next((known.doubt for known in told if known.doubt), "")
    return Known(tuple(forms), facts, "joined", doubt)


def _house_number(asked: Asked, place: Place) -> Known:
    street = place.part(Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1)
    split = _split(street)
    if split is None:
        return _undivided(street)
    if not split.number:
        return NOTHING
    if "address-extra-housesuffix" in asked.block:
        return written(street, [split.number], "split")
    return written(street, [split.house, *([] if split.suffix else [split.number])], "split")


def _house_suffix(asked: Asked, place: Place) -> Known:
    street = place.part(Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1)
    split = _split(street)
    return written(street, [split.suffix.strip(" -/")], "split") if split and split.suffix else NOTHING


def _second_line(asked: Asked, place: Place) -> Known:
    """The flat and the floor, where no other field of the block asks for them."""
    line = place.part(Slot.ADDRESS_LINE2)
    unit = split_unit(line.forms[0]) if line else Unit()
    told = {"apartment"} if unit.flat else set()
    told |= {"floor"} if unit.floor else set()
    return NOTHING if told and told <= asked.block else line


def _extra(asked: Asked, place: Place) -> Known:
    """What the street's line leaves out, where the field is no note to who delivers and asks for nobody's name."""
    texts = (asked.field.label, asked.field.aria, asked.field.placeholder, near(asked.field))
    if asked.block & {"address-line2"} or any(_NOTES.search(plain(text)) for text in texts):
        return NOTHING
    return _second_line(asked, place)


_NOTES = re.compile(
    r"\b(?:notes?|instructions?|comments?|remarks?|hinweise?|bemerkung(?:en)?|anmerkung(?:en)?|remarques?"
    r"|notas?|instrucciones|observaci\w+|observac\w+|istruzioni|opmerking(?:en)?|instructies|uwagi|delivery"
    r"|care of|toev\w*|toevoeging)\b|^c o$"
)


def _third_line(asked: Asked, place: Place) -> Known:
    return place.part(Slot.ADDRESS_LINE3)


def _flat(asked: Asked, place: Place) -> Known:
    """The flat as it was told; its number alone where a number is asked for, or the floor has a field of its own."""
    line = place.part(Slot.ADDRESS_LINE2)
    unit = split_unit(line.forms[0]) if line else Unit()
    if not unit.flat:
        return NOTHING if line else line
    number = written(line, [unit.flat], "split")
    if unit.floor or _NUMBER_WORDS.search(f"{asked.field.label} {asked.field.placeholder}"):
        return number
    return replace(line, forms=(*line.forms, unit.flat))


def _floor(asked: Asked, place: Place) -> Known:
    """The number of the floor."""
    line = place.part(Slot.ADDRESS_LINE2)
    unit = split_unit(line.forms[0]) if line else Unit()
    if not unit.floor:
        return NOTHING if line else line
    return written(line, [unit.floor], "split")


def _postal(asked: Asked, place: Place) -> Known:
    """The code as it was said, then as it may be written shorter; no sign of it is lost but blanks and hyphens, and
    the four behind an American code."""
    code = place.part(Slot.POSTAL_CODE)
    if not code:
        return code
    said = code.forms[0].upper()
    bare = re.sub(r"^(?:[A-Z]{1,2}-)(?=\d{4,5}$)", "", said)
    forms = [bare, re.sub(r"[\s-]", "", bare)]
    if re.fullmatch(r"\d{5}-\d{4}", bare):
        forms.append(bare[:5])
    return written(code, [*_spaced(bare, country_of(place)), *forms], "" if bare == said else "formatted")


def _spaced(code: str, country: str) -> list[str]:
    """A code that was said in one piece, as its country writes it."""
    if country == "NL" and re.fullmatch(r"\d{4}[A-Z]{2}", code):
        return [f"{code[:4]} {code[4:]}"]
    if country == "GB" and re.fullmatch(r"[A-Z0-9]{5,7}", code):
        return [f"{code[:-3]} {code[-3:]}"]
    return []


def _town(asked: Asked, place: Place) -> Known:
    return place.part(Slot.ADDRESS_LEVEL2, Slot.HOME)


def _code_and_town(asked: Asked, place: Place) -> Known:
    code, town = _postal(asked, place), _town(asked, place)
    told = [known for known in (code, town) if known]
    if country_of(place) in _CODE_LAST:
        told.reverse()
    if len(told) < 2:
        return town if asked.type != "postal-code-and-city" else (code and town)
    return _together(told, [" ".join(known.forms[0] for known in told)])


def _region(asked: Asked, place: Place) -> Known:
    region = place.part(Slot.ADDRESS_LEVEL1)
    if not region:
        return region
    full, short = region_names(region.forms[0], country_of(place))
    return replace(region, forms=tuple(dict.fromkeys(form for form in (*region.forms, short, full) if form)))


def _quarter(asked: Asked, place: Place) -> Known:
    return place.part(Slot.ADDRESS_LEVEL3)


def _ward(asked: Asked, place: Place) -> Known:
    return place.part(Slot.ADDRESS_LEVEL4)


def _country(asked: Asked, place: Place) -> Known:
    """The country in the page's language; its code where a code is asked for."""
    known = place.part(Slot.COUNTRY_NAME, Slot.COUNTRY)
    code = country_code(known.forms[0]) if known else ""
    if not code:
        return known
    wide = asked.field.maxlength
    if asked.field.options:
        return replace(known, same=country_names(code))
    names = [country_name(code, asked.language), known.forms[0]]
    codes = [code, long_code(code)]
    short = wide is not None and wide <= 3
    forms = codes if short else [*names, *codes]
    same = any(plain(name) == plain(known.forms[0]) for name in forms[:1])
    return written(known, forms, "" if same else "formatted")


_MAKERS = {
    "street-address": _whole_address, "address-line1": _street, "street": _street,
    "address-streetname": _street_name, "address-housenumber": _house_number,
    "address-extra-housesuffix": _house_suffix, "address-line2": _second_line, "address-line3": _third_line,
    "address-extra": _extra,
    "apartment": _flat, "floor": _floor, "postal-code": _postal, "postal-code-lookup": _postal,
    "postal-code-or-suburb": _postal, "postal-code-and-city": _code_and_town, "address-level1": _region,
    "address-level2": _town, "address-level3": _quarter, "address-level4": _ward, "country": _country,
    "country-name": _country,
}  # fmt: skip
