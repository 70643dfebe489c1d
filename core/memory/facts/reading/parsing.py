"""Parsing: a clause as who, verb and what follows, also where the subject or the verb "be" is left out."""

from __future__ import annotations

import re

from second_me.core.memory.facts.reading.clauses import Clause
from second_me.core.memory.facts.reading.dropped import (
    GOING,
    STATES,
    drops_subject,
    leaves_out_be,
    left_out_am,
    of_writer,
)
from second_me.core.memory.facts.reading.persons import Subject, Who, subject_at
from second_me.core.memory.facts.reading.said import Said, Scene
from second_me.core.memory.facts.reading.values import TIME_NOUNS, time_at
from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, Group, group_at
from second_me.core.memory.facts.reading.words import Kind, Word

_FILLERS = ADVERBS | frozenset(
    """well anyway anyways btw oh omg yeah yep yes ok okay hi hey hello lol haha fyi no nope nah hmm um uh so
    and but or wait sorry thanks too look damn wow ah dear then afterwards plus also meanwhile man dude
    honestly god tho ps correction update edit , . : ' * # now finally turns out that because since nice""".split()
)


_NOT_NOUNS = (
    _FILLERS
    | TIME_NOUNS
    | frozenset(
        """remember forget note mention confess admit reminder mind aware after since important short confirmed
    discovered out learned learnt know said say told tell mentioned mean meant think sure glad happy knows
    realised realized decided ago lol now then profession trade nature name day background myself today
    tomorrow yesterday days weekdays reason why here there afterwards years thing lately first y'all yall mate
    guys lads folks bro man dude ta yes nah god cheers anyway besides right sis fam peeps""".split()
    )
)


_POINTERS = frozenset("the a an my our this that these those some any every all of no first last".split())


_GENERAL = frozenset(
    "things places everything all stuff ones people food what something anything way time person".split()
)


_GOING_ON = frozenset({",", "and", "but", "then", "or", "plus", "yet", "so", "-", "–", "—"})
"""Leads after which the subject of the clause before may go on."""


_LABELS = frozenset(
    """name email e-mail phone mobile cell tel telephone address birthday dob birthdate job occupation employer
    nickname pronouns allergies hobbies number adress addr username website home city zip postcode sex
    gender surname birthday postcode""".split()
)


def said_of(clause: Clause, before: Clause | None, earlier: Said | None, scene: Scene) -> Said | None:
    """A clause as subject, verb and rest; a clause without a subject has that of the one before."""
    words, at = clause.words, 0
    if _is_relative(clause, before, scene.loose):
        return None
    while at < len(words) - 1 and words[at].low in _FILLERS - BE and words[at].kind in (Kind.WORD, Kind.MARK):
        at += 1
    prefix = before.words if before and earlier is None and time_at(before.words, 0) else []
    skipped = _after_time(words, at)
    if skipped != at:
        prefix, at = words[at:skipped], skipped
    if clause.lead in ("who", "which") and scene.people.last and before and before.words:
        return _verbal(words, at, Subject(Who.OTHER, at, named=scene.people.last), prefix, scene)
    subject = subject_at(words, at, scene.people, scene.loose)
    if subject is not None:
        return _verbal(words, subject.after, subject, prefix, scene)
    return _implied(clause, at, earlier, prefix, scene)


def _is_relative(clause: Clause, before: Clause | None, loose: bool) -> bool:
    """ "places I want to visit": a clause that stands right behind a noun says something of the noun."""
    if not clause.lead.startswith("+") or before is None:
        return False
    if len(before.words) > 1 and before.words[-1].cap:
        return False
    if before.lead in ("since", "after", "because", "when"):
        return False
    if len(before.words) < 5 and before.words[0].low in ("on", "in", "at", "for"):
        return False  # "on the forum I'm ..."
    if (
        loose
        and len(before.words) > 1
        and before.words[-2].low not in _POINTERS
        and before.words[-1].low not in _GENERAL
    ):
        return False
    return clause.lead[1:] not in _NOT_NOUNS and not time_at(before.words, 0)


def _after_time(words: list[Word], at: int) -> int:
    """Past an expression of time that stands in front ("On Fridays we ...", "Every Sunday I ...")."""
    if not time_at(words, at):
        return at
    for place in range(at + 1, min(len(words), at + 7)):
        if (
            words[place].low in ("i", "we", "my", "our")
            and words[min(place + 1, len(words) - 1)].low != "life"
        ):
            return place
    return at


def _implied(clause: Clause, at: int, earlier: Said | None, prefix: list[Word], scene: Scene) -> Said | None:
    """ "(I) live in Leeds", "I'm 34, live in Kraków", "Been at Ericsson for years", "just got a puppy"."""
    words = clause.words
    if at >= len(words):
        return None
    if words[at].low in ("favourite", "favorite", "fav") and any(
        _says(word) for word in words[at + 1 : at + 4]
    ):
        colon = next(place for place in range(at + 1, at + 4) if _says(words[place]))
        return _verbal(words, colon, Subject(Who.MINE, colon, thing=(at, colon)), prefix, scene)
    thing = at + (words[at].low in _BEFORE_LABELS)
    thing = thing if thing + 1 < len(words) and words[thing].low in _LABELS else at
    if thing + 1 < len(words) and _is_label(words[thing].low, words[thing + 1].low):
        return _verbal(
            words, thing + 1, Subject(Who.MINE, thing + 1, thing=(thing, thing + 1)), prefix, scene
        )
    first = at + (words[at].low == "the")
    if (first > at or words[at].low in _HERE) and (verb := _pointed_label(words, first, scene)):
        return _verbal(words, verb, Subject(Who.MINE, verb, thing=(first, verb)), prefix, scene)
    if words[at].low == "like" and clause.lead == ",":
        return None
    opens = clause.lead in ("", ":", "-", "–", "—") and earlier is None
    if opens and (said := _without_subject(words, at, prefix, scene)) is not None:
        return said
    if earlier is not None and clause.lead in _GOING_ON:
        said = _verbal(words, at, earlier.subject, prefix, scene)
        return _inherit(said, earlier.group, clause.lead) if said else None
    return None


