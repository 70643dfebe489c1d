"""Frames and messages between the service and its clients: JSON-RPC 2.0, see docs/protocol.md."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

LARGEST_FRAME = 16 * 1024 * 1024
"""Bytes."""

FAULT, UNKNOWN_METHOD, BUG = -32000, -32601, -32603


class RemoteFault(Exception):
    """What the service answered instead of a result. `code` is a word of docs/protocol.md."""

    def __init__(self, code: str, what: str, action: str = "") -> None:
        super().__init__(what)
        self.code, self.what, self.action = code, what, action


def address(runtime: Path) -> str:
    """The address of a home's service: a Unix socket's path, or a named pipe on Windows."""
    if sys.platform == "win32":
        return rf"\\.\pipe\second-me-{runtime.name}"
    return str(runtime / "service.sock")


class Channel:
    """One end of a connection; sending is safe from several threads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sending = threading.Lock()

    def send(self, message: dict[str, Any]) -> None:
        """Send one message. Raises OSError when the other end is gone, ValueError when it is too large."""
        self.send_frame(frame_of(message))

    def send_frame(self, data: bytes) -> None:
        """Send what `frame_of` made. Raises OSError when the other end is gone."""
        with self._sending:
            self._connection.send_bytes(data)

    def receive(self) -> dict[str, Any]:
        """The next message. Raises EOFError or OSError at the end, ValueError for what is no message."""
        try:
            message = json.loads(self._connection.recv_bytes(LARGEST_FRAME))
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if not isinstance(message, dict):
            raise ValueError("a message is a JSON object")
        return message

    def hang_up(self) -> None:
        """Make both ends see the end of the connection; the reading side then closes it.

        Closing alone would not wake a thread that is blocked in `receive`.
        """
        if sys.platform == "win32":
            self.close()
            return
        with contextlib.suppress(OSError), socket.socket(fileno=os.dup(self._connection.fileno())) as end:
            end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the connection's handle back."""
        self._connection.close()


def frame_of(message: dict[str, Any]) -> bytes:
    """A message as bytes. Raises ValueError when it is larger than a frame may be.

    A lone surrogate (a file name that is no UTF-8 has them) becomes its JSON escape.
    """
    text = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False)
    data = text.encode("utf-8", "backslashreplace")
    if len(data) > LARGEST_FRAME:
        raise ValueError("message larger than a frame may be")
    return data


def fault_error(fault: EnvironmentFault | RemoteFault) -> dict[str, Any]:
    """The `error` member for a fault of the environment."""
    return {"code": FAULT, "message": fault.what, "data": {"code": fault.code, "action": fault.action}}


def too_large(what: str) -> EnvironmentFault:
    """The fault for a message that no frame can hold."""
    return EnvironmentFault("bad_parameters", what, tr("Ask for less at a time."))


def bad_parameters(what: str) -> EnvironmentFault:
    """The fault for a request that we cannot mean."""
    return EnvironmentFault("bad_parameters", what)
