"""The relay as a real process, as a browser starts it, before a real service."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from second_me.app.browser.extension import Ids
from second_me.app.browser.native import LARGEST_READ, Pipes
from second_me.app.browser.relay import Relay
from second_me.app.service.browsers import secrets as secret
from second_me.app.service.client import Client
from tests.browser.conftest import pair
from tests.browser.extension import Extension
from tests.browser.relaying import IDS, ORIGIN, RelayWire, framed, installed, packed
from tests.browser.test_sessions import FORM, refused
from tests.service.kit import PASSPHRASE, PATIENCE, Seat, services

Start = Callable[..., RelayWire]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the starter is a shell script here")


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[[Seat], RelayWire]]:
    """Starts relays by an installed manifest; they end with the test."""
    made: list[RelayWire] = []

    def start(place: Seat, *arguments: str) -> RelayWire:
        command = installed(place.home, tmp_path / "user")
        made.append(RelayWire([command[0], *(arguments or command[1:])]))
        return made[-1]

    yield start
    for each in made:
        each.close()


@pytest.fixture
def relay(house: Seat, started: Start) -> Iterator[RelayWire]:
    """A relay to the shared house."""
    yield started(house)


def test_a_session_goes_through_the_relay(relay: RelayWire, paired: Extension) -> None:
    session = paired.session(relay)
    session.say({"kind": "propose", "request": 3, "form": FORM})
    assert session.hear()["request"] == 3
    relay.hang_up()
    assert relay.rest() == []
    assert relay.ends() == 0


def test_pairing_goes_through_the_relay(relay: RelayWire, window: Client) -> None:
    before = len(window.call("browser.list"))
    pair(window, relay)
    assert len(window.call("browser.list")) == before + 1


def test_firefox_starts_it_in_its_own_way(house: Seat, started: Start, paired: Extension) -> None:
    wire = started(house, "/path/of/the/manifest.json", IDS.firefox[0])
    assert paired.session(wire).received == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["chrome-extension://abcdefghijklmnopabcdefghijklmnop/"],
        ["/path/of/the/manifest.json", "somebody@else.example"],
        [ORIGIN.rstrip("/")],
        [f"{ORIGIN}x"],
        ["--help"],
        [""],
    ],
)
def test_another_extension_is_refused(house: Seat, started: Start, arguments: list[str]) -> None:
    wire = started(house, *arguments)
    wire.send({"kind": "open"})
    assert wire.rest() == [refused("other_extension")]
    assert wire.ends() == 0


def test_no_extension_is_ours_where_none_ships() -> None:
    assert not any(Ids().started(each) for each in ([], [""], [ORIGIN], ["", ""], ["a", "extension@x"]))


def test_an_unpaired_extension_is_refused_through_the_relay(relay: RelayWire) -> None:
    relay.send(Extension().open_frame(secret.new_nonce(), secret.point_of(secret.new_key())))
    assert relay.receive() == refused("not_paired")


GARBAGE = {
    "no JSON": (framed(b"open"), "bad_message"),
    "nothing": (framed(b""), "bad_message"),
    "no UTF-8": (framed(b'{"kind": "\xff"}'), "bad_message"),
    "a list": (framed(b"[]"), "bad_message"),
    "not flat": (framed(b'{"kind": {"a": 1}}'), "bad_message"),
    "a number with a point": (framed(b'{"n": 0.5}'), "bad_message"),
    "infinite": (framed(b'{"n": Infinity}'), "bad_message"),
    "true": (framed(b'{"n": true}'), "bad_message"),
    "a huge number": (framed(b'{"n": 1' + b"0" * 5000 + b"}"), "bad_message"),
    "nested deeply": (framed(b"[" * 100_000), "bad_message"),
    "many members": (packed({str(n): n for n in range(17)}), "bad_message"),
    "an unknown kind": (packed({"kind": "status"}), "bad_message"),
    "a method": (packed({"id": 1, "method": "status"}), "bad_message"),
    "a sealed frame without a session": (packed({"n": 0, "box": "AAAA"}), "bad_message"),
    "too long": ((LARGEST_READ + 1).to_bytes(4, sys.byteorder), "too_large"),
    "a length beyond all": (b"\xff\xff\xff\xff", "too_large"),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_is_refused_once_and_ends_it(relay: RelayWire, window: Client, kind: str) -> None:
    data, code = GARBAGE[kind]
    relay.write(data)
    assert relay.rest() == [refused(code)]
    assert relay.ends() == 0
    assert window.call("status")["state"] == "unlocked"


@pytest.mark.parametrize(
    "data", [b"", b"\1", framed(b'{"kind": "open"}')[:-1]], ids=["nothing", "a byte", "half"]
)
def test_a_browser_that_goes_ends_it_without_a_word(relay: RelayWire, data: bytes) -> None:
    relay.write(data)
    relay.hang_up()
    assert relay.rest() == []
    assert relay.ends() == 0


def test_too_many_frames_end_it(relay: RelayWire, paired: Extension) -> None:
    session = paired.session(relay)
    relay.write(b"".join(packed(session.sealed({"kind": "undo"}, number)) for number in range(60)))
    assert relay.rest() == [refused("busy")]
    assert relay.ends() == 0


def test_a_locked_home_says_so_and_nothing_is_started(bare_place: Seat, started: Start) -> None:
    window = bare_place.unlocked()
    window.call("vault.lock")
    bare_place.leave()
    wire = started(bare_place)
    wire.send({"kind": "open"})
    assert wire.rest() == [refused("locked")]
    assert wire.ends() == 0
    assert services(bare_place.home) == []


def test_a_vault_that_nobody_opened_is_locked_and_stays_so(
    bare_place: Seat, started: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the passphrase is in the browser's environment."""
    bare_place.unlocked()
    bare_place.leave()
    monkeypatch.setenv("SECOND_ME_PASSPHRASE", PASSPHRASE)
    wire = started(bare_place)
    wire.send({"kind": "open"})
    assert wire.rest() == [refused("locked")]
    assert services(bare_place.home) == []
    bare_place.client()
    again = started(bare_place)
    again.send({"kind": "open"})
    assert again.rest() == [refused("locked")]


