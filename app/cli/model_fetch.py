"""`second-me model fetch`: the starter models, or one of the catalogue, with progress."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from second_me.app.cli.common import DONE, NOTHING, emit, say
from second_me.app.cli.model_shelf import tell_running_service
from second_me.app.paths import HomeLayout, home_folder
from second_me.app.words import tr

NEWS_SECONDS = 0.3
MB = 1_000_000
STARTER = "starter"


class Progress:
    """Progress on stderr: a line that changes in a terminal, JSON lines where a program reads."""

    def __init__(self, as_json: bool) -> None:
        self._as_json, self._told = as_json, 0.0

    def tell(
        self, file: str, done: int, total: int | None, speed: float | None = None, left: float | None = None
    ) -> None:
        """How many bytes have come; bytes a second, seconds."""
        of = f" of {total // MB}" if total else ""
        pace = f", {speed / MB:.1f} MB/s" if speed else ""
        shape = {"phase": file, "done": done, "total": total}
        if speed is not None:
            shape |= {"speed": round(speed), "seconds_left": left}
        self._put(shape, f"{file}: {done // MB}{of} MB{pace}{_left(left)}")

    def count(self, phase: str, done: int, total: int | None, left: float | None, shown: str) -> None:
        """How many pieces of work are done; seconds; `shown` is the phase for people."""
        shape = {"phase": phase, "done": done, "total": total, "seconds_left": left}
        self._put(shape, f"{shown}: {done}" + (f" of {total}" if total else "") + _left(left))

    def _put(self, shape: dict[str, Any], line: str) -> None:
        whole = shape["total"] is not None and shape["done"] >= shape["total"]
        if not whole and time.monotonic() - self._told < NEWS_SECONDS:
            return
        self._told = time.monotonic()
        if self._as_json:
            print(json.dumps(shape), file=sys.stderr, flush=True)
        elif sys.stderr.isatty():
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if sys.stderr.isatty() and not self._as_json:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _left(seconds: float | None) -> str:
    return tr(", {time} left", time=clock(seconds)) if seconds is not None else ""


def clock(seconds: float) -> str:
    """A time left, as people say it: "1:05:09", "4:30"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def fetch(arguments: argparse.Namespace) -> int:
    """Fetch a model by name. Ctrl+C stops; the same command goes on where it was."""
    with stopped_gently():
        try:
            made = _fetch_starter(arguments) if arguments.name == STARTER else _fetch_named(arguments)
        except KeyboardInterrupt:
            say(tr("\nStopped. What has arrived is kept: the same command goes on."))
            return NOTHING
    tell_running_service()
    if arguments.json:
        emit(made)
    return DONE


def _fetch_starter(arguments: argparse.Namespace) -> dict[str, str]:
    from second_me.app.model_wiring import fetch_models

    layout, progress = HomeLayout(home_folder()), Progress(arguments.progress_json)
    try:
        found = fetch_models(layout, progress.tell)
    finally:
        progress.end()
    if not arguments.json:
        print(tr("The starter models are in {folder}.", folder=layout.models))
    return {"chat": str(found.chat), "embedder": str(found.embedder)}


def _fetch_named(arguments: argparse.Namespace) -> dict[str, str]:
    from second_me.app.model_wiring import model_library

    progress = Progress(arguments.progress_json)
    phases = {"fetching": arguments.name, "checking": tr("Checking {name}", name=arguments.name)}
    try:
        path = model_library(HomeLayout(home_folder())).fetch(
            arguments.name,
            lambda step: progress.tell(
                phases[step.phase], step.done, step.total, step.speed, step.seconds_left
            ),
        )
    finally:
        progress.end()
    if not arguments.json:
        print(tr("{name} is here. Use it with: second-me model use {name}", name=arguments.name))
    return {"path": str(path)}


@contextmanager
def stopped_gently() -> Iterator[None]:
    """A request to end (the window's "cancel") is like Ctrl+C: files are closed, the rest is kept."""

    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
