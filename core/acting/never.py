"""What is never filled, whatever is known: secrets, what cannot be seen, what is no question to a person (a search box,
a captcha, a trap for programs). Pure; words of the page only ever take a field away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from second_me.core.acting.forms import OBSTACLES, Field, Form
from second_me.core.acting.near import near
from second_me.core.acting.proposal import Decision, Typed
from second_me.core.acting.types import PAYMENT, SECRETS

Refusal = tuple[Decision, str]
"""Why a field is not filled: the decision, and a word for programs."""

CHOICES = frozenset(
    {
        "sex", "honorific-prefix", "language", "country", "country-name", "address-level1", "address-level2",
        "bday-day", "bday-month", "bday-year", "tel-country-code",
    }
)  # fmt: skip
"""Types whose answer may be a radio button or a checkbox."""

_NO_TEXT = frozenset({"file", "color", "range", "image", "submit", "button", "reset", "hidden"})
_SECRET_TOKENS = frozenset(
    """one-time-code cc-name cc-given-name cc-additional-name cc-family-name cc-number
    cc-exp cc-exp-month cc-exp-year cc-csc cc-type webauthn""".split()
)
_PASSWORD_TOKENS = frozenset({"current-password", "new-password"})
FEWEST_MARKED = 3
"""Fields that are no passwords and are marked as such from which the mark says nothing."""
_SECRET_WORDS = re.compile(
    r"\b(?:pass ?words?|passwd|pwd|passphrase|pass ?code|passwort|kennwort|mot de passe|mdp|contraseñas?"
    r"|wachtwoord|senha|hasło|lösenord|adgangskode|heslo|parola|salasana|пароль|密码|パスワード"
    r"|pin|cvv2?|cvc2?|csc|otp|tan|one[ -]time (?:code|password)|verification code|security (?:code|question|answer)"
    r"|card ?(?:number|no|num)|cardnumber|kartennummer|kreditkarten?\w*|número de tarjeta|numéro de carte|kaartnummer"
    r"|iban|account number|kontonummer|sort code|routing number|recovery (?:key|phrase|code)|seed phrase|secret"
    r"|social security|ssn)\b",
    re.IGNORECASE,
)
_SEARCH_NAMES = frozenset(
    "q s search searchterm searchtext query keyword keywords suche suchbegriff recherche".split()
)
_SEARCH = re.compile(
    r"\b(?:search|suchen?|suchbegriff|recherche[rz]?|buscar|búsqueda|zoeken|zoek|szukaj|wyszukaj|cerca|pesquisar"
    r"|procurar|søg|sök|hae|hledat|keresés|поиск|αναζήτηση|ara|検索|搜索)\b",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(
    r"captcha|turnstile|\b(?:are you (?:a )?(?:human|robot)|not a robot|kein roboter"
    r"|type the (?:characters|letters|code)"
    r"|characters (?:you see|shown)|code (?:shown|in the image|from the image|above)|anti-?spam|spam ?schutz"
    r"|sicherheitsfrage|verify (?:that )?you are human)\b|\b\d+\s*[+×*x-]\s*\d+\s*=",
    re.IGNORECASE,
)
_TRAP = re.compile(
    r"\b(?:leave (?:this|it)?(?: field)? ?(?:empty|blank|alone)"
    r"|(?:do not|don'?t|never) (?:fill|enter|complete|type|touch|use)"
    r"|(?:if|when) you(?:'re| are) (?:a )?human|ignore this field|humans? (?:should|must|only)|for (?:ro)?bots"
    r"|should (?:be|remain|stay) (?:empty|blank)|must (?:be|remain|stay) (?:empty|blank)|keep (?:this )?(?:empty|blank)"
    r"|(?:left|be) unchanged|validation purposes|for validation|unverändert|nicht verändert|sans changement|inchangé"
    r"|sin cambios|inalterato|niet (?:worden )?gewijzigd|validatiedoeleinden|oförändrat|uændret"
    r"|nicht ausfüllen|bitte frei ?lassen|leer ?lassen|frei lassen|laisse[rz] (?:ce champ )?vide|ne (?:pas )?rempli\w+"
    r"|ne remplissez pas|dej(?:e|ar) (?:este campo )?(?:en blanco|vacío)|no (?:rellen\w+|complet\w+|llen\w+)"
    r"|niet invullen|leeg ?(?:laten)?|non compilare|lascia\w* vuoto|nie wypełniaj|zostaw puste|não preench\w+"
    r"|deix\w+ em branco|ikke udfyld\w*|skal ikke udfyldes|fyll inte i|lämna tomt|älä täytä|honey ?pot)\b",
    re.IGNORECASE,
)
_TRAP_NAMES = re.compile(
    r"honey|(?:^|[_\-\[])(?:hp|hpt|pot|gotcha|winnie|beebot)(?:$|[_\-\]])|^_?gotcha$|bot-?(?:field|check|trap)"
    r"|no_?spam|anti_?spam|^b_[0-9a-f]{8,}_[0-9a-f]{6,}$|^(?:url|email|website|phone|address|name)[2-9]$"
    r"|(?:_|-)trap(?:_|-|$)|^trap(?:_|-|$)|leave.?(?:this.?)?(?:blank|empty)",
    re.IGNORECASE,
)
_SECOND = re.compile(r"[2-9]$")
_FAR = -500
"""CSS pixels beyond the left or upper edge of the page from which nobody sees a field."""


def refusal(form: Form, typed: Sequence[Typed], field: Field) -> Refusal | None:
    """Why a field of a form is not filled; None when nothing speaks against it. `typed` in the order of the fields."""
    kind = typed[field.index].type
    for found in (_secret(form, field, kind), _obstacle(form, field), _no_question(form, typed, field)):
        if found is not None:
            return found
    return None


def _secret(form: Form, field: Field, kind: str | None) -> Refusal | None:
    tokens = _tokens(field)
    if kind in SECRETS or field.kind == "password" or tokens & _SECRET_TOKENS:
        return Decision.SECRET, "secret"
    if tokens & _PASSWORD_TOKENS and (kind is None or not _everywhere(form, field)):
        return Decision.SECRET, "secret"
    if kind is None and any(_SECRET_WORDS.search(text) for text in (*_called(field), near(field))):
        return Decision.SECRET, "secret"
    return None


def _tokens(field: Field) -> set[str]:
    return set(field.autocomplete.casefold().split())


def _everywhere(form: Form, field: Field) -> bool:
    """Whether so many fields of a form ask for a password that the page only keeps browsers away; a single one is a
    password or a trap."""
    beside = [each for each in form.fields if each.form == field.form and each.kind != "password"]
    return sum(bool(_tokens(each) & _PASSWORD_TOKENS) for each in beside) >= FEWEST_MARKED


def _called(field: Field) -> tuple[str, ...]:
    """What a field is called, ids as words."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-.\[\]]", " ", f"{field.name} {field.id}")
    return field.label, field.aria, field.placeholder, field.title, split


