"""What hurried writers leave out: "I", "I am", and how a clause tells that they did."""

from __future__ import annotations

from second_me.core.memory.facts.reading.verbs import BE, VERBS, Group
from second_me.core.memory.facts.reading.words import Kind, Word

_DROPPED = frozenset(
    """worked lived graduated studied been moved got bought adopted started quit work live love hate sold
    joined switched lost born allergic married diagnosed had broke sprained fractured picked rented renting
    left drive speak studying working living planning gave retired rehomed named turn turning turned went adore
    enjoy detest loathe despise enjoyed loved hated""".split()
)


_NOT_HERE = frozenset("the any no some every this that your his her their new not all what who".split())


def of_writer(words: list[Word], at: int) -> int:
    """ "Type 2 diabetic here", "nurse here, so ...": where "here" stands, or 0."""
    for place in range(at + 1, min(at + 5, len(words))):
        if words[place].low == "here":
            ends = place + 1 >= len(words) or words[place + 1].kind is Kind.MARK
            ends = ends or words[place + 1].low in ("so", "and", "but", "with", "because")
            return place if ends and words[at].low not in _NOT_HERE else 0
        if words[place].kind is Kind.MARK or words[place].low in BE:
            return 0
    return 0


def leaves_out_be(words: list[Word], at: int) -> bool:
    """ "(I'm a) big fan of jazz", "(I'm) not a fan of ..."."""
    lows = [word.low for word in words[at + 1 : at + 5]]
    return words[at].low in ("big", "huge", "massive", "not") and (
        "fan" in lows
        or lows[:1] in (["into"], ["keen"], ["fond"])
        or lows[:2] in (["really", "into"], ["big", "on"])
    )


STATES = frozenset(
    """based fluent engaged obsessed addicted intolerant bilingual pregnant diabetic asthmatic dyslexic vegan
    vegetarian back retired teetotal veggie pescatarian pescetarian teetotaller autistic coeliac celiac
    hooked""".split()
)
GOING = frozenset(
    """hoping planning going moving flying renting recovering training getting turning aiming suffering
    relocating starting""".split()
)


def left_out_am(words: list[Word], at: int) -> Group | None:
    """ "(I'm) based in Lund", "(I'm) hoping to move", "type 1 diabetic since ...": what stands without "I am"."""
    lows = [word.low for word in words[at : at + 4]]
    if any(word.low in BE or word.low in ("he", "she", "they", "you", "his", "her") for word in words[at:]):
        return None
    if lows[:1] == ["type"] and "diabetic" in lows:
        return Group("", "", at, at, be=True)
    if lows[0] in STATES and len(lows) > 1:
        return Group("", "", at, at, be=True)
    if lows[0] in GOING and len(lows) > 2:
        return Group(VERBS[lows[0]][0], "ing", at, at + 1, be=True) if lows[0] in VERBS else None
    return None


def drops_subject(words: list[Word], at: int) -> bool:
    """ "Moved to Leeds", "can't stand olives": a verb at the start whose subject can only be the writer."""
    if words[at].low.endswith("ing") and any(
        word.low in BE or word.low in ("sounds", "seems", "looks", "makes", "takes", "means")
        for word in words[at:]
    ):
        return False
    if words[at].low in ("do", "ca") and [word.low for word in words[at + 1 : at + 3]] in (
        ["n't", "like"],
        ["n't", "stand"],
        ["n't", "get"],
    ):
        return True
    if words[at].low == "used" and at + 1 < len(words) and words[at + 1].low == "to":
        return True
    return (
        words[at].low in _DROPPED
        and (at + 1 < len(words))
        and words[at + 1].low not in ("?", "'s", "is", "are", "it")
    )
