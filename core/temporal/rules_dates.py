"""Rules of the calendar: dates in words, months, seasons, quarters, years, and their parts."""

from __future__ import annotations

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal import building as make
from second_me.core.temporal import counting
from second_me.core.temporal.cascade import Hit, Rule, rule
from second_me.core.temporal.lexer import Tagged
from second_me.core.temporal.moments import Moment, refined, stretch, yearly
from second_me.core.temporal.moments import fixed as fixed_moment
from second_me.core.temporal.spans import Grain

DAY = "[DO]"
YEAR = "(?:[,of]{0,2}(?P<y>Y))?"


def _day(hit: Hit) -> Tagged | None:
    node = hit.node("m")
    if node is None:
        return None
    if not hit.has("y") and hit.scan.text[node.start].islower() and _verb_like(hit):
        return None
    return "Z", make.month_day(hit.value("m"), hit.value("d"), hit.value("y"))


def _verb_like(hit: Hit) -> bool:
    """ "All 7 may come", "march 5 miles": written small, an English May or March needs a day like "7th"."""
    day, month = hit.node("d"), hit.node("m")
    assert day is not None and month is not None
    word = hit.scan.text[month.start : month.end].casefold()
    return hit.scan.lexicon.language == "en" and word in ("may", "march", "mar") and day.tag == "D"


def _days(hit: Hit) -> Tagged:
    month, year = hit.value("m"), hit.value("y")
    moments = [make.month_day(month, hit.value(name), year) for name in ("d1", "d2", "d3") if hit.has(name)]
    return "2", tuple(moments)


def _day_range(hit: Hit) -> Tagged | None:
    month, year = hit.value("m"), hit.value("y")
    first, last = (make.month_day(month, hit.value(name), year) for name in ("d1", "d2"))
    return ("1", stretch(first, last)) if hit.value("d1") < hit.value("d2") else None


def _month_year(hit: Hit) -> Tagged:
    return "Z", make.month(hit.value("m"), hit.value("y"))


def _season_year(hit: Hit) -> Tagged:
    return "Z", make.season(hit.value("s"), hit.value("y"))


def _quarter(hit: Hit) -> Tagged | None:
    number = hit.value("q")
    return ("Z", make.quarter(number, hit.value("y"))) if 1 <= number <= 4 else None


def _quarter_counted(hit: Hit) -> Tagged | None:
    return _quarter(hit) if hit.value("u") is Grain.QUARTER else None


def _holiday_year(hit: Hit) -> Tagged:
    return "Z", fixed_moment(hit.value("h")(hit.value("y")))


def _nth(hit: Hit) -> Tagged | None:
    which, base = hit.value("o"), hit.node("b")
    counted = hit.node("o")
    assert base is not None and counted is not None
    if counted.tag == "R" and which >= 0:
        return None
    of = make.moment(base)
    if of.grain in (Grain.DAY, Grain.PART, Grain.HOUR, Grain.MINUTE):
        return None
    weekday = hit.value("w")
    return "Z", counting.nth(of, which, hit.value("u"), weekday)


def _third(hit: Hit) -> Tagged | None:
    base = hit.node("b")
    assert base is not None
    of = make.moment(base)
    return ("Z", counting.third(of, hit.value("e"))) if of.grain not in (Grain.DAY, Grain.PART) else None


def _third_of_unit(hit: Hit) -> Tagged | None:
    """ "The end of the month", of the year."""
    unit = hit.value("u")
    if unit not in (Grain.MONTH, Grain.YEAR):
        return None
    return "Z", counting.third(make.unit_named(unit, 0), hit.value("e"))


def _of_month(hit: Hit) -> Tagged | None:
    """ "The 15th of last month"."""
    base: Moment = hit.value("b")
    return ("Z", counting.day_of_month(hit.value("d"), base)) if base.grain is Grain.MONTH else None


def _day_alone(hit: Hit) -> Tagged | None:
    node = hit.node("d")
    assert node is not None
    if not hit.scan.text[node.start].isdigit():
        return None
    return "Z", counting.day_of_month(hit.value("d"), None)


def _within(hit: Hit) -> Tagged | None:
    """ "The week of 17 April", "the month of May"."""
    base = hit.node("b")
    assert base is not None
    of, unit = make.moment(base), hit.value("u")
    if unit is Grain.MONTH and of.grain is Grain.MONTH:
        return "Z", of
    if unit not in (Grain.WEEK, Grain.WEEKEND) or of.grain is not Grain.DAY:
        return None
    return "Z", make.offset(of, 0, unit)


