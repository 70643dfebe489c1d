"""What a field asks for, with what the form around it says: which of two addresses, which other parts of one there
are, in which language and country the page speaks. Words of a page choose among the person's own values and do nothing
else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from second_me.core.acting.forms import Field
from second_me.core.acting.near import near
from second_me.core.memory.facts.claims import Qualifier

_WORK = frozenset(
    """work office business company employer workplace arbeit dienstlich geschäftlich geschaeftlich geschäft
    geschäftsnummer diensttelefon firma büro buero berufliche professionale pracownicze jobbtelefon
    bureau travail professionnel professionnelle société entreprise trabajo oficina empresa laboral lavoro ufficio
    azienda werk kantoor zakelijk bedrijf praca służbowy firmowy trabalho escritório arbete jobb arbejde työ""".split()
)
_WORK_ADDRESS = re.compile(
    r"\b(?:work|office|business|company|employer|workplace)(?:'s)?\W{0,2}(?:postal |street |mailing |delivery )?"
    r"(?:address|street|city|town|zip|post ?code|postal)"
    r"|\b(?:firmen|dienst|geschäfts|geschaefts|büro|buero)(?:adresse|anschrift|straße|strasse)"
    r"|\badresse (?:professionnelle|du bureau|de (?:l'entreprise|la société|travail))"
    r"|\bdirecci[oó]n (?:laboral|de (?:la )?(?:empresa|oficina)|del trabajo)"
    r"|\b(?:werk|kantoor|bedrijfs|zakelijk)\w*\W?adres"
    r"|\bindirizzo (?:di lavoro|aziendale|dell'ufficio|della ditta)|\badres (?:firmy|służbowy|pracy)"
    r"|\bendereço (?:comercial|d[oa] (?:trabalho|empresa))",
    re.IGNORECASE,
)
_MOBILE = frozenset(
    """mobile cell cellphone handy mobil mobilnummer mobiltelefon portable móvil movil celular cellulare mobiel
    mobiele komórkowy komórka telemóvel telemovel mobilní matkapuhelin cep κινητό sms""".split()
)
_LANDLINE = frozenset(
    """landline home festnetz fixe domicile fijo casa fisso vaste stacjonarny fixo privat private privé evening
    daytime thuis hem hjem koti""".split()
)
_SECOND = frozenset(
    """alternate alternative secondary second additional backup recovery zweite zweiter weitere alternativ autre otro
    otra alternativo alternativa altro altra tweede andere extra inny dodatkowy outro outra secundario
    secundário""".split()
)
_AGAIN = frozenset(
    """time confirm confirmation repeat again verify retype mal wiederholen bestätigen fois confirmer répéter vez repita
    repetir confirmar volta ripeti conferma keer herhaal bevestig powtórz potwierdź""".split()
)
_FAX = frozenset("fax telefax faks facsimile".split())
_KIN = (
    r"emergency|next of kin|spouse(?:'s)?|guardian(?:'s)?|beneficiary|referee|maiden"
    r"|notfall\w*|ehepartner\w*|erziehungsberechtigte\w*|urgence|conjoint\w*|emergencia|c[oó]nyuge"
    r"|emerg[eê]ncia|noodgeval\w*|noodcontact|emergenza|coniuge|nagły|małżon\w*|nødsituation\w*|nöd\w*"
)
_FAMILY = (
    r"child(?:ren)?(?:'s)?|parents?(?:'s|s')?|partner(?:'s|s)|your partner|gift (?:recipient|receiver)"
    r"|previous (?:employer|address)|vorherige\w*|enfants?|hij[oa]s?|kinderen|figli[oa]?"
)
_RELATED = (
    r"husband(?:'s)?|wife(?:'s)?|fianc[eé]e?(?:'s)?|son(?:'s)|daughter(?:'s)|baby(?:'s)?|mother(?:'s)?|father(?:'s)?"
    r"|friend(?:'s)?|referr(?:er|ed by)|witness|landlord(?:'s)?|doctor(?:'s)?|physician(?:'s)?|pet(?:'s)"
    r"|ehefrau|ehemann|mutter|vater|geburtsname|époux|épouse|mère|père|tuteur|madre|padre|tutor\w*|m[aã]e|pai"
    r"|filh[oa]s?|echtgeno\w*|moeder|vader|matk[ai]|ojc(?:iec|a)|dzieck[oa]"
)
_IN_NAMES = re.compile(rf"\b(?:{_KIN}|nextofkin|kin)\b", re.IGNORECASE)
_IN_SECTIONS = re.compile(rf"\b(?:{_KIN}|{_FAMILY})\b", re.IGNORECASE)
_IN_LABELS = re.compile(rf"\b(?:{_KIN}|{_FAMILY}|{_RELATED})\b", re.IGNORECASE)
"""Who else a form can ask about: such a field is not filled with what is the person's. Ids and headings are held to
fewer words, since "parent" and "Father's Day" stand there for other things."""
LONGEST_HEADING = 80


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """A text for comparing: small letters without accents, all signs as one blank."""
    bare = text.casefold()
    if not bare.isascii():
        marked = unicodedata.normalize("NFKD", bare)
        bare = "".join(sign for sign in marked if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare))


@dataclass(frozen=True, slots=True)
class Asked:
    """A field and what is asked of it. `block`: the types of its address block; `kinds`: those of the whole form;
    `language` such as "de" ("" : not said), `country` of the page, two capitals or "". `another`: it asks about the
    other one of two whom the form is about (`parties.py`). `particled`: the form asks for the family name's particle
    ("van der") in a field of its own; `parental`: its parent is who fills it."""

    field: Field
    type: str
    block: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    language: str = ""
    country: str = ""
    another: bool = False
    particled: bool = False
    parental: bool = False

    @property
    def words(self) -> frozenset[str]:
        """All words of what the field is called."""
        return _words(self.field)

    @property
    def own(self) -> tuple[Qualifier, ...]:
        """Which of several values is wanted, the best first."""
        first = _wanted(self.words)
        return (first, *(each for each in _USUAL if each is not first))

    def is_other(self, qualifier: Qualifier) -> bool:
        """Whether the field's own words ask for another one: a work number, where this is none."""
        wanted = _wanted(_words(replace(self.field, section="")))
        if wanted is Qualifier.WORK:
            return qualifier is not Qualifier.WORK
        if wanted is Qualifier.MOBILE:
            return qualifier not in (Qualifier.MOBILE, Qualifier.NONE)
        if wanted is Qualifier.HOME:
            return qualifier is Qualifier.WORK or (qualifier is Qualifier.MOBILE and self.type != "email")
        return False

    @property
    def at_work(self) -> bool:
        """Whether the address of work is asked for."""
        told = (
            self.field.label,
            self.field.aria,
            self.field.placeholder,
            self.field.section,
            near(self.field),
        )
        if any(_WORK_ADDRESS.search(text) for text in told):
            return True
        named = plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{self.field.name} {self.field.id}"))
        return "work" in self.field.autocomplete.casefold().split() or bool(_WORK_ADDRESS.search(named))

    @property
    def second(self) -> bool:
        """Whether another one is asked for beside the usual: "alternate phone"."""
        words = _words(replace(self.field, section=""))
        return bool(words & _SECOND) and not words & _AGAIN

    @property
    def particle(self) -> bool:
        """Whether the particle of a family name is asked for."""
        return asks_particle(self.field)

    @property
    def fax(self) -> bool:
        """Whether a number for fax is asked for."""
        return bool(self.words & _FAX)


