"""Frames of contact: numbers, e-mail, pages, names on other services. Secrets are never read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from second_me.core.memory.facts.claims import Qualifier, Stance
from second_me.core.memory.facts.reading.lists_people import KIN
from second_me.core.memory.facts.reading.said import Draft
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot

SECRETS = frozenset(
    """password passwords passwort passcode passphrase pin pincode otp 2fa cvv cvc csc iban ssn card cards
    credit debit account bank token secret licence license passport security insurance verification
    authentication recovery seed login kennwort konto order invoice tracking booking reservation confirmation
    reference ticket serial customer membership student employee patient badge staff nhs plate meter seat gate
    room case docket model tax vat registration routing sort policy flight id""".split()
)
"""Words beside which figures are no telephone number; of passwords and the like nothing is read at all."""
NEVER = frozenset(
    """password passwords passwort passcode passphrase pin pincode otp 2fa cvv cvc csc iban ssn kennwort credit
    debit seed verification""".split()
)
_MINE = frozenset({"mein", "meine", "mich", "mir", "my", "me", "our", "us", "mine", "i"})
_THEIRS = frozenset("your his her their its the'".split())
_PHONE = frozenset(
    """number numbers phone telephone tel mobile cell cellphone landline whatsapp call text ring reach phone sms
    signal contact find reached reachable available handy mobilnummer telefonnummer handynummer nummer digits ph
    line dial message get catch""".split()
)
_WRITE = frozenset(
    """email e-mail mail emails find write reach contact address addresses gmail
    inbox jabber xmpp matrix send ping at on
    drop""".split()
)
_PAGE = frozenset(
    "website site page blog homepage portfolio url link linkedin github web shop store channel".split()
)
_HANDLE = frozenset(
    """instagram insta ig twitter x matrix jabber xmpp element tiktok telegram github discord mastodon bluesky
    threads snapchat snap handle username user reddit steam twitch youtube follow find add psn xbox skype
    signal gamertag facebook medium""".split()
)
_SLOTS = {Kind.PHONE: Slot.TEL, Kind.EMAIL: Slot.EMAIL, Kind.URL: Slot.URL, Kind.HANDLE: Slot.USERNAME}
_CUES = {Kind.PHONE: _PHONE, Kind.EMAIL: _WRITE, Kind.URL: _PAGE, Kind.HANDLE: _HANDLE}
_QUALIFIERS = {
    "work": Qualifier.WORK, "office": Qualifier.WORK, "business": Qualifier.WORK, "home": Qualifier.HOME,
    "landline": Qualifier.HOME, "house": Qualifier.HOME, "mobile": Qualifier.MOBILE, "cell": Qualifier.MOBILE,
    "cellphone": Qualifier.MOBILE, "handy": Qualifier.MOBILE,
    "parents": Qualifier.PARENTS, "parents'": Qualifier.PARENTS,
}  # fmt: skip
_AGAIN = frozenset("it one new now home work mobile cell office or private personal".split())
_OLD = frozenset({"old", "former", "previous", "was", "used"})


def contacts(
    words: list[Word],
    named: tuple[int, int] | None,
    owned: bool,
    carried: list[Kind],
    known: int = 0,
    dropped: list[Kind] | None = None,
) -> Iterator[Draft]:
    """Telephone numbers, addresses of e-mail, pages and handles of a clause, where its words say whose they are.

    `named`: the clause is about somebody else's ("my uncle Bob's number"); `owned`: about the person's. `carried`
    are the kinds that were read in the sentence before this, so that "home 020 ..." after a number is another
    one; `dropped` those that were given up in this sentence; the
    first `known` words are the clause before, for what they say of whose it is.
    """
    lows = [word.low for word in words]
    since = 0
    if named is None and KIN & set(lows):
        return
    for at, word in enumerate(words):
        if word.kind not in _SLOTS or at < known:
            continue
        before = lows[since:at]
        again = (
            bool(carried)
            and carried[-1] is word.kind
            and bool(_AGAIN & set(before))
            and not _THEIRS & set(before)
        )
        told = [low for low in lows[at + 1 : at + 5] if low not in ("work", "new", "home", "private")]
        told_long = lows[at + 1 : at + 9]
        behind = (
            at == 0
            and told[:1] in (["is"], ["'s"])
            and bool({"my", "me"} & set(told_long))
            and bool(_CUES[word.kind] & set(told_long))
        ) or (
            at == 0 and told[:1] == ["is"] and told[1:2] == ["my"] and bool(set(told[2:3]) & _CUES[word.kind])
        )
        over = named is None and _is_given_up(lows[:at], lows[at + 1 :])
        instead = bool(dropped) and _is_instead(before)
        mine = _is_owned(before, named, owned) or (named is None and _is_new(before))
        if again or behind or over or instead or (mine and _is_meant(word, before, lows)):
            carried.append(word.kind)
            slot = _SLOTS[word.kind]
            before = lows[max(since, known) : at]
            slot = _messenger(word, before, slot)
            if over and dropped is not None:
                dropped.append(word.kind)
            over = over or bool(_OLD & set(before)) or is_replaced(before, lows[at + 1 :])
            stance = Stance.ENDED if over else Stance.HOLDS
            if not over and ("not" in before[-1:] or "n't" in before[-2:]):
                stance = Stance.DENIED
            draft = Draft(slot, word.start, word.end, stance, named, qualifier_of(before))
            yield replace(draft, timed=False)
        since = at + 1


_GIVEN_UP = re.compile(
    r"(?:i|we)(?: \S+)? (?:used to (?:have|use|be)|(?:no longer|stopped|quit) (?:use|using|have|read|check))\b"
)
_USED = frozenset("use have read check answer own".split())
_REACH = frozenset("write mail email use call ring text try reach message".split())
_ANNOUNCING = frozenset(
    """new my our number mobile phone cell email e-mail mail address landline got have a an i we 've : ! . is it 's just
    finally here also home work private""".split()
)


def _is_given_up(before: list[str], after: list[str]) -> bool:
    """ "I used to have X", "I don't use X any more"."""
    if {"'s", *_THEIRS} & set(before):
        return False
    late = "anymore" in after[:3] or "any more" in " ".join(after[:4])
    if before[:2] == ["do", "n't"] and before[2:3] and before[2] in _REACH:
        return late
    if before[:1] not in (["i"], ["we"]):
        return False
    denied = bool({"n't", "not"} & set(before)) and bool(_USED & set(before)) and late
    return denied or bool(_GIVEN_UP.match(" ".join(before)))


_ELSEWHERE = frozenset("work works read saw found bought use like love hate visit ordered got".split())
_GONE = frozenset(
    "gone dead history invalid obsolete disconnected cancelled closed deactivated defunct".split()
)


def is_replaced(before: list[str], after: list[str]) -> bool:
    """ "(the new one is X,) it replaces Y", "Y is gone", "Y no longer works"."""
    if "replaces" in before[-2:] or before[-2:] == ["instead", "of"]:
        return True
    gone = after[:1] in (["is"], ["'s"]) and bool(_GONE & set(after[1:3]))
    return gone or after[:2] == ["no", "longer"] or after[:3] == ["is", "no", "longer"]


def _is_instead(before: list[str]) -> bool:
    """ "(I don't use X any more,) write to Y"."""
    rest = [low for low in before if low not in ("any", "more", "anymore", ",", "please", "but", "so")]
    return bool(rest) and rest[0] in _REACH and len(rest) < 3


def _is_new(before: list[str]) -> bool:
    """ "New number: ...", "got a new mobile: ..."."""
    return "new" in before and not set(before) - _ANNOUNCING


_MESSENGERS = frozenset("xmpp jabber matrix sip irc element".split())


def _messenger(word: Word, before: list[str], slot: Slot) -> Slot:
    """An address of a messenger: one with a server ("@ann:chat.example"), or told beside the messenger's name."""
    if word.kind is Kind.HANDLE and ":" in word.low:
        return Slot.IMPP
    return Slot.IMPP if word.kind is Kind.EMAIL and _MESSENGERS & set(before) else slot


