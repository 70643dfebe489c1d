"""Run something long and say every moment what is going on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

STEP = re.compile(r"\[\s*(\d+)/(\d+)\]")
"""Ninja's count of what is compiled."""

PERCENT = re.compile(r"^\s*\[\s*(\d+)%\]")
"""Make's."""

NAMED = re.compile(r"^\s*(?:Collecting|Downloading|Unpacking|Setting up|Get:\d+) (\S+)")
SECONDS_BETWEEN_LINES = 30
NOISE = re.compile(r"\s*WARNING: Retrying")
TAIL = 10


def elapsed(seconds: float) -> str:
    """Minutes and seconds for people."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def happening(line: str) -> str | None:
    """What a line of output tells about how far it is; None when nothing."""
    step = STEP.search(line)
    if step:
        return f"{step[1]} of {step[2]} files compiled"
    percent = PERCENT.match(line)
    if percent:
        return f"{percent[1]} %"
    named = NAMED.match(line)
    return named[1].rsplit("/", 1)[-1] if named else None


class Watched:
    """A command that runs while a line on stderr tells the time and what is happening.

    On a terminal the line is rewritten every second, elsewhere a new one comes every half minute. The whole
    output goes to `log`; `tail()` gives its end.
    """

    def __init__(self, what: str, log: Path, usual: str = "") -> None:
        self._what, self._log, self._usual = what, log, usual
        self._doing = ""
        self._tail: deque[str] = deque(maxlen=TAIL)
        self._live = sys.stderr.isatty()

    def run(
        self, command: Sequence[str], env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> int:
        """The command's exit code."""
        started = time.monotonic()
        self._show(f"{self._what} ...{self._usual}")
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            cwd=cwd,
            text=True,
            errors="replace",
        )
        reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        reader.start()
        try:
            code = self._wait(process, started)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            reader.join()
        ending = "done" if code == 0 else "failed"
        self._show(f"{self._what}: {ending} after {elapsed(time.monotonic() - started)}", last=True)
        return code

    def tail(self) -> str:
        """The last lines of the output."""
        return "\n".join("  " + line for line in self._tail)

    def _wait(self, process: subprocess.Popen[str], started: float) -> int:
        pause = 1 if self._live else SECONDS_BETWEEN_LINES
        while True:
            try:
                return process.wait(timeout=pause)
            except subprocess.TimeoutExpired:
                doing = f", {self._doing}" if self._doing else ""
                self._show(f"{self._what}: {elapsed(time.monotonic() - started)}{doing}{self._usual}")

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout, self._log.open("a", encoding="utf-8") as log:
            for line in process.stdout:
                log.write(line)
                if line.strip() and not NOISE.match(line):
                    self._tail.append(line.rstrip())
                self._doing = happening(line) or self._doing

    def _show(self, text: str, last: bool = False) -> None:
        if not self._live:
            print(text, file=sys.stderr, flush=True)
            return
        width = _width()
        print("\r\x1b[K" + text[: width - 1], end="\n" if last else "", file=sys.stderr, flush=True)


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except OSError:
        return 80
