"""An extension in Python: the other end of the channel, as the JavaScript of ours speaks it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from second_me.app.service.browsers import secrets as secret
from second_me.app.service.protocol import Channel
from tests.service.kit import Seat

Frame = dict[str, Any]
NAME = "Chromium 156"


class Wire(Protocol):
    """A way to the service, through a relay or without one."""

    def send(self, frame: Any) -> None:
        """Send one frame. Raises OSError when the other end is gone."""

    def receive(self) -> Frame:
        """The next frame that comes back. Raises EOFError or OSError at the end."""

    def close(self) -> None:
        """End it."""


class SocketWire:
    """Straight to the service's socket, as a relay would; with `patient` also errors are only heard."""

    def __init__(self, place: Seat, patient: bool = False) -> None:
        self.channel: Channel = place.raw()
        self._patient = patient
        self.heard: list[Frame] = []
        self._number = 0
        self.channel.send(
            {"id": 0, "method": "hello", "params": {"token": place.token(), "client": "browser"}}
        )
        self.greeting = self.channel.receive()["result"]

    def send(self, frame: Any) -> None:
        self._number += 1
        self.channel.send({"id": self._number, "method": "browser.receive", "params": {"frame": frame}})

    def receive(self) -> Frame:
        while True:
            message = self.channel.receive()
            self.heard.append(message)
            if message.get("method") == "browser.send":
                frame: Frame = message["params"]["frame"]
                return frame
            assert self._patient or "error" not in message, message

    def close(self) -> None:
        self.channel.hang_up()
        self.channel.close()


@dataclass
class Session:
    """A session that has begun: its two keys and numbers."""

    wire: Wire
    to_host: bytes
    to_extension: bytes
    sent: int = 0
    received: int = 0

    def sealed(self, message: Any, number: int | None = None) -> Frame:
        number = self.sent if number is None else number
        text = message if isinstance(message, bytes) else json.dumps(message).encode()
        return {"n": number, "box": secret.encoded(secret.sealed(self.to_host, number, text))}

    def say(self, message: Any) -> None:
        self.wire.send(self.sealed(message))
        self.sent += 1

    def hear(self) -> Frame:
        frame = self.wire.receive()
        assert frame.get("n") == self.received, frame
        self.received += 1
        content = secret.opened(self.to_extension, frame["n"], secret.decoded(frame["box"]))
        message: Frame = json.loads(content)
        return message


@dataclass
class Extension:
    """An extension with its key; `host_key` is the service's, known after pairing."""

    key: EllipticCurvePrivateKey = field(default_factory=secret.new_key)
    host_key: bytes = b""

    @property
    def point(self) -> bytes:
        return secret.point_of(self.key)

    def pair_frame(self, nonce: bytes, name: str = NAME) -> Frame:
        commit = secret.encoded(secret.commitment(nonce, self.point))
        return {
            "kind": "pair",
            "version": 1,
            "browser": name,
            "key": secret.encoded(self.point),
            "commit": commit,
        }

    def begin_pairing(self, wire: Wire, name: str = NAME) -> str:
        """Up to the code that is shown."""
        nonce = secret.new_nonce()
        wire.send(self.pair_frame(nonce, name))
        answer = wire.receive()
        assert answer["kind"] == "pair", answer
        self.host_key = secret.decoded(answer["key"], 65)
        wire.send({"kind": "reveal", "nonce": secret.encoded(nonce)})
        return code(self.point, self.host_key, nonce, secret.decoded(answer["nonce"], 32))

    def open_frame(self, nonce: bytes, share: bytes) -> Frame:
        texts = {"key": self.point, "nonce": nonce, "share": share}
        return {"kind": "open", "version": 1, **{name: secret.encoded(text) for name, text in texts.items()}}

    def open(
        self,
        wire: Wire,
        proof: Callable[[bytes], bytes] | None = None,
        tampered: Mapping[str, Any] | None = None,
    ) -> Session:
        """A session; `proof` makes another proof than the right one of the transcript's digest."""
        nonce, fresh = secret.new_nonce(), secret.new_key()
        wire.send(self.open_frame(nonce, secret.point_of(fresh)) | dict(tampered or {}))
        answer = wire.receive()
        assert answer["kind"] == "open", answer
        share, theirs = secret.decoded(answer["share"], 65), secret.decoded(answer["nonce"], 32)
        script = secret.Transcript(self.point, self.host_key, nonce, theirs, secret.point_of(fresh), share)
        digest = script.digest()
        assert secret.proves(self.host_key, digest, secret.HOST, secret.decoded(answer["proof"], 64))
        own = proof or (lambda digest: secret.sign(self.key, digest, secret.EXTENSION))
        wire.send({"kind": "proof", "proof": secret.encoded(own(digest))})
        return Session(wire, *secret.session_keys(fresh, share, digest))

    def session(self, wire: Wire) -> Session:
        """A session that is ready."""
        made = self.open(wire)
        assert made.hear() == {"kind": "ready"}
        return made


def code(extension_key: bytes, host_key: bytes, extension_nonce: bytes, host_nonce: bytes) -> str:
    """The code, computed in another way than the service does."""
    parts = b"".join((b"second-me pairing 1", extension_key, host_key, extension_nonce, host_nonce))
    number = int(hashlib.sha256(parts).hexdigest()[:16], 16) % 10**6
    return f"{number // 1000:03} {number % 1000:03}"
