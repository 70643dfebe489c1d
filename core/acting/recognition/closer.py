"""A second look at what a field was taken for, by what a person calls it.

What labelled pages teach is short of some questions: a date is nearly always that of birth there, a "customer number"
hardly ever stands beside an address. Who fills gives a value away for each mistake; so a date must speak of birth, what
asks for something that is nobody's card has no type, and a label that names both names asks for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.near import called, without_choices
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.not_mine import is_not_mine, is_of_a_firm, is_of_a_journey, tells_birth
from second_me.core.acting.recognition.token import token_type
from second_me.core.acting.recognition.words import pieces_of, words_of
from second_me.core.acting.types import ADDRESS, NAMES, SECRETS

NOTHING_OF_OURS = 0.9
"""How sure it is that what is called so has no type."""
SAID = 0.75
"""How sure a type is that a field's whole name says."""
SHORTEST_LABEL = 3
"""Signs of a label that goes on with a question ("il", "le")."""
FARTHEST = 3
"""Fields before a part of a date among which the question stands."""

_GIVEN = (
    r"(?:first|given|fore|christian)(?: ?names?)?|vor(?:name)?n?|prenoms?|nombres?|nomes?"
    r"|voor(?:naam)?(?: ?namen)?"
    r"|imie|imiona|fornamn|fornavn|for|etu(?:nimi)?|jmeno|meno|keresztnev|prenume|adi?|имя|имя отчество"
    r"|imie imiona"
)
_FAMILY = (
    r"(?:last|family|sur)(?: ?names?)?|(?:nach|zu|familien)namen?|noms?(?: de famille)?|apellidos?|cognomi?"
    r"|cognome"
    r"|sobrenomes?|apelidos?|(?:achter|familie)na(?:am|men)|nazwisk[oa]|efternamn|etternavn|efternavn|sukunimi"
    r"|prijmeni"
    r"|priezvisko|vezeteknev|nume(?: de familie)?|soyadi?|фамилия"
)
_AND = r"(?: (?:and|und|u|et|y|e|en|i|a|och|og|ja|si|ve|и|es))? "
_WHOLE = re.compile(
    rf"(?:your |ihr |ihre |dein |votre |vos |tu |su |uw |twoje )?(?:(?:{_GIVEN}){_AND}(?:{_FAMILY})"
    rf"|(?:{_FAMILY}){_AND}(?:{_GIVEN}))|name(?: und| u)? vorname|vorname(?: und| u)? name"
)
_TITLES = frozenset(
    """titel title titre titulo titolo tytul titul titulus titlu unvan akademischer\u00a0titel academic\u00a0title
    titre\u00a0academique titolo\u00a0accademico titulo\u00a0academico academische\u00a0titel tytul\u00a0naukowy
    akademicky\u00a0titul akad\u00a0titel prefix name\u00a0prefix""".replace("\u00a0", "_").split()
)
_WHOLE_NAMES: dict[str, str] = {
    "organization": (
        "employer|dienstgeber|current employer|name of employer|employer name|present employer|your employer"
        "|place of work"
        "|workplace"
        "|place of employment|where do you work|arbeitgeber|aktueller arbeitgeber|derzeitiger arbeitgeber"
        "|arbeitsstelle"
        "|arbeitsstatte|employeur|employeur actuel|nom de l employeur|lieu de travail|entreprise actuelle"
        "|empleador"
        "|empleador actual|empresa actual|lugar de trabajo|centro de trabajo|empresa en la que trabaja"
        "|werkgever"
        "|huidige werkgever|naam werkgever|datore di lavoro|datore di lavoro attuale|luogo di lavoro"
        "|posto di lavoro"
        "|azienda attuale|azienda presso cui lavora|empregador|entidade patronal|entidade empregadora"
        "|local de trabalho"
        "|empresa atual|empresa onde trabalha|miejsce pracy|pracodawca|obecny pracodawca|nazwa pracodawcy"
        "|miejsce zatrudnienia|zaklad pracy|arbetsgivare|nuvarande arbetsgivare|arbetsplats|arbejdsgiver"
        "|arbejdsplads"
        "|nuvaerende arbejdsgiver|arbeidsgiver|arbeidssted|arbeidsplass|tyonantaja|tyopaikka|zamestnavatel"
        "|soucasny zamestnavatel|munkaltato|munkahely|angajator|loc de munca|locul de munca|isveren"
        "|calistiginiz kurum"
        "|работодатель|место работы|роботодавець|місце роботи|εργοδοτης|послодавац|poslodavac|delodajalec"
    ),
    "organization-title": (
        "occupation|position|current position|job role|role|zawod wykonywany|your occupation|profession"
        "|your profession|job|your job|job title|current job title|beruf"
        "|ihr beruf"
        "|berufsbezeichnung|ausgeubter beruf|tatigkeit|berufliche tatigkeit|derzeitige tatigkeit"
        "|stellung im beruf"
        "|profession exercee|metier|votre profession|votre metier|poste occupe|poste actuel|fonction|profesion"
        "|ocupacion|su profesion|puesto|puesto de trabajo|puesto actual|cargo|cargo actual|oficio|professione"
        "|la sua professione|occupazione|mansione|qualifica|ruolo|posizione lavorativa|profissao|ocupacao"
        "|cargo atual"
        "|funcao|beroep|uw beroep|functie|huidige functie|functietitel|zawod|wykonywany zawod|stanowisko"
        "|obecne stanowisko|yrke|befattning|titel och befattning|stilling|stillingsbetegnelse|erhverv"
        "|yrkestittel|ammatti"
        "|tehtavanimike|povolani|zamestnani|pracovni pozice|povolanie|foglalkozas|beosztas|munkakor|ocupatie"
        "|profesie"
        "|functia|meslek|mesleginiz|gorev|профессия|должность|професія|посада|επαγγελμα"
    ),
    "nickname": (
        "nickname|preferred name|name you go by|what should we call you|known as|rufname|spitzname"
        "|wie durfen wir dich nennen"
        "|wie durfen wir sie nennen|surnom|apodo|como te llaman tus amigos|soprannome|bijnaam|roepnaam"
        "|przezwisko|smeknamn"
        "|tilltalsnamn|kaldenavn|kallenavn|lempinimi|kutsumanimi|prezdivka|prezyvka|becenev|porecla|takma ad"
        "|прозвище"
    ),
    "address-housenumber": (
        "house name or number|house number or name|house name number|house number name|house name or no"
        "|house no or name"
    ),
    "language": (
        "preferred language|language|correspondence language|language of correspondence|contact language"
        "|korrespondenzsprache"
        "|bevorzugte sprache|sprache|langue|langue preferee|langue de correspondance|langue de communication"
        "|langue de contact"
        "|idioma|idioma preferido|idioma de contacto|idioma de comunicacion|idioma de correspondencia|lingua"
        "|lingua preferita"
        "|lingua di contatto|lingua di corrispondenza|lingua per le comunicazioni|idioma de preferencia"
        "|idioma para contato"
        "|taal|voorkeurstaal|communicatietaal|correspondentietaal|jezyk|preferowany jezyk|jezyk korespondencji"
        "|jezyk kontaktu|jezyk komunikacji|sprak|onskat sprak|kontaktsprak|sprog|foretrukket sprog"
        "|foretrukket sprak|kieli"
        "|asiointikieli|jazyk|preferovany jazyk|nyelv|limba|limba preferata|dil|tercih edilen dil|язык|мова"
        "|γλωσσα"
    ),
}
_NAMED = {name: kind for kind, names in _WHOLE_NAMES.items() for name in names.split("|")}
_SPOKEN = re.compile(
    r"languages? (?:that )?(?:you )?(?:can )?(?:speak|spoken|known?)|(?:which|what) languages|sprachkenntnis\w*"
    r"|fremdsprachen"
    r"|(?:gesprochene|welche) sprachen|langues parlees|idiomas (?:que )?(?:habl|fal|conoc|domin)\w+"
    r"|lingue (?:parlate|conosciute)"
    r"|linguas faladas|welke talen|gesproken talen|talenkennis|znajomosc jezykow|znane jezyki|jezyki obce"
    r"|sprak (?:du|som)"
    r"|sprakkunskaper|sprogkundskaber|sprakkunnskaper|kielitaito|jazykove znalosti|nyelvtudas|nyelvismeret"
)
"""Several languages, where one to write in has a type."""
_STREET = re.compile(
    r"(?:strasse|str|gasse|street|road|rue|voie|calle|via|straat|ulica|rua|gata|gatuadress|vej|vejnavn|gate"
    r"|katu|ulice|utca"
    r"|strada|adresse|address|direccion|indirizzo|endereco|adres|adress|logradouro)(?: \w+){0,2}"
    r" (?:nr|no|n|num|numero|number|hausnummer|hausnr|huisnummer|nummer|numer|cislo|civico)\b.*"
)
_BESIDE_STREET = frozenset(
    {None, "address-extra", "address-line2", "apartment", "building", "address-housenumber", "stair"}
)
_LONE = frozenset({"tel-country-code", "tel-area-code", "tel-local", "tel-local-prefix", "tel-local-suffix"})
_CODES = re.compile(
    r"code|vorwahl|prefi|indicatif|prefijo|kengetal|netnummer|kierunkow|riktnummer|predvolba|area|ddd"
)
_HERE = frozenset({"a", "in", "em", "te", "w", "en"})
"""What stands between a date of birth and its place."""
_NUMERO = re.compile(r"\bn o\b")
_CODE, _TOWN = (
    r"(?:zip(?: codes?)?|post(?:al)? ?codes?|plz|postleitzahl|cp|c p|code postal|codigo postal|cap|postnummer"
    r"|postnr"
    r"|kod(?: pocztowy)?|psc)",
    r"(?:city|town|ort|stadt|wohnort|localite|ville|commune|localidad|poblacion|ciudad|citta|comune|localita"
    r"|woonplaats"
    r"|plaats|ort|postort|by|sted|poststed|miasto|miejscowosc|localidade|cidade|mesto|obec)",
)
_CODE_AND_TOWN = re.compile(rf"{_CODE}{_AND}{_TOWN}|{_TOWN}{_AND}{_CODE}")
_POSTAL = frozenset({None, "postal-code", "address-level2", "postal-code-and-city"})
_ADDRESSED = frozenset(
    """anrede aanhef salutation civilite tratamiento tratamento appellativo mr mrs ms academic academico akademischer
    akademisch accademico naukowy tiltale osloveni""".split()
)
_IDLE = frozenset(
    "your ihr ihre votre su uw optional facultatif opcional facoltativo falls vorhanden".split()
)
_OPTIONAL = re.compile(r"\([^)]*\)|[*:?]")
_ONE = frozenset({"name", "given-name", "family-name", "additional-name"})


