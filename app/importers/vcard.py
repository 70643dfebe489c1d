"""Address books: vCards (.vcf) of the versions 2.1, 3.0 and 4.0 (RFC 6350), a card an episode of its own.

The text of an episode is the card in readable lines, "Phone (work): 030 1234567"; its claims are places of that text.
A card is the person's own knowledge, so it is a note of theirs; the card that bears their name (`me`) is about them.
Another content is another episode: what changed in the address book ends what was there before. Read by our own
parser: the library vobject builds a tree of classes where only some twenty properties are wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from second_me.app.importers import source
from second_me.app.importers.items import ClaimedEpisode, Item, Refused, StableIds, iso_time, same_name
from second_me.app.importers.vcard_lines import Card, Property, cards
from second_me.app.importers.vcard_text import CardText
from second_me.app.words import tr
from second_me.core.memory.episodes import Kind, NewEpisode, Role
from second_me.core.ports import BadLine

CONVERSATION = "cards"
_SUFFIXES = {".vcf", ".vcard"}


class VCard:
    """Reads vCards."""

    name = "vcard"

    def recognises(self, path: Path, head: str) -> float:
        """By the first line that is not blank; a name alone counts a little, so that its bad lines are told."""
        first = next((line for line in head.split("\n") if line.strip()), "")
        if first.strip().upper() == "BEGIN:VCARD":
            return 0.95
        return 0.6 if path.suffix.lower() in _SUFFIXES else 0.0

    def read(self, path: Path, me: str | None) -> Iterator[Item]:
        """Cards and bad lines in file order; an episode without a time is of now (the card was true when it came)."""
        source.head(path)
        ids = StableIds()
        for card in cards(path):
            if isinstance(card, BadLine):
                yield card
                continue
            try:
                yield _episode(card, ids, me)
            except Refused as refusal:
                yield BadLine(source.shown(path), card.line, str(refusal))


def _episode(card: Card, ids: StableIds, me: str | None) -> ClaimedEpisode:
    name = _name(card)
    if not name:
        raise Refused(tr("the card bears no name"))
    mine = me is not None and any(same_name(me, each) for each in _names(card, name))
    text = CardText(name, mine)
    for each in card.properties:
        text.add(each)
    episode = NewEpisode(
        conversation=CONVERSATION, speaker="me", text=text.text, spoken_at=_revised(card), role=Role.PERSON,
        kind=Kind.NOTE, source_id=ids.of(text.text, "me" if mine else ""), origin="card",
    )  # fmt: skip
    return ClaimedEpisode(episode, tuple(text.claims()))


def _first(card: Card, name: str) -> Property | None:
    return next((each for each in card.properties if each.name == name and each.value.strip()), None)


def _name(card: Card) -> str:
    """What the card calls whom it is of: the formatted name, else the name's parts, else a firm."""
    formatted, parts, firm = (_first(card, name) for name in ("fn", "n", "org"))
    if formatted is not None and formatted.text():
        return formatted.text()
    if parts is not None and _joined(parts):
        return _joined(parts)
    return next((part for items in firm.parts() for part in items if part), "") if firm else ""


def _joined(parts: Property) -> str:
    """Given and additional names before the family's."""
    family, given, additional = (*(" ".join(items) for items in parts.parts()), "", "", "")[:3]
    return " ".join(part for part in (given, additional, family) if part.strip())


def _names(card: Card, name: str) -> list[str]:
    """Everything that a person may give as their name: also nicknames and addresses."""
    found = [name]
    for each in card.properties:
        if each.name == "n":
            family, given = (*(" ".join(items) for items in each.parts()), "", "")[:2]
            found += [_joined(each), f"{given} {family}".strip(), f"{family}, {given}"]
        elif each.name in ("nickname", "email"):
            found += [item for items in each.parts() for item in items]
    return [each for each in found if each.strip()]


def _revised(card: Card) -> datetime | None:
    """When the card was last changed, if it says so."""
    revised = _first(card, "rev")
    try:
        return iso_time(revised.value).replace(microsecond=0) if revised else None
    except Refused:
        return None
