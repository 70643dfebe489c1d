"""What is left out of a sentence before it is read: asides between commas or parentheses, "and you?"."""

from __future__ import annotations

import re

from second_me.core.memory.facts.reading.words import Kind, Word


def without_asides(words: list[Word]) -> list[Word]:
    """ "My full name, as in the passport, is ...": what stands between commas before the verb is left out."""
    for at in range(len(words) - 4):
        if words[at].low not in ("my", "our"):
            continue
        commas = [place for place in range(at + 2, min(at + 14, len(words) - 1)) if words[place].low == ","]
        if len(commas) == 2 and commas[0] <= at + 4 and words[commas[1] + 1].low in ("is", "'s", "are"):
            inside = {word.low for word in words[commas[0] : commas[1]]}
            titled = words[commas[0] + 1].cap
            if not titled and inside & {
                "as",
                "in",
                "on",
                "for",
                "by",
                "since",
                "incidentally",
                "now",
                "still",
            }:
                return words[: commas[0]] + words[commas[1] + 1 :]
    return words


def without_parens(words: list[Word]) -> list[Word]:
    """ "My partner (Alex) loves chess", "Dana (my wife) is a nurse": the aside belongs to the clause."""
    found = list(words)
    for at in range(len(words) - 2):
        if words[at].low != "(" or words[at + 1].kind is not Kind.WORD:
            continue
        if words[at + 2].low == ")" and words[at + 1].cap:
            found[at] = found[at + 2] = words[at]._replace(low="")
        elif words[at + 1].low in ("my", "our") and at + 3 < len(words) and words[at + 3].low == ")":
            found[at], found[at + 3] = words[at]._replace(low=","), words[at + 3]._replace(low=",")
    return [word for word in found if word.low]


_SOFT = (
    ["not", "going", "to", "lie"], ["i", "ca", "n't", "lie"], ["ca", "n't", "lie"], ["i", "wo", "n't", "lie"], ["ngl"],
    ["not", "gon", "to", "lie"], ["wo", "n't", "lie"],
)  # fmt: skip


def without_softening(words: list[Word]) -> list[Word]:
    """ "Not gonna lie, I love karaoke": a way to begin that takes nothing back."""
    lows = [word.low for word in words[:4]]
    taken = next((len(soft) for soft in _SOFT if lows[: len(soft)] == soft), 0)
    taken += bool(taken) and taken < len(words) and words[taken].low == ","
    return words[taken:]


_HANDING = frozenset({",", "and", "about", "-"})


def without_and_you(words: list[Word]) -> tuple[list[Word], bool]:
    """ "I'm a carpenter, and you?" states what stands in front."""
    last = len(words)
    while last and words[last - 1].kind is Kind.MARK:
        last -= 1
    if last > 3 and words[last - 1].low in ("you", "yourself") and words[last - 2].low in _HANDING:
        cut = last - 1
        while cut and words[cut - 1].low in _HANDING | {"how", "what"}:
            cut -= 1
        return words[:cut], True
    return words, False


_TAG = re.compile(
    r",?\s+(?:(?:didn't|haven't|hadn't|did|have) I (?:ever |never |not |already )*(?:say|said|tell|told|mention(?:ed)?)"
    r"(?: (?:you|that|it|this|so))*|can(?:'t| not|not)? you tell|remember|would you believe(?: it)?|don't you know"
    r"|you know|believe it or not)\s*\?+\W*$",
    re.IGNORECASE,
)
"""A question behind a statement that takes nothing of it back: "I lived in Ripon, didn't I ever say?"."""


def without_tag(text: str, end: int, words: list[Word]) -> tuple[list[Word], bool]:
    """The words in front of a question that only asks whether it was told before, and whether there is one."""
    match = _TAG.search(text[:end].replace("’", "'"), words[0].start) if words else None
    kept = [word for word in words if word.start < match.start()] if match else []
    return (kept, True) if kept else (words, False)
