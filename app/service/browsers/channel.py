"""One connection to an extension, as a machine of states (docs/browser.md): pairing, the start of a session, and the
sealed frames of it. It knows no socket and no vault, and says what is to be sent.

    fresh -pair-> committed -reveal-> waiting (for the person) -> fresh
    fresh -open-> greeted -proof-> open -{"n","box"}-> open

Whatever is not expected in a state, or not exactly what it should be, ends the channel for good: an extension of ours
never sends such a thing.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from second_me.app.service.browsers import secrets as secret
from second_me.app.service.browsers.rate import Rate

VERSION = 1
MOST_MESSAGES = 20
"""A second."""
LARGEST_BOX = 4_000_000
"""Characters of a sealed frame from the extension."""
LARGEST_SENT = 700_000
"""Bytes of a message to the extension: sealed and written as base64 it is less than the 1 MB that a browser takes."""
LONGEST_NAME = 80

Frame = Mapping[str, Any]


class Refusal(Exception):
    """What a frame is answered with instead; `final`: the channel is of no use any more."""

    def __init__(self, code: str, final: bool = False) -> None:
        super().__init__(code)
        self.code, self.final = code, final

    def frame(self) -> dict[str, Any]:
        """The answer in the clear."""
        return {"kind": "refused", "code": self.code}


class Keys(Protocol):
    """Whom a channel believes: our own key, the paired browsers, and who may be paired now."""

    def own(self) -> EllipticCurvePrivateKey:
        """The service's identity key. Raises Refusal("locked")."""

    def known(self, key: bytes) -> str | None:
        """The browser_id of a paired public key."""

    def may_pair(self, channel: BrowserChannel) -> None:
        """One more try of pairing begins. Raises Refusal when the person does not wait for one."""

    def show(self, channel: BrowserChannel, name: str, key: bytes, code: str) -> None:
        """Both sides have their code: the person is to compare them."""


