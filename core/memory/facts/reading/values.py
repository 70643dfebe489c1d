"""Values that are phrases: where a thing, a liking or an action ends among the words of a clause."""

from __future__ import annotations

from second_me.core.memory.facts.reading.verbs import VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

Span = tuple[int, int]
"""first <= i < last, places among the words of a clause."""

ARTICLES = frozenset("a an the some any any lots plenty both all every our my another".split())
DETERMINERS = frozenset("a an the some any both".split())
_FOREIGN_OWNERS = frozenset(
    "this that these those your his her hers their its such it him them us you me".split()
)
_STOPS = frozenset(
    """because cause so but and or if when while since though although that which who whom whose where than as
    too nor lol haha hahaha lmao rofl tbh honestly anymore anyway anyways btw omg ok okay though tho yet
    still now today tonight yesterday tomorrow nowadays lately recently again already please thanks thx
    either neither also just really very not n't actually for-now is are was were am 'm 're 'll 've 'd has
    have had do does did will would can could should might may must unfortunately sadly sometimes usually
    often always especially mostly mainly overall instead seriously myself ourselves himself herself
    yourself alone together rn atm ofc imo imho fr ngl xd plus then even whenever like unless until till
    once soon i we he she they you what how why there here definitely absolutely obviously apparently
    literally basically forever ever before after nobody everybody everyone someone somebody anyone called
    named off via onto upon beside behind during except despite regardless everywhere better best anymore 's""".split()
)
PREPOSITIONS = frozenset(
    "of in on at with for to by from about into near through around over under without up down".split()
)
_KEPT = frozenset("of in on with to by from about into through around over under without up down".split())
_CUT_BEFORE = frozenset(
    "my our your his her their this that these those him them me us you it myself".split()
)

_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february march april may june july august september october november december"
_DAYS_AND_MONTHS = f"{_DAYS} {_MONTHS} " + " ".join(day + "s" for day in _DAYS.split())
TIME_NOUNS = frozenset(
    (
        _DAYS_AND_MONTHS
        + """ jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun spring summer autumn
    winter fall springs summers winters morning mornings afternoon afternoons evening evenings night nights weekend
    weekends weekday weekdays week weeks month months year years yr yrs day days hour hours minute minutes decade
    decades noon midnight moment moments christmas easter childhood ages while quarter semester term dawn dusk
    fortnight lunchtime time times past future birth bedtime century"""
    ).split()
)
"""Nouns of time, small letters."""
_TIME_HEADS = frozenset(
    """today tomorrow tonight yesterday now nowadays lately recently soon someday weekly daily monthly yearly annually
    nightly afterwards currently forever mornings evenings weekends""".split()
)
_TIME_LEADS = frozenset("last next this every each once twice all most some these those that any".split())
_TIME_PREPOSITIONS = frozenset(
    "on in at for since between during after before until till by from over around within throughout".split()
)
_FILL = frozenset(
    """the a an my early late mid about over nearly almost around roughly exactly more less than couple few of
    last next this past coming same good long several many only other two three four five six seven eight
    nine ten eleven twelve fifteen twenty thirty forty half first second third age end beginning start
    middle""".split()
)
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty several many".split()
)


_EVERY = _NUMBERS | frozenset(
    "other single second third last first few couple 2 3 4 5 working school winter's".split()
)


def is_year(word: Word) -> bool:
    """Whether a number is a year."""
    return (
        word.kind is Kind.NUMBER
        and len(word.low) == 4
        and word.low[:2] in ("19", "20")
        and word.low.isdigit()
    )


