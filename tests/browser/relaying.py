"""A browser's end of a relay: the real process, started as browsers start it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from second_me.app.browser import extension
from second_me.app.browser.manifests import Manifests
from second_me.app.browser.places import BROWSERS, Desktop

IDS = extension.read_ids(extension.folder())
ORIGIN = f"chrome-extension://{IDS.chromium[0]}/"


def installed(home: Path, desktop_home: Path) -> list[str]:
    """The command of a manifest that was installed for Chromium."""
    desktop = Desktop("linux", desktop_home, {"PATH": ""})
    manifests = Manifests(home, desktop, IDS)
    standing = manifests.install(BROWSERS[0])
    path: str = json.loads(standing.path.read_text("utf-8"))["path"]
    return [path, ORIGIN]


class RelayWire:
    """A relay's process; frames go through its standard input and output."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
        self.heard: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        """Bytes as they are."""
        assert self.process.stdin is not None
        left = memoryview(data)
        while left:
            left = left[self.process.stdin.write(left) :]

    def send(self, frame: Any) -> None:
        self.write(packed(frame))

    def receive(self) -> dict[str, Any]:
        head = self._exactly(4)
        frame: dict[str, Any] = json.loads(self._exactly(int.from_bytes(head, sys.byteorder)))
        self.heard.append(frame)
        return frame

    def hang_up(self) -> None:
        """The browser closes its end."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def rest(self) -> list[dict[str, Any]]:
        """All that comes until its end; standard output holds nothing but frames."""
        found = []
        try:
            while True:
                found.append(self.receive())
        except EOFError:
            return found

    def ends(self, timeout: float = 60) -> int:
        """Its exit code; nothing was written to standard error."""
        code = self.process.wait(timeout)
        assert self.process.stderr is not None
        assert self.process.stderr.read() == b""
        return code

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def _exactly(self, length: int) -> bytes:
        assert self.process.stdout is not None
        data = b""
        while len(data) < length:
            part = os.read(self.process.stdout.fileno(), length - len(data))
            if not part:
                assert not data, "a frame was cut short"
                raise EOFError
            data += part
        return data


def packed(frame: Any) -> bytes:
    """A frame as browsers send it."""
    return framed(json.dumps(frame).encode())


def framed(content: bytes) -> bytes:
    """Bytes with their length before them."""
    return len(content).to_bytes(4, sys.byteorder) + content
