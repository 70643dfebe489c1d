"""Rules of times told from now, or from another time: last week, two weeks ago, the day before."""

from __future__ import annotations

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal import building as make
from second_me.core.temporal.cascade import Hit, Rule, rule
from second_me.core.temporal.lexer import Tagged
from second_me.core.temporal.moments import (
    Moment,
    Tense,
    at_clock,
    in_part,
    relative,
)
from second_me.core.temporal.spans import Grain

COUNT = r"(?:(?P<n>[AND])&Ah(?P<u2>U)|(?P<h>h)A?(?P<u3>U)|(?P<n2>[AND])?(?P<x>X)|(?P<c>[CF])(?P<u4>U)"
COUNT += r"|(?P<n3>A)(?P<u5>U)&Ah|(?P<n4>[AND])-?(?P<u>U))"
"""So many units, in all the ways to say it."""

FINE = (Grain.MINUTE, Grain.HOUR, Grain.DAY)


def counted(hit: Hit) -> tuple[float, Grain]:
    """(amount, unit) of a match of `COUNT`; amount 0 is "a few"."""
    if hit.has("x"):
        amount, unit = hit.value("x")
        return amount * hit.value("n2", 1), unit
    unit = next(hit.value(name) for name in ("u", "u2", "u3", "u4", "u5") if hit.has(name))
    if hit.has("h"):
        return 0.5, unit
    amount = next(hit.value(name) for name in ("n", "c", "n3", "n4") if hit.has(name))
    return amount + (0.5 if hit.has("n") or hit.has("n3") else 0), unit


def _ago(hit: Hit) -> Tagged:
    amount, unit = counted(hit)
    return "Z", make.few_ago(unit, 1) if amount == 0 else make.ago(amount, unit)


def _ahead(hit: Hit) -> Tagged:
    amount, unit = counted(hit)
    return "Z", make.few_ago(unit, -1) if amount == 0 else make.ago(-amount, unit)


def _in(hit: Hit) -> Tagged | None:
    """ "In three days": of the past it says how long it took."""
    amount, unit = counted(hit)
    if hit.scan.tense(hit.start, hit.end) is Tense.PAST:
        return ("3", make.length(amount, unit)) if amount else None
    return _ahead(hit)


def _weekdays_ago(hit: Hit) -> Tagged:
    count, number = hit.value("n"), hit.value("k")
    return "Z", relative(lambda now: calendar.weekday(number, now, -count), Grain.DAY)


def _seasons_ago(hit: Hit) -> Tagged:
    """ "Three summers ago", "two Christmases ago": of those that have ended."""
    base = hit.node("b")
    assert base is not None
    return "Z", make.named_again(make.moment(base), -1, hit.value("n"))


def _part_before_last(hit: Hit) -> Tagged | None:
    """ "The night before last"."""
    day = make.unit_named(Grain.DAY, -2)
    return ("Z", in_part(day, hit.value("p"))) if hit.value("r") == -1 else None


def _named(hit: Hit) -> Tagged | None:
    base = hit.node("b")
    assert base is not None
    return "Z", make.named(make.moment(base), hit.value("r"))


def _unit_named(hit: Hit) -> Tagged | None:
    unit, step, node = hit.value("u"), hit.value("r"), hit.node("u")
    assert node is not None
    if unit in FINE or _several(hit.scan.text[node.start : node.end], hit):
        return None
    word = hit.node("r")
    if word is not None and hit.scan.text[word.start : word.end].casefold() == "past":
        return "1", make.window(1, unit, step)
    return "Z", make.unit_named(unit, step)


def _several(word: str, hit: Hit) -> bool:
    """ "The coming weeks" says not how many."""
    return hit.scan.lexicon.language == "en" and word[-1] in "sS" and word[-2] not in "'’"


def _part_named(hit: Hit) -> Tagged | None:
    part, step = hit.value("p"), hit.value("r")
    if step > 0:
        return None
    day = make.unit_named(Grain.DAY, 0 if step == 0 else -1)
    return "Z", in_part(day, part)


def _unit_before_last(hit: Hit) -> Tagged | None:
    wanted = -1 if hit.has("b") else 1
    if hit.value("r") != wanted or hit.value("u") in FINE:
        return None
    return "Z", make.unit_named(hit.value("u"), wanted, 2)


def _before_last(hit: Hit) -> Tagged | None:
    base = hit.node("w")
    wanted = -1 if hit.has("b") else 1
    assert base is not None
    return ("Z", make.named_again(make.moment(base), wanted)) if hit.value("r") == wanted else None


def _counted_from(hit: Hit) -> Tagged | None:
    """ "A week from Friday", "three weeks ago today": exact to the day."""
    amount, unit = counted(hit)
    base: Moment = hit.value("b")
    if base.grain is not Grain.DAY or not amount or unit in (Grain.MINUTE, Grain.HOUR):
        return None
    return "Z", make.offset(base, -amount if hit.has("ago") else amount, unit, Grain.DAY)


def _hour_of(hit: Hit) -> Tagged | None:
    """ "Tomorrow at 10", "at 6 in the morning"."""
    hour, base = hit.value("c"), hit.value("b")
    if hour > 23:
        return None
    day: Moment = base if base is not None else make.unit_named(Grain.DAY, 0)
    if day.grain not in (Grain.PART, Grain.DAY):
        return None
    return "Z", at_clock(day, _in_part(hour, hit.value("p")), None)


