"""Rules of stretches, lengths, lists, and of times told by an event."""

from __future__ import annotations

import re
from collections.abc import Sequence

from second_me.core.temporal import building as make
from second_me.core.temporal.cascade import Hit, Rule, rule
from second_me.core.temporal.lexer import Node, Tagged
from second_me.core.temporal.moments import Moment, since, stretch, until
from second_me.core.temporal.rules_relative import COUNT, counted
from second_me.core.temporal.spans import Anchor, Grain

ANY = "[ZMYWSsHkV]"
_EVENTS = frozenset(
    "wedding funeral exam party trip birthday accident move surgery operation holiday holidays graduation divorce"
    " birth interview concert conference meeting game match pandemic vacation war flood fire storm burglary"
    " earthquake marathon festival ceremony lockdown strike election course training journey visit"
    " trial operation engagement honeymoon pregnancy illness death race tournament".split()
)


def _stretch(hit: Hit) -> Tagged | None:
    first, last = hit.node("a"), hit.node("b")
    assert first is not None and last is not None
    one, other = make.moment(first), make.moment(last)
    if Grain.DECADE in (one.grain, other.grain) and one.grain != other.grain:
        return None
    return "1", stretch(one, other)


def _since(hit: Hit) -> Tagged:
    node = hit.node("b")
    assert node is not None
    return "1", since(make.moment(node))


def _until(hit: Hit) -> Tagged:
    node = hit.node("b")
    assert node is not None
    return "1", until(make.moment(node))


def _several(hit: Hit) -> Tagged:
    found: list[Moment] = []
    for node in hit.scan.nodes[hit.match.start() : hit.match.end()]:
        if node.tag == "2":
            found += list(node.value)
        elif node.tag == "Z":
            found.append(node.value)
    return "2", tuple(make.one_year(found))


def _length(hit: Hit) -> Tagged | None:
    amount, unit = counted(hit)
    return ("3", make.length(amount, unit)) if amount else None


def _length_said(hit: Hit) -> Tagged | None:
    """ "For a month", "half an hour"; "a month" alone tells nothing."""
    if hit.has("n4") and hit.scan.nodes[hit.match.start("n4")].tag == "A" and not hit.has("l"):
        return None
    return _length(hit)


def _no_time(hit: Hit) -> Tagged:
    return "x", None


def _event_before(hit: Hit) -> Tagged | None:
    """考试前两天, शादी से दो दिन पहले: the event stands first."""
    first, last = hit.scan.nodes[hit.match.start("e")], hit.scan.nodes[hit.match.end("e") - 1]
    amount, unit = counted(hit)
    if not amount:
        return None
    relation = "before" if hit.has("g") else "after"
    event = hit.scan.text[first.start : last.end]
    return "4", Anchor(event, relation, unit, make.length(amount, unit))


COMPOUND: tuple[Rule, ...] = (
    rule(rf"(?P<e>x+)(?:(?P<g>g)|w){COUNT}", _event_before, "zh"),
    rule(rf"(?P<e>x)[zo]{COUNT}(?:(?P<g>g)|w)", _event_before, "hi"),
    rule(r"(?P<a>N)-?(?P<b>[NDA])", lambda h: _compound(h)),
    rule(r"E[tNDOA]{0,2}[UWPSMHK]", _no_time),
    rule(r"[AND][UW]?-?U-?~", _no_time),
    rule(r"(?:[NDC]U|F)AU", _no_time),
)


def _compound(hit: Hit) -> Tagged | None:
    """ "Twenty-five"."""
    tens, ones = hit.value("a"), hit.value("b")
    second = hit.node("b")
    assert second is not None
    if second.tag == "A" and hit.scan.text[second.start : second.end].casefold() != "one":
        return None
    if tens in range(20, 100, 10) and ones < 10 and not hit.scan.text[second.start].isdigit():
        return "N", tens + ones
    return None


STRETCHES: tuple[Rule, ...] = (
    rule(rf"[fo](?P<a>{ANY})[ju\-]t?(?P<b>{ANY})", _stretch),
    rule(rf"B(?P<a>{ANY})&t?(?P<b>{ANY})", _stretch),
    rule(rf"(?P<a>{ANY})&(?P<b>{ANY})oB", _stretch, "hi"),
    rule(
        r"(?<!-)(?P<a>Y)[ju\-](?P<b>Y)(?!-)", lambda h: _stretch(h) if h.value("a") < h.value("b") else None
    ),
    rule(r"(?P<a>W)[j](?P<b>W)|(?<=[idn])(?P<c>M)[j\-](?P<d>[MZ])", lambda h: _named_stretch(h)),
    rule(r"(?P<a>Z)[j](?P<b>Z)", _stretch),
)


def _named_stretch(hit: Hit) -> Tagged | None:
    first, last = hit.node("a") or hit.node("c"), hit.node("b") or hit.node("d")
    assert first is not None and last is not None
    return "1", stretch(make.moment(first), make.moment(last))


