"""Rules of times that stand alone: "in May", "on Friday", "at Christmas", "in 2019". What licenses them is the word
before, or what follows."""

from __future__ import annotations

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal import building as make
from second_me.core.temporal import counting
from second_me.core.temporal.cascade import Hit, Rule, rule
from second_me.core.temporal.lexer import Tagged
from second_me.core.temporal.moments import Moment, refined, yearly
from second_me.core.temporal.rules_dates import bare
from second_me.core.temporal.spans import Grain


def _weekday_numbered(hit: Hit) -> Tagged | None:
    """ "Monday the 15th": of the nearest month where it fits."""
    node = hit.node("d")
    assert node is not None
    if not hit.scan.text[node.start].isdigit():
        return None
    return "Z", counting.day_on_weekday(hit.value("d"), hit.value("w"))


def _year_named(hit: Hit) -> Tagged | None:
    """ "The year 2015"."""
    return bare(hit) if hit.value("u") is Grain.YEAR else None


def _day_alone(hit: Hit) -> Tagged | None:
    node = hit.node("d")
    assert node is not None
    if not hit.scan.text[node.start].isdigit():
        return None
    return "Z", counting.day_of_month(hit.value("d"), None)


def _year_listed(hit: Hit) -> Tagged:
    return "2", tuple(make.year(hit.value(name)) for name in ("a", "b", "c") if hit.has(name))


def _year_told(hit: Hit) -> Tagged | None:
    """ "Ich habe 2009 Skifahren gelernt": beside a verb, never after a noun ("Zimmer 2019")."""
    at = hit.match.start()
    before = hit.scan.nodes[at - 1] if at else None
    after = hit.following()
    if before is None:
        return bare(hit) if after is not None and after.tag in "+p*" else None
    if before.tag in "-x":
        return None
    return bare(hit)


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
    return bare(hit)


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
    return bare(hit)


def _bare_season(hit: Hit) -> Tagged | None:
    """ "In summer"; the summer of "about summer break" is no time."""
    following = hit.following()
    if following is not None and following.tag == "x" and hit.scan.text[following.start].islower():
        return None
    before = hit.scan.nodes[hit.match.start() - 1]
    said = hit.scan.text[before.start : before.end].casefold()
    return None if said in ("about", "by") and not hit.match.group().startswith("t") else bare(hit)


def _named_thing(hit: Hit) -> bool:
    """ "Friday is the name of my parrot"."""
    after = hit.following(1)
    return after is not None and after.tag in "tyA"


def _bare_holiday(hit: Hit) -> Tagged:
    return "Z", yearly(hit.value("b"), Grain.DAY)


LEFT: tuple[Rule, ...] = (rule(r"(?<=n)(?P<b>W)", bare),)
"""Weekdays that no "before" or "after" took."""


BARE: tuple[Rule, ...] = (
    rule(r"(?P<w>W),?t?(?P<d>O)(?!o)", _weekday_numbered),
    rule(r"(?P<a>Z)o?(?P<s>[SM])", _in_year, "zh hi"),
    rule(r"t?(?P<s>[SsM])o(?P<a>Z)", _in_year, "en es fr"),
    rule(r"(?<=[izudfBU])(?P<a>Y)(?:,(?P<b>Y),?)?&(?P<c>Y)", _year_listed),
    rule(r"(?P<a>Y)&(?P<c>Y)(?=i)", _year_listed, "hi"),
    rule(r"t?(?P<u>U)(?P<b>Y)", _year_named),
    rule(r"(?<=[izunfdBbaj&])(?P<b>Y)(?![DN])", bare),
    rule(r"(?<=[izundfB])t?(?P<b>[kM])", _bare_month),
    rule(r"(?<=[izundfB])t?(?P<b>[Ss])", _bare_season),
    rule(r"(?<=[izundfB])t?(?P<b>q)(?![DN])", bare),
    rule(r"(?<=[n@idzubalo])t?(?P<b>H)", _bare_holiday),
    rule(r"(?<=[nizudfBbao])t?(?P<b>W)(?![ba])", bare),
    rule(r"(?P<b>W)(?=[p.,+*myni@ctP&jludz]|$)", _bare_weekday),
    rule(r"(?<=[nuzfdb@])(?P<b>V)", bare),
    rule(r"(?P<b>Y)(?![DNU\-])", _year_told, "de fr es"),
    rule(r"(?P<b>[YMSHW])(?=[inuzo])", bare, "hi"),
    rule(r"(?P<b>[YMSHW])", bare, "zh"),
    rule(r"(?<=t)(?P<b>W)", bare, "es"),
    rule(r"(?<=[nuzd])t(?P<d>O)(?=[.,p+*&nai@]|$)", _day_alone),
)