def _obstacle(form: Form, field: Field) -> Refusal | None:
    if field.obstacle:
        return Decision.OBSTACLE, field.obstacle if field.obstacle in OBSTACLES else "hidden"
    if field.frame:
        return Decision.OBSTACLE, "other_origin"
    if field.disabled:
        return Decision.OBSTACLE, "disabled"
    if field.readonly:
        return Decision.OBSTACLE, "read_only"
    drawn = any(each.width > 1 and each.height > 1 for each in form.fields)
    if drawn and (field.width <= 1 or field.height <= 1):
        return Decision.OBSTACLE, "too_small"
    if drawn and field.x + field.width < _FAR:
        return Decision.OBSTACLE, "off_screen"
    return None


def _no_question(form: Form, typed: Sequence[Typed], field: Field) -> Refusal | None:
    kind = typed[field.index].type
    if field.kind in _NO_TEXT or kind == "photo":
        return Decision.NOT_A_FIELD, "no_text"
    if _is_trap(field) or _is_shadow(form, typed, field) or _is_bare_page(field, kind):
        return Decision.NOT_A_FIELD, "honeypot"
    if any(_CAPTCHA.search(text) for text in (*_called(field), field.before[-60:])):
        return Decision.NOT_A_FIELD, "captcha"
    if _is_search(field, kind):
        return Decision.NOT_A_FIELD, "search"
    if kind in PAYMENT:
        return Decision.NOT_A_FIELD, "not_personal"
    if field.kind in ("radio", "checkbox") and kind not in CHOICES:
        return Decision.NOT_A_FIELD, "choice"
    return None


def _is_trap(field: Field) -> bool:
    own = (field.label, field.aria, field.placeholder, field.title, field.hint)
    texts = (*own, field.section) if any(own) else (field.before[-80:], field.after[:80], field.section)
    if any(_TRAP.search(text) for text in texts):
        return True
    readable = bool(_texts(field))
    names = [name for name in (field.name, field.id) if _TRAP_NAMES.search(name)]
    return any(not (readable and _SECOND.search(name)) for name in names)


def _texts(field: Field) -> str:
    """All that a person can read of a field."""
    told = (field.label, field.aria, field.placeholder, field.title, field.hint, field.before, field.after)
    return "".join(told).strip()


def _is_shadow(form: Form, typed: Sequence[Typed], field: Field) -> bool:
    """A field of which nothing is to be read, beside one of the same type in the form that a person can read."""
    kind = typed[field.index].type
    if kind is None or _texts(field):
        return False
    return any(
        each.index != field.index
        and each.form == field.form
        and typed[each.index].type == kind
        and _texts(each)
        for each in form.fields
    )


def _is_bare_page(field: Field, kind: str | None) -> bool:
    """A web page is asked for in a field that nobody can read: the commonest trap."""
    return kind == "url" and not _texts(field)


def _is_search(field: Field, kind: str | None) -> bool:
    if field.kind == "search" or kind == "address-lookup":
        return True
    if field.kind in ("radio", "checkbox"):
        return False
    named = {field.name.casefold(), field.id.casefold()} & _SEARCH_NAMES
    if named and kind is None:
        return True
    return bool(named) or (kind is None and any(_SEARCH.search(text) for text in _called(field)))
