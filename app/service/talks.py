"""Conversations of the talk: kept in the vault, or temporary ones that live in this process alone."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from second_me.app.service.house import House
from second_me.app.words import tr
from second_me.core.memory.episodes import (
    AnswerRecord,
    Conversation,
    Episode,
    Kind,
    NewEpisode,
    Role,
)
from second_me.core.ports import EnvironmentFault

PREFIX = "talk/"
PERSON = "me"
TWIN = "second-me"


class Talk(Protocol):
    """One conversation."""

    name: str
    temporary: bool

    def title(self) -> str:
        """Its title; empty when it has none."""

    def rename(self, title: str, derived_from: str | None) -> None:
        """Give it a title."""

    def append(self, role: Role, text: str, now: datetime, remembered: bool) -> Episode:
        """Keep a turn."""

    def turns(self) -> Sequence[Episode]:
        """Its turns in order."""

    def hide(self, memory_id: str, at: datetime) -> None:
        """Hide one of its memories."""

    def episodes(self, memory_ids: Sequence[str]) -> Mapping[str, Episode]:
        """Episodes by id, its own and the vault's."""

    def answers(self) -> Mapping[str, AnswerRecord]:
        """Its answers by id."""

    def keep_answer(
        self, record: AnswerRecord, text: str, now: datetime, sources: Sequence[str], replaces: str | None
    ) -> AnswerRecord:
        """Keep an answer in the place of another or as the last; returns the record with its id."""


class KeptTalk:
    """A conversation in the vault."""

    temporary = False

    def __init__(self, house: House, name: str) -> None:
        self._house, self.name = house, name

    def title(self) -> str:
        """Its title."""
        found = self._house.conversations.get(self.name)
        return found.title if found else ""

    def rename(self, title: str, derived_from: str | None) -> None:
        """Give it a title."""
        self._house.conversations.rename(self.name, title, derived_from)

    def append(self, role: Role, text: str, now: datetime, remembered: bool) -> Episode:
        """Keep a turn, durably."""
        speaker = TWIN if role is Role.ASSISTANT else PERSON
        with self._house.together():
            kept = self._house.episodes.append(
                NewEpisode(self.name, speaker, text, now, role, Kind.TURN), now
            )
            if not remembered:
                self._house.episodes.set_remembered(kept.memory_id, False)
        return replace(kept, remembered=remembered)

    def turns(self) -> Sequence[Episode]:
        """Its turns."""
        return self._house.conversations.turns(self.name)

    def hide(self, memory_id: str, at: datetime) -> None:
        """Hide one of its memories: 30 days to undo."""
        self._house.episodes.hide(memory_id, at)

    def episodes(self, memory_ids: Sequence[str]) -> Mapping[str, Episode]:
        """Episodes by id."""
        found = {memory_id: self._house.episodes.get(memory_id) for memory_id in memory_ids}
        return {memory_id: episode for memory_id, episode in found.items() if episode is not None}

    def answers(self) -> Mapping[str, AnswerRecord]:
        """Its answers."""
        ids = [turn.memory_id for turn in self.turns() if turn.role is Role.ASSISTANT]
        return self._house.conversations.answers(ids)

    def keep_answer(
        self, record: AnswerRecord, text: str, now: datetime, sources: Sequence[str], replaces: str | None
    ) -> AnswerRecord:
        """Keep an answer; one that it replaces is hidden, and goes for good in 30 days or with its memories."""
        with self._house.together():
            kept = self.append(Role.ASSISTANT, text, now, False)
            record = replace(record, answer_id=kept.memory_id)
            cited = tuple(cited.memory_id for cited in record.citations)
            self._house.conversations.keep_answer(record, tuple(dict.fromkeys((*cited, *sources))))
        if replaces is not None:
            self._house.episodes.hide(replaces, now)
        return record


