"""What the person does with answers, turned into lessons for recall; each in one transaction with its sign.

Temporary conversations and batches never come here: what is not kept teaches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from second_me.app.service.house import House
from second_me.app.service.lives import Uses
from second_me.core.memory.episodes import AnswerRecord
from second_me.core.recall import lessons
from second_me.core.recall.found import Found
from second_me.core.recall.learning import Lesson, learn
from second_me.core.twin.answers import Source
from second_me.core.twin.kinds import TurnKind

_FROM_MEMORY = (Source.MODEL.value, Source.MEMORIES.value)


class Lessons:
    """The lessons of a vault."""

    def __init__(self, house: House) -> None:
        self._house, self._uses = house, Uses(house)

    def answered(self, record: AnswerRecord, found: Sequence[Found]) -> None:
        """An answer was kept: nobody complained of those before it, so silence teaches from them.

        Call it in the transaction that keeps the answer.
        """
        book = self._house.learned
        for answer_id in book.silent():
            self._uses.went_on(answer_id, record)
            self._draw(lessons.of_silence(book.shown(answer_id)))
            book.speak(answer_id)
        if record.kind != TurnKind.COMMAND.value:
            features = {item.episode.memory_id: item.features for item in found if item.features}
            book.keep_shown(record.answer_id, features, _may_teach_by_silence(record))

    def opened(self, answer_id: str, memory_id: str) -> None:
        """The person opened a memory that stood beside an answer."""
        with self._house.together():
            if not self._beside(answer_id, memory_id):
                return
            self._uses.opened(answer_id, memory_id)
            if self._noted(answer_id, memory_id, "opened"):
                self._draw(lessons.of_opening(self._house.learned.shown(answer_id), memory_id))

    def refused(self, answer_id: str, memory_ids: Sequence[str]) -> None:
        """ "Not relevant", of memories of an answer; of none: the person wants another answer."""
        with self._house.together():
            self._house.learned.speak(answer_id)
            self._uses.refused(answer_id, [each for each in memory_ids if self._beside(answer_id, each)])
            for memory_id in memory_ids:
                if self._noted(answer_id, memory_id, "not_relevant"):
                    self._draw(lessons.of_refusal(self._house.learned.shown(answer_id), memory_id))

    def corrected(self, answer_id: str) -> None:
        """The person said what is right instead of an answer."""
        with self._house.together():
            self._uses.corrected(answer_id)
            if self._noted(answer_id, None, "corrected"):
                self._draw(lessons.of_correction(self._house.learned.shown(answer_id)))

    def copied(self, answer_id: str) -> None:
        """The person copied an answer."""
        with self._house.together():
            self._uses.copied(answer_id)

    def _beside(self, answer_id: str, memory_id: str) -> bool:
        record = self._house.conversations.answers([answer_id]).get(answer_id)
        return record is not None and memory_id in record.considered

    def _noted(self, answer_id: str, memory_id: str | None, verdict: str) -> bool:
        """Keep what the person said, and hear no silence any more; False when it was said before."""
        self._house.learned.speak(answer_id)
        return self._house.feedback.record(answer_id, memory_id, verdict, self._house.clock.now())

    def _draw(self, lesson: Lesson) -> None:
        known = self._house.learned.learned()
        better = learn(known, lesson, self._house.weights, self._house.clock.now())
        if better is not known:
            self._house.learned.keep(better)


def _may_teach_by_silence(record: AnswerRecord) -> bool:
    return record.source in _FROM_MEMORY and bool(record.citations) and not record.stopped
