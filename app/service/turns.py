"""Turns of the talk: the question is on the disk before the model starts, the answer after it has ended."""

from __future__ import annotations

import contextlib
import itertools
import logging
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from second_me.app.crash import crash_text
from second_me.app.service import shapes
from second_me.app.service.asked_once import AskedOnce
from second_me.app.service.house import House, looks_longer
from second_me.app.service.lessons import Lessons
from second_me.app.service.talks import Talk, Talks
from second_me.app.service.wording import answer_text
from second_me.app.words import tr
from second_me.core.memory.episodes import AnswerRecord, Episode, Role
from second_me.core.ports import EnvironmentFault, Message, Scope
from second_me.core.recall.deep import Deep
from second_me.core.recall.found import Found
from second_me.core.twin.answers import Answer, Piece, Recalled, Source
from second_me.core.twin.kinds import Command, TurnKind, command, turn_kind
from second_me.core.twin.overview import overview_of
from second_me.core.twin.titles import title_of
from second_me.core.twin.twin import Turn

HISTORY_TURNS = 4
log = logging.getLogger(__name__)


def _memorable(text: str, names: frozenset[str], now: datetime) -> bool:
    """Statements are evidence, and what a reminder asks for; a question is not: it would find itself."""
    if overview_of(text, now) is not None:
        return False  # "overview of 2023" has no verb to tell it by
    asked = command(text)
    if asked is not None:
        return asked[0] is Command.REMIND
    return turn_kind(text, names) is TurnKind.STATEMENT


class Hearer(Protocol):
    """Who is told of a turn."""

    def notify(self, method: str, **params: Any) -> None:
        """Send a notification."""


@dataclass
class _Running:
    turn: str
    talk: Talk
    question: Episode
    hearer: Hearer
    started: datetime
    erasures: int
    stop: threading.Event = field(default_factory=threading.Event)
    replaces: str | None = None
    exclude: tuple[str, ...] = ()
    use_model: bool = True
    deep: Deep | None = None
    seed: int = 0
    found: Sequence[Found] = ()
    history: tuple[str, ...] = ()


