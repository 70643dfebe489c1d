"""One turn of the chat: from what was said to an answer that says where it knows it from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from second_me.core.memory.episodes import Citation, Episode, Role
from second_me.core.ports import EnvironmentFault, EpisodeStore, Generator, Message, Sampling, Scope
from second_me.core.recall.deep import DEPTH, Deep, Deepener
from second_me.core.recall.found import Found
from second_me.core.recall.keys import query_terms, words
from second_me.core.recall.recall import Recall
from second_me.core.temporal.asking import wanted
from second_me.core.twin import when
from second_me.core.twin.answers import Answer, Event, MessageId, Piece, Recalled, Source
from second_me.core.twin.citations import check
from second_me.core.twin.context import in_context
from second_me.core.twin.fact_answers import FactAnswers
from second_me.core.twin.kinds import Command, TurnKind, command, courtesy, statement_of, turn_kind
from second_me.core.twin.outline import Outline
from second_me.core.twin.prompt import STARTER, Budget, answer_prompt, fitting, talk_prompt

SHOWN = 10
CITED = 5
ANSWER_TOKENS = 80
TALK_TOKENS = 160


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said, and what is known around it.

    `about_memories` is true where the question can only mean the memories (a search within a conversation).
    `previous` is the person's turn before, `previous_recalled` whether it was asked of the memories;
    `last_told` the last statement, for "forget that". `seed` other than 0 asks for another wording.
    `conversation` names one of which the model's state may be kept; None: nothing is. `deep`: whether the model
    reads the best memories before they are told (`core.recall.deep`). `now` is when it was said; without it "last
    week" means nothing.
    """

    text: str
    scope: Scope
    about_memories: bool = False
    previous: str | None = None
    previous_recalled: bool = False
    last_told: str | None = None
    history: tuple[Message, ...] = ()
    use_model: bool = True
    seed: int = 0
    conversation: str | None = None
    deep: Deep = Deep.NO
    now: datetime | None = None


