"""What somebody else asks for, by its words, among facts that they may know.

It is looser than the twin's own reading of questions, and can be: it only ever sees facts that passed the gate, so
the worst that a twisted question gets is a fact that was theirs to know. Nothing is confirmed or denied; the values
are told, or nothing is. Each question stands for itself: "and?" asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from second_me.core.disclosure.people import FAMILY_WORDS, PEOPLE_WORDS
from second_me.core.memory.facts.claims import ME, Fact, State
from second_me.core.memory.facts.slots import Slot
from second_me.core.recall.keys import query_terms, words
from second_me.core.recall.spelling import folded

MOST = 8
"""Facts that one answer tells."""
FEW = 2
"""Facts that an answer by common words tells."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Words that ask for slots, the best first; `every`: all of the slots are told, not the first that is known.
    `holding`: only values of this form. `alone`: only where nothing else is asked for."""

    words: re.Pattern[str]
    slots: tuple[Slot, ...]
    every: bool = False
    holding: re.Pattern[str] | None = None
    alone: bool = False


def _row(pattern: str, *slots: Slot, every: bool = False, holding: str = "", alone: bool = False) -> _Row:
    form = re.compile(holding, re.IGNORECASE) if holding else None
    return _Row(re.compile(rf"\b(?:{pattern})\b"), slots, every, form, alone)


_ADDRESS = (Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1, Slot.HOME)
_WHOLE_ADDRESS = (
    Slot.STREET_ADDRESS, Slot.ADDRESS_LINE1, Slot.ADDRESS_LINE2, Slot.POSTAL_CODE, Slot.ADDRESS_LEVEL2,
)  # fmt: skip

ROWS = (
    _row(r"(?:first|given|fore) ?names?", Slot.GIVEN_NAME, Slot.NAME),
    _row(r"(?:last|family|sur) ?names?", Slot.FAMILY_NAME, Slot.NAME),
    _row(r"nick ?names?|for short|(?:friends|people|everyone|everybody) calls?", Slot.NICKNAME),
    _row(r"user ?names?|handle", Slot.USERNAME),
    _row(r"job title|title|position|rank|role", Slot.ORGANIZATION_TITLE, Slot.JOB),
    _row(
        r"(?:for|at) (?:which|what) (?:company|firm)|employers?|employed (?:by|at)|works? (?:for|at)|working (?:for|at)"
        r"|where (?:do|does|is|are) \w+ (?:\w+ )?work(?:ing)?|which (?:company|firm)|company|work ?place",
        Slot.EMPLOYER, Slot.ORGANIZATION,
    ),
    _row(
        r"jobs?|professions?|occupations?|for a living|works? as|working as|line of work|(?:for|at) work|trade"
        r"|do for (?:work|money)|professionally|career|what (?:do|does) (?:\w+ ){1,3}do$",
        Slot.JOB, Slot.ORGANIZATION_TITLE,
    ),
    _row(r"e-?mails?(?: address(?:es)?)?|mail address", Slot.EMAIL),
    _row(
        r"(?:tele)?phones?(?: numbers?)?|tel|mobile|cell|numbers?|contact|reach (?:you|her|him|them)"
        r"|(?:can|may|shall|do) (?:i|we) (?:\w+ )?(?:call|ring|reach)",
        Slot.TEL,
    ),
    _row(r"web ?sites?|home ?page|blog|web ?page|url|online", Slot.URL),
    _row(r"post ?codes?|postal codes?|zip(?: ?codes?)?", Slot.POSTAL_CODE, *_ADDRESS),
    _row(
        r"(?<!e-mail )(?<!email )(?<!mail )add?ress|deliver(?:y|ed|ing)?|ship(?:ped|ping)?|parcel|package|streets?"
        r"|(?:send|post|bring) (?:it|this|them|the|a|your|her|his|something)",
        *_WHOLE_ADDRESS, Slot.HOME, every=True,
    ),
    _row(r"country", Slot.COUNTRY_NAME, Slot.COUNTRY, Slot.HOME),
    _row(r"city|town|village|lives?|living|based|home ?town|from where", Slot.HOME, Slot.ADDRESS_LEVEL2),
    _row(r"birth ?days?|born|date of birth|birth ?date|how old|age", Slot.BIRTHDAY),
    _row(r"pronouns?|refer to|(?:he|she) or (?:he|she|they)", Slot.PRONOUNS),
    _row(r"languages?|speaks?|speaking", Slot.SPEAKS, Slot.LANGUAGE, every=True),
    _row(
        r"schools?|universit(?:y|ies)|college|stud(?:y|ied|ies|ying)|degree|graduated?|alma mater|educat(?:ed|ion)",
        Slot.SCHOOL,
    ),
    _row(r"allerg(?:y|ies|ic)|(?:can't|cannot|can not|must not|mustn't) eat", Slot.ALLERGY),
    _row(
        r"medications?|medicines?|pills?|tablets?|drugs?|takes? (?:every|each|any)",
        Slot.HABIT, Slot.HEALTH,
        holding=r"\b(?:take|takes|taking|on)\b",
    ),
    _row(
        r"illness(?:es)?|disease|condition|health|ill|medications?|medicines?|diagnos\w+|sick|suffers?",
        Slot.HEALTH, Slot.ALLERGY,
    ),
    _row(r"pets?|dogs?|cats?|animals?", Slot.PET, Slot.OWNS),
    _row(
        r"hates?|dislikes?|can't stand|cannot stand|doesn't like|does not like|don't like|do not like|avoids?"
        r"|not (?:eat|like|to like)|never eats?",
        Slot.DISLIKES,
    ),
    _row(
        r"likes?|loves?|enjoys?|hobb(?:y|ies)|favou?rites?|fond of|into|interests?|fan of|free time|spare time|for fun"
        r"|music|gifts?|presents? (?:for|would)|sports?|listens?",
        Slot.LIKES,
    ),
    _row(r"owns?|belongings|possess\w*|things", Slot.OWNS),
    _row(
        r"habits?|usually|every (?:day|week|morning|evening|night|\w+day)|on (?:\w+days)|routine|regularly"
        r"|work(?:s|ing)? from home",
        Slot.HABIT,
    ),
    _row(
        r"plans?|planning|going to|holidays?|vacation|trip|travel\w*|christmas|present(?:ing)?"
        r"|next (?:week|month|summer|year)",
        Slot.PLAN,
    ),
    _row(r"names?|introduce", Slot.NAME, Slot.GIVEN_NAME),
    _row(r"called|who (?:are you|is this)|talking to|order for", Slot.NAME, Slot.GIVEN_NAME, alone=True),
)  # fmt: skip
"""Words that ask, the more special before the more general: what a row has read is not read again."""

_RELATIONS = FAMILY_WORDS | PEOPLE_WORDS
_OTHER_WORDS = re.compile(r"\b(?:my|mine)\b(?!\s+(?:dear|goodness|god))")
_NO_NAMES = frozenset("i you she he they we it what that there".split())
_THEIR_OWN = re.compile(rf"\bmy (?:\w+ )?(?:{'|'.join(sorted(_RELATIONS))})\b")
_SUBJECT_PLACE = re.compile(
    r"(?:\b(?:does|did|do|is|are|was|has|have|had|will|can|of|about|with)\s+)([A-Z][\w-]+)|\b([A-Z][\w-]+)['’]s?\b"
)
_PAST = re.compile(r"\b(?:did|was|were|used to|before|former|previous|ex)\b")
_WHO = re.compile(r"\b(?:who|whose|name|names|called|which|married|have|has|any)\b")


def answering(
    question: str, facts: Sequence[Fact], me: Iterable[str], near: bool = False
) -> tuple[Fact, ...]:
    """The facts among `facts` (cleared ones only) that answer a question, at most `MOST`.

    `me` are names of the person; `near`: those who ask share the home ("our address"). () when it asks for nothing
    here, for somebody who is not known, or for what belongs to the asker ("my number").
    """
    right = [fact for fact in facts if fact.state is not State.WRONG and not fact.denied]
    current = [fact for fact in right if fact.state is State.CURRENT]
    mine = frozenset(word for name in me for word in words(name))
    people = _subjects(question, right, mine)
    if people is None or _own(question, people, near, mine):
        return ()
    if people.asked_for:
        return tuple(people.asked_for[:MOST])
    found: dict[int, Fact] = {}
    for row in _asked(question):
        told = _told(current, people.names, row)
        if not told and (row.slots[0] is Slot.SCHOOL or _PAST.search(folded(question))):
            told = _told(right, people.names, row)
        found |= {fact.kept.claim_id: fact for fact in told}
    return tuple(found.values())[:MOST] or _by_words(question, current, people.names, mine)


@dataclass(frozen=True, slots=True)
class _People:
    """Who is asked about; `asked_for`: it is the relations themselves that are asked for."""

    names: frozenset[str]
    asked_for: tuple[Fact, ...] = ()


def _subjects(question: str, facts: Sequence[Fact], mine: frozenset[str]) -> _People | None:
    said = words(question)
    others = {folded(fact.kept.subject) for fact in facts} - {ME}
    named = {name for name in others if set(words(name)) & set(said)}
    if named:
        asks_who = [
            f for f in _relations(facts) if folded(f.kept.subject) in named and said[:2] == ["who", "is"]
        ]
        return _People(frozenset(named), tuple(asks_who))
    related = [word for word in said if word in _RELATIONS and word != "law"]
    if related and not _THEIR_OWN.search(folded(question)):
        return _related(related, said, facts)
    if related:  # "my daughter's phone number? She is called Nora"
        return _People(frozenset({ME})) if mine & set(said) else None
    for match in _SUBJECT_PLACE.finditer(question):
        name = folded(match[1] or match[2])
        if name not in mine and name not in _NO_NAMES:
            return None
    return _People(frozenset({ME}))


def _related(related: Sequence[str], said: Sequence[str], facts: Sequence[Fact]) -> _People | None:
    fitting = [f for f in _relations(facts) if set(words(f.kept.value.replace("-", " "))) & set(related)]
    if not fitting:
        return None
    names = frozenset(folded(fact.kept.subject) for fact in fitting)
    slots = [row for row in _asked(" ".join(said)) if row.slots[0] not in (Slot.NAME, Slot.GIVEN_NAME)]
    asked = not slots and _WHO.search(" ".join(said)) is not None
    return _People(names, tuple(fitting) if asked else ())


def _relations(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kept.claim.slot is Slot.RELATION]


def _own(question: str, people: _People, near: bool, mine: Collection[str]) -> bool:
    """Whether what is asked for is the asker's."""
    said = folded(question)
    if ME not in people.names:
        return False
    if _OTHER_WORDS.search(said) and not set(words(said)) & ({"you", "your"} | set(mine)):
        return True
    return bool(re.search(r"\b(?:am i|do i|i am|i'm|this is)\b", said)) and bool(_OTHER_WORDS.search(said))


