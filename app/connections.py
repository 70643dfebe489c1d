"""Counts the network connections that this process really opens, by Python's audit events.

Sockets of this machine's own family (AF_UNIX) are not the network. llama.cpp and SQLite open none.
"""

from __future__ import annotations

import socket
import sys
from typing import Any


class ConnectionCounter:
    """`count` of connections since `watch()`."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self) -> None:
        """Start counting; an audit hook cannot be removed, so once a process."""
        sys.addaudithook(self._heard)

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.connect" and args[0].family != getattr(socket, "AF_UNIX", None):
            self.count += 1