def _year_listed(hit: Hit) -> Tagged:
    return "2", tuple(make.year(hit.value(name)) for name in ("a", "b", "c") if hit.has(name))


def _bare(hit: Hit) -> Tagged:
    node = hit.node("b")
    assert node is not None
    return "Z", make.moment(node)


def _year_told(hit: Hit) -> Tagged | None:
    """ "Ich habe 2009 Skifahren gelernt": beside a verb, never after a noun ("Zimmer 2019")."""
    at = hit.match.start()
    before = hit.scan.nodes[at - 1] if at else None
    if before is None or before.tag in "-x":
        return None
    return _bare(hit)


def _in_year(hit: Hit) -> Tagged | None:
    base: Moment = hit.value("a")
    if base.grain is not Grain.YEAR:
        return None
    node = hit.node("s")
    assert node is not None
    name = node.value
    if node.tag == "M":
        return "Z", refined(base, lambda span: calendar.month(span.start.year, name), Grain.MONTH)
    return "Z", refined(base, lambda span: calendar.season(span.start.year, name), Grain.SEASON)


def _bare_month(hit: Hit) -> Tagged | None:
    """ "In May": written small, English may and march are months only after a word that says so."""
    return _bare(hit)


def _bare_weekday(hit: Hit) -> Tagged | None:
    """A weekday on its own; "Saturday Night Fever" is a name."""
    node = hit.node("b")
    assert node is not None
    word = hit.scan.text[node.start : node.end].casefold()
    if (
        word.rstrip(".") in hit.scan.lexicon.capitals
        or hit.scan.text[node.end : node.end + 2].strip(".").isalpha()
    ):
        return None
    following = hit.following()
    if following is not None and following.tag == "*" and _named_thing(hit):
        return None
    if following is not None and following.tag == "P":
        following = hit.following(1)
    if following is not None and following.tag in "xyH" and hit.scan.text[following.start].isupper():
        return None
    return _bare(hit)


def _named_thing(hit: Hit) -> bool:
    """ "Friday is the name of my parrot"."""
    after = hit.following(1)
    return after is not None and after.tag in "tyA"


def _bare_holiday(hit: Hit) -> Tagged:
    return "Z", yearly(hit.value("b"), Grain.DAY)


def _dated_weekday(hit: Hit) -> Tagged | None:
    """ "Friday, 5 May": the date says it, and the weekday which year."""
    base: Moment = hit.value("b")
    return ("Z", counting.on_weekday(base, hit.value("w"))) if base.grain is Grain.DAY else None


def _half(hit: Hit) -> Tagged | None:
    base = hit.node("b")
    assert base is not None
    return "Z", counting.half(make.moment(base), hit.value("o"))


FULL: tuple[Rule, ...] = (
    rule(rf"(?P<y>Y)o?(?P<m>M)(?P<d>{DAY})", _day, "zh"),
    rule(rf"(?:f|B)?t?(?P<d1>{DAY})[ju\-&]t?(?P<d2>{DAY})o?(?P<m>M){YEAR}", lambda h: _days_or_range(h)),
    rule(rf"(?:f|B)?(?P<m>M)t?(?P<d1>{DAY})[j\-&]t?(?P<d2>{DAY}){YEAR}", lambda h: _days_or_range(h)),
    rule(rf"t?(?P<d1>{DAY}),(?P<d2>{DAY}),?&(?P<d3>{DAY})o?(?P<m>M){YEAR}", _days),
    rule(rf"t?(?P<d>{DAY})o?t?(?P<m>M){YEAR}", _day),
    rule(rf"(?P<m>M)t?(?P<d>{DAY}){YEAR}", _day),
    rule(r"(?P<w>W),?n?t?(?P<b>Z)", _dated_weekday),
    rule(r"(?P<b>Z),A?(?P<w>W)(?!P)", _dated_weekday),
    rule(r"(?P<m>M)[,o]{0,2}(?P<y>Y)|(?P<y2>Y)o?(?P<m2>M)", lambda h: _month_either(h)),
    rule(r"(?P<s>[Ss])[,o]{0,2}t?(?P<y>Y)(?:[/\-][DYN])?", _season_year),
    rule(r"(?P<y>Y)o?(?P<s>[Ss])", _season_year),
    rule(r"(?P<q>q)[,o]{0,2}(?P<y>Y)|(?P<y2>Y)(?P<q2>q)", lambda h: _quarter_either(h)),
    rule(r"t?(?P<q>O)(?P<u>U)[oi]t?(?P<y>Y)", _quarter_counted),
    rule(r"(?P<h>H)[,o]{0,2}(?P<y>Y)", _holiday_year),
    rule(r"(?P<b>k)", lambda h: _decade(h)),
)


