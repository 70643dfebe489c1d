"""The reader: from a text to claims. Sentences, clauses, mood, subject, verb, frame, passages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from second_me.core.memory.facts.claims import Claim, Passage, Stance, passage
from second_me.core.memory.facts.reading import (
    asides,
    frames_birthday,
    frames_identity,
    frames_people,
    introductions,
)
from second_me.core.memory.facts.reading.calling import called, middle_names
from second_me.core.memory.facts.reading.casing import recased
from second_me.core.memory.facts.reading.clauses import Clause, clauses_of
from second_me.core.memory.facts.reading.contacts_mine import labelled
from second_me.core.memory.facts.reading.cues import (
    CORRECTION,
    GREETING,
    MOVED,
    PROMOTED,
    RENAMED,
    THATS_MINE,
    TOLD_WRONG,
)
from second_me.core.memory.facts.reading.doubts import end_of, is_doubtful
from second_me.core.memory.facts.reading.forms import forms
from second_me.core.memory.facts.reading.frames import bare, framed
from second_me.core.memory.facts.reading.frames_announced import announced
from second_me.core.memory.facts.reading.frames_contact import NEVER, contacts
from second_me.core.memory.facts.reading.frames_home import moved_there
from second_me.core.memory.facts.reading.german import german
from second_me.core.memory.facts.reading.made_me import hired_by, made
from second_me.core.memory.facts.reading.moods import Veil, quoted, stated
from second_me.core.memory.facts.reading.names import given_at
from second_me.core.memory.facts.reading.naming import named as named_in_passing
from second_me.core.memory.facts.reading.others_contacts import others_contacts
from second_me.core.memory.facts.reading.parsing import said_of
from second_me.core.memory.facts.reading.persons import Subject, Who
from second_me.core.memory.facts.reading.pets_named import is_animal, named_later
from second_me.core.memory.facts.reading.places_now import HOUSED, lived_at
from second_me.core.memory.facts.reading.replies import reply
from second_me.core.memory.facts.reading.said import Draft, Said, Scene
from second_me.core.memory.facts.reading.sentencing import sentences_of
from second_me.core.memory.facts.reading.small_letters import with_capitals
from second_me.core.memory.facts.reading.smoothing import smoothed
from second_me.core.memory.facts.reading.times import Times
from second_me.core.memory.facts.reading.trimming import (
    without_and_you,
    without_asides,
    without_parens,
    without_softening,
    without_tag,
)
from second_me.core.memory.facts.reading.verbs import Group
from second_me.core.memory.facts.reading.words import Kind, Word, words_of
from second_me.core.memory.facts.slots import Slot

LONGEST = 600
"""Words of one sentence that are read: what is longer is no sentence."""


def drafts_of(text: str, sentence: tuple[int, int], scene: Scene) -> list[Draft]:
    """The drafts of one sentence that its mood does not put aside."""
    words = unquoted(text, sentence, words_of(text, *sentence)[:LONGEST])
    words = with_capitals(words) if scene.loose else words
    if not words or NEVER & {word.low for word in words}:
        return []
    words = without_softening(smoothed(words))
    words = recased(words) if scene.loose else words
    scene.worked, scene.left, scene.contacts, scene.dropped = False, False, [], []
    words, tagged = without_tag(text, sentence[1], without_asides(without_parens(words)))
    words, handed = without_and_you(words)
    clauses = clauses_of(words)
    if not clauses:
        return []
    asks = not (handed or tagged) and text[sentence[0] : sentence[1]].rstrip("\"'”’) ").endswith("?")
    open_ = stated(clauses, asks)
    found: list[Draft] = []
    earlier: Said | None = None
    for place, clause in enumerate(clauses):
        if not open_[place]:
            earlier = None
            continue
        lone = len(clause.words) == 1 and clause.words[0].kind is Kind.PRONOUNS
        if lone and (len(clauses) == 1 or any(draft.slot is Slot.NAME for draft in found)):
            found.append(Draft(Slot.PRONOUNS, clause.words[0].start, clause.words[0].end, timed=False))
            continue
        then = clauses[place + 1] if place + 1 < len(clauses) and clauses[place + 1].lead == "," else None
        scene.ahead = " ".join(word.low for word in then.words[:2]) if then else ""
        drafts, earlier = _clause(clause, clauses[place - 1] if place else None, earlier, scene)
        found += drafts
    if not asks and open_[0]:
        shut = next(
            (clause.words[0].start for clause, told in zip(clauses, open_, strict=True) if not told), None
        )
        found += forms([word for word in words if shut is None or word.start < shut])
    found += in_passing(words, scene, open_[0], asks)
    theirs = others_contacts(text[sentence[0] : sentence[1]], words, scene)
    taken = {draft.start for draft in theirs}
    reached = [draft for draft in found if draft.slot in (Slot.TEL, Slot.EMAIL)]
    # "I prefer she/her" and "I prefer Dutch for letters" are no likings
    spoken_of = {word.start for word in words if word.kind is Kind.PRONOUNS}
    spoken_of |= {draft.start for draft in found if draft.slot is Slot.LANGUAGE}
    return [
        draft
        for draft in found
        if (draft.named or draft.start not in taken)
        and not _holds(draft, reached)
        and not (draft.slot is Slot.LIKES and draft.start in spoken_of)
    ] + theirs


def in_passing(words: list[Word], scene: Scene, open_: bool, asks: bool) -> list[Draft]:
    """What whole sentences tell beside their clauses: names, contacts by their label, addresses behind a town."""
    found = [*named_in_passing(words, asks), *labelled(words, open_, asks)]
    if asks or not open_:
        return found
    return [*found, *called(words), *middle_names(words), *hired_by(words), *lived_at(words, scene)]


def _holds(draft: Draft, reached: list[Draft]) -> bool:
    """A habit of using a number ("(I don't) use 07700 900100 any more") is the number's."""
    return draft.slot in (Slot.HABIT, Slot.PLAN) and any(
        draft.start <= each.start < draft.end for each in reached
    )


