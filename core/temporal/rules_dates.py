"""Rules of the calendar: dates in words, months, seasons, quarters, years, and their parts."""

from __future__ import annotations

from second_me.core.temporal import building as make
from second_me.core.temporal import counting
from second_me.core.temporal.cascade import Hit, Rule, rule
from second_me.core.temporal.lexer import Tagged
from second_me.core.temporal.moments import Moment, stretch
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
    if of.grain in (Grain.WEEK, Grain.WEEKEND):  # nobody says which day of it
        return "Z", of
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


def bare(hit: Hit) -> Tagged:
    """What a node alone means."""
    node = hit.node("b")
    assert node is not None
    return "Z", make.moment(node)


def _dated_weekday(hit: Hit) -> Tagged | None:
    """ "Friday, 5 May": the date says it, and the weekday which year."""
    base: Moment = hit.value("b")
    return ("Z", counting.on_weekday(base, hit.value("w"))) if base.grain is Grain.DAY else None


def _half(hit: Hit) -> Tagged | None:
    base = hit.node("b")
    assert base is not None
    return "Z", counting.half(make.moment(base), hit.value("o"))


FULL: tuple[Rule, ...] = (
    rule(rf"(?:(?P<y>Y)o?)?(?P<m>M)(?P<d1>{DAY})j(?P<d2>{DAY})", _day_range, "zh"),
    rule(rf"(?P<d1>{DAY})z(?P<d2>{DAY})(?P<m>M)(?P<y>Y)?u", _day_range, "hi"),
    rule(rf"(?P<y>Y)o?(?P<m>M)(?P<d>{DAY})", _day, "zh"),
    rule(rf"t?(?P<d1>{DAY}),t?(?P<d2>{DAY}),?&t?(?P<d3>{DAY})o?(?P<m>M){YEAR}", _days),
    rule(rf"(?:f|B)?t?(?P<d1>{DAY})[ju\-&]t?(?P<d2>{DAY})o?(?P<m>M){YEAR}", lambda h: _days_or_range(h)),
    rule(rf"(?:f|B)?(?P<m>M)t?(?P<d1>{DAY})[j\-&]t?(?P<d2>{DAY}){YEAR}", lambda h: _days_or_range(h)),
    rule(rf"t?(?P<d>{DAY})o?t?(?P<m>M){YEAR}", _day),
    rule(rf"(?P<m>M)t?(?P<d>{DAY}){YEAR}", _day),
    rule(r"(?P<w>W),?n?t?(?P<b>Z)", _dated_weekday),
    rule(r"(?P<b>Z),A?(?P<w>W)(?!P)", _dated_weekday),
    rule(r"(?P<m>M)[,o]{0,2}(?P<y>Y)|(?P<y2>Y)o?(?P<m2>M)", lambda h: _month_either(h)),
    rule(r"(?P<s>[Ss])[,o]{0,2}t?(?P<y>Y)(?:[/\-][DYN])?", _season_year),
    rule(r"(?P<y>Y)o?(?P<s>[Ss])", _season_year),
    rule(r"(?P<q>q)[,o]{0,2}(?P<y>Y)|(?P<y2>Y)(?P<q2>q)", lambda h: _quarter_either(h)),
    rule(r"t?(?P<q>O)(?P<u>U)[oi]t?(?P<y>Y)", _quarter_counted),
    rule(r"(?P<q>O)(?P<u>U)(?P<y>Y)", _quarter_counted, "de fr es"),
    rule(r"(?P<y>Y)o?(?P<q>O)(?P<u>U)", _quarter_counted, "hi"),
    rule(r"(?P<y>Y)o?(?P<h>H)", _holiday_year, "zh hi"),
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
    if figures == 0 and hit.scan.lexicon.language != "en":  # "años noventa", "den Siebzigern": no age
        return bare(hit)
    if figures < 4 and hit.scan.text[hit.start] not in "'’" and (before is None or before.tag not in "teR"):
        return None
    return bare(hit)


def _month_either(hit: Hit) -> Tagged:
    month, year = hit.value("m", hit.value("m2")), hit.value("y", hit.value("y2"))
    return "Z", make.month(month, year)


def _quarter_either(hit: Hit) -> Tagged | None:
    number, year = hit.value("q", hit.value("q2")), hit.value("y", hit.value("y2"))
    return ("Z", make.quarter(number, year)) if 1 <= number <= 4 else None


PARTS: tuple[Rule, ...] = (
    rule(r"AW[io]t?(?P<b>[ZM])", bare, "en"),  # "one Sunday in May": no more than the month is known
    rule(r"AW", lambda _: ("x", None), "en"),
    rule(r"t?(?P<o>[OR])ho(?P<b>[ZMY])", _half),
    rule(r"t?(?P<o>[OR])(?:(?P<w>W)|(?P<u>U))[oi]t?(?P<b>[ZMYSs])", _nth),
    rule(r"t?(?P<e>e)[\-oit]{0,3}(?P<b>[ZMYSs])", _third),
    rule(r"t?(?P<e>e)[\-oit]{0,3}(?P<u>U)", _third_of_unit),
    rule(r"(?P<b>[ZM])o?(?P<e>e)", _third, "zh hi"),
    rule(r"t?(?P<u>U)o(?P<b>[ZM])", _within),
    rule(rf"t?(?P<d>{DAY})o(?P<b>Z)", _of_month),
)
