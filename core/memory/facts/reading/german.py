"""The same in German, the basics: name, home, work, birthday, contact, people, pets, tastes, allergies.

Patterns over one clause, since German verbs stand second: a clause is what lies between marks and "und" with a verb.
The moods are those of the English reader, and what German says by a word (wenn, würde, vielleicht).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading.addresses import address_at
from second_me.core.memory.facts.reading.frames_birthday import DATE
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.memory.facts.reading.words import words_of
from second_me.core.memory.facts.slots import Slot

MARKS = re.compile(r"\b(?:ich|mein|meine|meinen|meiner|meinem|wir|unser|unsere|unseren)\b", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:wenn|falls|würde|würden|wäre|wären|hätte|hätten|könnte|könnten|möchte|möchten|vielleicht|wohl"
    r"|angeblich|ob|"
    r"wünschte|sagt|sagte|sagst|meint|meinte|behauptet|dass|träum\w*|tu so|als ob|stell|glaube|denke|sollte"
    r"|passwort|pin)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:–—()](?!\d)|\b(?:und|aber|denn|oder)\b(?= (?:ich|wir|mein|arbeite|wohne|lebe|heiße"
                     r"|bin|habe|liebe|mag|hasse|"
                     r"spreche|arbeiten|wohnen|leben|haben|sprechen|meine|unser"
                     r"|unsere)\b)", re.IGNORECASE)  # fmt: skip
_NAME = r"[A-ZÄÖÜ][\w'’-]{0,30}"
_FULL = rf"{_NAME}(?: (?:von|van|de|der|zu) {_NAME}| {_NAME}){{0,3}}"
_THING = r"[A-ZÄÖÜ][\wäöüß-]{1,30}"
_FILL = (
    r"(?:(?:jetzt|gerade|seit \w+(?: \w+)?|schon|immer|noch|auch|aktuell|derzeit|sehr|total|gern|gerne|wirklich"
    r"|besonders|am liebsten) ){0,3}"
)
_PATTERNS: tuple[tuple[Slot, Stance, re.Pattern[str]], ...] = tuple(
    (slot, stance, re.compile(rf"(?:^|[\s,.!])(?:{shape})", re.IGNORECASE if small else 0))
    for slot, stance, small, shape in (
        (Slot.NAME, Stance.HOLDS, False, rf"[Ii]ch (?:heiße|heisse) (?P<v>{_FULL})"),
        (Slot.NAME, Stance.HOLDS, False, rf"[Mm]ein (?:voller )?Name ist (?P<v>{_FULL})"),
        (Slot.FAMILY_NAME, Stance.HOLDS, False, rf"[Mm]ein (?:Nachname|Familienname) ist (?P<v>{_FULL})"),
        (Slot.GIVEN_NAME, Stance.HOLDS, False, rf"[Mm]ein Vorname ist (?P<v>{_FULL})"),
        (Slot.HOME, Stance.HOLDS, False, rf"(?:[Ii]ch|[Ww]ir|^) ?(?:wohnen?|leben?|[Ww]ohne"
                                         rf"|[Ll]ebe) {_FILL}in (?P<v>{_FULL})"),
        (Slot.HOME, Stance.HOLDS, False, rf"(?:bin|sind) (?:\w+ ){{0,3}}nach (?P<v>{_FULL}) (?:gezogen|umgezogen)"),
        (Slot.HOME, Stance.ENDED, False, rf"(?:habe|haben) (?:früher )?in (?P<v>{_FULL}) (?:gewohnt|gelebt)"),
        (Slot.EMPLOYER, Stance.HOLDS, False, rf"(?:arbeite|arbeiten) {_FILL}(?:bei|für) (?:der |dem "
                                             rf"|die )?(?P<v>{_FULL})"),
        (Slot.EMPLOYER, Stance.ENDED, False, rf"(?:habe|haben) (?:früher )?bei (?:der "
                                             rf"|dem )?(?P<v>{_FULL}) gearbeitet"),
        (Slot.JOB, Stance.HOLDS, False, rf"(?:arbeite|arbeiten) {_FILL}als (?P<v>{_THING})"),
        (Slot.SCHOOL, Stance.HOLDS, False, rf"(?:studiere|studieren) (?:\w+ )?an der (?P<v>{_FULL})"),
        (Slot.ALLERGY, Stance.HOLDS, False, rf"(?:bin|sind) {_FILL}allergisch (?:gegen"
                                            rf"|auf) (?P<l>{_THING}(?: und {_THING})?)"),
        (Slot.ALLERGY, Stance.DENIED, False, rf"(?:bin|sind) nicht allergisch (?:gegen"
                                             rf"|auf) (?P<l>{_THING}(?: und {_THING})?)"),
        (Slot.PET, Stance.HOLDS, False, rf"(?:einen|eine|ein|unser|unsere|mein|meine|[Mm]ein|[Uu]nser\w?"
                                        rf"|[Mm]eine) (?:Hund|Katze|Kater|Hündin|Hase|"
                                        rf"Kaninchen|Pferd|Hamster|Papagei|Welpen?) (?:namens |heißt "
                                        rf"|, )?(?P<v>{_NAME})"),
        (Slot.DISLIKES, Stance.HOLDS, False, rf"[Ii]ch mag (?:keine|keinen|kein) (?P<l>{_THING}(?: und {_THING})?)"),
        (Slot.DISLIKES, Stance.HOLDS, False, rf"(?:[Ii]ch|^) ?(?:hasse"
                                             rf"|verabscheue) (?P<l>{_THING}(?: und {_THING})?)"),
        (Slot.LIKES, Stance.HOLDS, False, rf"(?:[Ii]ch|^) ?(?:liebe"
                                          rf"|mag) {_FILL}(?P<l>{_THING}(?: und {_THING})?)(?! (?:nicht|gar))"),
        (Slot.SPEAKS, Stance.HOLDS, False, rf"(?:spreche"
                                           rf"|sprechen) {_FILL}(?:fließend )?(?P<l>(?:[A-Z]\w+(?:isch|sch"
                                           rf"|tsch))"
                                           rf"(?:(?:, | und ){_THING}){{0,3}})"),
        (Slot.OWNS, Stance.HOLDS, False, rf"(?:[Ii]ch|[Ww]ir) (?:fahre|fahren|besitze|besitzen) (?:einen|eine"
                                         rf"|ein) (?P<v>{_THING}(?: [A-Z0-9]\w*)?)"),
    )
)  # fmt: skip
_ADDRESS = re.compile(r"\b(?:Adresse(?: ist|:)|wohnen? (?:in der|im|am|an der|in)) ", re.IGNORECASE)
_TIE = re.compile(
    rf"\b[Mm]ein(?:e|en|em|er)? (?:\w+ )?(?P<t>Frau|Mann|Sohn|Tochter|Bruder|Schwester|Mutter|Vater|Mama|Papa"
    rf"|Oma|Opa|Onkel|"
    rf"Tante|Cousin|Cousine|Freund|Freundin|Nachbar|Nachbarin|Chef|Chefin|Kollege|Kollegin)(?: heißt|, die"
    rf"|, der|,)? (?P<n>{_NAME})"
)
_BORN = re.compile(r"\b(?:[Mm]ein Geburtstag ist|[Ii]ch habe am|(?:bin|wurde) am|[Ii]ch bin) ", re.IGNORECASE)
_MEMBER = re.compile(_THING)
_LONGEST = 400


def german(text: str, start: int, end: int) -> Iterator[Draft]:
    """The drafts of a German sentence text[start:end]; nothing when it asks or is not meant as true."""
    sentence = text[start : min(end, start + _LONGEST)]
    if not MARKS.search(sentence) or sentence.rstrip().endswith("?") or _UNREAL.search(sentence):
        return
    at = 0
    for match in [*_CLAUSE.finditer(sentence), None]:
        stop = match.start() if match else len(sentence)
        yield from _clause(sentence[at:stop], start + at)
        at = match.end() if match else stop
    if (lead := _ADDRESS.search(sentence)) is not None:
        words = words_of(text, start + lead.end(), min(end, start + _LONGEST))
        found = address_at(words, 0)
        for slot, part in (
            (Slot.STREET_ADDRESS, found.street),
            (Slot.POSTAL_CODE, found.postal),
            (Slot.HOME, found.town),
        ):
            if found.street and part:
                yield Draft(slot, words[part[0]].start, words[part[1] - 1].end, timed=False)
    for tie in _TIE.finditer(sentence):
        name = (start + tie.start("n"), start + tie.end("n"))
        yield Draft(Slot.RELATION, start + tie.start("t"), start + tie.end("t"), named=name, timed=False)


def _clause(clause: str, offset: int) -> Iterator[Draft]:
    seen: set[Slot] = set()
    for slot, stance, shape in _PATTERNS:
        match = shape.search(clause)
        if match is None or slot in seen or _denied(clause, stance):
            continue
        seen.add(slot)
        group = "l" if "l" in match.groupdict() and match.group("l") else "v"
        begins = match.start(group)
        if group == "v":
            yield Draft(slot, offset + begins, offset + match.end("v"), stance, timed=False)
            continue
        for member in _MEMBER.finditer(match.group("l")):
            yield Draft(
                slot, offset + begins + member.start(), offset + begins + member.end(), stance, timed=False
            )
    if (lead := _BORN.search(clause)) and ("eburtstag" in clause or "geboren" in clause):
        date = DATE.search(clause, lead.end(), lead.end() + 40)
        if date:
            yield Draft(Slot.BIRTHDAY, offset + date.start(), offset + date.end(), timed=False)


def _denied(clause: str, stance: Stance) -> bool:
    return stance is Stance.HOLDS and bool(re.search(r"\b(?:nicht|nie|niemals|nicht mehr)\b", clause))
