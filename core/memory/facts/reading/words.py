"""Words: a sentence taken apart into words, numbers, addresses of the net and marks, each with its place.

Contractions are two words ("I'm": "i" and "'m"), also where the apostrophe was left out ("im", "dont"), so that the
grammar sees one form. Places are code points of the episode's text. Every expression is bounded: time grows with the
text and no faster.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a word is."""

    WORD = "word"
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    HANDLE = "handle"
    PRONOUNS = "pronouns"
    MARK = "mark"


class Word(NamedTuple):
    """`low` is the word in small letters with a straight apostrophe; `start` <= i < `end` in the text."""

    low: str
    start: int
    end: int
    kind: Kind
    cap: bool


_TOKEN = re.compile(
    r"""(?P<url>(?:https?://|www\.)[^\s<>"“”]{1,500}|[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,3}\.(?:com|org|net"
    r"|io|dev|me|de|nl|fr|co\.uk|app|blog|example)(?:/[^\s<>"“”]{0,200})?(?![\w@]))
    |(?P<email>[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})
    |(?P<handle>@[A-Za-z0-9_][\w.]{0,40}(?:[@:][\w-]{1,40}(?:\.[\w-]{1,40}){1,3})?
    |(?:xmpp|sips?|skype|matrix|ircs?|sgnl):[\w@.:/+-]{2,60})
    |(?P<pronouns>(?:he|she|they|xe|ze|it|any)\s?/\s?(?:him|her|hers|them|they|he|she|xem|zir|its|any|all)(?:\s?/\s?(?:his|hers|theirs|they|them))?(?!\w))
    |(?P<code>(?<!\w)(?-i:A|AT|B|BE|CH|CZ|D|DE|DK|F|FI|FR|HR|I|L|LI|LT|LU|LV|N|NL|NO|PL|S|SE|SI|SK)-\d{4,6}(?!\w))
    |(?P<dutch>(?<!\w)['’‘](?:s-|t[ -])(?-i:[A-Z])[^\W\d_]{2,40})
    |(?P<age>\d{1,3}(?:[ -]?(?:years?|yrs?)[ -]?olds?|[ ]?y\.?o\b\.?))
    |(?P<phone>[+(]{0,2}\d[\d\ ()./–-]{4,24}\d)
    |(?P<storey>\d{1,4}-(?-i:I{1,3}|IV|hs)(?!\w))
    |(?P<number>\#?\d{1,20}(?:[.,:/-]\d{1,20}){0,5}[A-Za-z]{0,2}(?!\w))
    |(?P<initial>[A-Z]\.(?=\s?[A-Z]))
    |(?P<short>(?:St|Dr|Mr|Mrs|Ms|Prof|Rd|Ave|Av|Avda|Str|Ln|Blvd|ul|os|al|pl|Hr|Fr|Apt|Ste|Nr)\.(?=[\s,])|[^\W\d_]{2,30}str\.(?=\s?\d))
    |(?P<word>[^\W_](?:[\w&]{0,80}[\w+])?(?:['’ʼ`´-][^\W\d_]\w{0,40}){0,6}\+{0,2}\#?)
    |(?P<mark>\.{2,}|\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("’ʼ`´‘", "'''''")
_TAILS = ("'m", "'s", "'re", "'ve", "'ll", "'d")
_UNMARKED = {
    "im": 1, "ive": 1, "hes": 2, "shes": 3, "theyre": 4, "weve": 2, "theyve": 4, "youre": 3, "thats": 4, "whats": 4,
    "dont": 2, "doesnt": 4, "didnt": 3, "cant": 2, "wont": 2, "isnt": 2, "arent": 3, "wasnt": 3, "havent": 4,
    "hasnt": 3, "hadnt": 3, "wouldnt": 5, "couldnt": 5, "shouldnt": 6, "werent": 4, "gonna": 3, "wanna": 3, "gotta": 3,
    "theres": 5,
}  # fmt: skip
_WHOLE = {
    "m": "'m", "ve": "'ve", "re": "'re", "nt": "n't", "s": "'s", "gon": "going", "na": "to", "wan": "want",
    "got": "got", "ta": "to", "t": "n't",
}  # fmt: skip
_LABELS = frozenset(
    """names numbers birthdays bdays emails wifes husbands surnames postcodes addresss mums dads usernames
    handles""".split()
)
_OWNERS = frozenset({"my", "our"})
_SAME = {
    "@": "at", "u": "you", "n": "and", "&": "and", "an'": "and", "ur": "your", "'cause": "because", "cuz": "because",
    "coz": "because", "bc": "because", "rly": "really", "luv": "love", "thru": "through",
    "cos": "because", "becuz": "because", "bcoz": "because", "bcs": "because", "cus": "because", "wiv": "with",
    "alergic": "allergic", "allegic": "allergic", "vegitarian": "vegetarian", "diabetis": "diabetes",
    "brithday": "birthday", "bithday": "birthday", "birfday": "birthday", "favorit": "favorite", "adn": "and",
    "favourit": "favourite", "adress": "address", "addy": "address", "luvs": "loves", "nd": "and",
    "frm": "from", "w": "with", "w/": "with", "workin": "working", "livin": "living",
}  # fmt: skip
MIN_DIGITS, MAX_DIGITS = 7, 15


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of text[start:end], in order."""
    found: list[Word] = []
    at = start
    while match := _TOKEN.search(text, at, end):
        at = match.end()
        group = str(match.lastgroup)
        if group == "word":
            _add_word(found, match)
        elif group == "phone":
            at = _add_digits(found, text, match)
        else:
            at = _add_other(found, text, match, group)
    return found


def _add_other(found: list[Word], text: str, match: re.Match[str], group: str) -> int:
    start, end = match.span()
    kind = _KINDS.get(group) or Kind(group)
    if kind in (Kind.URL, Kind.EMAIL, Kind.HANDLE):
        while end > start + 1 and text[end - 1] in ".,;:!?)'’-":
            end -= 1
    low = "aged" if group == "age" else _SAME.get(text[start:end], text[start:end].lower())
    cap = text[start].isupper() or group == "dutch"
    found.append(Word(low, start, end, Kind.WORD if low in ("and", "at") else kind, cap))
    return end


_KINDS = {
    "initial": Kind.WORD, "short": Kind.WORD, "age": Kind.WORD, "code": Kind.NUMBER, "dutch": Kind.WORD,
    "storey": Kind.NUMBER,
}  # fmt: skip


def _add_digits(found: list[Word], text: str, match: re.Match[str]) -> int:
    """A telephone number where the digits are enough, else the first run of figures."""
    start, end = match.span()
    figures = sum(letter.isdigit() for letter in match.group())
    plain = re.compile(r"[+(]*\d+(?:[.,:/–-]\d+){0,5}[A-Za-z]{0,2}(?!\w)|[+(]*\d+").match(
        text, start, end + 2
    )
    tail = text[end : end + 1]
    if MIN_DIGITS <= figures <= MAX_DIGITS and not tail.isalpha() and not _DATE.fullmatch(match.group()):
        start += match.group().startswith("(") and ")" not in match.group()
        found.append(Word(text[start:end].lower(), start, end, Kind.PHONE, False))
        return end
    stop = plain.end() if plain else start + 1
    found.append(Word(text[start:stop].lower(), start, stop, Kind.NUMBER, False))
    return stop


_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")


def _add_word(found: list[Word], match: re.Match[str]) -> None:
    start, end = match.span()
    written = match.group()
    low = written.lower().translate(_APOSTROPHES)
    cap = written[0].isupper() or bool(_ELIDED.match(written))
    cut = 0 if low == "im" and _is_german(found, match) else _cut(low, found)
    if len(low) != end - start or not cut:
        found.append(Word(_SAME.get(low, low), start, end, Kind.WORD, cap))
        return
    head, tail = low[:cut], low[cut:]
    head, tail = (head, tail) if "'" in low else (_WHOLE.get(head, head), _WHOLE.get(tail, tail))
    found.append(Word(_SAME.get(head, head), start, start + cut, Kind.WORD, cap))
    found.append(Word(tail, start + cut, end, Kind.WORD, False))


_ELIDED = re.compile(r"(?:[dl]|nell|dell|dall|sull|all)['’][A-ZÀ-Ý]")
"""An article before a name ("Reggio nell'Emilia")."""
_PLACED = frozenset("in at to from near is : , -".split())


def _is_german(before: list[Word], match: re.Match[str]) -> bool:
    """ "(in) Freiburg im Breisgau", "(at) Im Winkel 4": no "I'm"."""
    after = match.string[match.end() : match.end() + 2]
    if not (before and after.startswith(" ") and after[1:].isupper()):
        return False
    if match.group() == "Im":
        return before[-1].low in _PLACED
    told = len(before) > 1 and (before[-2].low in _PLACED - {"is", ","} or before[-2].kind is Kind.NUMBER)
    return before[-1].cap and told


def _cut(low: str, before: list[Word]) -> int:
    """Where a contraction falls apart; 0: it is none."""
    if low in _UNMARKED:
        return _UNMARKED[low] if low != "ill" else 0
    owned = bool(before) and (
        before[-1].low in _OWNERS or (before[-1].low == "the" and low in ("wifes", "husbands"))
    )
    if low in _LABELS and owned:
        return len(low) - 1
    if "'" not in low:
        return 0
    if low.endswith("n't") and len(low) > 3:
        return len(low) - 3
    for tail in _TAILS:
        if low.endswith(tail) and len(low) > len(tail):
            return len(low) - len(tail)
    return 0
