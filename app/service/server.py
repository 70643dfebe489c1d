"""The listening side: accepts clients that know the token, runs their requests, sends notifications."""

from __future__ import annotations

import contextlib
import errno
import hmac
import logging
import math
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Listener
from pathlib import Path
from typing import Any

from second_me.app.crash import write_crash_report
from second_me.app.service.outbox import Outbox
from second_me.app.service.protocol import (
    BUG,
    UNKNOWN_METHOD,
    Channel,
    address,
    bad_parameters,
    fault_error,
    frame_of,
    too_large,
)
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

log = logging.getLogger(__name__)

Method = Callable[["Peer", dict[str, Any]], Any]
THREADS = 16
FLUSH_SECONDS = 1.0
BROWSER = "browser"
"""The kind of a browser's relay: what it forwards comes from outside."""
ALLOWED = {BROWSER: frozenset(("browser.receive",))}
"""Kinds of clients that may call nothing but these methods."""


class Peer:
    """One connected client: `kind` is what it says it is ("window", "cli", "browser").

    `holds_until`: the moment (of the monotonic clock) until which the service does not end because of it.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel, self._outbox = channel, Outbox(channel)
        self.kind = ""
        self.welcome = False
        self.holds_until = math.inf

    def notify(self, method: str, **params: Any) -> None:
        """Send a notification; a client that is gone is not an error."""
        try:
            self._outbox.put(frame_of({"method": method, "params": params}))
        except ValueError:
            log.warning("%s was too large to be told", method)

    def answer(self, number: Any, **member: Any) -> None:
        """Send a result or an error."""
        try:
            frame = frame_of({"id": number, **member})
        except ValueError:
            frame = frame_of({"id": number, "error": fault_error(too_large(tr("The answer is too large.")))})
        self._outbox.put(frame)

    def receive(self) -> dict[str, Any]:
        """The next request."""
        return self._channel.receive()

    def close(self) -> None:
        """Give the connection back."""
        self._outbox.flush(FLUSH_SECONDS)
        self._channel.close()

    def hang_up(self) -> None:
        """Send what waits to be sent, and end the connection."""
        self._outbox.flush(FLUSH_SECONDS)
        self._channel.hang_up()


class Server:
    """Serves `methods` at a home's address. `on_alone` is called when the last client has gone, `on_gone` for each."""

    def __init__(self, runtime: Path, logs: Path, on_alone: Callable[[], None]) -> None:
        self._runtime, self._logs, self._on_alone = runtime, logs, on_alone
        self._methods: dict[str, Method] = {}
        self._peers: set[Peer] = set()
        self._guard = threading.Lock()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
        self._token = secrets.token_urlsafe(32)
        self._listener: Listener | None = None
        self.on_gone: Callable[[Peer], None] = lambda peer: None

    def serve(self, methods: dict[str, Method]) -> None:
        """Listen in a thread. The token is written last: who can read it can connect."""
        self._methods = methods
        where = address(self._runtime)
        if sys.platform != "win32":
            Path(where).unlink(missing_ok=True)
        with _private_umask():
            self._listener = Listener(where)
            token = self._runtime / "token.new"
            token.write_text(self._token)
            token.replace(self._runtime / "token")
        threading.Thread(target=self._accept, name="accept", daemon=True).start()

    def peers(self) -> list[Peer]:
        """Clients that have said hello."""
        with self._guard:
            return [peer for peer in self._peers if peer.welcome]

    def holding(self) -> bool:
        """Whether a client wants the service to stay."""
        return any(peer.holds_until > time.monotonic() for peer in self.peers())

    def broadcast(self, method: str, **params: Any) -> None:
        """Tell every client but the browsers."""
        for peer in self.peers():
            if peer.kind != BROWSER:
                peer.notify(method, **params)

    def stop_listening(self) -> None:
        """No new client can connect from now on."""
        (self._runtime / "token").unlink(missing_ok=True)
        if self._listener is not None:
            self._listener.close()

    def close(self) -> None:
        """Stop listening and end all connections."""
        self.stop_listening()
        for peer in self.peers():
            peer.hang_up()

    def _accept(self) -> None:
        assert self._listener is not None
        while True:
            try:
                connection = self._listener.accept()
            except OSError:
                return
            peer = Peer(Channel(connection))
            threading.Thread(target=self._attend, args=(peer,), name="peer", daemon=True).start()

    def _attend(self, peer: Peer) -> None:
        with self._guard:
            self._peers.add(peer)
        try:
            while True:
                self._take(peer, peer.receive())
        except (OSError, EOFError, ValueError):
            pass
        finally:
            with self._guard:
                self._peers.discard(peer)
            peer.close()
            self.on_gone(peer)
            if peer.welcome and not self.holding():
                self._on_alone()

    def _take(self, peer: Peer, request: dict[str, Any]) -> None:
        if request.get("method") == "hello":
            self._greet(peer, request)
        elif not peer.welcome:
            raise ValueError("the first request is hello")
        elif peer.kind in ALLOWED:
            self._run(peer, request)  # one after the other: it waits at the socket, and holds up nobody else
        else:
            self._pool.submit(self._run, peer, request)

    def _greet(self, peer: Peer, request: dict[str, Any]) -> None:
        params = request.get("params")
        if not isinstance(params, dict):
            raise ValueError("hello has no token")
        if not hmac.compare_digest(str(params.get("token", "")).encode(), self._token.encode()):
            raise ValueError("wrong token")
        if not peer.welcome:  # what it once said it is it stays
            peer.kind, peer.welcome = str(params.get("client", "")), True
            peer.holds_until = -math.inf if peer.kind == BROWSER else math.inf
        self._run(peer, request)

    def _run(self, peer: Peer, request: dict[str, Any]) -> None:
        number, name, params = request.get("id"), request.get("method"), request.get("params") or {}
        method = self._methods.get(str(name))
        if method is None or not _may_call(peer.kind, str(name)):
            peer.answer(number, error={"code": UNKNOWN_METHOD, "message": f"no method {name}"})
            return
        try:
            if not isinstance(params, dict):
                raise bad_parameters(tr("Parameters are an object."))
            peer.answer(number, result=method(peer, params))
        except EnvironmentFault as fault:
            peer.answer(number, error=fault_error(fault))
        except OSError as error:
            peer.answer(number, error=fault_error(_unusable(error)))
        except Exception as bug:  # noqa: BLE001 - the edge of the process: a bug must not end the service
            report = write_crash_report(self._logs, bug)
            action = tr("A report without private data is in {path}.", path=report) if report else ""
            peer.answer(
                number, error={"code": BUG, "message": "bug", "data": {"code": "bug", "action": action}}
            )


def _may_call(kind: str, name: str) -> bool:
    return name == "hello" or kind not in ALLOWED or name in ALLOWED[kind]


def _unusable(error: OSError) -> EnvironmentFault:
    """The system refused a file: the environment's fault, not ours."""
    return EnvironmentFault(
        "disk_full" if error.errno == errno.ENOSPC else "read_only",
        tr("{path} cannot be used: {why}.", path=error.filename or "", why=error.strerror or error).strip(),
        tr("Run second-me doctor to see what is missing."),
    )


@contextlib.contextmanager
def _private_umask() -> Any:
    before = os.umask(0o177)
    try:
        yield
    finally:
        os.umask(before)
