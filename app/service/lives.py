"""The lives of memories in the service: what the person's doings mean for them, and what is done in the
background."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from second_me.app.service.house import House
from second_me.core.memory.episodes import AnswerRecord
from second_me.core.memory.forgetting import Grade
from second_me.core.memory.lives import LifeStore, Rating, Unrated
from second_me.core.memory.objections import objects
from second_me.core.memory.worth import Average, bits, first_stability, importance, surprise, terms_of
from second_me.core.ports import EnvironmentFault
from second_me.core.recall.rarity import Rarity

BATCH = 200
BREATH_SECONDS = 0.02


class Uses:
    """Uses of memories, as the person's doings with answers tell of them. What is not kept is no use."""

    def __init__(self, house: House) -> None:
        self._house = house

    def went_on(self, before: str, record: AnswerRecord) -> None:
        """After an answer (`before`) the person went on in the same conversation: it was of use, unless the next
        words object. In another conversation it may have been ignored."""
        episodes = self._house.episodes
        former, later = episodes.get(before), episodes.get(record.answer_id)
        said = episodes.get(record.question_id) if record.question_id else None
        if former is None or later is None or said is None or former.conversation != later.conversation:
            return
        if objects(said.text):
            self._keep(self._cited(before), Grade.LAPSE, "corrected", before)
        else:
            self._keep(self._cited(before), Grade.GOOD, "went_on", before)

    def copied(self, answer_id: str) -> None:
        """The person copied an answer: what it cites was of use."""
        self._keep(self._cited(answer_id), Grade.GOOD, "copied", answer_id)

    def opened(self, answer_id: str, memory_id: str) -> None:
        """The person opened a memory that stood beside an answer."""
        self._keep([memory_id], Grade.GOOD, "opened", answer_id)

    def refused(self, answer_id: str, memory_ids: Iterable[str]) -> None:
        """ "Not relevant", of memories of an answer."""
        self._keep(memory_ids, Grade.LAPSE, "not_relevant", answer_id)

    def corrected(self, answer_id: str) -> None:
        """The person said what is right instead of an answer: what it cites misled."""
        self._keep(self._cited(answer_id), Grade.LAPSE, "corrected", answer_id)

    def _cited(self, answer_id: str) -> list[str]:
        record = self._house.conversations.answers([answer_id]).get(answer_id)
        return [] if record is None else list(dict.fromkeys(each.memory_id for each in record.citations))

    def _keep(self, memory_ids: Iterable[str], grade: Grade, cause: str, answer_id: str) -> None:
        now = self._house.clock.now()
        self._house.lives.come(now.date())
        self._house.lives.use(memory_ids, grade, cause, answer_id, now)


def come(house: House, now: datetime) -> None:
    """The person uses the app: today is a day of use. A full disk keeps nobody out."""
    with contextlib.suppress(EnvironmentFault):
        house.lives.come(now.date())


def tend(house: House, ending: Callable[[], bool]) -> None:
    """The work of the background, in small steps: new memories get their first stability, what has faded by today
    leaves the default view, another pace goes through all lives."""
    while not ending() and (waiting := house.lives.unrated(BATCH)):
        rate(house.lives, house.rarity, waiting)
        time.sleep(BREATH_SECONDS)  # whoever waits for the vault goes first
    while not ending() and house.lives.work(10 * BATCH):
        time.sleep(BREATH_SECONDS)


def rate(lives: LifeStore, rarity: Rarity, waiting: Iterable[Unrated]) -> None:
    """Give memories their first stability."""
    average = lives.average()
    lives.rate([_rating(each, rarity, average) for each in waiting])


def _rating(each: Unrated, rarity: Rarity, average: Average) -> Rating:
    found = bits(rarity(terms_of(each.text)))
    first = first_stability(importance(each.text, each.noted), surprise(found, average))
    return Rating(each.seq, first, found)
