"""Fetches one large file over HTTP: goes on where it stopped, and checks it before it has its name.

What has arrived lies beside the target as `.NAME.part`, with what the server said of it in `.NAME.part.json`.
A connection that is lost is made again; what is cancelled, killed or fails goes on with the next call.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import filelock
import httpx

from second_me.core.ports import EnvironmentFault
from second_me.models.disk import disk_fault, need_room, replace_text
from second_me.models.hub import (
    AnotherFile,
    Interrupted,
    check_status,
    length_of,
    range_of,
    tag_of,
    words_of,
)
from second_me.models.pace import Control, Pace, Step

log = logging.getLogger(__name__)

PAUSES = (1.0, 3.0, 10.0, 30.0)
"""Seconds before the tries after a failure; the count begins anew when bytes arrived."""
LONGEST_PAUSE = 60.0
"""Seconds that a server's Retry-After is obeyed for."""
TIMEOUT = httpx.Timeout(20.0, connect=15.0)
MOST_CHANGES = 3
"""Times that the file may become another one while it is fetched."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What a server said of the file that a part belongs to."""

    url: str
    tag: str | None = None
    total: int | None = None


def download(
    url: str,
    target: Path,
    sha256: str,
    progress: Callable[[Step], None],
    control: Control | None = None,
    pauses: Sequence[float] = PAUSES,
) -> Path:
    """Fetch `url` to `target`; nothing to do when it is there.

    Raises Cancelled, and EnvironmentFault: "unreachable" (no connection, or the server fails), "refused",
    "not_found", "damaged" (other bytes than they should be), "disk_full", "read_only", "in_use" (another
    process fetches it), "bad_parameters" (no address).
    """
    if target.is_file():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(target.with_name(f".{target.name}.lock"), timeout=0):
            return _Download(url, target, progress, control or Control(), pauses).run(sha256)
    except filelock.Timeout:
        raise EnvironmentFault(
            "in_use", f"{target.name} is being fetched already.", "Wait for the other one, or stop it."
        ) from None
    except OSError as problem:
        raise disk_fault(target.parent, problem) from problem


def bytes_arrived(target: Path) -> int:
    """Bytes of a download that was not finished."""
    try:
        return target.with_name(f".{target.name}.part").stat().st_size
    except OSError:
        return 0


def drop_part(target: Path) -> bool:
    """Remove what has arrived of a download that was not finished. False when there is nothing."""
    part = target.with_name(f".{target.name}.part")
    found = part.is_file()
    for file in (part, part.with_name(f"{part.name}.json")):
        file.unlink(missing_ok=True)
    return found


