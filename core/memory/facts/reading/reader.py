"""The reader: from a text to claims. Sentences, clauses, mood, subject, verb, frame, passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from second_me.core.memory.facts.claims import Claim, Passage, Stance, passage
from second_me.core.memory.facts.reading import (
    frames_health,
    frames_home,
    frames_identity,
    frames_people,
    frames_plans,
    frames_taste,
    frames_things,
    frames_work,
)
from second_me.core.memory.facts.reading.attributes import attribute
from second_me.core.memory.facts.reading.clauses import Clause, clauses_of
from second_me.core.memory.facts.reading.frames_contact import NEVER, contacts
from second_me.core.memory.facts.reading.german import german
from second_me.core.memory.facts.reading.moods import Veil, quoted, stated
from second_me.core.memory.facts.reading.names import given_at
from second_me.core.memory.facts.reading.persons import Subject, Who, subject_at
from second_me.core.memory.facts.reading.said import Draft, Said, Scene
from second_me.core.memory.facts.reading.times import Times
from second_me.core.memory.facts.reading.values import TIME_NOUNS, time_at
from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, Group, group_at
from second_me.core.memory.facts.reading.words import Kind, Word, words_of
from second_me.core.memory.facts.slots import Slot
from second_me.core.memory.sentences import sentence_spans

Frame = Callable[[Said], Iterator[Draft]]

_TASTE: tuple[Frame, ...] = (frames_taste.taste,)
_BY_VERB: dict[str, tuple[Frame, ...]] = {
    **{verb: _TASTE for verb in frames_taste.LIKING | frames_taste.DISLIKING},
    "live": (frames_home.live,), "reside": (frames_home.live,), "settle": (frames_home.live,),
    "move": (frames_home.move, frames_plans.ahead), "relocate": (frames_home.move, frames_plans.ahead),
    "leave": (frames_home.leave, frames_work.leave), "call": (frames_home.call_home,),
    "work": (frames_work.work,), "freelance": (frames_work.work,), "serve": (frames_work.work,),
    "volunteer": (), "teach": (frames_work.teach,), "start": (frames_work.start,), "begin": (frames_work.start,),
    "join": (frames_work.start,), "quit": (frames_work.leave, frames_health.give_up),
    "lose": (frames_work.leave,), "retire": (frames_work.leave,), "resign": (frames_work.leave,),
    "stop": (frames_work.leave, frames_health.give_up), "give": (frames_health.give_up, frames_things.sell),
    "study": (frames_work.study,), "attend": (frames_work.study,), "graduate": (frames_work.study,),
    "go": (frames_work.study, frames_identity.go_by, frames_plans.going, frames_health.be_diet),
    "become": (frames_health.be_diet, frames_work.be_job), "do": (frames_work.doing_studies,),
    "finish": (frames_work.doing_studies,), "stand": (frames_taste.stand,), "bear": (frames_taste.stand,),
    "have": (frames_people.have_people, frames_people.have_pet, frames_health.have_ill, frames_things.have,
             frames_work.get_job),
    "get": (frames_people.have_people, frames_people.have_pet, frames_health.have_ill, frames_things.have, frames_work.get_job,
            frames_things.sell),
    "own": (frames_people.have_pet, frames_things.own), "keep": (frames_people.have_pet,),
    "adopt": (frames_people.have_pet,), "rescue": (frames_people.have_pet,),
    "buy": (frames_people.have_pet, frames_things.buy), "acquire": (frames_things.buy,),
    "inherit": (frames_people.have_pet, frames_things.buy), "drive": (frames_things.drive,), "ride": (frames_things.drive,),
    "sell": (frames_things.sell,), "trade": (frames_things.sell,), "donate": (frames_things.sell,),
    "speak": (frames_things.speak,), "suffer": (frames_health.suffer,), "diagnose": (frames_health.suffer,),
    "eat": (frames_health.consume,), "drink": (frames_health.consume,), "smoke": (frames_health.consume,),
    "plan": (frames_plans.plan,), "intend": (frames_plans.plan,), "decide": (frames_plans.plan,),
    "want": (frames_plans.plan,), "use": (frames_identity.use,), "marry": (frames_people.coupled,),
    "make": (frames_work.living,), "earn": (frames_work.living,),
}  # fmt: skip
_OF_BEING: tuple[Frame, ...] = (
    frames_identity.born, frames_identity.be_name, frames_identity.sex, frames_home.based, frames_work.be_job,
    frames_work.be_at, frames_people.coupled, frames_taste.be_taste, frames_health.be_allergic,
    frames_health.be_ill, frames_health.be_diet, frames_things.be_fluent,
)  # fmt: skip
_FILLERS = ADVERBS | frozenset(
    """well anyway anyways btw oh omg yeah yep yes ok okay hi hey hello lol haha fyi no nope nah hmm um uh so and but or
    wait sorry thanks too look damn wow ah dear then afterwards plus also meanwhile man dude honestly god tho ps
    correction update edit , . ' * # now finally turns out that because since nice""".split()
)
_FIRST = re.compile(
    r"\b(?:i|we|my|our|me|us|mine|im|ive|the (?:wife|husband|missus|kids)|ich|wir|mein\w*|unser\w*|mir)\b|\b[A-Z][^\W\d_]+",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:(?:oh |oops,? |wait,? |ah,? |sorry,? )?no,? (?:actually|wait|sorry|i|it|my|that|we)\b|correction\b|korrektur\b|"
    r"(?:sorry|oops|wait|whoops)[,.:!]? |actually,? (?:no|it's not|that's (?:wrong|not)|not)\b|scratch that|my mistake|i (?:was wrong|misspoke|meant|lied)"
    r"|that(?:'s| is| was) (?:wrong|not right|incorrect|outdated)|i mean\b|\*)",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"\b(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|evening|afternoon|day)|nice to meet|pleased to meet"
    r"|introduc\w+|my name|call me|new here|years old|by the way|btw|speaking)\b",
    re.IGNORECASE,
)
LONGEST = 600
"""Words of one sentence that are read: what is longer is no sentence."""