def _window(hit: Hit) -> Tagged | None:
    step = hit.value("r")
    if step == 0 or (not hit.has("c2") and not hit.has("f")):
        return None
    amount = hit.value("c2", make.FEW[1])
    if hit.value("w") is Grain.WEEKEND or not amount:
        return None
    return "1", make.window(amount, hit.value("w"), step)


def _part_of(hit: Hit) -> Tagged:
    return "Z", make.part_of(hit.value("b"), hit.value("p"))


def _clock_of(hit: Hit) -> Tagged | None:
    base: Moment = hit.value("b")
    hour, minute = hit.value("c")
    if base.grain not in (Grain.PART, Grain.DAY):
        return None
    return "Z", at_clock(base, _in_part(hour, hit.value("p")), minute)


def _in_part(hour: int, part: str | None) -> int:
    return hour + 12 if part in ("afternoon", "evening", "night") and hour < 12 else hour


def _clock_today(hit: Hit) -> Tagged:
    hour, minute = hit.value("c")
    return "Z", at_clock(make.unit_named(Grain.DAY, 0), _in_part(hour, hit.value("p")), minute)


def _clock_alone(hit: Hit) -> Tagged | None:
    node = hit.node("c")
    assert node is not None
    if hit.scan.text[node.end - 1].casefold() not in "m." or not hit.scan.text[node.start].isdigit():
        return None
    return _clock_today(hit)


def _beside(hit: Hit) -> Tagged | None:
    base: Moment = hit.value("b")
    if base.grain is Grain.DECADE:
        return None
    after = hit.has("a")
    if hit.has("w"):
        return "Z", make.weekday_beside(base, hit.value("w"), after)
    if hit.has("p"):
        return "Z", in_part(make.beside(base, Grain.DAY, after), hit.value("p"))
    return "Z", make.beside(base, hit.value("u"), after)


def _offset(hit: Hit) -> Tagged | None:
    amount, unit = counted(hit)
    if not amount:
        return None
    return "Z", make.offset(hit.value("b"), amount if hit.has("a") else -amount, unit)


NAMED: tuple[Rule, ...] = (
    rule(r"t?(?P<u>U)(?:(?P<b>b)|a)t?(?P<r>R)", _unit_before_last),
    rule(r"t?(?P<w>[WSsHM])(?:(?P<b>b)|a)t?(?P<r>R)", _before_last),
    rule(r"t?(?P<r>R)(?:(?P<c2>[NDC])|(?P<f>F))(?P<w>U)", _window),
    rule(r"n?t?(?P<r>R)(?P<b>[WMSsH])", _named),
    rule(r"t?(?P<b>[WMSsH])(?P<r>R)(?![U])", _named, "fr es"),
    rule(r"t?(?P<r>R)(?P<u>U)(?!-)", _unit_named),
    rule(r"t?(?P<u>U)(?P<r>R)", _unit_named, "fr es"),
    rule(r"(?P<r>R)(?P<p>P)", _part_named),
    rule(rf"{COUNT}(?P<ago>g)(?P<b>Z)", _counted_from),
    rule(rf"{COUNT}g", _ago),
    rule(r"(?P<n>[NDC])(?P<k>K)g", _weekdays_ago),
    rule(r"(?P<n>[NDC])(?P<b>[SsH])g", _seasons_ago),
    rule(r"t?(?P<p>P)b(?P<r>R)(?![UWPSHM])", _part_before_last),
    rule(rf"v{COUNT}", _ago),
    rule(rf"{COUNT}[Gw]", _ahead),
    rule(rf"w{COUNT}", _in),
    rule(rf"i{COUNT}(?![ob~])", _in, "en de es"),
)


def _of_named(hit: Hit) -> Tagged | None:
    """ "Tuesday last week", "August of last year", "3 May this year"."""
    first = hit.node("a")
    whole: Moment = hit.value("b")
    assert first is not None
    base = make.moment(first)
    wanted = Grain.WEEK if first.tag == "W" else Grain.YEAR
    if whole.grain is not wanted or base.named is None:
        return None
    return "Z", make.latest_in(base, whole)


OF_NAMED: tuple[Rule, ...] = (rule(r"(?P<a>[WMSsHZ])o?(?P<b>Z)", _of_named),)

BESIDE: tuple[Rule, ...] = (
    rule(r"(?P<b>Z),?[in]{0,1}t?(?P<p>P)(?!R)", _part_of),
    rule(r"n?t?(?P<p>P)[on]t?(?P<b>Z)", _part_of),
    rule(r"(?P<b>Z),?[@dnj]{0,2}t?(?P<p>P)?(?P<c>c)", _clock_of),
    rule(r"@?t?(?P<p>P)?(?P<c>c),?(?:n|o|i)?t?(?P<b>Z)", _clock_of),
    rule(r"(?<=[@])(?P<c>c)(?:it(?P<p>P))?", _clock_today),
    rule(r"(?P<p>P)(?P<c>c)", _clock_today, "zh"),
    rule(r"(?P<c>c)", _clock_alone),
    rule(r"(?P<b>Z),?@(?P<c>[DN])(?![UxMO\-])(?:it?(?P<p>P))?", _hour_of),
    rule(r"@(?P<c>[DN])it?(?P<p>P)", _hour_of),
    rule(rf"{COUNT}f(?P<b>Z)", _counted_from),
    rule(rf"t?{COUNT}(?:[bv]|(?P<a>a))t?(?P<b>Z)", _offset),
    rule(r"t?(?:(?P<w>W)|(?P<u>U)|(?P<p>P))(?:[bv]|(?P<a>a))t?(?P<b>Z)", _beside),
)
