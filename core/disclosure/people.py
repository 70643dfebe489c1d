"""Words for people: who is of the family, and who else somebody may be."""

from __future__ import annotations

from second_me.core.disclosure.levels import Topic
from second_me.core.recall.keys import words

FAMILY_WORDS = frozenset(
    "mother mum mom mummy mommy mama father dad daddy papa parents parent brother sister sibling siblings twin son "
    "daughter child children kid kids baby wife husband partner spouse fiance fiancé fiancee fiancée girlfriend "
    "boyfriend cousin aunt auntie uncle niece nephew grandmother grandma gran granny nan grandfather grandpa "
    "grandparents grandson granddaughter grandchild grandchildren law stepmother stepfather stepbrother stepsister "
    "stepson stepdaughter godmother godfather godson goddaughter".split()
)
PEOPLE_WORDS = frozenset(
    "boss manager supervisor colleague colleagues coworker coworkers neighbour neighbours neighbor neighbors friend "
    "friends flatmate roommate landlord landlady teacher client clients".split()
)
_WORK_WORDS = frozenset(
    "boss manager supervisor colleague colleagues coworker coworkers client clients".split()
)


def is_family(relation: str) -> bool:
    """Whether a relation ("older brother", "mother-in-law") is one of the family."""
    return bool(set(words(relation.replace("-", " "))) & FAMILY_WORDS)


def relation_topic(relation: str) -> Topic:
    """What a relation is about: the family, work, or neither."""
    if is_family(relation):
        return Topic.FAMILY
    return Topic.WORK if set(words(relation)) & _WORK_WORDS else Topic.NONE