ENDS: tuple[Rule, ...] = (
    rule(r"(?P<a>Z)[zj](?P<b>Z)u", _stretch, "hi"),
    rule(r"(?P<b>Z)z", _since, "hi zh"),
    rule(r"(?P<b>Z)u", _until, "hi"),
    rule(r"z[tn]?(?P<b>Z)", _since),
    rule(r"u[tn]?(?P<b>Z)", _until),
    rule(r"(?<=f)(?P<b>Z)(?=z)", _since),
    rule(r"[Z2](?:,&?n?[Z2])*,?&n?[Z2]", _several),
)

LENGTHS: tuple[Rule, ...] = (
    rule(rf"(?P<l>l)?t?{COUNT}(?![abovE~])", _length_said),
    rule(rf"{COUNT}(?=o)", _length_said, "en"),
)


def _clause(hit: Hit) -> str:
    """The event that follows: up to the end of the clause, or to where another one has a subject of its own."""
    following = hit.scan.nodes[hit.match.end() :]
    if not following or following[0].tag not in "pytxA":
        raise ValueError("no event")
    end = following[0].end
    subject = following[0].tag == "p"
    for place in range(1, len(following)):
        if _ends_clause(hit, following, place, subject):
            break
        end = following[place].end
    event = hit.scan.text[following[0].start : end].strip()
    if subject and hit.scan.lexicon.language == "en" and not _told(event, hit.scan.lexicon.past):
        raise ValueError("not told of the past")
    return event


def _ends_clause(hit: Hit, nodes: Sequence[Node], place: int, subject: bool) -> bool:
    """Whether an event ends before this node. `subject`: it is told with a subject of its own ("I moved")."""
    node, before = nodes[place], nodes[place - 1]
    if node.tag in ".,&+;m3" or (node.tag == "p" and (subject or place > 1)):
        return True
    if node.tag == "-" and hit.scan.text[node.start - 1].isspace():
        return True
    if subject:
        return False
    if hit.scan.lexicon.language != "en":  # "la mudanza | perdí las llaves", "la fin de l'été"
        return before.tag == "x" and node.tag not in "o-"
    if node.tag == "*":  # "the wedding | was rainy", "the baby was born"
        return not _passive(hit, nodes[place + 1 : place + 2])
    return node.tag in "ty" and before.tag == "x"  # "the trial | the witness fled"


def _passive(hit: Hit, after: Sequence[Node]) -> bool:
    """ "The baby was born"."""
    return (
        bool(after) and re.fullmatch(r"born|\w+ed", hit.scan.text[after[0].start : after[0].end]) is not None
    )


def _told(event: str, past: str) -> bool:
    return re.search(past, event, re.IGNORECASE) is not None


def _anchored(hit: Hit) -> Tagged | None:
    relation = "after" if hit.has("a2") else "before"
    if hit.has("s"):
        return "4", Anchor(_clause(hit), relation, Grain.SEASON)
    if hit.has("p"):
        return "4", Anchor(_clause(hit), relation, Grain.PART)
    if hit.has("w"):
        return "4", Anchor(_clause(hit), relation, Grain.DAY)
    if hit.has("v"):
        return "4", Anchor(_clause(hit), relation, hit.value("v"))
    amount, unit = counted(hit)
    return "4", Anchor(_clause(hit), relation, unit, make.length(amount, unit) if amount else None)


def _meanwhile(hit: Hit) -> Tagged | None:
    """ "The year I graduated", "the day we met"."""
    event = _clause(hit)
    return "4", Anchor(event, "during", Grain.SEASON if hit.has("s") else hit.value("v"))


def _beside_event(hit: Hit) -> Tagged | None:
    """ "After the wedding", "since I moved": only of what is an event, "before lunch" is none."""
    node = hit.node("r")
    assert node is not None
    relation = {"a": "after", "b": "before", "z": "since", "d": "during"}[node.tag]
    word = hit.scan.text[node.start : node.end].casefold()
    if relation == "during" and word not in ("during", "throughout"):
        return None
    event = _clause(hit)
    first = hit.following()
    if first is not None and first.tag == "p":
        return ("4", Anchor(event, relation)) if relation != "during" else None
    return ("4", Anchor(event, relation)) if _is_event(event) else None


def _is_event(text: str) -> bool:
    return bool(_EVENTS & set(re.findall(r"\w+", text.casefold())))


EVENTS: tuple[Rule, ...] = (
    rule(r"t(?:(?P<v>U)|(?P<s>[Ss]))(?:m(?=[pytxA])|(?=p))", _meanwhile),
    rule(r"t(?P<v>U)o(?=[ty])", lambda h: _meanwhile(h) if _is_event(_clause(h)) else None, "en"),
    rule(
        rf"(?:t(?P<w>W)|t?(?:{COUNT}|(?P<s>[Ss])|(?P<p>P)|(?P<v>U)))(?:[bv]|(?P<a2>a))(?=[pytxA])", _anchored
    ),
    rule(r"(?P<r>[abzd])(?=[pytx])", _beside_event),
)