def drafts_of(text: str, sentence: tuple[int, int], scene: Scene) -> list[Draft]:
    """The drafts of one sentence that its mood does not put aside."""
    words = _unquoted(text, sentence, words_of(text, *sentence)[:LONGEST])
    if not words or NEVER & {word.low for word in words}:
        return []
    scene.worked = False
    clauses = clauses_of(words)
    words, handed = _without_and_you(words)
    asks = not handed and text[sentence[0] : sentence[1]].rstrip("\"'”’) ").endswith("?")
    open_ = stated(clauses, asks)
    found: list[Draft] = []
    earlier: Said | None = None
    for place, clause in enumerate(clauses):
        if not open_[place]:
            earlier = None
            continue
        drafts, earlier = _clause(clause, clauses[place - 1] if place else None, earlier, scene)
        found += drafts
    return found


def _without_and_you(words: list[Word]) -> tuple[list[Word], bool]:
    """ "I'm a carpenter, and you?" states what stands in front."""
    last = len(words)
    while last and words[last - 1].kind is Kind.MARK:
        last -= 1
    if (
        last > 3
        and words[last - 1].low in ("you", "yourself")
        and words[last - 2].low in (",", "and", "about", "-")
    ):
        cut = last - 1
        while cut and words[cut - 1].low in (",", "and", "about", "-", "how", "what"):
            cut -= 1
        return words[:cut], True
    return words, False


def _unquoted(text: str, sentence: tuple[int, int], words: list[Word]) -> list[Word]:
    """The words that nobody is quoted with."""
    inside = quoted(text[sentence[0] : sentence[1]])
    if not inside:
        return words
    spans = [(start + sentence[0], end + sentence[0]) for start, end in inside]
    return [word for word in words if not any(start <= word.start < end for start, end in spans)]


