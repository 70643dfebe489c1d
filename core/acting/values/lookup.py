"""The value of a field by its type, and where the field is a choice, the choice that means it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from second_me.core.acting.forms import Option
from second_me.core.acting.types import ADDRESS, NAMES
from second_me.core.acting.values.addresses import address_for
from second_me.core.acting.values.asked import Asked, of_somebody_else, plain
from second_me.core.acting.values.choices import SEXES, choose, sex_of
from second_me.core.acting.values.countries import language_code, language_name, language_names
from second_me.core.acting.values.dates import birthday_for, part_option
from second_me.core.acting.values.fitting import first_fitting
from second_me.core.acting.values.known import NOTHING, Known, Person, written
from second_me.core.acting.values.names import name_for, salutation
from second_me.core.acting.values.phones import country_option, phone_for
from second_me.core.acting.values.places import Place, place_of
from second_me.core.memory.facts.slots import MANY_VALUED, Slot


@dataclass(frozen=True, slots=True)
class Value:
    """What would be put into a field: `text` (None: nothing, `known.reason` says why), and how it is `shown`."""

    text: str | None
    shown: str
    known: Known


class Lookup:
    """Looks values up for the fields of one form."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._places: dict[bool, Place] = {}

    def value(self, asked: Asked) -> Value:
        """The value of a field; none that does not fit."""
        if asked.another or (
            asked.type != "honorific-prefix" and of_somebody_else(asked.field, asked.parental)
        ):
            return _none("somebody_else")
        known = self._known(asked)
        if not known:
            return Value(None, "", known)
        if asked.field.options:
            option = self._option(asked, known)
            if option is None and asked.type == "honorific-prefix":
                known = salutation(self._person)
                option = choose(asked.field.options, (), known.same)
            return Value(option.value, option.text, known) if option else _none("no_choice")
        text = first_fitting(asked.field, known.forms)
        return Value(text, text, known) if text is not None else _none("does_not_fit")

    def before(self, value: Value) -> str:
        """What stood there before: the last value of the slot that held once and holds no more."""
        if value.known.before or not value.known.facts:
            return value.known.before
        now = value.known.facts[0].kept
        if now.claim.slot in MANY_VALUED:
            return ""
        old = [fact.kept.value for fact in self._person.ended(now.claim.slot)]
        return next((each for each in reversed(old) if plain(each) != plain(now.value)), "")

    def _known(self, asked: Asked) -> Known:
        make = _OTHERS.get(asked.type)
        if make:
            return make(asked, self._person)
        if asked.type in NAMES:
            return name_for(asked, self._person)
        if asked.type in ADDRESS:
            return address_for(asked, self._place(asked.at_work))
        if asked.type.startswith("tel"):
            return phone_for(asked, self._person)
        if asked.type.startswith("bday"):
            return birthday_for(asked, self._person)
        return NOTHING

    def _place(self, at_work: bool) -> Place:
        if at_work not in self._places:
            self._places[at_work] = place_of(self._person, at_work)
        return self._places[at_work]

    def _option(self, asked: Asked, known: Known) -> Option | None:
        if asked.type == "tel-country-code":
            return country_option(asked.field, known, self._person)
        if asked.type in ("bday-day", "bday-month", "bday-year"):
            return part_option(asked.field, asked.type, known)
        return choose(asked.field.options, known.forms, known.same)


def _none(reason: str) -> Value:
    return Value(None, "", Known(reason=reason))


def _email(asked: Asked, person: Person) -> Known:
    told = (person.second if asked.second else person.one)(Slot.EMAIL, asked.own)
    other = bool(told) and asked.is_other(told.facts[0].kept.claim.qualifier)
    return replace(told, doubt="other_kind") if other and not told.doubt else told


def _url(asked: Asked, person: Person) -> Known:
    """The page that the field names ("LinkedIn"), or the only one; with its scheme where the field needs one."""
    pages = person.all(Slot.URL)
    named = [
        fact
        for fact in pages
        if any(len(word) > 4 and word in fact.kept.value.casefold() for word in asked.words)
    ]
    own = [fact for fact in pages if not _NETWORKS.search(fact.kept.value)]
    chosen = named or own or list(pages)
    if len(chosen) != 1:
        return Known(reason="several") if chosen else NOTHING
    text = chosen[0].kept.value
    return Known((text,) if ":" in text else (text, f"https://{text}"), (chosen[0],))