class Twin:
    """Answers turns. It stores nothing: the caller keeps what it yields."""

    def __init__(
        self,
        recall: Recall,
        episodes: EpisodeStore,
        generator: Generator,
        budget: Budget = STARTER,
        outline: Outline | None = None,
        deepener: Deepener | None = None,
        facts: FactAnswers | None = None,
    ) -> None:
        self._recall, self._episodes, self._generator = recall, episodes, generator
        self._budget = budget
        self._outline, self._deepener, self._facts = outline, deepener, facts

    @property
    def facts(self) -> FactAnswers | None:
        """What answers from facts."""
        return self._facts

    def reply(self, turn: Turn, cancelled: Callable[[], bool]) -> Iterator[Event]:
        """Events of a turn; the last one is the Answer.

        Raises EnvironmentFault when the model fails after the memories were recalled: the caller answers
        with `from_memories` then.
        """
        kind = turn_kind(turn.text, self._names())
        if turn.about_memories or (kind is TurnKind.OPEN and self._leans_on_memories(turn)):
            kind = TurnKind.QUESTION
        known = self._known(turn, kind)
        if known is not None:
            yield Recalled(known.considered)
            yield known
        elif kind is TurnKind.COMMAND:
            yield from self._obey(turn)
        elif kind is TurnKind.STATEMENT:
            value = statement_of(turn.text)
            yield Answer(kind, Source.WORDS, message=MessageId.NOTED, value=value)
        elif kind in (TurnKind.QUESTION, TurnKind.OPEN):
            yield from self._answer(turn, kind, cancelled)
        else:
            yield from self._talk(turn, kind, cancelled)

    def from_memories(self, found: Sequence[Found], kind: TurnKind = TurnKind.QUESTION) -> Answer:
        """The answer that needs no model: the best memories themselves; ignorance where they are weak."""
        strong = [item for item in found if item.strength >= 0.5]
        if not strong:
            return Answer(
                kind, Source.WORDS, message=MessageId.UNKNOWN, abstained=True, considered=tuple(found)
            )
        cited = tuple(
            Citation(n, item.episode.memory_id, item.quote) for n, item in enumerate(strong[:CITED], 1)
        )
        return Answer(kind, Source.MEMORIES, citations=cited, considered=tuple(found))

    def _known(self, turn: Turn, kind: TurnKind) -> Answer | None:
        """What needs no recall: a fact, or an overview."""
        if self._facts is not None and kind in (TurnKind.QUESTION, TurnKind.OPEN):
            fact = self._facts.answer(in_context(turn.text, turn.previous), turn.now, turn.scope)
            if fact is not None:
                return fact
        if self._outline is None or kind is TurnKind.COMMAND:
            return None
        return self._outline.answer(turn.text, turn.now, turn.scope)

    def _names(self) -> frozenset[str]:
        return frozenset(word for name in self._episodes.speakers() for word in words(name)) - {"me", "you"}

    def _leans_on_memories(self, turn: Turn) -> bool:
        """ "What is her shoe size?" after a turn about Anna asks the memories, whatever they hold."""
        if turn.previous is None or in_context(turn.text, turn.previous) == turn.text:
            return False
        return turn.previous_recalled or turn_kind(turn.previous, self._names()) in (
            TurnKind.QUESTION,
            TurnKind.STATEMENT,
        )

    def _answer(self, turn: Turn, kind: TurnKind, cancelled: Callable[[], bool]) -> Iterator[Event]:
        question = in_context(turn.text, turn.previous)
        about_time = wanted(question, turn.now)
        told = when.computed(about_time, lambda part: self._find(part, turn), turn.now)
        if told is not None:
            yield Recalled(told.considered)
            yield told
            return
        found = tuple(self._find(question, turn))
        plain = self.from_memories(found)
        if plain.abstained and kind is TurnKind.OPEN:
            yield from self._talk(turn, TurnKind.GENERAL, cancelled)
            return
        yield Recalled(found)
        if not plain.abstained and (looked := self._looked(question, turn, found, cancelled)) != found:
            plain = self.from_memories(looked)
            yield Recalled(looked)
        plain = when.with_date(plain, question, about_time)
        if plain.abstained or not turn.use_model:
            yield plain
            return
        yield from self._phrase(turn, question, plain, cancelled)

    def _looked(
        self, question: str, turn: Turn, found: tuple[Found, ...], cancelled: Callable[[], bool]
    ) -> tuple[Found, ...]:
        """What was found, in the order that the model gives it where it is to read the memories."""
        if self._deepener is None or not self._deepener.wanted(turn.deep, found):
            return found
        more = self._find(question, turn, DEPTH)
        return self._deepener.looked(question, more, turn.deep, cancelled)[:SHOWN]

    def _find(self, question: str, turn: Turn, k: int = SHOWN) -> list[Found]:
        try:
            vector = self._recall.embed(question)
        except EnvironmentFault:
            vector = None  # no embedder on this machine yet: words alone decide
        found = self._recall.find(question, k, turn.scope, vector, turn.now).found
        return self._facts.settled(found, question, turn.now) if self._facts is not None else list(found)

    def _phrase(
        self, turn: Turn, question: str, plain: Answer, cancelled: Callable[[], bool]
    ) -> Iterator[Event]:
        chosen = [item.episode for item in plain.considered if item.strength >= 0.5]
        try:
            shown = fitting(chosen, self._budget, self._generator.count_tokens)
        except EnvironmentFault as fault:
            if fault.code != "model_absent":
                raise
            shown = ()
        if not shown:
            yield plain
            return
        sampling = Sampling(max_tokens=ANSWER_TOKENS, temperature=0.7 if turn.seed else 0.0, seed=turn.seed)
        pieces: list[str] = []
        prompt = answer_prompt(question, shown)
        for piece in self._generator.stream(prompt, sampling, cancelled, turn.conversation):
            pieces.append(piece)
            yield Piece(piece)
        yield self._judged("".join(pieces), question, shown, plain, cancelled())

    def _judged(
        self, text: str, question: str, shown: Sequence[Episode], plain: Answer, stopped: bool
    ) -> Answer:
        checked = check(text, question, shown)
        seen = tuple(episode.memory_id for episode in shown)
        if checked is None:
            return replace(plain, stopped=stopped, seen_by_model=seen)
        return Answer(
            TurnKind.QUESTION, Source.MODEL, text=checked.text, citations=checked.citations,
            considered=plain.considered, stopped=stopped, model=self._generator.name, seen_by_model=seen,
        )  # fmt: skip

    def _talk(self, turn: Turn, kind: TurnKind, cancelled: Callable[[], bool]) -> Iterator[Event]:
        fixed = courtesy(turn.text)
        if fixed is not None:
            yield Answer(TurnKind.SMALLTALK, Source.WORDS, message=MessageId(fixed.value))
            return
        if not turn.use_model:
            yield Answer(kind, Source.WORDS, message=MessageId.NO_MODEL)
            return
        pieces: list[str] = []
        sampling = Sampling(max_tokens=TALK_TOKENS, temperature=0.7 if turn.seed else 0.0, seed=turn.seed)
        try:
            prompt = talk_prompt(turn.text, turn.history)
            for piece in self._generator.stream(prompt, sampling, cancelled, turn.conversation):
                pieces.append(piece)
                yield Piece(piece)
        except EnvironmentFault as fault:
            if fault.code != "model_absent":
                raise
            yield Answer(kind, Source.WORDS, message=MessageId.NO_MODEL)
            return
        said = "".join(pieces).strip()
        if not said:
            yield Answer(kind, Source.WORDS, message=MessageId.NO_WORDS, stopped=cancelled())
            return
        yield Answer(kind, Source.GENERAL, text=said, stopped=cancelled(), model=self._generator.name)

    def _obey(self, turn: Turn) -> Iterator[Event]:
        asked = command(turn.text)
        assert asked is not None
        what, rest = asked
        if what is Command.REMIND:
            yield Answer(TurnKind.COMMAND, Source.WORDS, message=MessageId.REMINDER_KEPT, value=rest)
        elif what is Command.FORGET_LAST:
            message = MessageId.FORGOT if turn.last_told else MessageId.NOTHING_TO_FORGET
            yield Answer(TurnKind.COMMAND, Source.WORDS, message=message, forget=turn.last_told)
        else:
            yield from self._offer_forgetting(turn, rest)

    def _offer_forgetting(self, turn: Turn, about: str) -> Iterator[Event]:
        """Which memories are meant is the person's to say: they are shown, nothing is hidden on a guess."""
        terms = set(query_terms(about))
        found = [
            item
            for item in self._find(about, turn)
            if item.episode.role is not Role.ASSISTANT
            and (item.strength >= 0.5 or terms & set(words(item.episode.text)))
        ]
        yield Recalled(tuple(found))
        message = MessageId.FORGET_WHICH if found else MessageId.NOTHING_TO_FORGET
        cited = tuple(
            Citation(n, item.episode.memory_id, item.quote) for n, item in enumerate(found[:CITED], 1)
        )
        yield Answer(
            TurnKind.COMMAND, Source.WORDS, message=message, value=about, citations=cited,
            considered=tuple(found),
        )  # fmt: skip