def time_at(words: list[Word], at: int) -> bool:
    """Whether an expression of time or of frequency begins at words[at]."""
    low = words[at].low
    if low in _TIME_HEADS:
        return True
    rest = words[at + 1 : at + 6]
    following = rest[0].low if rest else ""
    if low == "all" and following in ("through", "of", "during") and _time_follows(rest[1:]):
        return True
    if low == "all" and [word.low for word in rest[:2]] in (["my", "life"], ["our", "lives"]):
        return True
    if low in _TIME_LEADS:
        if low in ("once", "twice"):
            return following in ("a", "per", "every", "each", "in") or following in _TIME_HEADS
        soon = [word.low for word in rest[:3]]
        return following in TIME_NOUNS or (
            low == "every" and bool(TIME_NOUNS & set(soon)) and soon[0] in _EVERY
        )
    if low in _TIME_PREPOSITIONS:
        return _time_follows(rest)
    if words[at].kind is Kind.NUMBER or low in _NUMBERS or low in ("a", "few", "couple"):
        return _time_follows(rest) and any(
            word.low in ("ago", "a", "per", "every", "from", "now") for word in rest[1:4]
        )
    return low in ("years", "months", "weeks") and following == "ago"


def _time_follows(rest: list[Word]) -> bool:
    for word in rest:
        if word.low in TIME_NOUNS or is_year(word):
            return True
        if word.kind is Kind.NUMBER and word.low.rstrip("apmstndrh").replace(":", "").isdigit():
            continue
        if word.low not in _FILL:
            return False
    return bool(rest) and rest[-1].kind is Kind.NUMBER and rest[0].kind is Kind.NUMBER


def _ends(words: list[Word], at: int, first: int, kept: frozenset[str]) -> bool:
    """Whether a phrase that began at `first` ends before words[at]."""
    word = words[at]
    if word.kind is Kind.MARK and word.low not in ("'", "."):
        return True
    if word.low in _STOPS and not (
        word.low == "'s" and at > first and at + 1 < len(words) and words[at + 1].kind is Kind.WORD
    ):
        return True
    if (
        word.low == "a"
        and at + 1 < len(words)
        and words[at + 1].low in ("lot", "bit", "ton", "little", "bunch")
    ):
        return True
    if word.low in ("more", "most", "less") and at > first:
        return True
    if word.low in PREPOSITIONS and at > first:
        following = words[at + 1].low if at + 1 < len(words) else ""
        if word.low not in kept or not following or following in _CUT_BEFORE:
            return True
    return at > first and time_at(words, at)


def chunk(words: list[Word], at: int, kept: frozenset[str] = _KEPT) -> Span | None:
    """The phrase that begins at words[at], leading articles left out; None when there is none.

    `kept` are the prepositions that a phrase may hold.
    """
    while at < len(words) and words[at].low in DETERMINERS:
        at += 1
    last = at
    while last < len(words) and not _ends(words, last, at, kept):
        last += 1
    while last > at and (
        words[last - 1].kind is Kind.MARK or words[last - 1].low in PREPOSITIONS | DETERMINERS
    ):
        if words[last - 1].low in ("up", "out", "around") and is_action(words, last - 2):
            break
        last -= 1
    return (at, last) if last > at and any(w.kind is not Kind.MARK for w in words[at:last]) else None


NOUN_ONLY = frozenset({"of"})
"""What a short phrase (a trade, a belonging) may hold."""
WHOLE = PREPOSITIONS - {"without"} | {"without", "before", "after"}
"""What an action may hold."""


def listed(words: list[Word], at: int, kept: frozenset[str] = _KEPT) -> list[Span]:
    """The members of the list that begins at words[at]: one, or several joined by an "and".

    After a comma more members count only when the list comes to an "and": "sushi, best food ever" is one.
    """
    found: list[Span] = []
    sure, first = 0, at
    while (span := chunk(words, at, kept)) is not None:
        found.append(span)
        at = span[1]
        joined = False
        while at < len(words) and words[at].low in (",", "and", "or", "plus", "both", "also", "then"):
            joined = joined or words[at].low in ("and", "or", "plus")
            at += 1
        if at == span[1]:
            break
        if joined:
            sure = len(found)
    if not found:
        return []
    if first and words[first - 1].low == ":":
        return found
    if sure:
        return found[: sure + 1]
    return found[:1]


