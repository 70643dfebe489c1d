"""What the model's process holds: the two contexts, made at first use, and the budget of the chat model."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from second_me.core.ports import EnvironmentFault
from second_me.models import pages
from second_me.models.budget_shape import Shape
from second_me.models.chat import ChatContext
from second_me.models.elastic.ladder import has_ladder
from second_me.models.embedder import EmbeddingContext
from second_me.models.experts.layout import spared_by_window
from second_me.models.faults import absent
from second_me.models.fit import BATCH, EXPERTS_BATCH
from second_me.models.frames import Payload, Send
from second_me.models.free_memory import MemoryReader
from second_me.models.header import read_header
from second_me.models.jobs import Steps
from second_me.models.keeper import Keeper, Working
from second_me.models.likelihood import Likelihoods
from second_me.models.llama import LoadedModel
from second_me.models.thread_trial import ThreadTrials
from second_me.models.threads import FreeCores

COPY_ROOM = 2
"""Free memory, in times of the weights, from which they may be copied."""

SETTLED = 1.0
"""Seconds of rest after an answer until the conversation's state is sent to be saved: before anybody can have read
the answer and gone elsewhere, so that leaving costs nothing."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the process was started with. `ladders`: the folder of size ladders; `budget` in bytes, or None to
    follow free memory; `threads`: the file of what was measured about threads (None: nothing is tried);
    `length`: tokens of the chat model's context at most, None for the usual."""

    chat: Path | None
    embedder: Path | None
    ladders: Path | None
    budget: int | None
    threads: Path | None = None
    length: int | None = None


class Contexts:
    """The two contexts, made at first use; a model that does not load is tried again by the next request."""

    def __init__(self, setup: Setup, cores: FreeCores, send: Send) -> None:
        self._setup, self._cores, self._send = setup, cores, send
        self._usual_threads = cores.most
        self._trials = ThreadTrials(cores, setup.threads)
        self._budget = setup.budget
        self._reader = MemoryReader()
        self._chat: ChatContext | None = None
        self._keeper: Keeper | None = None
        self._likelihoods: Likelihoods | None = None
        self._embedder: EmbeddingContext | None = None
        self._state = "idle"
        self._since = 0.0

    def chat(self) -> ChatContext:
        """The chat context. Raises EnvironmentFault."""
        if self._chat is None:
            self.become("loading")
            try:
                self._chat = self._loaded_chat()
            except EnvironmentFault:
                self.become("failed")
                raise
            self.become("ready")
        return self._chat

    def likelihoods(self) -> Likelihoods:
        """What measures likelihoods with the chat model. Raises EnvironmentFault."""
        chat = self.chat()
        if self._likelihoods is None:
            window = self._keeper.window if self._keeper else None
            self._likelihoods = Likelihoods(chat.model, chat.batch, window)
        return self._likelihoods

    def embedder(self) -> EmbeddingContext:
        """The embedding context. Raises EnvironmentFault."""
        if self._embedder is None:
            self._embedder = EmbeddingContext(
                self._load(self._setup.embedder, FreeCores(self._usual_threads))
            )
        return self._embedder

    def become(self, state: str) -> None:
        """Tell the chat model's state."""
        self._state, self._since = state, time.monotonic()
        self._send({"event": state})

    def tick(self, now: float) -> None:
        """Keep the chat model within its budget."""
        if self._keeper is None or self._chat is None:
            return
        if self._keeper.pressed and not self._chat.busy:
            self._chat.give_back()  # saving it first would take as much memory again
        measuring = self._likelihoods.held_bytes if self._likelihoods else 0
        self._keeper.holds(self._chat.held_bytes + measuring)
        self._keeper.tick(now)

    def rest(self, now: float) -> Steps | None:
        """Nobody has asked for anything: save the conversation that the chat model is in; work for this time, if
        there is any."""
        if now - self._since >= SETTLED:
            self.save()
        return self._trials.due(now, lambda: self._reader.read().available)

    def enter(self, conversation: str | None, state: Payload = b"") -> bool:
        """Be in a conversation; the one before is sent to be saved first. Whether its KV is there now.

        Raises EnvironmentFault.
        """
        chat = self.chat()
        if chat.conversation == conversation:
            return True
        self.save()
        return chat.enter(conversation, state)

    def save(self) -> None:
        """Send the state of the conversation that the chat model is in, if there is anything new in it."""
        state = self._chat.to_save() if self._chat else None
        if self._chat and state is not None:
            self._send({"event": "state", "conversation": self._chat.conversation}, state)

    def forget(self, conversation: str | None, everything: bool) -> None:
        """Drop what was read of a conversation, if it is the one at hand, or of all of them."""
        if self._chat and (everything or self._chat.conversation == conversation):
            self._chat.forget()

    def choose(self, budget: int | None, now: float) -> None:
        """Another budget, at once."""
        self._budget = budget
        if self._keeper is not None:
            self._keeper.choose(budget, now)

    def shape(self) -> Shape | None:
        """`budget.status`; None while no chat model is loaded."""
        if self._keeper is None or self._chat is None:
            return None
        return self._keeper.shape(self._state, self._chat.resident_bytes)

    def _loaded_chat(self) -> ChatContext:
        model = self._load(self._setup.chat, self._cores, repack=self._may_copy())
        keeper = Keeper(
            model,
            self._setup.ladders,
            self._budget,
            self._reader,
            lambda: self._send({"event": "budget"}),
        )
        keeper.tick(time.monotonic())  # llama.cpp has touched the whole file: make room for the context first
        before = pages.resident([]).anonymous
        batch = EXPERTS_BATCH if keeper.window else BATCH
        if keeper.window is None:  # else the disk says how fast it is
            self._trials.loaded(model)
        chat = ChatContext(model, self._setup.length, batch, keeper.window, keeper.kv_kind)
        keeper.working(Working(chat.held_bytes, chat.compute_bytes, before))
        keeper.tick(time.monotonic())
        self._keeper = keeper
        return chat

    def _load(self, file: Path | None, cores: FreeCores, repack: bool = False) -> LoadedModel:
        if file is None:
            raise absent()
        return LoadedModel(file, cores, repack)

    def _may_copy(self) -> bool:
        """Whether the chat model's weights may be copied into the order that computes fastest: nothing swaps
        them or reads them one by one, and there is room for all of them twice: a copy is not the system's to
        drop."""
        if self._setup.chat is None or not self._setup.chat.is_file():
            return False
        header = read_header(self._setup.chat)
        if self._setup.ladders is not None and has_ladder(self._setup.ladders, header):
            return False
        if spared_by_window(header):
            return False
        return self._reader.read().available > COPY_ROOM * header.weight_bytes
