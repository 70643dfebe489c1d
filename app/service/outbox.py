"""What waits to be sent to one client, so that a client that does not listen holds nobody else up."""

from __future__ import annotations

import queue
import threading

from second_me.app.service.protocol import LARGEST_FRAME, Channel

MOST_WAITING = 4 * LARGEST_FRAME
"""Bytes. A client that lets more than that wait has stopped listening, and is cut off."""


class Outbox:
    """Sends frames in their order, in a thread of its own."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._waiting = 0
        self._thread = threading.Thread(target=self._send_all, name="outbox", daemon=True)
        self._thread.start()

    def put(self, frame: bytes) -> None:
        """Send a frame when its turn comes; a client that is gone is not an error."""
        with self._guard:
            self._waiting += len(frame)
            full = self._waiting > MOST_WAITING
        if full:
            self._channel.hang_up()
        else:
            self._frames.put(frame)

    def flush(self, timeout: float) -> None:
        """Send what waits, at most for `timeout` seconds; nothing is sent afterwards."""
        self._frames.put(None)
        self._thread.join(timeout)

    def _send_all(self) -> None:
        while (frame := self._frames.get()) is not None:
            try:
                self._channel.send_frame(frame)
            except OSError:
                return
            with self._guard:
                self._waiting -= len(frame)