def _days_or_range(hit: Hit) -> Tagged | None:
    """ "3 and 5 May" are two days, "between 3 and 5 May" and "3 to 5 May" are a stretch."""
    tags = hit.match.group()
    return _day_range(hit) if "B" in tags or "&" not in tags else _days(hit)


def _decade(hit: Hit) -> Tagged | None:
    """ "She is in her forties" tells an age: a short decade needs its article."""
    before = hit.scan.nodes[hit.match.start() - 1] if hit.match.start() else None
    figures = sum(letter.isdigit() for letter in hit.scan.text[hit.start : hit.end])
    if figures < 4 and hit.scan.text[hit.start] not in "'’" and (before is None or before.tag not in "teR"):
        return None
    return _bare(hit)


def _month_either(hit: Hit) -> Tagged:
    month, year = hit.value("m", hit.value("m2")), hit.value("y", hit.value("y2"))
    return "Z", make.month(month, year)


def _quarter_either(hit: Hit) -> Tagged | None:
    number, year = hit.value("q", hit.value("q2")), hit.value("y", hit.value("y2"))
    return ("Z", make.quarter(number, year)) if 1 <= number <= 4 else None


PARTS: tuple[Rule, ...] = (
    rule(r"AW[io]t?(?P<b>[ZM])", _bare, "en"),  # "one Sunday in May": no more than the month is known
    rule(r"AW", lambda _: ("x", None), "en"),
    rule(r"t?(?P<o>[OR])ho(?P<b>[ZMY])", _half),
    rule(r"t?(?P<o>[OR])(?:(?P<w>W)|(?P<u>U))[oi]t?(?P<b>[ZMYSs])", _nth),
    rule(r"t?(?P<e>e)[\-oit]{0,3}(?P<b>[ZMYSs])", _third),
    rule(r"t?(?P<e>e)[\-oit]{0,3}(?P<u>U)", _third_of_unit),
    rule(r"t?(?P<u>U)o(?P<b>[ZM])", _within),
    rule(rf"t?(?P<d>{DAY})o(?P<b>Z)", _of_month),
)

LEFT: tuple[Rule, ...] = (rule(r"(?<=n)(?P<b>W)", _bare), rule(r"(?P<b>W)(?=[ba])", _bare_weekday))
"""Weekdays that no "before" or "after" took."""

BARE: tuple[Rule, ...] = (
    rule(r"(?P<a>Z)o?(?P<s>[SM])", _in_year, "zh hi"),
    rule(r"t?(?P<s>[SsM])o(?P<a>Z)", _in_year, "en es fr"),
    rule(r"(?<=[izudfB])(?P<a>Y)(?:,(?P<c>Y),?)?&(?P<b>Y)", _year_listed),
    rule(r"(?<=[izunfdBbaj&])(?P<b>Y)(?![DN])", _bare),
    rule(r"(?<=[izundfB])t?(?P<b>[SskM])", _bare_month),
    rule(r"(?<=[izundfB])t?(?P<b>q)(?![DN])", _bare),
    rule(r"(?<=[n@idzubalo])t?(?P<b>H)", _bare_holiday),
    rule(r"(?<=[nizudfBbao])t?(?P<b>W)(?![ba])", _bare),
    rule(r"(?P<b>W)(?=[p.,+*yni@ctP&jludz]|$)", _bare_weekday),
    rule(r"(?<=[nuzfdb@])(?P<b>V)", _bare),
    rule(r"(?P<b>Y)(?![DNU\-])", _year_told, "de fr es"),
    rule(r"(?P<b>[YMSHW])(?=[inuzo])", _bare, "hi"),
    rule(r"(?P<b>[YMSHW])", _bare, "zh"),
    rule(r"(?<=[nuzd])t(?P<d>O)(?=[.,p+*&nai@]|$)", _day_alone),
)
