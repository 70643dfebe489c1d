"""A card as readable lines, and what they claim: every value is a place of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from second_me.app.importers.vcard_lines import Property
from second_me.app.words import tr
from second_me.core.memory.facts.claims import Claim, Passage, Qualifier, passage
from second_me.core.memory.facts.slots import Slot

_Part = tuple[str, tuple[Slot, ...]]
"""Words of a line, and the slots whose value they are."""

_NAME_SLOTS = (
    Slot.FAMILY_NAME, Slot.GIVEN_NAME, Slot.ADDITIONAL_NAME, Slot.HONORIFIC_PREFIX, Slot.HONORIFIC_SUFFIX,
)  # fmt: skip
_SEXES = {"f": "female", "m": "male", "o": "other"}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A claim before the text is whole: the value's place, that of its line, the slot."""

    slot: Slot
    value: tuple[int, int]
    line: tuple[int, int]
    qualifier: Qualifier


class CardText:
    """Gathers the lines of a card. `mine`: it is the person's own."""

    def __init__(self, name: str, mine: bool) -> None:
        self.text, self._mine = "", mine
        self._drafts: list[_Draft] = []
        self._line(tr("Name"), "", [(name, (Slot.NAME,))])
        self._named = self._drafts[0].value

    def claims(self) -> Iterator[Claim]:
        """What the text claims, in order of its lines."""
        named = None if self._mine else self._place(self._named)
        for draft in self._drafts:
            value, line = self._place(draft.value), self._place(draft.line)
            yield Claim(draft.slot, value, line, named=named, qualifier=draft.qualifier)

    def add(self, item: Property) -> None:
        """A property; one that is not known, or holds nothing, gives no line."""
        if item.name == "n":
            self._add_name(item)
        elif item.name == "adr":
            self._add_address(item)
        elif item.name == "org":
            parts = [part for items in item.parts() for part in items if part]
            self._line(tr("Firm"), "", _shares(parts, (Slot.ORGANIZATION, Slot.EMPLOYER)))
        elif item.name == "gender":
            sex = item.value.partition(";")[0].strip().lower()
            self._line(tr("Sex"), "", [(_SEXES.get(sex, ""), (Slot.SEX,))])
        elif item.name == "nickname":
            for each in item.parts()[0]:
                self._line(tr("Nickname"), "", [(each, (Slot.NICKNAME,))])
        elif item.name in _plain_lines():
            label, slots = _plain_lines()[item.name]
            self._line(label, _kind(item), [(_value(item), slots)], _qualifier(item))

    def _add_name(self, item: Property) -> None:
        labels = tr("Last name"), tr("First name"), tr("Middle name"), tr("Title"), tr("Name suffix")
        for label, slot, items in zip(labels, _NAME_SLOTS, item.parts(), strict=False):
            self._line(label, "", [(" ".join(each for each in items if each), (slot,))])

    def _add_address(self, item: Property) -> None:
        """Post box, extension, street, town, region, postal code, country (RFC 6350 6.3.1)."""
        parts = [", ".join(each for each in items if each) for items in item.parts()]
        box, more, street, town, region, code, country = (*parts, *[""] * 7)[:7]
        home = () if _qualifier(item) is Qualifier.WORK else (Slot.HOME,)
        shares: list[_Part] = [
            (box, ()), (more, (Slot.ADDRESS_LINE2,)), (street, (Slot.STREET_ADDRESS,)), (code, (Slot.POSTAL_CODE,)),
            (town, (Slot.ADDRESS_LEVEL2, *home)), (region, (Slot.ADDRESS_LEVEL1,)), (country, (Slot.COUNTRY_NAME,)),
        ]  # fmt: skip
        self._line(tr("Address"), _kind(item), shares, _qualifier(item))

    def _line(
        self, label: str, kind: str, parts: Sequence[_Part], qualifier: Qualifier = Qualifier.NONE
    ) -> None:
        """A line "Label (kind): part, part"; nothing where every part is empty."""
        parts = [part for part in parts if part[0].strip()]
        if not parts:
            return
        self.text += "\n" if self.text else ""
        start = len(self.text)
        self.text += f"{label} ({kind}): " if kind else f"{label}: "
        places: list[tuple[Slot, tuple[int, int]]] = []
        for number, (words, slots) in enumerate(parts):
            self.text += ", " if number else ""
            places += [(slot, (len(self.text), len(self.text) + len(words))) for slot in slots]
            self.text += words
        line = (start, len(self.text))
        self._drafts += [_Draft(slot, place, line, qualifier) for slot, place in places]

    def _place(self, span: tuple[int, int]) -> Passage:
        return passage(self.text, *span)


def _shares(parts: Sequence[str], slots: tuple[Slot, ...]) -> list[_Part]:
    """The first part is the value, the others only stand beside it."""
    return [(part, slots if number == 0 else ()) for number, part in enumerate(parts)]


def _plain_lines() -> dict[str, tuple[str, tuple[Slot, ...]]]:
    """{property: (what its line is called, whose value it is)}."""
    return {
        "tel": (tr("Phone"), (Slot.TEL,)),
        "email": (tr("Email"), (Slot.EMAIL,)),
        "url": (tr("Web"), (Slot.URL,)),
        "impp": (tr("Messenger"), (Slot.IMPP,)),
        "bday": (tr("Birthday"), (Slot.BIRTHDAY,)),
        "title": (tr("Job title"), (Slot.ORGANIZATION_TITLE,)),
        "role": (tr("Job"), (Slot.JOB,)),
        "lang": (tr("Language"), (Slot.LANGUAGE,)),
        "anniversary": (tr("Anniversary"), ()),
        "note": (tr("Note"), ()),
    }


def _value(item: Property) -> str:
    """The words of a value; a number as it is dialled, a date as it is read."""
    text = item.text()
    if item.name in ("tel", "email", "impp"):
        scheme, colon, rest = text.partition(":")
        text = rest if colon and scheme.lower() in ("tel", "mailto", "xmpp") else text
        return text.partition(";")[0].strip() if item.name == "tel" else text
    if item.name in ("bday", "anniversary"):
        return _date(text)
    return text


def _date(text: str) -> str:
    """`19880512` and `1988-05-12T00:00:00Z` as 1988-05-12; without a year it stays as it is (`--0512`)."""
    day = text.upper().partition("T")[0]
    if len(day) == 8 and day.isdecimal():
        return f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return day if day[:1].isdecimal() and "-" in day else text


def _qualifier(item: Property) -> Qualifier:
    if item.types & {"cell", "mobile", "iphone"} and item.name == "tel":
        return Qualifier.MOBILE
    if "work" in item.types:
        return Qualifier.WORK
    return Qualifier.HOME if "home" in item.types and item.name != "adr" else Qualifier.NONE


def _kind(item: Property) -> str:
    return {
        Qualifier.MOBILE: tr("mobile"),
        Qualifier.WORK: tr("work"),
        Qualifier.HOME: tr("home"),
        Qualifier.NONE: "",
        Qualifier.PARENTS: "",
    }[_qualifier(item)]
