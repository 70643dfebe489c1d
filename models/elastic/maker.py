"""Makes a ladder in a process of its own: `python -m second_me.models.elastic.maker --source F --ladders DIR`.

JSON lines on stdout: `{"phase","done","total","seconds_left"}` (null while nothing can be said), at last
`{"phase": "done", "folder"}`, or `{"error": {"code","what","action"}}` with exit code 1. The process ends at
once when its stdin ends (whoever started it is gone) and goes on where it was the next time. It runs with the
lowest priority that the system gives, so that an answer is not slower for it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from second_me.core.ports import EnvironmentFault
from second_me.models.elastic.making import Making
from second_me.models.elastic.phases import Effort, Progress
from second_me.models.threads import physical_cores

SHARES = {"importance": 0.06, "errors": 0.04, "sensitivity": 0.5, "rungs": 0.35, "quality": 0.05}
"""About what each phase takes of the whole, for the time that is left."""

NEWS = 0.3
"""Seconds between two lines of one phase."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the ladder; the exit code."""
    options = _options(arguments)
    threading.Thread(target=_end_with_stdin, name="stdin", daemon=True).start()
    _be_modest()
    teller = Teller(time.monotonic())
    try:
        making = Making(
            options.source, options.ladders, options.text.read_text("utf-8"), Effort(), options.threads
        )
        for progress in making.run():
            teller.tell(progress, time.monotonic())
    except EnvironmentFault as fault:
        _line({"error": {"code": fault.code, "what": fault.what, "action": fault.action}})
        return 1
    _line({"phase": "done", "done": 1, "total": 1, "seconds_left": 0, "folder": str(making.folder)})
    return 0


class Teller:
    """Turns steps into lines, with the time that is left at the pace so far. `began` in seconds."""

    def __init__(self, began: float) -> None:
        self._began, self._told = began, float("-inf")
        self._first: float | None = None
        self._phase = ""

    def tell(self, progress: Progress, now: float) -> None:
        """Write a line, if there was none just now."""
        share = overall(progress)
        if self._first is None:  # what an earlier process did took this one no time
            self._first, self._began = share, now
        if progress.phase == self._phase and now - self._told < NEWS and progress.done < progress.total:
            return
        self._phase, self._told = progress.phase, now
        line = {"phase": progress.phase, "done": progress.done, "total": progress.total}
        _line({**line, "seconds_left": self._left(share, now)})

    def _left(self, share: float, now: float) -> int | None:
        assert self._first is not None
        gained = share - self._first
        if gained < 0.01:
            return None
        return round((now - self._began) * (1 - share) / gained)


def overall(progress: Progress) -> float:
    """The share of the whole making that is done."""
    names = list(SHARES)
    before = sum(SHARES[name] for name in names[: names.index(progress.phase)])
    return before + SHARES[progress.phase] * progress.done / max(1, progress.total)


def _line(fields: dict[str, object]) -> None:
    print(json.dumps(fields), flush=True)


def _be_modest() -> None:
    process = psutil.Process()
    process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 15)


def _end_with_stdin() -> None:
    while os.read(0, 4096):  # not sys.stdin: its lock would be held when the interpreter ends
        pass
    os._exit(0)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m second_me.models.elastic.maker")
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--ladders", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True, help="calibration text")
    parser.add_argument("--threads", type=int, default=physical_cores())
    parser.add_argument("--variant", type=Path, action="append", default=[], help="take its rungs")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