_POINTING_ON = frozenset("it 's is now the new one at home work private mobile mine : -".split())


def _points_on(clause: Clause) -> bool:
    """ "(my number changed,) it's 0456 789": whose it is was said in the clause before."""
    for word in clause.words:
        if word.kind in (Kind.PHONE, Kind.EMAIL, Kind.URL, Kind.HANDLE):
            return True
        if word.low not in _POINTING_ON:
            return False
    return False


def unquoted(text: str, sentence: tuple[int, int], words: list[Word]) -> list[Word]:
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
    found += introductions.spoken(words, scene)
    found += introductions.titles(words, scene.text)
    said = said_of(clause, before, earlier, scene)
    here = next((span for at in range(min(3, len(words))) if (span := _here(words, at, scene))), None)
    if here:
        found.append(Draft(Slot.NAME, words[here[0]].start, words[here[1] - 1].end, timed=False))
        said = Said(scene, words, len(words), Group("", "", 0, 0, be=True), Subject(Who.ME, 0))
    subject = said.subject if said else None
    if subject is not None and subject.who is Who.NOBODY and not found:
        scene.people.last = None
    mine = subject is not None and subject.who is Who.MINE
    named = subject.named if subject else None
    found += bare(words, scene.loose)
    if firm := asides.firm_called(words, before.words if before else []):
        found.append(Draft(Slot.ORGANIZATION, words[firm[0]].start, words[firm[1] - 1].end))
    if before and (town := moved_there(words, before.words, scene.loose)):
        found.append(Draft(Slot.HOME, words[town[0]].start, words[town[1] - 1].end))
    if subject is not None and subject.who is Who.ME:
        found += introductions.in_list(words)
    if (day := frames_birthday.birthday_on(scene.text, words)) is not None:
        found.append(Draft(Slot.BIRTHDAY, *day, timed=False))
    lead_in = before.words if before and _points_on(clause) else []
    found += contacts(
        lead_in + words,
        named if mine else None,
        mine and named is None,
        scene.contacts,
        len(lead_in),
        scene.dropped,
    )
    if said is not None:
        found += framed(said)
    found += announced(clause, before, scene)
    found += made(words, before.words if before else [], scene)
    found += named_later(words, scene)
    scene.animal = next((draft for draft in reversed(found) if is_animal(draft, scene)), scene.animal)
    scene.left = scene.left or any(
        draft.slot is Slot.HOME and draft.stance is Stance.ENDED and not draft.named for draft in found
    )
    scene.worked = (
        scene.worked
        or any(word.low in _AT_WORK for word in words)
        or any(draft.slot is Slot.EMPLOYER for draft in found)
    )
    return found, said


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


