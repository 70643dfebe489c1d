"""`second-me service`: the process that owns the vault, from start to end.

It takes the home's lock (one service a home), listens, and ends when it is locked, told to end, or left by
its last client with nothing left to do. Ending is how it forgets keys and texts: Python cannot wipe them.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import filelock

from second_me.app.connections import ConnectionCounter
from second_me.app.paths import HomeLayout, home_folder, runtime_folder
from second_me.app.service.browsers.sessions import BrowserSessions
from second_me.app.service.client import TAKEN
from second_me.app.service.imports import Imports
from second_me.app.service.methods.asking import AskMethods
from second_me.app.service.methods.browser import BrowserMethods
from second_me.app.service.methods.budget import BudgetMethods
from second_me.app.service.methods.disclosure import DisclosureMethods
from second_me.app.service.methods.facts import FactMethods
from second_me.app.service.methods.fill import FillMethods
from second_me.app.service.methods.importing import ImportMethods
from second_me.app.service.methods.learning import LearningMethods
from second_me.app.service.methods.life import LifeMethods
from second_me.app.service.methods.memory import MemoryMethods
from second_me.app.service.methods.model import ModelMethods
from second_me.app.service.methods.talk import TalkMethods
from second_me.app.service.methods.upkeep import UpkeepMethods
from second_me.app.service.methods.vault import VaultMethods
from second_me.app.service.server import Method, Server
from second_me.app.service.state import ServiceState
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.ports import EnvironmentFault

FIRST_CLIENT_SECONDS = 30.0
LINGER_SECONDS = 2.0
"""How long it waits for another client: a script's next command need not start it anew."""

log = logging.getLogger(__name__)


class Lifetime:
    """Ends the process when it is time."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._alone_since: float | None = time.monotonic() + FIRST_CLIENT_SECONDS - LINGER_SECONDS

    def end(self) -> None:
        """It is time."""
        self._ended.set()

    def alone(self) -> None:
        """The last client has gone."""
        self._alone_since = time.monotonic()

    def wait(self, server: Server, state: ServiceState, imports: Imports) -> None:
        """Return when the process should end."""
        while not self._ended.wait(0.2):
            if server.holding() or imports.running() or state.busy():
                self._alone_since = max(self._alone_since or 0.0, time.monotonic())
            elif time.monotonic() - (self._alone_since or 0.0) > LINGER_SECONDS:
                return


def _log_to(folder: Path) -> None:
    """Logs say what happened, never what was said."""
    handlers: list[logging.Handler] = [logging.NullHandler()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers = [
            logging.handlers.RotatingFileHandler(folder / "service.log", maxBytes=500_000, backupCount=1)
        ]
    except OSError:
        pass  # a read-only home: the vault itself will say so
    logging.basicConfig(
        level=logging.INFO, handlers=handlers, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )


def _table(state: ServiceState, imports: Imports, browsers: BrowserSessions) -> dict[str, Method]:
    return {
        **VaultMethods(state).table(),
        **BrowserMethods(state, browsers).table(),
        **TalkMethods(state).table(),
        **MemoryMethods(state).table(),
        **FactMethods(state).table(),
        **LearningMethods(state).table(),
        **LifeMethods(state).table(),
        **AskMethods(state).table(),
        **FillMethods(state).table(),
        **DisclosureMethods(state).table(),
        **ImportMethods(state, imports).table(),
        **ModelMethods(state).table(),
        **BudgetMethods(state).table(),
        **UpkeepMethods(state).table(),
    }


def serve(home: Path) -> int:
    """Serve a home until it is time to end; the process's exit code."""
    layout, runtime = HomeLayout(home), runtime_folder(home)
    lock = filelock.FileLock(runtime / "service.lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        return TAKEN
    _log_to(layout.logs)
    lifetime, connections, imports = Lifetime(), ConnectionCounter(), Imports()
    connections.watch()
    server = Server(runtime, layout.logs, lifetime.alone)

    def model_changed(status: dict[str, Any]) -> None:
        server.broadcast("model.changed", **status)
        server.broadcast("budget.changed")

    door = HomeDoor(layout, SystemClock(), model_changed)

    def end() -> None:
        server.stop_listening()
        lifetime.end()

    state = ServiceState(layout, door, server.broadcast, connections, end)
    state.windowed = lambda: any(peer.kind == "window" for peer in server.peers())
    browsers = BrowserSessions(state)
    state.link, server.on_gone, state.opened = browsers, browsers.gone, browsers.serve
    signal.signal(signal.SIGTERM, lambda *_: lifetime.end())
    server.serve(state.activity.watched(_table(state, imports, browsers)))
    log.info("serving")
    lifetime.wait(server, state, imports)
    time.sleep(0.05)  # lets the answer to vault.lock leave
    server.close()
    state.close()
    log.info("ended")
    lock.release()
    return 0


def main() -> int:
    """Entry of the service's process."""
    try:
        code = serve(home_folder())
    except EnvironmentFault as fault:
        print(f"{fault.what} {fault.action}".strip(), file=sys.stderr)
        return 2
    logging.shutdown()
    if code != TAKEN:
        os._exit(code)  # at once: a request that still waits in a thread must not keep keys and texts alive
    return code