@lru_cache(maxsize=1024)
def _words(field: Field) -> frozenset[str]:
    texts = (
        field.label,
        field.aria,
        field.placeholder,
        field.section,
        field.autocomplete,
        field.title,
        near(field),
    )
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{field.name} {field.id}")
    told = f"{' '.join(texts)} {split}"
    return frozenset(re.findall(r"[^\W\d_]+", told.casefold()))


def _wanted(words: frozenset[str]) -> Qualifier:
    if words & _MOBILE:
        return Qualifier.MOBILE
    if words & _WORK:
        return Qualifier.WORK
    return Qualifier.HOME if words & _LANDLINE else Qualifier.NONE


_USUAL = (Qualifier.NONE, Qualifier.MOBILE, Qualifier.HOME, Qualifier.WORK)
"""Which one is taken where a form does not say."""


def asks_particle(field: Field) -> bool:
    """Whether a field asks for the particle before a family name, which is no second given name."""
    return any(
        _PARTICLE.match(plain(text)) for text in (field.label, field.aria, field.placeholder, near(field))
    )


_PARTICLE = re.compile(
    r"(?:tussenv|tussenvoegsel|voorvoegsel|namensvorsatz|namensvors|vorsatzwort|name prefix particle)"
)


_PARENT = re.compile(
    r"\b(?:parents?(?:'s|s')?|(?:legal )?guardian(?:'s)?|erziehungsberechtigte\w*|tuteur\w*|tutor\w*)(?:\s*[/1]|\b)",
    re.IGNORECASE,
)


def of_somebody_else(field: Field, parental: bool = False) -> bool:
    """Whether a field asks about somebody who is not the person; `parental`: the person is a parent."""
    if parental:
        told: dict[str, Any] = {
            name: _PARENT.sub(" ", getattr(field, name))
            for name in ("section", "before", "label", "aria", "name", "id")
        }
        field = replace(field, **told)
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.\[\]:]", " ", f"{field.name} {field.id}")
    heading = field.section if len(field.section) <= LONGEST_HEADING else ""
    if _IN_NAMES.search(split) or _IN_SECTIONS.search(heading):
        return True
    return any(_IN_LABELS.search(text) for text in (field.label, field.aria, field.placeholder, near(field)))


def purpose(field: Field) -> str:
    """ "billing", "shipping" or "" as far as the field says."""
    words = _words(field)
    for name, told in _PURPOSES.items():
        if words & told:
            return name
    return ""


_PURPOSES = {
    "billing": frozenset(
        "billing bill invoice rechnung rechnungsadresse facturation facturación fatturazione factuur".split()
    ),
    "shipping": frozenset(
        "shipping ship delivery lieferung lieferadresse livraison envío spedizione bezorging levering".split()
    ),
}
