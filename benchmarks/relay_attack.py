"""Attacks the browsers' way in: random, malformed, oversized, replayed and reordered messages, unpaired extensions,
wrong proofs, methods that a relay may not call, against the real service: at its socket, and through the relay.

    python -m benchmarks.relay_attack [--messages 100000] [--processes 60] [--seed 1] [--json]

The vault holds sentences with marked words. Counted are messages, how their connections ended, and: answers that hold a
marked word (also inside of sealed frames), crash reports, changes to what the vault holds, whether the service is the
same process and still serves. Anything in the last five is a failure; exit code 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import select
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from second_me.app.browser.native import Pipes
from second_me.app.browser.relay import Relay
from second_me.app.service.browsers import secrets as secret
from second_me.app.service.client import Client
from second_me.app.service.protocol import Channel
from tests.browser.conftest import pair
from tests.browser.extension import Extension, Session, SocketWire, Wire
from tests.browser.relaying import RelayWire, installed, packed
from tests.service.kit import Seat, seat

try:
    from relay_streams import CLEAR, POISON, SEALED, oversized, streams
except ModuleNotFoundError:  # as a module of the folder
    from benchmarks.relay_streams import CLEAR, POISON, SEALED, oversized, streams

MARKS = ("Quxolwimber", "quxolwimber", "Veldergasse", "1988-03-14", "14 March 1988")
SENTENCES = (
    "My name is Mara Quxolwimber.", "I live in Veldergasse 7 in Bern.", "My e-mail is mara@quxolwimber.example.",
    "I was born on 14 March 1988.",
)  # fmt: skip
METHODS = (
    "memory.timeline", "facts.list", "status", "vault.lock", "browser.list", "browser.allow_pairing", "fill.list",
    "settings.get", "recall", "ask", "audit.list", "browser.confirm_pairing", "hello", "", "__init__",
)  # fmt: skip
SHARE_STRAIGHT, SHARE_CLEAR = 0.7, 0.5
ONE_LARGE_IN = 100
"""Bursts to one that is too large: 4 MB take time."""


class Tally:
    """What was sent and what came of it. Safe from several threads."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.disclosed: list[str] = []
        self.proposals = 0
        self._guard = threading.Lock()

    def count(self, kind: str, messages: int, heard: list[Any], session: Session | None) -> None:
        """One connection that has ended."""
        inside = opened(heard, session)
        told = json.dumps([*heard, *inside], ensure_ascii=False)
        refusals = [
            frame.get("code") for frame in heard if isinstance(frame, dict) and frame.get("kind") == "refused"
        ]
        with self._guard:
            self.sent[kind] += messages
            self.ends[str(refusals[-1]) if refusals else "cut off"] += 1
            self.proposals += sum(1 for each in inside if each.get("proposal") and each["kind"] == "proposed")
            if any(mark in told for mark in MARKS):
                self.disclosed.append(kind)


def opened(heard: list[Any], session: Session | None) -> list[Any]:
    """What was sealed for the extension, as it reads it."""
    found: list[Any] = []
    for frame in heard:
        if session is not None and isinstance(frame, dict) and "box" in frame:
            with contextlib.suppress(ValueError):
                content = secret.opened(session.to_extension, frame["n"], secret.decoded(frame["box"]))
                found.append(json.loads(content))
    return found


class ThreadWire:
    """The relay's own code in a thread of ours, its pipes held by us: as a process of its own, without its start."""

    def __init__(self, home: Path) -> None:
        self._inward, self._outward = os.pipe(), os.pipe()
        self.relay = Relay(home, Pipes(self._inward[0], self._outward[1]), lambda: None)
        self.heard: list[Any] = []
        self._writes = True
        self._reader = Pipes(self._outward[0], -1)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self.relay.run()
        os.close(self._outward[1])

    def write(self, data: bytes) -> None:
        """Bytes as they are, as long as the relay reads them. Raises OSError when it has ended."""
        left = memoryview(data)
        while left:
            if not self._thread.is_alive():
                raise BrokenPipeError
            if select.select([], [self._inward[1]], [], 0.05)[1]:
                left = left[os.write(self._inward[1], left[: select.PIPE_BUF]) :]

    def send(self, frame: Any) -> None:
        self.write(packed(frame))

    def receive(self) -> dict[str, Any]:
        frame = self._reader.read()
        if frame is None:
            raise EOFError
        self.heard.append(frame)
        return dict(frame)

    def hang_up(self) -> None:
        """The browser closes its end."""
        if self._writes:
            self._writes = False
            os.close(self._inward[1])

    def close(self) -> None:
        self.hang_up()
        self.relay.reader.join()
        self._thread.join()
        os.close(self._inward[0])
        os.close(self._outward[0])


def burst(wire: Wire, frames: list[Any]) -> None:
    """Send frames, as far as they are taken, and read to the end."""
    ahead = threading.Thread(target=_send_all, args=(wire, frames), daemon=True)
    ahead.start()  # apart: who writes much without reading waits for ever
    with contextlib.suppress(EOFError, OSError):
        while True:
            wire.receive()
    ahead.join()