def _is_owned(before: list[str], named: tuple[int, int] | None, owned: bool) -> bool:
    if named is None and (_THEIRS & set(before) or _of_thing(before)):
        return False
    purpose = before[:1] == ["for"] and before[-2:] in (["it", "'s"], ["it", "is"])  # "for work it's ..."
    if purpose and {"work", "private", "personal", "everything"} & set(before[1:3]):
        return True
    return named is not None or owned or bool(_MINE & set(before))


_NUMBERS = frozenset(
    "number numbers mobile phone telephone landline line email e-mail mail address website page".split()
)


_I_CALL = frozenset(("i", verb) for verb in ("call", "ring", "phone", "text", "message", "called", "rang"))
"""Whom the writer calls is somebody else."""


def _of_thing(before: list[str]) -> bool:
    """ "my hotel's number", "(I got) a call from", "my fax": no number of the person's."""
    if {"hotel", "hostel", "fax", "reception"} & set(before):
        return True
    if any(pair in _I_CALL for pair in pairwise(before)):
        return True
    if before[-1:] == ["from"] and not {"my", "our"} & set(before):
        return True
    return any(
        low == "'s" and following in _NUMBERS and noun not in ("it", "that", "here", "there", "what")
        for noun, low, following in zip(before, before[1:], before[2:], strict=False)
    )