def looked_closer(form: Form, typed: Sequence[Typed]) -> tuple[Typed, ...]:
    """The types of a form's fields after a second look, in order."""
    named = any(each.type in NAMES and each.type != "honorific-prefix" for each in typed)
    return tuple(
        each if each.type in SECRETS or _is_said(field, each) else _closer(form, field, typed, named)
        for field, each in zip(form.fields, typed, strict=True)
    )


def _is_said(field: Field, typed: Typed) -> bool:
    """Whether the page itself says the type, by the token that is made for it."""
    return typed.type is not None and token_type(field) == typed.type


def _closer(form: Form, field: Field, all_typed: Sequence[Typed], named: bool) -> Typed:
    typed = all_typed[field.index]
    own = replace(field, before=without_choices(form, field))
    whole = _NUMERO.sub("n", " ".join(words_of(_OPTIONAL.sub(" ", called(own)))))
    if is_not_mine(whole) or (typed.type == "organization" and is_of_a_firm(whole)):
        return Typed(None, NOTHING_OF_OURS)
    if typed.type in ADDRESS and (is_of_a_journey(whole) or whole in _HERE):
        return Typed(None, NOTHING_OF_OURS)
    if typed.type is not None and typed.type.startswith("bday"):
        return typed if _of_birth(form, field) else Typed(None, NOTHING_OF_OURS)
    if typed.type == "language" and not field.options and _SPOKEN.search(whole):
        return Typed(None, NOTHING_OF_OURS)
    if typed.type in _LONE and not _CODES.search(whole) and not _in_pieces(form, field, all_typed):
        return replace(typed, type="tel")
    if typed.type in _POSTAL and _CODE_AND_TOWN.fullmatch(whole) and _is_alone(form, field):
        return replace(typed, type="postal-code-and-city", confidence=SAID)
    return _renamed(field, typed, whole, named)