class State(Enum):
    """Where a channel is."""

    FRESH = auto()
    COMMITTED = auto()
    WAITING = auto()
    GREETED = auto()
    OPEN = auto()
    DEAD = auto()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a frame led to: a frame to send in the clear, a session that began, or a message that was sealed."""

    reply: dict[str, Any] | None = None
    began: bool = False
    message: dict[str, Any] | None = None


@dataclass(slots=True)
class _Pairing:
    name: str
    key: bytes
    commit: bytes
    nonce: bytes = field(default_factory=secret.new_nonce)


@dataclass(frozen=True, slots=True)
class _Opening:
    browser_id: str
    key: bytes
    digest: bytes
    keys: tuple[bytes, bytes]


class BrowserChannel:
    """The service's end of a connection. `take` is called by one thread at a time, `seal` by one at a time.

    `browser_id` is whose session it is, "" before one has begun.
    """

    def __init__(self, keys: Keys, rate: Rate | None = None) -> None:
        self._keys, self._rate = keys, rate or Rate(MOST_MESSAGES)
        self.state, self.browser_id = State.FRESH, ""
        self._pairing: _Pairing | None = None
        self._opening: _Opening | None = None
        self._received = self._sent = 0
        self._handlers: dict[tuple[State, str], Callable[[Frame], Taken]] = {
            (State.FRESH, "pair"): self._pair,
            (State.COMMITTED, "reveal"): self._reveal,
            (State.FRESH, "open"): self._open,
            (State.GREETED, "proof"): self._proof,
        }

    def take(self, frame: object) -> Taken:
        """What a frame from the extension leads to. Raises Refusal."""
        try:
            if self.state is State.DEAD or not isinstance(frame, Mapping):
                raise ValueError("nothing is expected")
            if not self._rate.allows():
                raise Refusal("busy", final=True)
            return self._unsealed(frame) if self.state is State.OPEN else self._clear(frame)
        except Refusal as refusal:
            self.state = State.DEAD if refusal.final else State.FRESH
            raise
        except ValueError:
            self.state = State.DEAD
            raise Refusal("bad_message", final=True) from None

    def seal(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """The next frame of the session. Raises ValueError without a session, and for what is too large."""
        content = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
        if self.state is not State.OPEN or self._opening is None or len(content) > LARGEST_SENT:
            raise ValueError("this cannot be sent")
        number, self._sent = self._sent, self._sent + 1
        return {
            "n": number,
            "box": secret.encoded(secret.sealed(self._opening.keys[1], number, content)),
        }

    def settle(self) -> None:
        """The person has decided about the pairing: the extension may begin anew."""
        if self.state is State.WAITING:
            self.state, self._pairing = State.FRESH, None

    def end(self) -> None:
        """Nothing is taken or sealed any more."""
        self.state = State.DEAD

    def _clear(self, frame: Frame) -> Taken:
        handler = self._handlers.get((self.state, str(frame.get("kind"))))
        if handler is None:
            raise ValueError("this is not expected")
        return handler(frame)

    def _pair(self, frame: Frame) -> Taken:
        _version(frame)
        key = _key(frame, "key")
        pairing = _Pairing(_name(frame), key, secret.decoded(frame.get("commit"), secret.DIGEST_BYTES))
        own = secret.point_of(self._keys.own())
        self._keys.may_pair(self)
        self._pairing, self.state = pairing, State.COMMITTED
        return Taken({"kind": "pair", "key": secret.encoded(own), "nonce": secret.encoded(pairing.nonce)})

    def _reveal(self, frame: Frame) -> Taken:
        pairing = self._pairing
        nonce = secret.decoded(frame.get("nonce"), secret.NONCE_BYTES)
        if pairing is None or not hmac.compare_digest(secret.commitment(nonce, pairing.key), pairing.commit):
            raise ValueError("not what was promised")
        own = secret.point_of(self._keys.own())
        self.state = State.WAITING
        self._keys.show(
            self, pairing.name, pairing.key, secret.pairing_code(pairing.key, own, nonce, pairing.nonce)
        )
        return Taken()

    def _open(self, frame: Frame) -> Taken:
        _version(frame)
        key, share = _key(frame, "key"), _key(frame, "share")
        nonce = secret.decoded(frame.get("nonce"), secret.NONCE_BYTES)
        own, fresh, ours = self._keys.own(), secret.new_key(), secret.new_nonce()
        browser_id = self._keys.known(key)
        if browser_id is None:
            raise Refusal("not_paired")
        script = secret.Transcript(key, secret.point_of(own), nonce, ours, share, secret.point_of(fresh))
        digest = script.digest()
        self._opening = _Opening(browser_id, key, digest, secret.session_keys(fresh, share, digest))
        self.state = State.GREETED
        return Taken(
            {
                "kind": "open",
                "nonce": secret.encoded(ours),
                "share": secret.encoded(script.host_share),
                "proof": secret.encoded(secret.sign(own, digest, secret.HOST)),
            }
        )

    def _proof(self, frame: Frame) -> Taken:
        opening = self._opening
        proof = secret.decoded(frame.get("proof"), secret.PROOF_BYTES)
        if opening is None or not secret.proves(opening.key, opening.digest, secret.EXTENSION, proof):
            raise ValueError("somebody else's proof")
        if self._keys.known(opening.key) != opening.browser_id:
            raise Refusal("not_paired")  # forgotten meanwhile
        self.browser_id, self.state = opening.browser_id, State.OPEN
        return Taken(began=True)

    def _unsealed(self, frame: Frame) -> Taken:
        number, box = frame.get("n"), frame.get("box")
        if self._opening is None or type(number) is not int or number != self._received:
            raise ValueError("not the next frame")
        if isinstance(box, str) and len(box) > LARGEST_BOX:
            raise Refusal("too_large", final=True)
        content = secret.opened(self._opening.keys[0], number, secret.decoded(box))
        self._received += 1
        return Taken(message=_message(content))


def _message(content: bytes) -> dict[str, Any]:
    try:
        message = _storable(json.loads(content.decode()))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(message, dict):
        raise ValueError("a message is an object")
    return message


def _storable(value: Any) -> Any:
    """The same without what no text in a vault may hold and a page can write: half a surrogate pair, NUL."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "")
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(each) for name, each in value.items()}
    return value


def _version(frame: Frame) -> None:
    version = frame.get("version")
    if type(version) is not int or version != VERSION:
        raise ValueError("another version")


def _key(frame: Frame, name: str) -> bytes:
    point = secret.decoded(frame.get(name), secret.KEY_BYTES)
    secret.public_of(point)
    return point


def _name(frame: Frame) -> str:
    """What the browser calls itself, as it may stand on a screen: one short line of printable signs."""
    given = frame.get("browser")
    if not isinstance(given, str):
        raise ValueError("a browser has a name")
    plain = "".join(sign if sign.isprintable() else " " for sign in given)
    name = " ".join(plain.split())[:LONGEST_NAME]
    if not name:
        raise ValueError("a browser has a name")
    return name