def _is_meant(word: Word, before: list[str], lows: list[str]) -> bool:
    if word.kind is Kind.PHONE and SECRETS & set(lows):
        return False
    if word.kind is Kind.PHONE and {"zip", "postcode", "postal", "birthday", "born", "code"} & set(lows):
        return False
    if word.kind in (Kind.HANDLE, Kind.EMAIL) and before[-1:] == ["'m"]:
        return True
    if (
        word.kind is Kind.URL
        and not {"my", "our", "mine", "me", "us"} & set(before)
        and _ELSEWHERE & set(before)
    ):
        return False
    if before[:1] == ["for"] and before[-2:] in (["it", "'s"], ["it", "is"]):
        return True
    return bool(_CUES[word.kind] & set(before)) or (
        word.kind is Kind.EMAIL and bool({"my", "me"} & set(before))
    )


def qualifier_of(before: list[str]) -> Qualifier:
    """Which of several a contact is, as the words in front say."""
    for low in reversed(before):
        if low in _QUALIFIERS:
            return _QUALIFIERS[low]
    return Qualifier.NONE


def _glued_on(words: list[Word], at: int) -> bool:
    """Whether words[at] stands right behind the mark before it ("jo.paints")."""
    return at < len(words) and words[at].start == words[at - 1].end and words[at].kind is not Kind.MARK


_NO_USERNAMES = frozenset(
    """a an my not no none nothing taken too still as easy hard private public useless down gone dead deleted banned
    locked hacked broken empty silly stupid ridiculous terrible awful long short different available active inactive
    suspended linked obvious hidden wrong right correct fine ok okay cursed funny weird boring embarrassing unchanged
    always anonymous new old in on for from under just""".split()
)


_BEFORE_USERNAMES = frozenset("on there just : also the same mostly usually always".split())


def username(words: list[Word], at: int) -> tuple[int, int] | None:
    """The word that follows "my username is", as it is written: (start, end) in code points."""
    while at < len(words) and words[at].low in _BEFORE_USERNAMES:
        at += 1
    if at >= len(words) or words[at].kind is Kind.MARK or words[at].low in _NO_USERNAMES:
        return None
    last = at
    while (
        last + 1 < len(words)
        and words[last + 1].start == words[last].end
        and (words[last + 1].low != "," and (words[last + 1].low != "." or _glued_on(words, last + 2)))
    ):
        last += 1
    return words[at].start, words[last].end