def _renamed(field: Field, typed: Typed, whole: str, named: bool) -> Typed:
    """Another type, where the whole name says it better."""
    if typed.type in _BESIDE_STREET and _STREET.fullmatch(whole):
        return Typed("street-address", SAID)
    if typed.type in _ONE and _WHOLE.fullmatch(whole):
        return replace(typed, type="name", confidence=max(typed.confidence, SAID))
    return _titled(field, typed, whole, named)


def _titled(field: Field, typed: Typed, whole: str, named: bool) -> Typed:
    """Fields whose whole name says what they ask for, where little else spoke of them."""
    words = [word for word in whole.split() if word not in _IDLE]
    title = "_".join(words) in _TITLES
    if typed.type == "honorific-prefix" and not field.options and not title and not _ADDRESSED & set(words):
        return Typed(None, NOTHING_OF_OURS)
    if title and typed.type in (None, "sex", "honorific-prefix"):
        return Typed("honorific-prefix", SAID) if named else Typed(None, NOTHING_OF_OURS)
    kind = _NAMED.get(whole)
    if (
        kind is None
        or typed.type not in (None, kind, *_WEAKER.get(kind, ()))
        or field.kind in ("radio", "checkbox")
    ):
        return typed
    return Typed(kind, max(SAID, typed.confidence if typed.type else 0.0))


