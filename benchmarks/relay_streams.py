"""What somebody who is no extension of ours, or one that has gone bad, may send: bursts of messages for one connection.

Every burst is made from a seed alone and ends with a message that must end the connection, so that all that comes back
can be read to its end.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from typing import Any

from second_me.app.service.browsers import secrets as secret
from tests.browser.extension import Extension, Session

Random = random.Random
POISON: dict[str, Any] = {"kind": "poison"}
MOST_AT_ONCE = 18
"""Messages of a burst: as many as are not refused for their number alone."""
LARGE = 4_000_100
GREED = (
    ("First name", "given-name"), ("Surname", "family-name"), ("E-mail", "email"), ("Street", "street-address"),
    ("Town", "address-level2"), ("Date of birth", "bday"), ("What is known of you?", ""),
    ("Password", "current-password"),
)  # fmt: skip
KINDS = (
    "pair",
    "reveal",
    "open",
    "proof",
    "paired",
    "refused",
    "ready",
    "propose",
    "fill",
    "undo",
    "hello",
    "",
    "ask",
)
NAMES = (
    "kind",
    "version",
    "key",
    "nonce",
    "share",
    "commit",
    "proof",
    "browser",
    "n",
    "box",
    "method",
    "params",
    "id",
)


def junk(rng: Random, depth: int = 0) -> Any:
    """Some JSON."""
    choice = rng.randrange(9 if depth < 3 else 6)
    if choice == 0:
        return rng.choice([None, True, False, 0, -1, 2**53, 2**70, 0.5, 1e308])
    if choice < 3:
        return "".join(
            chr(rng.choice([rng.randrange(32, 127), rng.randrange(0x2FF), 0x202E]))
            for _ in range(rng.randrange(40))
        )
    if choice < 5:
        return secret.encoded(rng.randbytes(rng.choice([0, 1, 12, 16, 31, 32, 33, 64, 65, 200])))
    if choice == 5:
        return rng.choice(KINDS)
    if choice == 6:
        return [junk(rng, depth + 1) for _ in range(rng.randrange(5))]
    return {rng.choice(NAMES): junk(rng, depth + 1) for _ in range(rng.randrange(6))}


def likely(rng: Random, extension: Extension) -> dict[str, Any]:
    """A frame of the beginning as an extension sends it."""
    nonce, fresh = rng.randbytes(32), secret.key_of(rng.randbytes(32))
    return rng.choice(
        [
            extension.pair_frame(nonce),
            {"kind": "reveal", "nonce": secret.encoded(nonce)},
            extension.open_frame(nonce, secret.point_of(fresh)),
            {"kind": "proof", "proof": secret.encoded(rng.randbytes(64))},
            {"n": rng.randrange(3), "box": secret.encoded(rng.randbytes(40))},
        ]
    )


def mutated(rng: Random, frame: dict[str, Any]) -> dict[str, Any]:
    """The same with one member gone, another, or spoilt."""
    name = rng.choice([*frame])
    value, changed = frame[name], dict(frame)
    how = rng.randrange(6)
    if how == 0:
        del changed[name]
    elif how == 1 or not isinstance(value, str):
        changed[name] = junk(rng)
    elif how == 2:
        changed[name] = value[: rng.randrange(len(value) + 1)]
    elif how == 3:
        changed[name] = value + rng.choice(["=", "A", "\n", "\0", "AAAA"])
    elif how == 4:
        changed[rng.choice(NAMES)] = value
    else:
        place = rng.randrange(len(value) or 1)
        changed[name] = value[:place] + rng.choice("ABCxyz-_+/ ") + value[place + 1 :]
    return changed


def random_frames(rng: Random) -> list[Any]:
    """Anything at all."""
    return [junk(rng) for _ in range(rng.randrange(1, MOST_AT_ONCE))]


def malformed(rng: Random) -> list[Any]:
    """The right kinds of frames, with something wrong in them."""
    extension = Extension(secret.key_of(rng.randbytes(32)))
    return [mutated(rng, likely(rng, extension)) for _ in range(rng.randrange(1, MOST_AT_ONCE))]


def unpaired(rng: Random) -> list[Any]:
    """An extension that nobody paired begins a session, over and over."""
    extension = Extension(secret.key_of(rng.randbytes(32)))
    share = secret.point_of(secret.key_of(rng.randbytes(32)))
    return [extension.open_frame(rng.randbytes(32), share) for _ in range(rng.randrange(1, MOST_AT_ONCE))]


def out_of_order(rng: Random) -> list[Any]:
    """Right frames of a beginning, none in its place."""
    extension = Extension(secret.key_of(rng.randbytes(32)))
    return [likely(rng, extension) for _ in range(rng.randrange(1, MOST_AT_ONCE))]


def oversized(rng: Random) -> list[Any]:
    """More than is read."""
    return [{"n": 0, "box": "A" * (LARGE + rng.randrange(1000))}]


CLEAR: dict[str, Callable[[Random], list[Any]]] = {
    "random": random_frames, "malformed": malformed, "unpaired": unpaired, "out of order": out_of_order,
}  # fmt: skip
"""Bursts of frames in the clear, by what they are; those that are too large apart, they are slow."""


def _fields(rng: Random) -> Any:
    return rng.choice([[{"index": rng.randrange(-1, 500), "ok": junk(rng)}] * rng.randrange(500), junk(rng)])


def bad_message(rng: Random) -> Any:
    """What a paired extension that has gone bad may say."""
    form = {
        "url": junk(rng),
        "title": junk(rng),
        "fields": rng.choice([[{"index": 0, "label": junk(rng)}], junk(rng)]),
    }
    return rng.choice(
        [
            junk(rng),
            {"kind": rng.choice(KINDS), "request": junk(rng), "form": junk(rng), "window": junk(rng)},
            {"kind": "propose", "request": 7, "form": form, "window": rng.choice([None, {}, junk(rng)])},
            {"kind": "filled", "proposal": junk(rng), "fields": _fields(rng), "stopped": junk(rng)},
            {"kind": "restored", "proposal": "p", "fields": _fields(rng), "stopped": ""},
            {"kind": "gone", "proposal": junk(rng)},
            {"kind": "accept", "proposal": "p", "rows": [{"index": 0, "value": "x"}]},
        ]
    )


def replayed(rng: Random, session: Session) -> list[Any]:
    """Some right frames, one of them twice."""
    frames = [session.sealed({"kind": "undo"}, number) for number in range(rng.randrange(1, 8))]
    return [*frames, rng.choice(frames)]


def reordered(rng: Random, session: Session) -> list[Any]:
    """Right frames, not in their order."""
    frames = [session.sealed({"kind": "undo"}, number) for number in range(rng.randrange(2, 10))]
    place = rng.randrange(len(frames) - 1)
    frames[place : place + 2] = frames[place + 1], frames[place]
    return frames


def left_out(rng: Random, session: Session) -> list[Any]:
    """Right frames, one of them missing."""
    frames = [session.sealed({"kind": "undo"}, number) for number in range(rng.randrange(3, 10))]
    del frames[rng.randrange(len(frames) - 1)]
    return frames


def spoilt(rng: Random, session: Session) -> list[Any]:
    """A frame with a flipped bit, another number, or cut short, and what comes after it."""
    frames = [session.sealed({"kind": "undo"}, number) for number in range(rng.randrange(1, 6))]
    at = rng.randrange(len(frames))
    box = bytearray(secret.decoded(frames[at]["box"]))
    how = rng.randrange(3)
    if how == 0:
        box[rng.randrange(len(box))] ^= 1 << rng.randrange(8)
    elif how == 1:
        del box[rng.randrange(len(box)) :]
    frames[at] = {"n": frames[at]["n"] + (how == 2), "box": secret.encoded(bytes(box))}
    return frames


def reflected(rng: Random, session: Session) -> list[Any]:
    """Frames sealed with the key of the other direction."""
    other = Session(session.wire, session.to_extension, session.to_host)
    return [
        other.sealed({"kind": "fill", "proposal": "p", "fields": []}, n) for n in range(rng.randrange(1, 6))
    ]


def gone_bad(rng: Random, session: Session) -> list[Any]:
    """Right frames with wrong messages."""
    return [session.sealed(bad_message(rng), number) for number in range(rng.randrange(1, 8))]


def greedy(rng: Random, session: Session) -> list[Any]:
    """A paired extension asks for all that there is, and says that it was agreed to."""
    names = rng.sample(GREED, rng.randrange(1, len(GREED)))
    fields = [{"index": at, "label": label, "autocomplete": token} for at, (label, token) in enumerate(names)]
    form = {"url": f"https://shop{rng.randrange(9)}.example/", "language": "en", "fields": fields}
    outcome = {
        "proposal": rng.choice(["p", "", "1"]) or "p",
        "fields": [{"index": 0, "ok": True}],
        "stopped": "",
    }
    messages = [
        {"kind": "propose", "request": 1, "form": form},
        {"kind": "filled", **outcome},
        {"kind": "undo"},
        {"kind": "restored", **outcome},
        {"kind": "propose", "request": 2, "form": form},
        {"kind": rng.choice(["accept", "fill", "fill.accept"]), "proposal": "p", "rows": fields},
    ]
    return [session.sealed(message, number) for number, message in enumerate(messages)]


SEALED: dict[str, Callable[[Random, Session], list[Any]]] = {
    "replayed": replayed, "reordered": reordered, "left out": left_out, "spoilt": spoilt, "reflected": reflected,
    "gone bad": gone_bad, "greedy": greedy,
}  # fmt: skip
"""Bursts in a session that has begun rightly, by what is wrong in them."""


def streams(rng: Random) -> list[bytes]:
    """What a relay reads, when it is not a browser that writes: messages that are none, in bytes."""
    made = []
    for _ in range(rng.randrange(1, 6)):
        how = rng.randrange(5)
        content = rng.randbytes(rng.randrange(200)) if how else json.dumps(junk(rng)).encode()
        length = len(content) if how < 3 else rng.choice([rng.randrange(2**32), 2**32 - 1, 0, 4_000_001])
        made.append(length.to_bytes(4, sys.byteorder) + content)
    return made
