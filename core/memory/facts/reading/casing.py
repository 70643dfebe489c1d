"""Capitals: in a text without them, the words that are names are marked as if they had one.

A word is a name by a cue: a tie in front ("my uncle raj"), an animal that somebody owns ("our cat biscuit threw up"), a
title, a preposition before a known town, a known firm, a common given name that is no other English word. What is a
word of its own as well ("will", "rose", "reading", "next") needs a cue. Unsure words stay small.
"""

from __future__ import annotations

import re

from second_me.core.memory.facts.reading.lists_firms import COMMON_FIRMS, FIRM_PAIRS, FIRMS
from second_me.core.memory.facts.reading.lists_people import GIVEN, KIN, KIN_PAIRS, NOT_NAMES, PREFIXES
from second_me.core.memory.facts.reading.lists_places import COUNTRIES, REGION_PAIRS, REGIONS, TOWNS
from second_me.core.memory.facts.reading.lists_things import ANIMALS
from second_me.core.memory.facts.reading.names_lower import family, organisation, street, town_pair
from second_me.core.memory.facts.reading.values import PREPOSITIONS, TIME_NOUNS
from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, MODAL, NEGATIVE, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

_TITLED = re.compile(r"[A-Z][a-zß-ÿ]|\bI\b")
_OWNERS = frozenset({"my", "our"})
ALSO_WORDS = frozenset(
    """will mark rose may june april grace hope faith art bill rob sue pat drew chase frank guy nick ray jack dean
    dale glen grant heath iris ivy jade jasmine joy lily dawn daisy holly hazel olive ginger penny ruby crystal amber
    summer autumn robin jay gene jean ken lance miles pearl peg pip poppy reed rich rusty sandy skip stew tab troy
    violet viola wade warren wren angel basil berry bear brook carol cat christian cliff clay dick dot earl faye fern
    flora gale herb hunter jewel kit lane lee mercy mel max sky star sterling tanner turner victor wally ward woody
    an amen asia china paris sofia sydney florence victoria charlotte chelsea austin major prince duke earnest norm
    bob don tad tom-tom charity constance patience prudence verity honor honour august said ion till rue bo an van
    ada ally alma bea ben-ben dee ed em eve jo kai kim lea leaf lou mia mo moss ness ora per pia ran ria sage sol sun
    tee ty val vi wan wen xi yan yu randy fanny willy johnson felicity bliss gay gray grey jet king lark love marina
    morgan noble ocean opal page paige patsy pepper piper presley reuben rocky roman rowan royal ruth-less saffron
    sally scout shell sierra skye sonny spike tiffany tony-award trinity tyler una vera-wang whit""".split()
) - {"bob", "kim", "ruth", "sally", "ed", "jo", "mia", "ada", "bea", "lou", "tiffany", "morgan"}
"""Given names that are other words too."""
_NO_NAME = (
    ADVERBS
    | NEGATIVE
    | MODAL
    | PREPOSITIONS
    | BE
    | NOT_NAMES
    | TIME_NOUNS
    | KIN
    | ANIMALS
    | frozenset(
        """have has had do does did will can ca wo away around
        me him them us who whos whom whose all any some every both
        no one two three four five lot bit bunch of off out up down back over then than when while until till like side
        party group chat house place room stuff thing things job work name number birthday wedding age day days night
        half class car dog goes said says told asked rang texted sent gave keeps left only even much many more most
        ever either though tho cos because cause new old big little tall short mad ill sick dead alive late early home
        lol haha thinks wants needs called named age aged finally once again apparently says whats thats its
        tooth fairy board seat bump phase ex visit visits advice recipe fault idea plan turn life tongue""".split()
    )
)
_AFTER_NAME = (
    BE
    | MODAL
    | frozenset(
        "'s has had have does did do will wo ca can 'll 'd 've , and ( ) . ! who n't not never always just also".split()
    )
)
_TOLD_PAST = frozenset(
    """threw ate ran bit won fell kept slept chewed barked scratched knocked jumped puked peed pooped weed nicked
    stole hid lay sat stood made brought found escaped vomited meowed snored ruined destroyed swallowed caught
    scared hates loves keeps needs wants thinks turned turns snores sleeps howls refuses refused managed tried
    decided started went got came asked told says said""".split()
)
_AT = frozenset("in from to near outside of around at visiting leave leaving left".split())
_FIRM_CUES = frozenset("at for from by with joined join left quit joining leaving leave".split())
_HOUSES = frozenset(
    "university uni college school hospital grammar academy infirmary airport poly polytechnic council".split()
)
_OF_HOUSES = frozenset({"university", "college", "uni", "bank"})
_NAME_CUES = frozenset({"name", "names", "called", "named", "myself"})


