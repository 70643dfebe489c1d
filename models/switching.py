"""Which conversation the model's process is in, seen from the service, and the states that come and go.

The process itself knows which conversation it is in and names every state that it sends, so nothing here can
mix two up: what this side believes only decides whether a state is sent along. A conversation that the process
is not in is entered with its state first, and the question follows in the same order.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from second_me.core.ports import EnvironmentFault, SessionState
from second_me.models.channel import Channel, Ticket, WorkerGone
from second_me.models.frames import Fields, Payload

POLL = 0.05
"""Seconds between two looks at `cancelled` while a conversation is entered."""

PATIENCE = 5.0
"""Seconds that a process that is about to end has to send the state of its conversation."""


class Switching:
    """Enters conversations. `running` gives the process, started if need be; without `states` nothing is kept.

    Thread-safe. `keep` is called by the thread that reads what the process sends, and never waits.
    """

    def __init__(self, running: Callable[[], Channel], states: SessionState | None) -> None:
        self._running, self._states = running, states
        self._entering = threading.Lock()  # held from finding a state until the request that needs it is sent
        self._inside: tuple[Channel, str | None] | None = None
        self._wanted: str | None = None
        self._deaf = False

    def stream(
        self, request: Fields, conversation: str | None, cancelled: Callable[[], bool]
    ) -> tuple[Channel, Ticket]:
        """Send a request to write, in its conversation. Raises WorkerGone, EnvironmentFault."""
        if self._states is None:
            conversation = None
        self._wanted = conversation
        with self._entering:
            if conversation is not None:
                self._enter(conversation, cancelled)
            channel = self._running()
            ticket = channel.request({**request, "conversation": conversation})
            self._inside = (channel, conversation)
        return channel, ticket

    def prepare(self, conversation: str) -> None:
        """Enter a conversation in a thread of its own, unless another is wanted by the time that it is free."""
        if self._states is None or self._wanted == conversation:
            return
        self._wanted = conversation
        threading.Thread(target=self._prepare, args=(conversation,), name="enter", daemon=True).start()

    def outside(self) -> None:
        """The process is in none of the conversations that are kept: a request of another kind took it out."""
        self._inside = self._wanted = None

    def leave(self, channel: Channel) -> None:
        """Let a process that is about to be closed send the state of its conversation."""
        if self._states is None or self._inside is None or self._inside[0] is not channel:
            return
        self.outside()
        with contextlib.suppress(WorkerGone, EnvironmentFault):
            channel.request({"op": "leave"}).next(PATIENCE)

    def keep(self, conversation: str | None, state: Payload) -> None:
        """The process sent a state."""
        if self._states is not None and conversation is not None and not self._deaf:
            self._states.keep(conversation, state)

    def forget(self, channel: Channel | None, conversation: str | None) -> None:
        """Drop one conversation, in the process and in what is kept."""
        if self._inside is not None and self._inside[1] == conversation:
            self.outside()
        _tell(channel, {"op": "forget", "conversation": conversation})
        if self._states is not None and conversation is not None:
            self._states.drop(conversation)

    @contextlib.contextmanager
    def forgetting(self, running: Callable[[], Channel | None]) -> Iterator[None]:
        """From the first to the last moment no state is kept; at the end the process has forgotten everything.

        Nothing is entered meanwhile: a state found before would bring back what is being erased.
        """
        with self._entering:
            self._deaf = True
            try:
                yield
            finally:
                self.outside()
                _tell(running(), {"op": "forget", "everything": True})
                self._deaf = False

    def _prepare(self, conversation: str) -> None:
        with self._entering:
            if self._wanted == conversation:
                with contextlib.suppress(EnvironmentFault, WorkerGone):
                    self._enter(conversation, lambda: self._wanted != conversation)

    def _enter(self, conversation: str, cancelled: Callable[[], bool]) -> None:
        """Raises EnvironmentFault when the process cannot be started, or its model not loaded."""
        channel = self._running()
        assert self._states is not None
        if self._inside == (channel, conversation):
            return
        state = self._states.find(conversation)
        if state is None:
            return
        self._inside = None  # whatever comes of it, it has left the one before
        try:
            restored = _restored(channel, conversation, state, cancelled)
        except WorkerGone:
            restored = False
        if restored:
            self._inside = (channel, conversation)
        elif restored is False:
            self._states.drop(conversation)


def _restored(
    channel: Channel, conversation: str, state: Payload, cancelled: Callable[[], bool]
) -> bool | None:
    """Whether the process took a state; None when it was cancelled before that was known."""
    ticket = channel.request({"op": "enter", "conversation": conversation}, state)
    try:
        while (frame := ticket.next(POLL)) is None:
            if cancelled():
                return None
        return bool(frame[0]["restored"])
    finally:
        channel.drop(ticket)


def _tell(channel: Channel | None, request: Fields) -> None:
    """Wait until a process has done something; one that is gone has forgotten all by itself."""
    if channel is not None:
        with contextlib.suppress(WorkerGone, EnvironmentFault):
            channel.request(request).answer()