class Turns:
    """Starts turns, stops them, keeps what they give."""

    def __init__(self, house: House, changed: Callable[[], None]) -> None:
        self._house, self._changed = house, changed
        self.talks, self.lessons = Talks(house), Lessons(house)
        self._running: dict[str, _Running] = {}
        self._numbers = itertools.count(1)

    def send(
        self, conversation: str, text: str, hearer: Hearer, use_model: bool = True, deep: Deep | None = None
    ) -> tuple[str, Episode, Callable[[], dict[str, Any]]]:
        """Store the question; returns the turn's id, the question, and what runs the turn to its answer.

        `deep` None: as the person has chosen for the talk.
        """
        talk = self.talks.open(conversation)
        question = self._keep_question(talk, text)
        running = self._enlist(talk, question, hearer, use_model=use_model, deep=deep)
        return running.turn, question, lambda: self._run(running)

    def again(
        self, answer_id: str, exclude: Sequence[str], hearer: Hearer
    ) -> tuple[str, Callable[[], dict[str, Any]]]:
        """Answer the same question anew; the old answer goes when the new one has come."""
        talk, question, record = self.talks.question_of(answer_id)
        seed = 0 if exclude else secrets.randbelow(2**31 - 1) + 1
        running = self._enlist(
            talk, question, hearer, replaces=record.answer_id, exclude=tuple(exclude), seed=seed
        )
        return running.turn, lambda: self._run(running)

    def stop(self, turn: str) -> None:
        """Stop a turn; what was said until then is kept."""
        running = self._running.get(turn)
        if running is not None:
            running.stop.set()

    def stop_all(self) -> None:
        """Stop every turn."""
        for running in list(self._running.values()):
            running.stop.set()

    def answering(self) -> bool:
        """Whether an answer is being written."""
        return bool(self._running)

    def _enlist(self, talk: Talk, question: Episode, hearer: Hearer, **rest: Any) -> _Running:
        number = f"turn-{next(self._numbers)}"
        now, erasures = self._house.clock.now(), self._house.erasures()
        running = _Running(number, talk, question, hearer, now, erasures, **rest)
        self._running[running.turn] = running
        return running

    def _keep_question(self, talk: Talk, text: str) -> Episode:
        speakers = frozenset(
            word for name in self._house.episodes.speakers() for word in name.casefold().split()
        )
        now = self._house.clock.now()
        memorable = _memorable(text, speakers - {"me"}, now)
        with self._transaction(talk):  # an erasure takes both or neither
            episode = talk.append(Role.PERSON, text, now, memorable)
            if not talk.title():
                talk.rename(title_of(text), episode.memory_id)
        if memorable and not talk.temporary:
            self._changed()
        return episode

    def _transaction(self, talk: Talk) -> AbstractContextManager[object]:
        return contextlib.nullcontext() if talk.temporary else self._house.together()

    def _run(self, running: _Running) -> dict[str, Any]:
        try:
            return self._finish(running, self._events(running))
        except EnvironmentFault as fault:
            return self._fail(running, fault)
        except Exception as bug:  # noqa: BLE001 - the edge of a thread: who waits for the answer must be told
            log.error("a turn failed\n%s", crash_text(bug))
            return self._fail(running, _bug())
        finally:
            self._running.pop(running.turn, None)
            self._forget_again(running)

    def _forget_again(self, running: _Running) -> None:
        """A turn that began before an erasure may have shown the model what is erased, after it had forgotten."""
        if self._house.erasures() != running.erasures:
            self._house.model.forget(None if running.talk.temporary else running.talk.name)

    def _events(self, running: _Running) -> Answer:
        answer: Answer | None = None
        for event in self._house.twin.reply(self._turn(running), running.stop.is_set):
            if isinstance(event, Recalled):
                running.found = event.found
                running.hearer.notify(
                    "turn.recalled", turn=running.turn, memories=[shapes.found(item) for item in event.found]
                )
            elif isinstance(event, Piece):
                running.hearer.notify("turn.token", turn=running.turn, text=event.text)
            else:
                answer = event
        assert answer is not None
        return answer

    def _turn(self, running: _Running) -> Turn:
        before = [turn for turn in running.talk.turns() if turn.seq < running.question.seq]
        mine = [turn for turn in before if turn.role is Role.PERSON]
        told = [turn for turn in mine if turn.remembered and turn.hidden_at is None]
        return Turn(
            text=running.question.text,
            scope=Scope(exclude=frozenset((running.question.memory_id, *running.exclude))),
            previous=mine[-1].text if mine else None,
            previous_recalled=bool(mine) and _recalled_for(mine[-1], running.talk.answers()),
            last_told=told[-1].memory_id if told else None,
            history=self._history(running, before),
            use_model=running.use_model,
            seed=running.seed,
            conversation=None if running.talk.temporary else running.talk.name,
            deep=running.deep or self._chosen_deep(),
            now=running.started,
        )

    def _chosen_deep(self) -> Deep:
        return Deep.WHEN_UNDECIDED if looks_longer(self._house.settings) else Deep.NO

    def _history(self, running: _Running, before: Sequence[Episode]) -> tuple[Message, ...]:
        """The last exchanges in the model's own words; answers from memory are not its to go on from. What the
        model is shown of them is a source of its answer."""
        answers = running.talk.answers().items()
        own = {key: each for key, each in answers if each.source == Source.GENERAL.value}
        by_id = {turn.memory_id: turn for turn in before}
        told: list[Message] = []
        for answer_id, record in own.items():
            question = by_id.get(record.question_id or "")
            if question is not None and answer_id in by_id:
                told.append(Message("user", question.text[:400]))
                told.append(Message("assistant", by_id[answer_id].text[:400]))
                running.history = (*running.history, question.memory_id, answer_id)[-HISTORY_TURNS:]
        return tuple(told[-HISTORY_TURNS:])

    def _finish(self, running: _Running, answer: Answer) -> dict[str, Any]:
        if answer.forget is not None:
            running.talk.hide(answer.forget, self._house.clock.now())
            if not running.talk.temporary:
                self._changed()
        shape = self._keep(running, answer)
        running.hearer.notify("turn.done", turn=running.turn, answer=shape)
        return shape

    def _fail(self, running: _Running, fault: EnvironmentFault) -> dict[str, Any]:
        """The model failed: the memories themselves are the answer, and the person is told."""
        plain = replace(self._house.twin.from_memories(running.found), stopped=True)
        shape = None
        with contextlib.suppress(EnvironmentFault):  # the same disk may refuse this too
            shape = self._keep(running, plain) if running.found else None
        running.hearer.notify(
            "turn.failed",
            turn=running.turn,
            code=fault.code,
            text=fault.what,
            action=fault.action,
            answer=shape,
        )
        if shape is None:
            raise fault
        return {**shape, "failed": {"code": fault.code, "text": fault.what, "action": fault.action}}

    def _keep(self, running: _Running, answer: Answer) -> dict[str, Any]:
        with self._transaction(running.talk):
            answer, cited = self._still_there(running, answer)
            text = answer_text(answer, cited) or tr("The memories of this answer are gone.")
            now = self._house.clock.now()
            record = AnswerRecord(
                answer_id="",
                question_id=running.question.memory_id,
                kind=answer.kind.value,
                source=answer.source.value,
                abstained=answer.abstained,
                stopped=answer.stopped,
                model=answer.model,
                milliseconds=int((now - running.started).total_seconds() * 1000),
                citations=answer.citations,
                considered=tuple(item.episode.memory_id for item in answer.considered),
            )
            kept = running.talk.keep_answer(record, text, now, answer.seen_by_model, running.replaces)
            if not running.talk.temporary:
                self.lessons.answered(kept, answer.considered)
                if answer.asks:
                    AskedOnce(self._house.settings).keep(answer.disputes)
        return shapes.answer(kept, text, cited)

    def _still_there(self, running: _Running, answer: Answer) -> tuple[Answer, Mapping[str, Episode]]:
        """The answer, without what was erased while it was made, and what it cites. Raises EnvironmentFault when its
        question was."""
        history = running.history if answer.source is Source.GENERAL else ()
        cited, seen = [each.memory_id for each in answer.citations], (*answer.seen_by_model, *history)
        shown = [item.episode.memory_id for item in answer.considered]
        there = running.talk.episodes([running.question.memory_id, *cited, *seen, *shown])
        if running.question.memory_id not in there:
            raise EnvironmentFault("not_found", tr("This question was erased."))
        if not there.keys() >= {*cited, *seen}:
            gone = Answer(answer.kind, Source.WORDS, stopped=answer.stopped, forget=answer.forget)
            answer = replace(gone, considered=answer.considered)
        considered = tuple(item for item in answer.considered if item.episode.memory_id in there)
        kept = tuple(each for each in seen if each in there)
        return replace(answer, considered=considered, seen_by_model=kept), there


def _recalled_for(question: Episode, answers: Mapping[str, AnswerRecord]) -> bool:
    return any(
        each.question_id == question.memory_id and each.kind == TurnKind.QUESTION.value
        for each in answers.values()
    )


def _bug() -> EnvironmentFault:
    return EnvironmentFault(
        "bug",
        tr("Something went wrong in Second Me."),
        tr("A report without private data is in the folder logs."),
    )
