"""Smoothing: apostrophes that a hurried hand leaves out, where only what follows tells ("its 8 now", "were moving")."""

from __future__ import annotations

from second_me.core.memory.facts.reading.casing import ALSO_WORDS
from second_me.core.memory.facts.reading.lists_people import GIVEN
from second_me.core.memory.facts.reading.lists_places import TOWNS
from second_me.core.memory.facts.reading.verbs import VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

_AFTER_ITS = frozenset("a an the my our not been just now still on at in dr mr mrs ms called".split())
_VALUES = frozenset({Kind.NUMBER, Kind.PHONE, Kind.EMAIL, Kind.URL, Kind.HANDLE})
_LABELS = frozenset(
    "birthdays bdays names numbers emails postcodes addys phones surnames nicknames pronounss".split()
)
_OF_NAMES = frozenset(
    """birthday bday number email address insta allergic vegan vegetarian coeliac diabetic moved pregnant called a
    an""".split()
)
"""Words behind a name that lost the apostrophe of its "'s"."""
_OPENS = frozenset({",", ".", "!", "?", "and", "but", "so", "my", "our", "because", ";", "ok", "hi", "hey"})


def smoothed(words: list[Word]) -> list[Word]:
    """The words of a sentence, those that lack an apostrophe parted in two."""
    found: list[Word] = []
    for at, word in enumerate(words):
        tail = _tail(words, at)
        if not tail:
            found.append(word)
            continue
        cut = word.end - tail
        found.append(Word(word.low[:-tail], word.start, cut, Kind.WORD, word.cap))
        found.append(Word("'" + word.low[-tail:], cut, word.end, Kind.WORD, False))
    return found


def _tail(words: list[Word], at: int) -> int:
    """Letters of the verb at the end of words[at] that lost its apostrophe; 0: it is whole."""
    word = words[at]
    if word.kind is not Kind.WORD or at + 1 >= len(words) or word.end - word.start != len(word.low):
        return 0
    following = words[at + 1]
    opens = at == 0 or words[at - 1].low in _OPENS
    if word.low == "its":
        told = following.low in _AFTER_ITS or following.kind in _VALUES
        return int(told or (opens and (following.low in TOWNS or following.low in GIVEN)))
    if word.low in _LABELS and opens:
        on = following.low in ("the", "on") and word.low in ("birthdays", "bdays")
        return int(on or following.kind in _VALUES or (word.low == "names" and following.low in GIVEN))
    if word.low.endswith("s") and word.low[:-1] in GIVEN - ALSO_WORDS and word.low not in GIVEN:
        return int(following.low in _OF_NAMES)
    going = VERBS.get(following.low, ("", ""))[1] == "ing"
    return 2 if word.low == "were" and opens and going else 0