_NETWORKS = re.compile(
    r"linkedin|github|gitlab|facebook|instagram|twitter|x\.com|tiktok|youtube|xing|mastodon|bsky|reddit|t\.me"
    r"|pinterest",
    re.IGNORECASE,
)
"""Pages on a service are not "my website" where there is another."""


def _of_service(slot: Slot) -> Callable[[Asked, Person], Known]:
    """A name on a service: where the sentence names the field's service, or none at all."""

    def made(asked: Asked, person: Person) -> Known:
        told = {fact: set(plain(fact.kept.quote).split()) & _SERVICES for fact in person.all(slot)}
        named = [fact for fact, services in told.items() if services & asked.words]
        chosen = named or [fact for fact, services in told.items() if not services]
        if len(chosen) != 1:
            return Known(reason="several") if chosen else NOTHING
        return Known((chosen[0].kept.value,), (chosen[0],))

    return made


_SERVICES = frozenset(
    """github gitlab twitter instagram insta facebook linkedin tiktok youtube twitch steam discord telegram signal skype
    whatsapp reddit mastodon bluesky threads snapchat psn playstation xbox matrix xmpp jabber irc slack forum medium
    pinterest tumblr spotify strava duolingo ebay etsy vinted paypal""".split()
)


def _company(asked: Asked, person: Person) -> Known:
    """Where the person works; where they learned, if nothing but a school is asked for."""
    if asked.words & _SCHOOLS and not asked.words & _COMPANIES:
        return person.one(Slot.SCHOOL)
    return person.first((Slot.ORGANIZATION, Slot.EMPLOYER))


_SCHOOLS = frozenset(
    """school university college schule hochschule universität école université escuela universidad colegio scuola
    università school universiteit hogeschool szkoła uczelnia escola universidade faculdade skola universitet skole
    koulu yliopisto škola univerzita iskola egyetem universitate okul üniversite школа университет""".split()
)
_COMPANIES = frozenset(
    """company organization organisation employer firm business firma unternehmen arbeitgeber entreprise société
    employeur empresa institución instituição azienda ditta ente bedrijf organisatie werkgever instelling
    pracodawca företag virksomhed institution institut institute""".split()
)


def _title(asked: Asked, person: Person) -> Known:
    return person.first((Slot.ORGANIZATION_TITLE, Slot.JOB))


def _sex(asked: Asked, person: Person) -> Known:
    told = person.one(Slot.SEX)
    kind = sex_of(told.forms[0]) if told else ""
    return replace(told, same=(*SEXES[kind], *_SALUTED[kind])) if kind else told


_SALUTED = {"female": ("Frau", "Fru"), "male": ("Herr", "Hr")}
"""German forms ask for the sex by the salutation, one for each."""


def _language(asked: Asked, person: Person) -> Known:
    told = person.all(Slot.LANGUAGE)
    if any(_MOTHER_TONGUE.search(word) for word in asked.words):
        told = tuple(fact for fact in told if _MOTHER_TONGUE.search(fact.kept.quote))
    if len(told) != 1:
        return Known(reason="several") if told else NOTHING
    code = language_code(told[0].kept.value)
    known = Known((told[0].kept.value,), (told[0],))
    if not code:
        return known
    name = language_name(code, asked.language or "en")
    return replace(written(known, [name, told[0].kept.value, code], ""), same=language_names(code))


_MOTHER_TONGUE = re.compile(
    r"\b(?:mother|native|first language|muttersprach\w*|maternelle|materna|madrelingua|moedertaal|ojczyst\w*|modersmål"
    r"|morsmål|äidinkieli|mateřsk\w*|anyanyelv\w*|matern\w*|anadil\w*|родной)\b",
    re.IGNORECASE,
)


_OTHERS: dict[str, Callable[[Asked, Person], Known]] = {
    "email": _email, "url": _url, "impp": _of_service(Slot.IMPP), "username": _of_service(Slot.USERNAME),
    "loginname": _of_service(Slot.USERNAME), "organization": _company, "organization-title": _title, "sex": _sex,
    "language": _language,
}  # fmt: skip