class _Download:
    """One download, over as many connections as it takes."""

    def __init__(
        self,
        url: str,
        target: Path,
        progress: Callable[[Step], None],
        control: Control,
        pauses: Sequence[float],
    ) -> None:
        self._url, self._target, self._pauses = url, target, pauses
        self._progress, self._control = progress, control
        self._part = target.with_name(f".{target.name}.part")
        self._about = target.with_name(f"{self._part.name}.json")
        self._pace = Pace()
        self._pieced = True  # the part is not of one answer

    def run(self, sha256: str) -> Path:
        again = False
        while True:
            self._fetch()
            if self._digest() == sha256:
                self._publish()
                return self._target
            drop_part(self._target)
            if again or not self._pieced:
                raise EnvironmentFault(
                    "damaged",
                    f"{self._target.name} came, but it is not the file that it should be (its SHA-256 differs).",
                    "Try again later. If it stays so, the hub has another file under this name now.",
                )
            again = True  # its pieces may be of two files: once more, from the beginning

    def _fetch(self) -> None:
        tries, before, changes = 0, -1, 0
        with _client() as client:
            while True:
                self._control.wait()
                try:
                    if self._connect(client):
                        return
                except AnotherFile:
                    drop_part(self._target)
                    changes += 1
                    if changes > MOST_CHANGES:
                        raise self._unreachable("the server sends another file each time") from None
                except Interrupted as problem:
                    tries = 1 if self._size() > before else tries + 1
                    before = self._size()
                    self._wait_after(problem, tries)

    def _wait_after(self, problem: Interrupted, tries: int) -> None:
        log.info("download of %s, try %d: %s", self._target.name, tries, problem)
        if tries > len(self._pauses):
            raise self._unreachable(str(problem)) from problem
        asked = problem.pause
        self._control.wait(self._pauses[tries - 1] if asked is None else min(asked, LONGEST_PAUSE))

    def _unreachable(self, why: str) -> EnvironmentFault:
        return EnvironmentFault(
            "unreachable",
            f"{self._target.name} could not be fetched: {why}.",
            "Check the network connection, then try again. What has arrived is kept.",
        )

    def _connect(self, client: httpx.Client) -> bool:
        """One connection; whether the file is whole now."""
        known = self._known()
        size = self._size() if known.url == self._url else 0
        if size and size == known.total:
            return True
        headers = {"Accept-Encoding": "identity"}
        if size:
            headers["Range"] = f"bytes={size}-"
            if known.tag:
                headers["If-Range"] = known.tag
        try:
            with client.stream("GET", self._url, headers=headers) as answer:
                return self._take(answer, known, size)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.TooManyRedirects) as problem:
            raise EnvironmentFault(
                "bad_parameters",
                f"The address {self._url} leads nowhere ({problem}).",
                "Correct the address.",
            ) from problem
        except httpx.TransportError as problem:
            raise Interrupted(words_of(problem)) from problem

    def _take(self, answer: httpx.Response, known: _Part, size: int) -> bool:
        check_status(answer, self._target.name)
        tag = tag_of(answer)
        if answer.status_code == 416:
            raise AnotherFile
        total: int | None
        if answer.status_code == 206:
            start, total = range_of(answer)
            changed = known.tag is not None and tag is not None and tag != known.tag
            if start != size or changed or (known.total is not None and total != known.total):
                if not size:
                    raise Interrupted("the server sends another part than it was asked for")
                raise AnotherFile
        else:
            size, total = 0, length_of(answer)
        need_room(self._target.parent, (total or 0) - size)
        return self._write(answer, size, _Part(self._url, tag, total))

    def _write(self, answer: httpx.Response, size: int, about: _Part) -> bool:
        self._pieced = size > 0
        with self._part.open("ab") as file:
            file.truncate(size)
            replace_text(self._about, json.dumps(asdict(about)))
            for chunk in answer.iter_raw():
                file.write(chunk)
                size += len(chunk)
                self._progress(self._pace.step(time.monotonic(), size, about.total))
                if self._control.held:
                    return False
        if about.total is not None and size != about.total:
            raise Interrupted(f"only {size} of {about.total} bytes came")
        return True

    def _known(self) -> _Part:
        try:
            kept = json.loads(self._about.read_text("utf-8"))
            return _Part(str(kept["url"]), kept["tag"], kept["total"])
        except (OSError, ValueError, KeyError, TypeError):
            return _Part("")

    def _size(self) -> int:
        return bytes_arrived(self._target)

    def _digest(self) -> str:
        """The part's SHA-256, from the disk."""
        hashed, total, done = hashlib.sha256(), self._size(), 0
        with self._part.open("rb") as content:
            while chunk := content.read(1 << 22):
                hashed.update(chunk)
                done += len(chunk)
                self._progress(Step("checking", done, total, 0.0, None))
                if self._control.held:
                    self._control.wait()
        return hashed.hexdigest()

    def _publish(self) -> None:
        with self._part.open("rb+") as content:
            os.fsync(content.fileno())
        self._part.replace(self._target)
        self._about.unlink(missing_ok=True)


def _client() -> httpx.Client:
    """A client that heeds the proxies of the environment."""
    try:
        return httpx.Client(follow_redirects=True, timeout=TIMEOUT)
    except (ValueError, ImportError, httpx.InvalidURL) as problem:
        raise EnvironmentFault(
            "bad_parameters",
            f"The proxy that the environment names cannot be used ({problem}).",
            "Set HTTPS_PROXY to an address that begins with http://, or take it away.",
        ) from problem