_WEAKER = {"nickname": ("given-name", "name"), "address-housenumber": ("building",)}
"""What the models take some of these for."""


def _in_pieces(form: Form, field: Field, typed: Sequence[Typed]) -> bool:
    """Whether a box for a part of a number stands beside another one: one of both has no name, or that of a code."""
    if field.options:
        return True
    beside = form.fields[max(0, field.index - 2) : field.index + 3]
    pieces = [
        (called(one), typed[one.index].type or "")
        for one in beside
        if one.index != field.index and one.form == field.form
    ]
    own = called(field)
    return any(
        not own or not name or (kind != "tel" and _CODES.search(" ".join(words_of(name))))
        for name, kind in pieces
        if kind.startswith("tel")
    )


def _is_alone(form: Form, field: Field) -> bool:
    """Whether no box without a name follows, which the field's name would be of as well."""
    after = form.fields[field.index + 1 : field.index + 2]
    return not any(
        one.form == field.form and one.kind in ("text", "tel") and not called(one) for one in after
    )


def _of_birth(form: Form, field: Field) -> bool:
    """Whether a date, or the fields before a part of one, speak of birth."""
    if tells_birth(" ".join(_told(field))):
        return True
    before = form.fields[max(0, field.index - FARTHEST) : field.index]
    parts = [one for one in before if one.form == field.form]
    return any(tells_birth(" ".join(_told(one))) for one in parts) and _short(field)


def _short(field: Field) -> bool:
    """Whether a field is a part that its neighbours name: a list, or a box of a few signs."""
    few = field.maxlength is not None and field.maxlength <= 4
    return bool(field.options) or few or len(field.label.strip()) <= SHORTEST_LABEL


def _told(field: Field) -> list[str]:
    texts = [field.label, field.aria, field.placeholder, field.title, field.hint, field.autocomplete]
    if len(words_of(f"{field.label} {field.aria}")) <= 1:
        texts += [field.before, field.section]
    return [word for text in texts for word in words_of(text)] + pieces_of(f"{field.name} {field.id}")