def test_a_home_without_a_vault_has_no_service(bare_place: Seat, started: Start) -> None:
    wire = started(bare_place)
    wire.send({"kind": "open"})
    assert wire.rest() == [refused("no_service")]
    assert services(bare_place.home) == []


def test_locking_while_a_session_is_on_ends_it(bare_place: Seat, started: Start) -> None:
    window = bare_place.unlocked()
    wire = started(bare_place)
    extension = pair(window, wire)
    extension.session(wire)
    window.call("vault.lock")
    assert wire.rest() == [refused("locked")]
    assert wire.ends() == 0


def test_a_service_that_is_killed_ends_it(bare_place: Seat, started: Start) -> None:
    window = bare_place.unlocked()
    wire = started(bare_place)
    session = pair(window, wire).session(wire)
    session.say({"kind": "propose", "request": 1, "form": FORM})
    bare_place.kill_all()
    rest = wire.rest()
    assert rest[-1] == refused("no_service")
    assert wire.ends() == 0


def test_a_relay_that_is_killed_leaves_the_service_serving(
    house: Seat, started: Start, paired: Extension, window: Client
) -> None:
    wire = started(house)
    session = paired.session(wire)
    frame = packed(session.sealed({"kind": "propose", "request": 1, "form": FORM}))
    wire.write(frame[: len(frame) // 2])
    wire.process.kill()
    again = started(house)
    session = paired.session(again)
    session.say({"kind": "propose", "request": 2, "form": FORM})
    assert session.hear()["request"] == 2
    assert window.call("status")["state"] == "unlocked"


def test_of_two_relays_of_a_browser_the_newer_counts(house: Seat, started: Start, paired: Extension) -> None:
    first, second = started(house), started(house)
    paired.session(first)
    session = paired.session(second)
    assert first.rest() == [refused("busy")]
    assert first.ends() == 0
    session.say({"kind": "propose", "request": 2, "form": FORM})
    assert session.hear()["request"] == 2


def test_what_a_process_prints_does_not_reach_the_browser(tmp_path: Path) -> None:
    script = "import os; from second_me.app.browser.native import own_pipes as own; p = own(); print('x'); "
    script += "os.system('echo y'); p.write({'kind': 'z'})"
    wire = RelayWire([sys.executable, "-c", script])
    assert wire.rest() == [{"kind": "z"}]
    assert wire.process.wait(60) == 0
    wire.close()


def test_a_window_is_started_once_in_a_while(tmp_path: Path) -> None:
    opened: list[str] = []
    relay = Relay(tmp_path, Pipes(0, 1), lambda: opened.append("hidden"))
    for _ in range(2):
        relay._heard("browser.window_wanted", {})
    assert opened == ["hidden"]


def test_a_proposal_that_no_window_can_show_starts_one(
    bare_place: Seat, started: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One, however often it is wanted; it is a process of its own."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    window = bare_place.unlocked()
    window.call("remember", text="My e-mail is mara@keller.example.")
    window.call("facts.wait", timeout=60)
    wire = started(bare_place)
    session = pair(window, wire).session(wire)
    window.close()
    for request in range(2):
        session.say({"kind": "propose", "request": request, "form": FORM})
        while session.hear()["kind"] != "proposed":
            pass
    hidden = hidden_windows(bare_place)
    try:
        assert len(hidden) == 1
        script = bare_place.client(start=False)
        assert len(script.call("fill.open")) == 1
    finally:
        for each in hidden:
            each.terminate()
        psutil.wait_procs(hidden, timeout=PATIENCE)


def hidden_windows(place: Seat) -> list[psutil.Process]:
    """The processes of a home's window that were started hidden."""
    found = []
    for process in psutil.process_iter():
        try:
            hidden = process.cmdline()[-3:] == ["-m", "second_me", "--hidden"]
            if hidden and process.environ().get("SECOND_ME_HOME") == str(place.home):
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become somebody else"
)
def test_another_user_reaches_neither_socket_nor_token_nor_starter(
    house: Seat, window: Client, tmp_path: Path
) -> None:
    starter = Path(installed(house.home, tmp_path / "user")[0])
    paths = [
        house.runtime / "service.sock",
        house.runtime / "token",
        starter,
        house.home / "vault" / "vault.db",
    ]
    for name, mode in ((starter, 0o700), (starter.parent, 0o700)):
        assert stat.S_IMODE(name.stat().st_mode) == mode
    found = as_nobody(
        f"""
import json, os, socket, sys
def tried(act):
    try: act()
    except OSError as error: return error.errno
    return 0
def connected(path):
    with socket.socket(socket.AF_UNIX) as end: end.connect(path)
paths = {[str(path) for path in paths]!r}
print(json.dumps([tried(lambda: open(path).close()) for path in paths] + [tried(lambda: connected(paths[0]))]))
"""
    )
    assert json.loads(found) == [13] * 5
    assert window.call("status")["state"] == "unlocked"


def as_nobody(script: str) -> str:
    """What a script prints that runs as another user."""
    done = subprocess.run(
        ["/usr/bin/env", "-i", "/usr/bin/python3", "-c", script], user=65534, group=65534, extra_groups=[],
        capture_output=True, text=True, timeout=PATIENCE, cwd="/",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_relay_is_left(house: Seat) -> None:
    names = [" ".join(each.cmdline()) for each in psutil.Process().children(recursive=True)]
    assert [name for name in names if "browser.relay" in name] == []