_AT_WORK = frozenset({"job", "jobs", "employer", "work", "works", "worked"})


def read(text: str, said_at: datetime | None, loose: bool, previous: str | None) -> tuple[Claim, ...]:
    """All claims of a text, in the order of its sentences, each once; else what it answers to `previous`."""
    found = _stated(text, said_at, loose)
    answer = None if found or not previous else reply(text, previous, Scene(text, loose))
    if answer is None:
        return found
    (start, end), drafts = answer
    times = Times(text, start, end, None)
    return tuple(_claim(passage(text, start, end), draft, times, corrects=False) for draft in drafts)


def _stated(text: str, said_at: datetime | None, loose: bool) -> tuple[Claim, ...]:
    scene, veil = Scene(text, loose), Veil()
    scene.greeted, scene.renamed_self = bool(GREETING.search(text)), bool(RENAMED.search(text))
    spans = sentences_of(text)
    found: dict[tuple[object, ...], Claim] = {}
    corrects, whole = False, None
    for place, (start, end) in enumerate(spans):
        sentence = text[start:end]
        following = text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        corrects = bool(CORRECTION.match(sentence)) or (
            corrects and place > 0 and len(text[slice(*spans[place - 1])]) < 30
        )
        if veil.hides(sentence, following):
            continue
        scene.corrected = corrects or bool(TOLD_WRONG.search(sentence))
        scene.promoted = bool(PROMOTED.search(text, spans[max(0, place - 1)][0], end))
        drafts = drafts_of(text, (start, end), scene) + list(german(text, start, end))
        drafts += _owned_after(text, (start, end), following)
        scene.moved = scene.moved or bool(MOVED.search(sentence))
        scene.housed = scene.moved or bool(HOUSED.search(sentence))
        times = Times(text, start, end, said_at)
        for draft in drafts:
            if _goes_on(text, draft.end) or is_doubtful(draft, text, sentence):
                continue
            whole = whole or passage(text, start, end)
            claim = _claim(
                replace(whole, start=start, end=end), replace(draft, end=end_of(draft, text)), times, corrects
            )
            key = (claim.slot, claim.value.start, claim.value.end, claim.named and claim.named.start)
            found.setdefault(key, claim)
    gone = {(draft.slot, draft.start) for draft in scene.renamed}
    return tuple(claim for claim in found.values() if (claim.slot, claim.value.start) not in gone)


def _goes_on(text: str, end: int) -> bool:
    """ "CS:GO", "and/or": the word goes on behind what was read, so where it ends is not sure."""
    return text[end : end + 1] in (":", "/", "_", "#", "*") and text[end + 1 : end + 2].isalnum()


def _owned_after(text: str, sentence: tuple[int, int], following: str) -> list[Draft]:
    """ "Ring this number: 07700 900871. That's mine": the sentence after says whose it is."""
    if not THATS_MINE.match(following):
        return []
    words = words_of(text, *sentence)[:LONGEST]
    return [] if NEVER & {word.low for word in words} else list(contacts(words, None, True, []))


def _claim(quote: Passage, draft: Draft, times: Times, corrects: bool) -> Claim:
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
        corrects or draft.corrects,
    )
