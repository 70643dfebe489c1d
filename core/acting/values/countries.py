"""Countries and languages: what is said ("the Netherlands", "USA"), as a code, and under every name that a form may
give it. Names and codes are CLDR's, as babel has them."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from second_me.core.acting.values.asked import plain

LANGUAGES = (
    "en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "bg", "el", "tr",
    "ru", "uk", "hr", "sl", "lt", "lv", "et", "ja", "ko", "zh", "ar", "he",
)  # fmt: skip
"""In which names are known."""

_ALIASES = {
    "US": "usa us america united states of america u s a u s|the states|u s",
    "GB": "uk|u k|great britain|britain|england|scotland|wales|northern ireland"
    "|united kingdom of great britain and northern ireland",
    "NL": "holland|the netherlands", "CZ": "czech republic", "TR": "turkey", "CI": "ivory coast", "MM": "burma",
    "KR": "korea republic of|republic of korea|korea south", "KP": "korea north", "RU": "russian federation",
    "VN": "viet nam", "MK": "macedonia", "CV": "cape verde", "SZ": "swaziland", "HK": "hong kong", "MO": "macau",
    "CD": "congo democratic republic of the|democratic republic of the congo|dr congo", "IE": "republic of ireland",
    "AE": "uae|emirates", "SY": "syrian arab republic", "LA": "lao", "BN": "brunei darussalam",
    "BO": "bolivia plurinational state of", "VE": "venezuela bolivarian republic of", "IR": "iran islamic republic of",
    "MD": "moldova republic of", "TZ": "tanzania united republic of", "TW": "taiwan province of china",
    "BA": "bosnia", "PS": "palestine", "VA": "holy see", "DE": "federal republic of germany|brd",
}  # fmt: skip
"""Names that CLDR does not give, or gives to none."""
_SAID = {"us": "US", "usa": "US", "america": "US", "states": "US", "united states of america": "US"}


@lru_cache(maxsize=1)
def _longer_codes() -> dict[str, str]:
    """{code of three letters: of two}, of countries that there are."""
    aliases = get_global("territory_aliases")
    return {
        long: short[0]
        for long, short in aliases.items()
        if len(long) == 3 and long.isalpha() and len(short) == 1 and short[0] in _names("en")
    }


@lru_cache(maxsize=64)
def _names(language: str) -> dict[str, str]:
    """{code: name} of countries in a language."""
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        code: str(name) for code, name in territories.items() if len(code) == 2 and code not in _NO_COUNTRIES
    }


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """{name in any language, for comparing: code}."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in _names(language).items():
            found.setdefault(plain(name), code)
    for code, names in _ALIASES.items():
        found.update({plain(name): code for name in names.split("|")})
    return found | _SAID


def country_code(said: str) -> str:
    """The code of a country by its name in any of `LANGUAGES` or by its code in capitals; "" : no country."""
    word = said.strip()
    if word.isupper() and len(word) == 2 and word in _names("en"):
        return word
    if word.isupper() and word in _longer_codes():
        return _longer_codes()[word]
    name = plain(word)
    return _codes().get(name) or _codes().get(name.removeprefix("the "), "")


def long_code(code: str) -> str:
    """The code of three letters."""
    return next((long for long, short in _longer_codes().items() if short == code), "")


def country_name(code: str, language: str) -> str:
    """The name in a language, else in English."""
    return _names(language).get(code) or _names("en").get(code, "")


@lru_cache(maxsize=64)
def country_names(code: str) -> tuple[str, ...]:
    """All names and codes of a country."""
    named = [_names(language).get(code, "") for language in LANGUAGES]
    aliases = _ALIASES.get(code, "").split("|")
    return tuple(dict.fromkeys(name for name in (*named, *aliases, code, long_code(code)) if name))


@lru_cache(maxsize=64)
def _tongues(language: str) -> dict[str, str]:
    try:
        return {code: str(name) for code, name in Locale.parse(language).languages.items() if len(code) == 2}
    except (UnknownLocaleError, ValueError):
        return {}


@lru_cache(maxsize=1)
def _tongue_codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in _tongues(language).items():
            found.setdefault(plain(name), code)
    return found | {"mandarin": "zh", "flemish": "nl", "farsi": "fa", "norwegian": "no"}


def language_code(said: str) -> str:
    """The code of a language by its name; "" : not known."""
    return _tongue_codes().get(plain(said), "")


def language_names(code: str) -> tuple[str, ...]:
    """All names of a language, its code last."""
    named = [_tongues(language).get(code, "") for language in (code, *LANGUAGES)]
    return tuple(dict.fromkeys(name for name in (*named, code) if name))


def language_name(code: str, language: str) -> str:
    """A language's name in a language, else in English."""
    return _tongues(language).get(code) or _tongues("en").get(code, "")