class TemporaryTalk:
    """A conversation that is never written anywhere."""

    temporary = True

    def __init__(self, house: House, name: str, now: datetime) -> None:
        self._house, self.name, self.created_at = house, name, now
        self._title = ""
        self._turns: list[Episode] = []
        self._answers: dict[str, AnswerRecord] = {}
        self._sources: dict[str, frozenset[str]] = {}

    def title(self) -> str:
        """Its title."""
        return self._title

    def rename(self, title: str, derived_from: str | None) -> None:
        """Give it a title."""
        self._title = title

    def append(self, role: Role, text: str, now: datetime, remembered: bool) -> Episode:
        """Keep a turn as long as this process lives."""
        speaker = TWIN if role is Role.ASSISTANT else PERSON
        seq = self._turns[-1].seq + 1 if self._turns else 1
        made = Episode(
            f"t_{secrets.token_hex(8)}", seq, self.name, None, speaker, role, Kind.TURN, text, now, now, 0,
            "temporary", None, False,
        )  # fmt: skip
        self._turns.append(made)
        return made

    def turns(self) -> Sequence[Episode]:
        """Its turns."""
        return tuple(self._turns)

    def hide(self, memory_id: str, at: datetime) -> None:
        """Take a turn out."""
        self._turns = [turn for turn in self._turns if turn.memory_id != memory_id]

    def episodes(self, memory_ids: Sequence[str]) -> Mapping[str, Episode]:
        """Episodes by id."""
        own = {turn.memory_id: turn for turn in self._turns}
        found = {
            memory_id: own.get(memory_id) or self._house.episodes.get(memory_id) for memory_id in memory_ids
        }
        return {memory_id: episode for memory_id, episode in found.items() if episode is not None}

    def answers(self) -> Mapping[str, AnswerRecord]:
        """Its answers."""
        return self._answers

    def keep_answer(
        self, record: AnswerRecord, text: str, now: datetime, sources: Sequence[str], replaces: str | None
    ) -> AnswerRecord:
        """Keep an answer as long as this process lives."""
        record = replace(record, answer_id=self.append(Role.ASSISTANT, text, now, False).memory_id)
        self._answers[record.answer_id] = record
        self._sources[record.answer_id] = frozenset(sources) | {each.memory_id for each in record.citations}
        if replaces is not None:
            self.hide(replaces, now)
            self._answers.pop(replaces, None)
            self._sources.pop(replaces, None)
        return record

    def forget(self, erased: Collection[str]) -> None:
        """Take out the answers that rest on what was erased."""
        for answer_id in [key for key, sources in self._sources.items() if not sources.isdisjoint(erased)]:
            self._turns = [turn for turn in self._turns if turn.memory_id != answer_id]
            del self._answers[answer_id], self._sources[answer_id]

    def listed(self) -> Conversation:
        """As the list shows it."""
        last = self._turns[-1] if self._turns else None
        return Conversation(
            self.name, self._title or tr("Temporary conversation"), "temporary", True, self.created_at,
            last.recorded_at if last else self.created_at, last.text if last else "", len(self._turns),
        )  # fmt: skip


class Talks:
    """All conversations of the talk."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._temporary: dict[str, TemporaryTalk] = {}

    def create(self, temporary: bool) -> Conversation:
        """A new conversation."""
        name, now = PREFIX + secrets.token_hex(6), self._house.clock.now()
        if temporary:
            self._temporary[name] = TemporaryTalk(self._house, name, now)
            return self._temporary[name].listed()
        return self._house.conversations.create(name, "", "talk", False, now)

    def open(self, name: str) -> Talk:
        """A conversation by name. Raises EnvironmentFault("not_found")."""
        if name in self._temporary:
            return self._temporary[name]
        found = self._house.conversations.get(name)
        if found is None or found.hidden_at is not None:
            raise EnvironmentFault("not_found", tr("There is no such conversation."))
        return KeptTalk(self._house, name)

    def listing(self, query: str | None) -> list[Conversation]:
        """Temporary ones first, then those of the vault, latest first."""
        kept = [item for item in self._house.conversations.listing(query) if item.name.startswith(PREFIX)]
        temporary = [talk.listed() for talk in self._temporary.values()]
        return [*([] if query else temporary), *kept]

    def drop(self, name: str) -> bool:
        """Leave a temporary conversation: nothing of it stays."""
        return self._temporary.pop(name, None) is not None

    def forget(self, erased: Collection[str]) -> None:
        """Memories were erased: temporary conversations forget the answers made of them."""
        for talk in self._temporary.values():
            talk.forget(erased)

    def question_of(self, answer_id: str) -> tuple[Talk, Episode, AnswerRecord]:
        """The conversation, question and record of an answer. Raises EnvironmentFault("not_found")."""
        for talk in (*self._temporary.values(), self._kept(answer_id)):
            record = talk.answers().get(answer_id) if talk else None
            if talk is not None and record is not None and record.question_id is not None:
                question = talk.episodes([record.question_id]).get(record.question_id)
                if question is not None:
                    return talk, question, record
        raise EnvironmentFault("not_found", tr("This answer, or its question, is gone."))

    def _kept(self, answer_id: str) -> KeptTalk | None:
        episode = self._house.episodes.get(answer_id)
        return KeptTalk(self._house, episode.conversation) if episode else None
