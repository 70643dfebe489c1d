"""Second Me's end of the channel, for tests of the extension alone: one connection at a time, said in the clear or
sealed. The arithmetic is the service's own (`app.service.browser_secrets`)."""

from __future__ import annotations

import json
import queue
import socket
import stat
import struct
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from second_me.app.service.browsers import secrets as secrets_of

PATIENCE = 20.0
"""Seconds until a message that does not come is given up."""
Frame = dict[str, Any]


class Connection:
    """One run of the native host: frames as Chromium sends them, four bytes of length and JSON."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._link.settimeout(PATIENCE)
        self._keys: tuple[bytes, bytes] | None = None
        self._sent = self._received = 0

    def frame(self) -> Frame | None:
        """The next frame; None when Chromium ended it."""
        head = self._take(4)
        if head is None:
            return None
        body = self._take(struct.unpack("=I", head)[0])
        return None if body is None else dict(json.loads(body))

    def _take(self, size: int) -> bytes | None:
        data = b""
        while len(data) < size:
            try:
                more = self._link.recv(size - len(data))
            except (ConnectionError, TimeoutError):
                return None
            if not more:
                return None
            data += more
        return data

    def put(self, frame: Mapping[str, Any]) -> None:
        """Say something in the clear."""
        body = json.dumps(frame).encode()
        self._link.sendall(struct.pack("=I", len(body)) + body)

    def refuse(self, code: str) -> None:
        """Say no and end."""
        self.put({"kind": "refused", "code": code})

    def close(self) -> None:
        """End it, as a host that crashes does."""
        self._link.close()

    def pair(self, key: Any, asked: Frame) -> tuple[bytes, str]:
        """Answer `pair` up to the code: the extension's key and the six digits."""
        point, nonce = secrets_of.point_of(key), secrets_of.new_nonce()
        self.put({"kind": "pair", "key": secrets_of.encoded(point), "nonce": secrets_of.encoded(nonce)})
        revealed = self.frame()
        assert revealed is not None and revealed["kind"] == "reveal"
        theirs = secrets_of.decoded(asked["key"], 65)
        own = secrets_of.decoded(revealed["nonce"], 32)
        assert secrets_of.encoded(secrets_of.commitment(own, theirs)) == asked["commit"]
        return theirs, secrets_of.pairing_code(theirs, point, own, nonce)

    def open(self, key: Any, asked: Frame) -> None:
        """Answer `open` up to "ready"; asserts that the extension proves who it is."""
        share, nonce = secrets_of.new_key(), secrets_of.new_nonce()
        said = secrets_of.Transcript(
            secrets_of.decoded(asked["key"], 65), secrets_of.point_of(key), secrets_of.decoded(asked["nonce"], 32),
            nonce, secrets_of.decoded(asked["share"], 65), secrets_of.point_of(share),
        )  # fmt: skip
        mark = said.digest()
        proof = secrets_of.encoded(secrets_of.sign(key, mark, secrets_of.HOST))
        answer = {
            "nonce": secrets_of.encoded(nonce),
            "share": secrets_of.encoded(said.host_share),
            "proof": proof,
        }
        self.put({"kind": "open", **answer})
        given = self.frame()
        assert given is not None and given["kind"] == "proof", given
        theirs = secrets_of.decoded(given["proof"], 64)
        assert secrets_of.proves(said.extension_key, mark, secrets_of.EXTENSION, theirs)
        self._keys = secrets_of.session_keys(share, said.extension_share, mark)
        self.send({"kind": "ready"})

    def send(self, message: Mapping[str, Any]) -> None:
        """Say something sealed."""
        self.put(self.sealed(message))

    def sealed(self, message: Mapping[str, Any]) -> Frame:
        """The next frame, which the caller sends."""
        assert self._keys is not None
        box = secrets_of.sealed(self._keys[1], self._sent, json.dumps(message).encode())
        frame = {"n": self._sent, "box": secrets_of.encoded(box)}
        self._sent += 1
        return frame

    def message(self) -> Frame:
        """The next sealed message."""
        frame = self.frame()
        assert frame is not None and self._keys is not None, "the extension ended the connection"
        assert frame["n"] == self._received
        content = secrets_of.opened(self._keys[0], self._received, secrets_of.decoded(frame["box"]))
        self._received += 1
        return dict(json.loads(content))


class Partner:
    """Waits for the extension's native host. `key` is the identity that the extension is paired with."""

    def __init__(self, folder: Path) -> None:
        self.key = secrets_of.new_key()
        self.program = folder / "host"
        self._path = folder / "socket"
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(self._path))
        self._server.listen()
        self._ended = False
        self._made: list[Connection] = []
        self._waiting: queue.Queue[Connection] = queue.Queue()
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()
        pump = Path(__file__).with_name("pump.py")
        self.program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{pump}" "{self._path}"\n', "utf-8")
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)

    def _accept(self) -> None:
        while True:
            link, _ = self._server.accept()
            if self._ended:
                link.close()
                return
            self._waiting.put(Connection(link))

    def connection(self) -> Connection:
        """The next connection that the extension makes."""
        self._made.append(self._waiting.get(timeout=PATIENCE))
        return self._made[-1]

    def session(self) -> Connection:
        """The next connection, opened as paired."""
        made = self.connection()
        asked = made.frame()
        assert asked is not None and asked["kind"] == "open", asked
        made.open(self.key, asked)
        return made

    def close(self) -> None:
        """No more connections."""
        for each in [*self._made, *self._waiting.queue]:
            each.close()
        self._ended = True
        end = socket.socket(socket.AF_UNIX)
        end.connect(str(self._path))  # wakes who waits for the next one
        self._thread.join(PATIENCE)
        end.close()
        self._server.close()


@contextmanager
def listening(folder: Path) -> Iterator[Partner]:
    """A partner that ends with the block."""
    made = Partner(folder)
    try:
        yield made
    finally:
        made.close()