def _send_all(wire: Wire, frames: list[Any]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for frame in frames:
            wire.send(frame)


def connection(
    make: Callable[[], Any], paired: Extension, rng: random.Random, tally: Tally, large: bool
) -> int:
    """One connection with one burst; the number of its messages."""
    wire, session = make(), None
    try:
        if large:
            kind, frames = "oversized", oversized(rng)
        elif rng.random() < SHARE_CLEAR:
            kind = rng.choice([*CLEAR])
            frames = CLEAR[kind](rng)
        elif rng.random() < 0.2:
            kind, frames = "wrong proof", []
            paired.open(wire, lambda digest: secret.sign(secret.new_key(), digest, secret.EXTENSION))
        else:
            kind = rng.choice([*SEALED])
            session = paired.session(wire)
            frames = SEALED[kind](rng, session)
        burst(wire, [*frames, POISON])
    finally:
        heard = wire.heard
        wire.close()
    tally.count(kind, len(frames) + 1, _frames(heard), session)
    return len(frames) + 1


def _frames(heard: list[Any]) -> list[Any]:
    """What came back, without the envelopes of the socket; they are kept beside."""
    return [each["params"]["frame"] if each.get("method") == "browser.send" else each for each in heard]


def bytes_to_relay(make: Callable[[], Any], rng: random.Random, tally: Tally) -> int:
    """One relay with bytes that are no messages of a browser."""
    wire, parts = make(), streams(rng)
    with contextlib.suppress(OSError):
        for part in parts:
            wire.write(part)
        wire.write(packed(POISON))
    wire.hang_up()
    with contextlib.suppress(EOFError, OSError):
        while True:
            wire.receive()
    heard = wire.heard
    wire.close()
    tally.count("bytes", len(parts) + 1, heard, None)
    return len(parts) + 1


def methods(place: Seat, rng: random.Random, tally: Tally) -> int:
    """A relay that asks for more than it may, and connections without the token."""
    wire = SocketWire(place, patient=True)
    asked = rng.randrange(1, 10)
    words = [{}, {"text": "Where do I live?", "client": "window", "token": place.token()}, [], 5]
    with contextlib.suppress(OSError):
        for number in range(asked):
            message = {"id": 100 + number, "method": rng.choice(METHODS), "params": rng.choice(words)}
            wire.channel.send(message)
    burst(wire, [POISON])
    stranger: Channel = place.raw()
    with contextlib.suppress(OSError, EOFError, ValueError):
        stranger.send(
            {"id": 1, "method": rng.choice(METHODS), "params": {"token": secret.encoded(rng.randbytes(32))}}
        )
        wire.heard.append(stranger.receive())
    stranger.close()
    wire.close()
    tally.count("methods", asked + 2, _frames(wire.heard), None)
    return asked + 2


@contextlib.contextmanager
def ground(folder: Path) -> Iterator[tuple[Seat, Client, Extension]]:
    """A vault that holds the marked words, a window, and a paired extension."""
    with seat(folder / "home", None) as place:
        window = place.unlocked()
        for sentence in SENTENCES:
            window.call("remember", text=sentence)
        window.call("facts.wait", timeout=600)
        wire = SocketWire(place)
        paired = pair(window, wire)
        wire.close()
        yield place, window, paired


def held(window: Client) -> str:
    """What the vault holds, in one text."""
    memories = [each["text"] for each in window.call("memory.timeline", limit=100)]
    browsers = [(each["browser_id"], each["name"]) for each in window.call("browser.list")]
    fills = window.call("fill.list", limit=100)
    return json.dumps([memories, window.call("facts.list"), browsers, fills], ensure_ascii=False)


def attack(folder: Path, messages: int, processes: int, seed: int) -> dict[str, Any]:
    """Everything; the counts."""
    rng, tally, began = random.Random(seed), Tally(), time.monotonic()
    with ground(folder) as (place, window, paired):
        before, process = held(window), place.service()
        command = installed(place.home, folder / "user")
        sent = 0
        while sent < messages * SHARE_STRAIGHT:
            large = rng.randrange(ONE_LARGE_IN) == 0
            sent += connection(lambda: SocketWire(place), paired, rng, tally, large)
            if rng.random() < 0.1:
                sent += methods(place, rng, tally)
        for _ in range(processes):
            sent += bytes_to_relay(lambda: RelayWire(command), rng, tally)
            sent += connection(lambda: RelayWire(command), paired, rng, tally, rng.randrange(20) == 0)
        while sent < messages:
            sent += bytes_to_relay(lambda: ThreadWire(place.home), rng, tally)
            sent += connection(
                lambda: ThreadWire(place.home), paired, rng, tally, rng.randrange(ONE_LARGE_IN) == 0
            )
        last = SocketWire(place)
        serves = paired.session(last).received == 1
        last.close()
        return {
            "messages": sent,
            "by_kind": dict(tally.sent.most_common()),
            "connections": sum(tally.ends.values()),
            "ends": dict(tally.ends.most_common()),
            "seconds": round(time.monotonic() - began),
            "marked": MARKS[0] in before and MARKS[2] in before,
            "proposals": tally.proposals,
            "disclosed": tally.disclosed,
            "crash_reports": len(list((place.home / "logs").glob("crash-*"))),
            "changed": held(window) != before,
            "same_service": place.service() == process and process.is_running(),
            "serves": serves and window.call("status")["state"] == "unlocked",
        }


def sound(counts: dict[str, Any]) -> bool:
    """Whether nothing was disclosed, nothing broke and nothing changed."""
    wrong = counts["disclosed"] or counts["crash_reports"] or counts["changed"]
    return bool(not wrong and counts["marked"] and counts["same_service"] and counts["serves"])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sm-attack-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        counts = attack(Path(folder), arguments.messages, arguments.processes, arguments.seed)
    print(
        json.dumps(counts)
        if arguments.json
        else "\n".join(f"{key}: {value}" for key, value in counts.items())
    )
    return 0 if sound(counts) else 1


if __name__ == "__main__":
    sys.exit(main())