def _clause(
    clause: Clause, before: Clause | None, earlier: Said | None, scene: Scene
) -> tuple[list[Draft], Said | None]:
    words = clause.words
    found = list(frames_people.ties(words, scene)) + list(frames_people.own_pets(words, scene))
    found += [
        Draft(slot, words[span[0]].start, words[span[1] - 1].end, timed=False)
        for slot, span in frames_identity.called(words, scene.loose)
    ]
    said = _said(clause, before, earlier, scene)
    here = next((span for at in range(min(3, len(words))) if (span := _here(words, at, scene))), None)
    if here:
        found.append(Draft(Slot.NAME, words[here[0]].start, words[here[1] - 1].end, timed=False))
        said = Said(scene, words, len(words), Group("", "", 0, 0, be=True), Subject(Who.ME, 0))
    subject = said.subject if said else None
    mine = subject is not None and subject.who is Who.MINE
    named = subject.named if subject else None
    found += _bare(words)
    found += contacts(words, named if mine else None, mine and named is None)
    if said is not None:
        found += _framed(said)
    scene.worked = (
        scene.worked
        or any(word.low in ("job", "jobs", "employer") for word in words)
        or any(draft.slot is Slot.EMPLOYER for draft in found)
    )
    return found, said


def _bare(words: list[Word]) -> list[Draft]:
    """What is told without a verb of the person's: "coffee is my favourite drink", "as a nurse (I ...)"."""
    liked, job = frames_taste.favourite_of(words), frames_work.as_job(words)
    return [
        Draft(slot, words[span[0]].start, words[span[1] - 1].end, timed=False)
        for slot, span in ((Slot.LIKES, liked), (Slot.JOB, job))
        if span
    ]


def _framed(said: Said) -> list[Draft]:
    if said.subject.who is Who.NOBODY or said.group.modal:
        return []
    if said.subject.who is Who.MINE:
        return list(attribute(said))
    group = said.group
    frames: tuple[Frame, ...] = _BY_VERB.get(group.verb, ()) if group.verb else _OF_BEING
    found = [draft for frame in frames for draft in frame(said)]
    if found or not group.verb:
        return found
    habits = (frames_plans.ahead, frames_plans.habit, frames_plans.used_to)
    return [draft for frame in habits for draft in frame(said)]


def _said(clause: Clause, before: Clause | None, earlier: Said | None, scene: Scene) -> Said | None:
    """A clause as subject, verb and rest; a clause without a subject has that of the one before."""
    words, at = clause.words, 0
    if _is_relative(clause, before):
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


_NOT_NOUNS = (
    _FILLERS
    | TIME_NOUNS
    | frozenset(
        """know said say told tell mentioned mean meant think sure glad happy knows realised realized decided ago lol now then
    today tomorrow yesterday days weekdays reason here there afterwards years there's thing say years lately first""".split()
    )
)


def _is_relative(clause: Clause, before: Clause | None) -> bool:
    """ "places I want to visit": a clause that stands right behind a noun says something of the noun."""
    if not clause.lead.startswith("+") or before is None:
        return False
    return clause.lead[1:] not in _NOT_NOUNS and not time_at(before.words, 0)


def _after_time(words: list[Word], at: int) -> int:
    """Past an expression of time that stands in front ("On Fridays we ...", "Every Sunday I ...")."""
    if not time_at(words, at):
        return at
    for place in range(at + 1, min(len(words), at + 7)):
        if words[place].low in ("i", "we", "my", "our"):
            return place
    return at


def _here(words: list[Word], at: int, scene: Scene) -> tuple[int, int] | None:
    """ "Anna here": somebody says who writes."""
    span = given_at(words, at, scene.loose)
    if span and span[1] < len(words) and words[span[1]].low == "here" and words[span[1] - 1].low != "is":
        ends = (
            span[1] + 1 >= len(words)
            or words[span[1] + 1].kind is Kind.MARK
            or words[span[1] + 1].low == "and"
        )
        return span if ends else None
    return None


def _implied(clause: Clause, at: int, earlier: Said | None, prefix: list[Word], scene: Scene) -> Said | None:
    """ "(I) live in Leeds", "I'm 34, live in Kraków", "Been at Ericsson for years", "just got a puppy"."""
    words = clause.words
    if at >= len(words):
        return None
    if words[at].low in ("name", "names") and at + 1 < len(words) and words[at + 1].low in BE:
        subject = Subject(Who.MINE, at + 1, thing=(at, at + 1))
        return _verbal(words, at + 1, subject, prefix, scene)
    if words[at].low == "like" and clause.lead == ",":
        return None
    if earlier is not None and clause.lead in (
        ",",
        "and",
        "but",
        "then",
        "or",
        "plus",
        "yet",
        "so",
        "-",
        "–",
        "—",
    ):
        said = _verbal(words, at, earlier.subject, prefix, scene)
        return _inherit(said, earlier.group) if said else None
    if not clause.lead and earlier is None and _dropped_subject(words, at):
        return _verbal(words, at, Subject(Who.ME, at), prefix, scene)
    return None