def is_loose(text: str) -> bool:
    """Whether a text is written without capitals, so that a small word may be a name."""
    first = next((letter for letter in text if letter.isalpha()), "")
    return (first.islower() and not _TITLED.search(text)) or (
        " i " in f" {text} " and " I " not in f" {text} "
    )


def recased(words: list[Word]) -> list[Word]:
    """The words of a sentence without capitals, names marked as if they had one."""
    found = list(words)
    for at, word in enumerate(words):
        if word.kind is not Kind.WORD or word.cap or not word.low[0].isalpha():
            continue
        for place in range(at, at + _length(words, at)):
            found[place] = found[place]._replace(cap=True)
    return found


def _length(words: list[Word], at: int) -> int:
    """How many words of a name begin at words[at]; 0: none."""
    low, before = words[at].low, words[at - 1].low if at else ""
    following = words[at + 1].low if at + 1 < len(words) else ""
    if (low, following) in FIRM_PAIRS or (before in _AT and (low, following) in REGION_PAIRS):
        return 2
    if low in FIRMS or (low in COMMON_FIRMS and before in _FIRM_CUES):
        return 1
    for rule in (_own_name, _house, street, organisation, town_pair, _saint, _called):
        if length := rule(words, at):
            return length
    if low in PREFIXES and (length := _titled(words, at)):
        return length
    if low in GIVEN:
        return _given(words, at)
    if low in TOWNS | COUNTRIES | REGIONS:
        return int(before in _AT and low not in ("us", "nice", "reading", "turkey", "bath"))
    return int(_is_unknown_name(words, at))


def _titled(words: list[Word], at: int) -> int:
    """ "dr robin pettifer", "my title is dr"."""
    if at + 1 < len(words) and words[at + 1].low in GIVEN:
        return 2 + (at + 2 < len(words) and _family(words, at + 2))
    if at > 1 and words[at - 1].low in ("is", "'s") and words[at - 2].low == "title":
        return 1
    following = words[at + 1].low if at + 1 < len(words) else ""
    plain = following.isalpha() and following not in _NO_NAME and following not in VERBS
    behind = at + 2 >= len(words) or words[at + 2].kind is Kind.MARK or _told_of(words, at + 2)
    known = words[at].low in ("mr", "mrs", "ms", "dr", "prof", "mr.", "mrs.", "dr.") and len(following) > 2
    return 2 if known and plain and behind and not following.startswith(("app", "off")) else 0


def _own_name(words: list[Word], at: int) -> int:
    """ "my surname is van der meer"."""
    if at < 3 or words[at - 1].low not in ("is", "'s") or words[at - 2].low not in ("name", "surname"):
        return 0
    owned = {word.low for word in words[max(0, at - 5) : at - 2]} & _OWNERS
    return family(words, at, _NO_NAME) if owned else 0