_VAGUE = frozenset(
    """zero exactly few couple several it one ones thing things stuff everything anything nothing something
    idea ideas way fact sound look looks feeling most more less much many lot lots kind part rest same other
    others fun time times to be being someone everyone people nobody anybody place job question answer view
    news start end thought new suggestion plan vibe vibes point company no none yes yeah self life here
    there mine yours theirs ours guess option version first second latter former bit each every either both
    all any""".split()
)
_ADJECTIVES = frozenset(
    """big small little tiny huge old new young long short tall nice good bad great lovely beautiful pretty
    ugly red blue green black white grey gray yellow brown fast slow loud quiet warm cold hot dark light
    heavy cheap expensive strong weak soft hard simple plain fresh sweet fat thin funny friendly honest
    quick happy sad busy tired serious""".split()
)
_POINTING = frozenset("it this that them these those him sure her his their your everyone everybody".split())
_TRANSIENT = frozenset("new latest last current first recent previous next same other".split())


def worthy(words: list[Word], span: Span, said_before: int) -> bool:
    """Whether a phrase says something by itself: no pronoun, nothing pointed at ("this song"), nothing vague.

    `said_before` is where the search for it began, so that "the" and "my" in front are seen.
    """
    first, last = span
    if any(word.low in _FOREIGN_OWNERS for word in words[said_before : first + 1]):
        return False
    head = words[head_of(words, span)].low
    if words[first].low in ("my", "our", "when", "how", "what", "who", "where", "why", "to"):
        return False
    if head in _VAGUE or words[first].low in _VAGUE or words[last - 1].low in ("one", "ones"):
        return False
    if any(word.low in _POINTING for word in words[first:last]):
        return False
    if last < len(words) and words[last].low == "," and last - first == 1 and words[first].low in _ADJECTIVES:
        return False  # "a big, red car"
    pointed = first > said_before and words[first - 1].low == "the"
    return not (pointed and words[first].low in _TRANSIENT)


def head_of(words: list[Word], span: Span) -> int:
    """The place of the noun that a phrase is about: the last word before its first preposition."""
    first, last = span
    for at in range(first + 1, last):
        if words[at].low in PREPOSITIONS:
            return at - 1
    return last - 1


def is_action(words: list[Word], at: int) -> bool:
    """Whether words[at] is an "-ing" form."""
    low = words[at].low
    known = VERBS.get(low)
    return (known is not None and known[1] == "ing") or (len(low) > 5 and low.endswith("ing"))


def _clause_of_time(words: list[Word], at: int) -> bool:
    """ "(I stopped smoking) the winter Dad died": a time with a statement of its own."""
    low = words[at + 1].low if at + 1 < len(words) else ""
    after = words[at + 2] if at + 2 < len(words) else None
    return (
        low in TIME_NOUNS
        and after is not None
        and (after.cap or after.low in ("i", "we", "my", "our", "he", "she"))
    )


_IN_ACTIONS = frozenset("'s like up there before after off onto upon behind beside via".split())


def _stops(word: Word) -> bool:
    return word.low in _STOPS - _IN_ACTIONS and not (word.low == "may" and word.cap)


def action(words: list[Word], at: int, *, timed: bool = False) -> Span | None:
    """An action ("run a marathon"), without the time at its end unless `timed`; None when there is none."""
    last = at
    while last < len(words):
        word = words[last]
        if word.kind is Kind.MARK and word.low not in ("'", "."):
            break
        if last > at and word.low == "the" and _clause_of_time(words, last):
            break
        if last > at and ((not timed and time_at(words, last)) or _stops(word)):
            break
        if (
            last > at
            and word.low == "a"
            and words[last + 1 : last + 2]
            and words[last + 1].low in ("lot", "bit")
        ):
            break
        last += 1
    while last > at and (
        words[last - 1].kind is Kind.MARK or words[last - 1].low in PREPOSITIONS | DETERMINERS
    ):
        last -= 1
    return (at, last) if last > at else None