_DROPPED = frozenset(
    """been moved got bought adopted started quit work live love hate sold joined switched lost born allergic married
    diagnosed left drive speak studying working living""".split()
)


def _dropped_subject(words: list[Word], at: int) -> bool:
    return (
        words[at].low in _DROPPED
        and (at + 1 < len(words))
        and words[at + 1].low not in ("?", "'s", "is", "are", "it")
    )


def _inherit(said: Said, group: Group) -> Said:
    """What an auxiliary said of the first verb holds of the next one of the same form."""
    if said.group.tense == "base" and group.tense == "base" and not said.group.negated:
        own = said.group
        own.modal, own.will, own.can = own.modal or group.modal, own.will or group.will, own.can or group.can
        own.ended, own.past = own.ended or group.ended, own.past or group.past
    return said


def _verbal(words: list[Word], at: int, subject: Subject, prefix: list[Word], scene: Scene) -> Said | None:
    if at < len(words) and words[at].low in (":", "=") and subject.who is Who.MINE:
        return Said(scene, words, at + 1, Group("", "", at, at + 1, be=True), subject, prefix)
    if subject.who is Who.MINE and at < len(words) and words[at].low in ("on", "for", "at", "in", "of"):
        at = next(
            (
                place
                for place in range(at, min(len(words), at + 5))
                if words[place].low in BE or words[place].low == ":"
            ),
            at,
        )
    group = group_at(words, at)
    if group is None:
        if subject.who is Who.ME and at < len(words) and words[at].low in ("allergic", "born", "married"):
            return Said(
                scene,
                words,
                at,
                Group("", "", at, at, be=True, past=words[at].low == "born"),
                subject,
                prefix,
            )
        return None
    return Said(scene, words, group.after, group, subject, prefix)


_ORDINAL = re.compile(r"\d\.$")
_SMALL = re.compile(r"[a-zäöü]|(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|May|Mar|Oct|Dec)")


def _sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text; "der 3. Mai" is none's end."""
    found: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if found and _ORDINAL.search(text, found[-1][1] - 2, found[-1][1]) and _SMALL.match(text, start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def read(text: str, said_at: datetime | None, loose: bool) -> tuple[Claim, ...]:
    """All claims of a text, in the order of its sentences, each once."""
    if not _FIRST.search(text):
        return ()
    scene, veil = Scene(text, loose), Veil()
    scene.greeted = bool(_GREETING.search(text))
    spans = _sentences(text)
    found: dict[tuple[object, ...], Claim] = {}
    corrects = False
    for place, (start, end) in enumerate(spans):
        sentence = text[start:end]
        following = text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        corrects = bool(_CORRECTION.match(sentence)) or (
            corrects and place > 0 and len(text[slice(*spans[place - 1])]) < 30
        )
        if not _FIRST.search(sentence) or veil.hides(sentence, following):
            continue
        drafts = drafts_of(text, (start, end), scene) + list(german(text, start, end))
        times = Times(text, start, end, said_at)
        for draft in drafts:
            claim = _claim(text, passage(text, start, end), draft, times, corrects)
            key = (claim.slot, claim.value.start, claim.value.end, claim.named and claim.named.start)
            found.setdefault(key, claim)
    return tuple(found.values())


def _claim(text: str, quote: Passage, draft: Draft, times: Times, corrects: bool) -> Claim:
    since, until = times.of(draft)
    return Claim(
        draft.slot,
        replace(quote, start=draft.start, end=draft.end),
        quote,
        draft.stance,
        replace(quote, start=draft.named[0], end=draft.named[1]) if draft.named else None,
        draft.qualifier,
        since,
        until,
        corrects
        or draft.corrects
        or (draft.stance is Stance.DENIED and draft.slot in (Slot.HOME, Slot.EMPLOYER)),
    )
