"""The model's own process: `python -m second_me.models.worker --chat FILE --embedder FILE --ladders FOLDER`.

Requests come as frames on stdin, read by a thread; answers go out as frames on the stdout that the process
was started with. When stdin ends (the service is gone, however it went) the thread ends the process at once,
also in the middle of a decode. Models and their contexts are loaded when the first request needs them.
Between two steps of a job the queue is read: a cancel or an urgent text waits for a token, a text or a small batch.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from second_me.models.frames import Fields, TornFrame, read_frame, write_frame
from second_me.models.jobs import Lane, Scheduler
from second_me.models.requests import Contexts, Desk, Setup
from second_me.models.threads import FreeCores

CRASHED = 70
"""Exit code after a bug of ours (EX_SOFTWARE of sysexits.h)."""


REST = 0.5
"""Seconds between two looks at free memory while nothing is asked."""

NO_REQUEST = 0
"""The number of a job of our own; requests count from 1."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stdin ends. Does not return."""
    options = _options(arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the service, which then ends this process
    faulthandler.enable()
    send = _sender(_own_stdout())
    inbox: queue.SimpleQueue[Fields] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(inbox,), name="requests", daemon=True).start()
    kept = None if options.threads else options.threads_file
    setup = Setup(options.chat, options.embedder, options.ladders, options.budget, kept)
    contexts = Contexts(setup, FreeCores(options.threads), send)
    try:
        serve(inbox, Desk(contexts, send), contexts)
    except BaseException as bug:  # noqa: BLE001 - the process's edge: say where, never what was in it, and end
        _report(bug)
        os._exit(CRASHED)


def serve(inbox: queue.SimpleQueue[Fields], desk: Desk, contexts: Contexts) -> None:
    """Take requests and do one step after the other, for ever. The contexts' `tick` is called between steps, and
    in rest, where they may have work of their own."""
    scheduler = Scheduler(time.monotonic)
    while True:
        while not scheduler.busy() or not inbox.empty():
            try:
                _take(inbox.get(timeout=REST), scheduler, desk)
            except queue.Empty:
                _add_work_of_rest(scheduler, contexts)
            contexts.tick(time.monotonic())
        scheduler.step()
        contexts.tick(time.monotonic())


def _add_work_of_rest(scheduler: Scheduler, contexts: Contexts) -> None:
    steps = contexts.rest(time.monotonic())
    if steps is not None:
        scheduler.add(Lane.REST, NO_REQUEST, steps)


def _take(request: Fields, scheduler: Scheduler, desk: Desk) -> None:
    if request["op"] == "cancel":
        scheduler.cancel(request["id"])
        return
    lane, steps = desk.accept(request)
    scheduler.add(lane, request["id"], steps)


def _read_requests(inbox: queue.SimpleQueue[Fields]) -> None:
    try:
        while frame := read_frame(sys.stdin.buffer):
            inbox.put(frame[0])
    except (OSError, TornFrame):
        pass
    os._exit(0)


def _own_stdout() -> BinaryIO:
    """The pipe to the service; whatever prints to descriptor 1 from now on comes out at stderr."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _sender(pipe: BinaryIO) -> Callable[[Fields, bytes], None]:
    def send(fields: Fields, payload: bytes) -> None:
        try:
            write_frame(pipe, fields, payload)
        except OSError:
            os._exit(0)  # nobody reads any more

    return send


def _report(bug: BaseException) -> None:
    """Frames and the kind of exception; its text may hold private words."""
    frames = "".join(traceback.format_tb(bug.__traceback__))
    sys.stderr.write(f"second-me model process:\n{frames}{type(bug).__name__}\n")
    sys.stderr.flush()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m second_me.models.worker")
    parser.add_argument("--chat", type=Path)
    parser.add_argument("--embedder", type=Path)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--threads-file", type=Path)
    parser.add_argument("--ladders", type=Path)
    parser.add_argument("--budget", type=int)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