_CORRECTED = frozenset(
    "street address number postcode zip email e-mail surname name birthday phone mobile town city".split()
)


_LEFT = frozenset({"address", "street", "postcode"})
_NEW_HOMES = frozenset({"place", "flat", "house", "apartment"})
"""What is another one after a move."""


_HERE = frozenset("postcode address zip street state county province".split())


def _pointed_label(words: list[Word], at: int, scene: Scene) -> int:
    """ "(I told you wrong,) the street is ...", "(we moved,) the new address is ...": where the verb stands, or 0."""
    if (
        [word.low for word in words[at + 1 : at + 2]] == ["here"]
        and words[at].low in _HERE
        and at + 2 < len(words)
    ):
        return at + 2 if words[at + 2].low in BE else 0
    known = _CORRECTED if scene.corrected else _LEFT if scene.moved else frozenset()
    known = known | (
        _NEW_HOMES if scene.moved and words[at : at + 1] and words[at].low == "new" else frozenset()
    )
    at += at < len(words) and words[at].low in ("right", "correct", "real", "new", "proper", "actual")
    told = at + 1 < len(words) and words[at].low in known and words[at + 1].low in BE
    return at + 1 if told else 0


_BEFORE_LABELS = frozenset(
    """the full real mailing home postal current new phone email work private office business mobile personal daytime
    evening""".split()
)


def _says(word: Word) -> bool:
    return word.low == ":" or word.low in BE


def _is_label(low: str, following: str) -> bool:
    """ "Name: Lucia", "name's Kenji", "home is Antwerp now"."""
    return (following == ":" and low in _LABELS) or (following in BE and low in _NAMED_LABELS)


_NAMED_LABELS = frozenset(
    """name home pronouns birthday bday surname number email e-mail phone mobile cell postcode username insta ig
    discord snap twitter telegram gamertag""".split()
)


_TAGGED = re.compile(
    r"(?:they|he|she) (?:did|do|does|had|have)\b|(?:did|do|does|has|had|is|was) (?:he|she|they|n't)\b"
)
"""Behind a clause without a subject this says whose it is: "got a dog, they did"."""
_OTHERS = re.compile(r"(?:the|a|an|he|she|they|it|his|her|their|its|this|that|these|those|you|your)\b")


def _without_subject(words: list[Word], at: int, prefix: list[Word], scene: Scene) -> Said | None:
    """A clause at the start that leaves out "I" or "I am"."""
    if _TAGGED.match(scene.ahead) or (words[at].low in STATES | GOING and _OTHERS.match(scene.ahead)):
        return None
    if last := of_writer(words, at):
        return Said(scene, words[:last], at, Group("", "", at, at, be=True), Subject(Who.ME, at), prefix)
    if at and at + 1 < len(words) and (words[at - 1].low, words[at].low) == ("no", "longer"):
        group = Group("", "", at, at + 1, be=True, ended=True)
        return Said(scene, words, at + 1, group, Subject(Who.ME, at), prefix)
    if (
        at
        and words[at].low == "into"
        and words[at - 1].low in ("really", "super", "so", "totally", "properly")
    ):
        return Said(scene, words, at, Group("", "", at, at, be=True), Subject(Who.ME, at), prefix)
    if leaves_out_be(words, at):
        denied = words[at].low == "not"
        group = Group("", "", at, at + denied, be=True, negated=denied)
        return Said(scene, words, at + denied, group, Subject(Who.ME, at), prefix)
    if (left := left_out_am(words, at)) is not None:
        return Said(scene, words, left.after, left, Subject(Who.ME, at), prefix)
    if drops_subject(words, at):
        return _verbal(words, at, Subject(Who.ME, at), prefix, scene)
    return None


def _inherit(said: Said, group: Group, lead: str) -> Said:
    """What an auxiliary said of the first verb holds of the next one of the same form."""
    if said.group.tense == "base" and group.tense == "base" and not said.group.negated:
        own = said.group
        own.modal, own.will, own.can = own.modal or group.modal, own.will or group.will, own.can or group.can
        own.negated = own.negated or (group.negated and lead in ("or", "nor"))
        own.ended, own.past = own.ended or group.ended, own.past or group.past
    return said


def _past_place(words: list[Word], at: int) -> int:
    """ "My username on GitHub is": past what stands between the noun and its verb."""
    for place in range(at, min(len(words), at + 5)):
        if words[place].low in BE or words[place].low == ":":
            return place
    return at


def _verbal(words: list[Word], at: int, subject: Subject, prefix: list[Word], scene: Scene) -> Said | None:
    if at < len(words) and words[at].low in (":", "=") and subject.who is Who.MINE:
        return Said(scene, words, at + 1, Group("", "", at, at + 1, be=True), subject, prefix)
    if subject.who is Who.MINE and at < len(words) and words[at].low in ("on", "for", "at", "in", "of"):
        at = _past_place(words, at)
    group = group_at(words, at)
    if group is None:
        if subject.who is Who.ME and at < len(words) and words[at].low in ("allergic", "born", "married"):
            group = Group("", "", at, at, be=True, past=words[at].low == "born")
            return Said(scene, words, at, group, subject, prefix)
        return None
    if subject.who is Who.MINE and group.be and group.verb:
        group.verb, group.after = "", group.at
    return Said(scene, words, group.after, group, subject, prefix)