def _given(words: list[Word], at: int) -> int:
    low, before = words[at].low, words[at - 1].low if at else ""
    after_tie = bool(at) and (
        before in KIN or (before in ANIMALS and at > 1 and words[at - 2].low in _OWNERS)
    )
    mine = [word.low for word in words[at + 1 : at + 3]] in (["'s", "my"], ["is", "my"])
    told = (
        mine
        or before in _NAME_CUES
        or (before in ("is", "'s") and at > 1 and words[at - 2].low in _NAME_CUES | KIN)
    )
    if not (after_tie or told) and low in ALSO_WORDS:
        return 0
    if before in ("the", "a", "an") or before.endswith("-"):
        return 0
    return 1 + (told and at + 1 < len(words) and _family(words, at + 1))


def _family(words: list[Word], at: int) -> bool:
    """A family name that ends its phrase: "(my name is john) smith"."""
    low = words[at].low
    ends = (
        at + 1 >= len(words) or words[at + 1].kind is Kind.MARK or words[at + 1].low in ("and", "but", "from")
    )
    return (
        ends and low.isalpha() and len(low) > 2 and low not in _NO_NAME and (low not in VERBS or low in GIVEN)
    )


def _house(words: list[Word], at: int) -> int:
    """ "university of leicester", "leeds uni"."""
    low = words[at].low
    if low in _OF_HOUSES and at + 2 < len(words) and words[at + 1].low == "of" and words[at + 2].low in TOWNS:
        return 1
    if low in TOWNS and at + 1 < len(words) and words[at + 1].low in _HOUSES and at:
        return 2
    return 0


def _saint(words: list[Word], at: int) -> int:
    """ "at st brigids"."""
    low = words[at].low
    placed = at and words[at - 1].low in ("at", "for", "to", "from", "in")
    return (
        2
        if placed and low in ("st", "st.", "saint") and at + 1 < len(words) and words[at + 1].low.isalpha()
        else 0
    )


def _called(words: list[Word], at: int) -> int:
    """ "(my cats are called) salt and pepper", "(a dog named) biscuit": any word is a name there."""
    low = words[at].low
    back = at - 1
    while back > 1 and words[back].low in ("and", ","):
        back -= 2
    if (
        back < 0
        or words[back].low not in ("called", "named")
        or not low.isalpha()
        or low in _NO_NAME | {"after", "a"}
    ):
        return 0
    before = [word.low for word in words[max(0, back - 5) : back]]
    several = back == at - 1 or any(each.endswith("s") for each in before)
    animals = any(each in ANIMALS or each.rstrip("s") in ANIMALS or each in KIN for each in before)
    ends = at + 1 >= len(words) or words[at + 1].kind is Kind.MARK or words[at + 1].low in _AFTER_NAME
    return int(animals and several and ends)


def _is_unknown_name(words: list[Word], at: int) -> bool:
    """A word that nobody knows, between a tie or an animal of the person's and a verb: "my boss grzegorz is"."""
    low = words[at].low
    if at < 2 or low in _NO_NAME or low in VERBS or not low.isalpha() or len(low) < 3:
        return False
    if words[at - 1].low in KIN or words[at - 1].low.endswith("-in-law"):
        owned = {word.low for word in words[max(0, at - 4) : at - 1]} & _OWNERS
        pair = (words[at - 1].low, low) not in KIN_PAIRS
        known = pair and not low.endswith(("s", "ed", "ing", "ly"))
    else:
        owned = {word.low for word in words[max(0, at - 3) : at - 1]} & _OWNERS
        known = words[at - 1].low in ANIMALS and not low.endswith(("ed", "ing", "ly"))
    return bool(owned) and known and _told_of(words, at + 1)


def _told_of(words: list[Word], at: int) -> bool:
    """Whether a verb in the third person, or its helper, stands here."""
    if at >= len(words):
        return False
    low = words[at].low
    known = VERBS.get(low)
    return (
        (low in _AFTER_NAME - {",", "and", ".", "!", "(", ")"})
        or low in _TOLD_PAST
        or (known is not None and known[1] in ("s", "past"))
    )
