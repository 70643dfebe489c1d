"""Frames: which grammar reads what follows a verb, a form of "be", or stands without either."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from second_me.core.memory.facts.claims import Stance
from second_me.core.memory.facts.reading import (
    asides,
    frames_arranged,
    frames_birthday,
    frames_denied,
    frames_duties,
    frames_habits,
    frames_health,
    frames_home,
    frames_identity,
    frames_injuries,
    frames_meals,
    frames_needs,
    frames_people,
    frames_plans,
    frames_school,
    frames_taste,
    frames_things,
    frames_trades,
    frames_warmth,
    frames_work,
    introductions,
    own_ills,
)
from second_me.core.memory.facts.reading.attributes import attribute
from second_me.core.memory.facts.reading.persons import Who
from second_me.core.memory.facts.reading.said import Draft, Said
from second_me.core.memory.facts.reading.words import Word
from second_me.core.memory.facts.slots import Slot

Frame = Callable[[Said], Iterator[Draft]]


_TASTE: tuple[Frame, ...] = (frames_taste.taste,)


_BY_VERB: dict[str, tuple[Frame, ...]] = {
    **{verb: _TASTE for verb in frames_taste.LIKING | frames_taste.DISLIKING},
    "live": (frames_home.live, frames_warmth.live_for, frames_health.live_with), "struggle": (frames_health.live_with,),
    "reside": (frames_home.live,), "rent": (frames_home.rent,), "share": (frames_home.rent,),
    "lodge": (frames_home.rent,), "break": (frames_injuries.injure, frames_injuries.break_out),
    "pick": (frames_people.pick_up,), "sprain": (frames_injuries.injure,),
    "fracture": (frames_injuries.injure,), "tear": (frames_injuries.injure,), "twist": (frames_injuries.injure,),
    "dislocate": (frames_injuries.injure,), "react": (frames_injuries.react,), "come": (frames_injuries.break_out,),
    "manage": (frames_duties.duty,), "lead": (frames_duties.duty,),
    "head": (frames_duties.duty,), "run": (frames_duties.duty, frames_things.business),
    "cook": (frames_duties.duty,), "clean": (frames_duties.duty,), "understand": (frames_things.speak,),
    "know": (frames_things.know,), "found": (frames_duties.found,), "carry": (frames_injuries.carry,),
    "settle": (frames_home.live,),
    "move": (frames_home.move, frames_plans.ahead), "relocate": (frames_home.move, frames_plans.ahead),
    "leave": (frames_home.leave, frames_work.leave), "call": (frames_home.call_home,),
    "work": (frames_work.work,), "intern": (frames_work.work,),
    "qualify": (frames_work.start,), "bartend": (frames_work.work,),
    "freelance": (frames_work.work,), "serve": (frames_work.work,),
    "tend": (frames_habits.tend,), "rehome": (frames_things.sell,),
    "teach": (frames_duties.teach,), "start": (frames_work.start,), "begin": (frames_work.start,),
    "join": (frames_work.start,), "quit": (frames_work.leave, frames_health.give_up),
    "lose": (frames_work.leave,), "retire": (frames_work.leave,), "resign": (frames_work.leave,),
    "stop": (frames_work.leave, frames_health.give_up), "give": (frames_health.give_up, frames_things.sell),
    "study": (frames_school.study,), "attend": (frames_school.study,), "graduate": (frames_school.study,),
    "go": (frames_school.study, frames_identity.go_by, frames_plans.going, frames_health.be_diet),
    "become": (frames_health.be_diet, frames_trades.be_job), "do": (frames_school.doing_studies, frames_duties.shifts),
    "finish": (frames_school.doing_studies,), "stand": (frames_warmth.stand,), "bear": (frames_warmth.stand,),
    "care": (frames_warmth.care,),
    "have": (frames_needs.cannot_have, frames_warmth.have_taste, frames_people.have_people, frames_people.have_pet,
             frames_health.have_ill, frames_things.have,
             frames_work.get_job, frames_injuries.operated, frames_things.business),
    "get": (frames_warmth.enough, frames_warmth.have_taste,
            frames_people.have_people, frames_people.have_pet,
            frames_health.have_ill, frames_things.have, frames_work.get_job, frames_things.sell,
            frames_school.doing_studies, frames_things.get_by, frames_health.suffer),
    "own": (frames_people.have_pet, frames_things.own, frames_things.business),
    "grow": (frames_things.speaking,), "keep": (frames_people.have_pet, frames_needs.eat_by_rule),
    "adopt": (frames_people.have_pet,), "rescue": (frames_people.have_pet,),
    "buy": (frames_people.have_pet, frames_things.buy), "acquire": (frames_things.buy,),
    "inherit": (frames_people.have_pet, frames_things.buy), "drive": (frames_things.drive, frames_duties.duty),
    "ride": (frames_things.drive,),
    "sell": (frames_things.sell,), "trade": (frames_things.sell,), "donate": (frames_things.sell,),
    "speak": (frames_things.speak,), "recover": (frames_health.suffer,),
    "suffer": (frames_health.suffer,), "diagnose": (frames_health.suffer,),
    "eat": (frames_health.consume, frames_needs.cannot_have, frames_needs.eat_by_rule),
    "drink": (frames_health.consume, frames_needs.cannot_have), "smoke": (frames_health.consume,),
    "plan": (frames_plans.plan,), "hope": (frames_plans.plan,), "aim": (frames_plans.plan,),
    "look": (frames_plans.plan,), "intend": (frames_plans.plan,), "decide": (frames_plans.plan,),
    "want": (frames_plans.plan,), "use": (frames_identity.use,), "marry": (frames_people.coupled,),
    "turn": (frames_birthday.turn,), "name": (frames_people.name_pet,),
    "change": (frames_identity.change,), "drop": (frames_school.drop_out,),
    "make": (frames_duties.living,), "earn": (frames_duties.living,),
}  # fmt: skip


_OF_BEING: tuple[Frame, ...] = (
    frames_birthday.born, introductions.login, frames_identity.be_name, frames_identity.sex, frames_home.based,
    frames_trades.be_job, frames_trades.promoted_to, frames_needs.on_diet,
    frames_trades.be_at, frames_trades.at_school, frames_school.be_pupil, frames_people.coupled, frames_taste.be_taste,
    frames_health.be_allergic,
    frames_plans.about_to, frames_health.be_ill, frames_health.be_diet, frames_things.be_fluent,
)  # fmt: skip


def bare(words: list[Word], loose: bool) -> list[Draft]:
    """What is told without a verb of the person's: "coffee is my favourite drink", "as a nurse (I ...)"."""
    liked, job = frames_taste.favourite_of(words), asides.as_job(words)
    home, tongue = frames_home.home_is(words), asides.language_of(words)
    return (
        frames_denied.bare_none(words)
        + [
            Draft(slot, words[span[0]].start, words[span[1] - 1].end, timed=False)
            for slot, span in (
                (Slot.LIKES, liked),
                (Slot.JOB, job),
                (Slot.HOME, home),
                (Slot.JOB, asides.of_trade(words)),
                (Slot.LANGUAGE, tongue),
                (Slot.LANGUAGE, asides.letters_in(words)),
            )
            if span
        ]
        + [
            Draft(Slot.EMPLOYER, words[span[0]].start, words[span[1] - 1].end, Stance.ENDED)
            for span in (asides.sacked_from(words, loose),)
            if span
        ]
        + [
            Draft(slot, words[span[0]].start, words[span[1] - 1].end, timed=False)
            for slot, span in (
                (Slot.EMPLOYER, asides.shift_at(words, loose)),
                (Slot.PLAN, frames_arranged.appointment(words)),
            )
            if span
        ]
        + [
            Draft(slot, words[span[0]].start, words[span[1] - 1].end, timed=False)
            for slot, span in (
                *own_ills.own_ills(words),
                *own_ills.lone_allergy(words),
                *own_ills.lone_ill(words),
                *asides.my_job(words, loose),
                *((Slot.ALLERGY, each) for each in frames_injuries.gives_rash(words)),
            )
        ]
    )


def framed(said: Said) -> list[Draft]:
    """What the frames of a clause's verb find."""
    if said.subject.who is Who.ME and said.group.will and not said.group.modal:
        return list(frames_plans.booked(said))
    if said.subject.who is Who.NOBODY or said.group.modal or said.group.will:
        return []
    if said.subject.who is Who.MINE:
        return list(attribute(said))
    group = said.group
    frames: tuple[Frame, ...] = _BY_VERB.get(group.verb, ()) if group.verb else _OF_BEING
    denying = frames_denied.BY_VERB.get(group.verb, ())
    found = [draft for frame in (*frames, *denying) for draft in frame(said)]
    if found or not group.verb:
        return found
    habits = (
        frames_plans.ahead,
        frames_meals.meal,
        frames_habits.habit,
        frames_habits.never,
        frames_habits.used_to,
    )
    return [draft for frame in habits for draft in frame(said)]