def _asked(question: str) -> list[_Row]:
    said, found = folded(question).rstrip(" ?!."), list[_Row]()
    for row in ROWS:
        if row.words.search(said) and not (row.alone and found):
            found.append(row)
            said = said if row.holding else row.words.sub(" ", said)
    return found


def _by_words(
    question: str, facts: Sequence[Fact], names: Collection[str], mine: frozenset[str]
) -> tuple[Fact, ...]:
    """Facts whose sentences hold at least half of what a question names. The whole sentence was cleared, too; the value
    alone is told."""
    asked = {_stem(term) for term in query_terms(question) if term not in mine and term not in names}
    found = []
    for fact in facts:
        shared = asked & {_stem(word) for word in words(fact.kept.quote)}
        if shared and 2 * len(shared) >= len(asked) and folded(fact.kept.subject) in names:
            found.append((len(shared), fact))
    most = max((share for share, _ in found), default=0)
    return tuple(fact for share, fact in found if share == most)[:FEW]


def _stem(word: str) -> str:
    """ "running" and "runs" are "run"."""
    return re.sub(r"(?:(\w)\1)?(?:ing|ed|s)$", r"\1", word) if len(word) > 4 else word.removesuffix("s")


def _told(facts: Sequence[Fact], names: Collection[str], row: _Row) -> list[Fact]:
    theirs = [fact for fact in facts if folded(fact.kept.subject) in names]
    told: list[Fact] = []
    for slot in row.slots:
        fitting = [fact for fact in theirs if fact.kept.claim.slot is slot]
        if row.holding is not None:
            fitting = [fact for fact in fitting if row.holding.search(fact.kept.value)]
        told += fitting
        if fitting and not row.every:
            break
    return told
