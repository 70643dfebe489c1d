"""English."""

from __future__ import annotations

import re

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.languages.shared import (
    MONTHS,
    day_away,
    holiday,
    listed,
    movable,
    night_away,
    numbered,
    part_away,
    units,
    weekdays,
)
from second_me.core.temporal.lexer import Lexicon, Tagged
from second_me.core.temporal.spans import Grain, Span

_NUMBERS = numbered(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty",
    first=2,
) | listed(
    "N", {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_DECADES = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
}


def _thanksgiving(year: int) -> Span:
    return calendar.weekday(3, calendar.day(year, 10, 31).start, 4)


def _decade(match: re.Match[str]) -> Tagged:
    figures = re.sub(r"\D", "", match.group())
    value = int(figures)
    if len(figures) == 2:
        value += 1900 if value >= 30 else 2000
    return "k", value


def _ordinal(match: re.Match[str]) -> Tagged | None:
    value = int(re.sub(r"\D", "", match.group()))
    return ("O", value) if 1 <= value <= 31 else None


def _short_year(match: re.Match[str]) -> Tagged:
    value = int(match.group()[1:])
    return "Y", value + (1900 if value >= 30 else 2000)


_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()


def _spoken_clock(match: re.Match[str]) -> Tagged | None:
    """ "Half past six", "a quarter to nine", "five o'clock": (hour, minute) as said, 1 to 12."""
    word, before = match["hour"].casefold(), match["before"].casefold().strip()
    hour = int(word) if word.isdigit() else _HOURS.index(word) + 1
    if not 1 <= hour <= 12:
        return None
    minute = {"h": 30, "q": 15, "": None}[before[:1]]
    if before.endswith("to"):
        return "c", ((hour - 2) % 12 + 1, 45 if minute == 15 else minute)
    return "c", (hour, minute)


_SPECIAL = (
    (
        rf"(?<!\w)(?P<before>(?:half|quarter) (?:past|to) )(?P<hour>{'|'.join(_HOURS)}|\d\d?)(?!\w)",
        _spoken_clock,
    ),
    (rf"(?<!\w)(?P<before>)(?P<hour>{'|'.join(_HOURS)}|\d\d?) o'clock(?!\w)", _spoken_clock),
    (r"(?<![\w])(?:'?(?:19|20)?\d0s|(?:19|20)\d0's)(?!\w)", _decade),
    (r"\d{1,2}(?:st|nd|rd|th)(?!\w)", _ordinal),
    (r"(?<!\w)'\d\d(?![\w'])", _short_year),
    (r"(?<!\w)Q[1-4](?!\w)", lambda m: ("q", int(m.group()[1]))),
)

_HOLIDAYS = {
    "christmas": holiday(12, 25),
    "christmas day": holiday(12, 25),
    "xmas": holiday(12, 25),
    "christmases": holiday(12, 25),
    "christmas eve": holiday(12, 24),
    "boxing day": holiday(12, 26),
    "new year's eve": holiday(12, 31),
    "new years eve": holiday(12, 31),
    "new year's day": holiday(1, 1),
    "new year's": holiday(1, 1),
    "halloween": holiday(10, 31),
    "valentine's day": holiday(2, 14),
    "valentines day": holiday(2, 14),
    "valentine's": holiday(2, 14),
    "st patrick's day": holiday(3, 17),
    "st. patrick's day": holiday(3, 17),
    "saint patrick's day": holiday(3, 17),
    "fourth of july": holiday(7, 4),
    "4th of july": holiday(7, 4),
    "july 4th": holiday(7, 4),
    "independence day": holiday(7, 4),
    "april fools' day": holiday(4, 1),
    "april fool's day": holiday(4, 1),
    "may day": holiday(5, 1),
    "labour day": holiday(5, 1),
    "all saints' day": holiday(11, 1),
    "st nicholas day": holiday(12, 6),
    "bastille day": holiday(7, 14),
    "guy fawkes night": holiday(11, 5),
    "bonfire night": holiday(11, 5),
    "epiphany": holiday(1, 6),
    "easter": movable(0),
    "easter sunday": movable(0),
    "easter monday": movable(1),
    "good friday": movable(-2),
    "ascension day": movable(39),
    "pentecost": movable(49),
    "whit monday": movable(50),
    "thanksgiving": ("H", _thanksgiving),
    "thanksgiving day": ("H", _thanksgiving),
}

_WORDS = {
    **MONTHS["en"],
    **weekdays("monday tuesday wednesday thursday friday saturday sunday"),
    **weekdays("mondays tuesdays wednesdays thursdays fridays saturdays sundays", "K"),
    **weekdays("mon tue wed thu fri sat sun"),
    **listed("W", {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}),
    **{word + ".": ("W", at) for at, word in enumerate("mon tue wed thu fri sat sun".split())},
    **_NUMBERS,
    **{word: ("O", at) for at, word in enumerate(_ORDINALS, 1)},
    **{f"twenty-{word}": ("O", 20 + at) for at, word in enumerate(_ORDINALS[:9], 1)},
    **listed("O", {"thirtieth": 30, "thirty-first": 31}),
    **units(
        {
            "minute minutes min mins": Grain.MINUTE,
            "hour hours hrs": Grain.HOUR,
            "day days": Grain.DAY,
            "week weeks": Grain.WEEK,
            "weekend weekends": Grain.WEEKEND,
            "month months": Grain.MONTH,
            "year years yrs": Grain.YEAR,
            "decade decades": Grain.DECADE,
            "quarter quarters": Grain.QUARTER,
        }
    ),
    **listed("P", {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night"}),
    **listed("S", {"summer": "summer", "autumn": "autumn", "winter": "winter"}),
    **listed("s", {"spring": "spring", "fall": "autumn"}),
    **listed("s", {"summers": "summer", "winters": "winter", "springs": "spring", "autumns": "autumn"}),
    **{word: ("k", 1900 + 10 * tens) for word, tens in _DECADES.items()},
    "nineties": ("k", 1990),
    **_HOLIDAYS,
    **listed("R", {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}),
    **listed("R", {"upcoming": 1, "this past": -1, "this coming": 1, "this last": -1, "this next": 1}),
    **listed("e", {"early": "early", "mid": "mid", "late": "late", "early in": "early", "late in": "late"}),
    **listed("e", {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}),
    "today": day_away(0),
    "yesterday": day_away(-1),
    "tomorrow": day_away(1),
    "the day before yesterday": day_away(-2),
    "day before yesterday": day_away(-2),
    "the day after tomorrow": day_away(2),
    "day after tomorrow": day_away(2),
    "tonight": part_away(0, "evening"),
    "last night": night_away(-1),
    "noon": ("c", (12, None)),
    "midday": ("c", (12, None)),
    "midnight": ("c", (0, None)),
    **listed("A", {"a": 1, "an": 1, "one": 1}),
    **listed("C", {"a couple of": 2, "couple of": 2, "a couple": 2}),
    **listed("F", {"a few": 0, "few": 0, "several": 0, "some": 0}),
    "half": ("h", 0.5),
    "fortnight": ("X", (2, Grain.WEEK)),
    **listed("g", {"ago": 0, "back": 0}),
    **listed("G", {"from now": 0, "from today": 0, "hence": 0}),
    **listed("f", {"from": 0}),
    **listed("j", {"to": 0, "through": 0, "thru": 0}),
    **listed("u", {"until": 0, "till": 0, "til": 0, "up to": 0, "'til": 0}),
    **listed("z", {"since": 0, "ever since": 0}),
    **listed("B", {"between": 0}),
    **listed("&", {"and": 0, "or": 0, "&": 0}),
    **listed("b", {"before": 0, "prior to": 0}),
    **listed("a", {"after": 0, "following": 0}),
    **listed("d", {"during": 0, "throughout": 0, "over": 0, "around": 0, "by": 0, "about": 0, "circa": 0}),
    **listed("i", {"in": 0, "within": 0, "back in": 0, "inside": 0}),
    **listed("n", {"on": 0}),
    **listed("@", {"at": 0}),
    **listed("o", {"of": 0}),
    **listed("t", {"the": 0}),
    **listed(
        "l",
        dict.fromkeys("for took takes take lasted lasts lasting spent spend waited".split(), 0),
    ),
    **listed(
        "*", dict.fromkeys("was were will would works is are must might could should can has have".split(), 0)
    ),
    "when": ("m", 0),
    **listed("E", {"every": 0, "each": 0, "per": 0}),
    **listed("~", {"old": 0, "later": 1, "earlier": 1, "older": 0, "younger": 0}),
    **listed(
        "p",
        dict.fromkeys(
            "i we he she they you it i'm i'll i'd i've we're we'll we'd we've he's he'll".split(), 0
        ),
    ),
    **listed(
        "p",
        dict.fromkeys("he'll she's she'll they're they'll they've you're you'll it's there who".split(), 0),
    ),
    **listed(
        "y", dict.fromkeys("my our his her their your its everyone everybody nobody somebody".split(), 0)
    ),
    **listed(
        "+",
        dict.fromkeys(
            "with because while so but if then let's let via as off unless though"
            " not please too also again instead did do does".split(),
            0,
        ),
    ),
}
_IRREGULAR = (
    "was were wasn't weren't did didn't had hadn't been went saw met came left got took gave made said"
    " told found thought knew felt became began bought brought broke built caught chose drove drank ate"
    " fell flew forgot fought froze grew heard held kept led lent lost meant paid ran rang read rode rose"
    " sang sat sent shook shot shut slept sold spent spoke spread stood stole stuck swam swore taught"
    " threw understood woke won wore wrote born cut hit hurt let put quit set lay slid sank tore wept"
    " burnt learnt dreamt spelt spilt leapt leant smelt spoilt bent bit blew bound bred clung crept dealt"
    " dug drew fed fled flung forbade forgave hid hung knelt lit rid sought shone shrank slung spat spun"
    " sprang stank strode struck swept swung wound wove withdrew sped split stung beat cost cast burst"
).split()

ENGLISH = Lexicon(
    language="en",
    words=_WORDS,
    special=_SPECIAL,
    capitals=frozenset("mon tue tues wed weds thu thur thurs fri sat sun mar dec".split()),
    future=r"\b(?:will|won't|shall|\w+'ll|gonna|(?:is|are|am|\w+'m|\w+'re|\w+'s) (?:not )?(?!during)\w{2,}ing\b(?! to)"
    r"|(?:am|is|are|\w+'m|\w+'re|\w+'s) going to|let's|let us|can we|could we|shall we|would like|remind|want to"
    r"|wants to|need to|needs to|have to|has to|must|should|hope to|hopes to|plan to|plans to|see you|due"
    r"|looking forward|(?:starts|begins|ends|comes|arrives|leaves|opens|closes|happens|visits|expires"
    r"|takes place|is|are|works))\b",
    past=rf"\b(?:{'|'.join(_IRREGULAR)}|[a-z]{{2,}}ed)\b",
    not_past=frozenset(
        "need indeed speed feed seed weed bleed breed exceed proceed succeed red bed shed hundred sacred naked"
        " wicked kindred embed".split()
    ),
    month_first=True,
)
