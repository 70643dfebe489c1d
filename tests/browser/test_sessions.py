"""Pairing and sessions with the real service, by an extension in Python over its socket."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from second_me.app.service.browsers import secrets as secret
from second_me.app.service.client import Client
from second_me.app.service.main import LINGER_SECONDS
from second_me.app.service.protocol import RemoteFault
from tests.browser.conftest import pair
from tests.browser.extension import Extension, Session, SocketWire
from tests.service.kit import PASSPHRASE, Ear, Seat

Wired = Callable[[], SocketWire]
FORM = {"url": "https://shop.example/", "fields": [{"index": 0, "label": "E-mail"}]}


def refused(code: str) -> dict[str, str]:
    return {"kind": "refused", "code": code}


def ended(wire: SocketWire) -> bool:
    """Whether the service ended the connection."""
    try:
        while True:
            wire.channel.receive()
    except (OSError, EOFError):
        return True


def test_a_browser_is_paired_and_speaks_in_a_session(paired: Extension, wired: Wired, window: Client) -> None:
    wire = wired()
    session = paired.session(wire)
    session.say({"kind": "propose", "request": 7, "form": FORM, "window": {"x": 1, "y": 2}})
    answer = session.hear()
    assert (answer["kind"], answer["request"]) == ("proposed", 7)
    session.say({"kind": "undo"})
    session.say({"kind": "gone", "proposal": "absent"})
    outcome = {"proposal": "absent", "fields": [{"index": 0, "ok": True}], "stopped": ""}
    session.say({"kind": "filled", **outcome})
    session.say({"kind": "restored", **outcome})
    session.say({"kind": "propose", "request": 8, "form": "no form"})
    assert session.hear()["proposal"] is None
    listed = [each for each in window.call("browser.list") if each["connected"]]
    assert [each["name"] for each in listed] == ["Chromium 156"]
    assert listed[0]["seen_at"] >= listed[0]["paired_at"]


def test_nobody_is_paired_whom_the_person_does_not_wait_for(wired: Wired, window: Client) -> None:
    window.call("browser.allow_pairing", seconds=0)
    wire = wired()
    wire.send(Extension().pair_frame(secret.new_nonce()))
    assert wire.receive() == refused("not_paired")


def test_other_codes_are_declined_and_close_the_door(wired: Wired, window: Client) -> None:
    ear, wire, extension = Ear(window), wired(), Extension()
    before = window.call("browser.list")
    window.call("browser.allow_pairing")
    extension.begin_pairing(wire)
    window.call("browser.confirm_pairing", pairing_id=ear.next("browser.pairing")["pairing_id"], same=False)
    assert wire.receive() == refused("declined")
    assert window.call("browser.list") == before
    wire.send(extension.pair_frame(secret.new_nonce()))
    assert wire.receive() == refused("not_paired")


def test_a_pairing_that_is_let_pass_is_over(wired: Wired, window: Client) -> None:
    ear, wire, extension = Ear(window), wired(), Extension()
    window.call("browser.allow_pairing")
    extension.begin_pairing(wire)
    told = ear.next("browser.pairing")
    window.call("browser.allow_pairing", seconds=1)
    assert wire.receive() == refused("timeout")
    with pytest.raises(RemoteFault) as fault:
        window.call("browser.confirm_pairing", pairing_id=told["pairing_id"], same=True)
    assert fault.value.code == "not_found"


def test_one_pairing_at_a_time_and_the_next_after_it_has_left(wired: Wired, window: Client) -> None:
    ear, first, second = Ear(window), wired(), wired()
    window.call("browser.allow_pairing")
    Extension().begin_pairing(first)
    ear.next("browser.pairing")
    second.send(Extension().pair_frame(secret.new_nonce()))
    assert second.receive() == refused("busy")
    first.close()
    ear.next("browser.changed")
    Extension().begin_pairing(second)
    window.call("browser.confirm_pairing", pairing_id=ear.next("browser.pairing")["pairing_id"], same=False)


def test_after_five_tries_the_door_is_closed(wired: Wired, window: Client) -> None:
    window.call("browser.allow_pairing")
    for _ in range(5):
        wire = wired()
        wire.send(Extension().pair_frame(secret.new_nonce()))
        assert wire.receive()["kind"] == "pair"
        wire.send({"kind": "reveal", "nonce": secret.encoded(secret.new_nonce())})
        assert wire.receive() == refused("bad_message")
        assert ended(wire)
    wire = wired()
    wire.send(Extension().pair_frame(secret.new_nonce()))
    assert wire.receive() == refused("not_paired")


def test_a_name_is_one_line_of_printable_signs(wired: Wired, window: Client) -> None:
    ear, wire = Ear(window), wired()
    window.call("browser.allow_pairing")
    Extension().begin_pairing(wire, "Firefox\n\u202e\0  130" + "x" * 200)
    told = ear.next("browser.pairing")
    assert told["name"] == ("Firefox 130" + "x" * 200)[:80]
    window.call("browser.confirm_pairing", pairing_id=told["pairing_id"], same=False)


def test_an_unpaired_extension_is_refused_and_told_nothing(wired: Wired) -> None:
    wire = wired()
    wire.send(Extension().open_frame(secret.new_nonce(), secret.point_of(secret.new_key())))
    assert wire.receive() == refused("not_paired")


@pytest.mark.parametrize("proof", ["other key", "host's side", "other digest", "zeros", "short"])
def test_a_paired_key_with_a_wrong_proof_is_refused(paired: Extension, wired: Wired, proof: str) -> None:
    make: dict[str, Callable[[bytes], bytes]] = {
        "other key": lambda digest: secret.sign(secret.new_key(), digest, secret.EXTENSION),
        "host's side": lambda digest: secret.sign(paired.key, digest, secret.HOST),
        "other digest": lambda digest: secret.sign(paired.key, digest[::-1], secret.EXTENSION),
        "zeros": lambda digest: bytes(64),
        "short": lambda digest: bytes(63),
    }
    wire = wired()
    paired.open(wire, make[proof])
    assert wire.receive() == refused("bad_message")
    assert ended(wire)


def other(session: Session) -> dict[str, Any]:
    """A frame with another number, key or box, by what is wrong with it."""
    right, undo = session.sealed({"kind": "undo"}), {"kind": "undo"}
    stranger = Session(session.wire, secret.new_nonce(), secret.new_nonce(), session.sent)
    return {
        "a gap": session.sealed(undo, session.sent + 1),
        "an earlier number": session.sealed(undo, session.sent - 1),
        "a number for another box": {**session.sealed(undo, session.sent + 1), "n": session.sent},
        "another key": stranger.sealed(undo),
        "the key of the other direction": Session(
            session.wire, session.to_extension, b"", session.sent
        ).sealed(undo),
        "a number that is true": {**right, "n": True},
        "a number with a point": {**right, "n": float(session.sent)},
        "no number": {"box": right["box"]},
        "no box": {"n": right["n"]},
        "a box cut short": {**right, "box": right["box"][:-2]},
        "an empty box": {**right, "box": ""},
        "in the clear": undo,
        "a new beginning": Extension().open_frame(secret.new_nonce(), secret.point_of(secret.new_key())),
        "no object": session.sealed(["undo"]),
        "no JSON": session.sealed(b"undo"),
        "no UTF-8": session.sealed(b"\xff\xfe"),
        "UTF-16": session.sealed('{"kind": "undo"}'.encode("utf-16")),
        "nested deeply": session.sealed(b"[" * 100_000),
        "an unknown kind": session.sealed({"kind": "ask", "text": "what is known"}),
        "no kind": session.sealed({}),
        "no request": session.sealed({"kind": "propose", "form": FORM}),
        "no fields": session.sealed({"kind": "filled", "proposal": "p"}),
        "no proposal": session.sealed({"kind": "gone"}),
        "too many fields": session.sealed(
            {"kind": "filled", "proposal": "p", "fields": [{"index": 0}] * 401}
        ),
        "a field beyond": session.sealed({"kind": "filled", "proposal": "p", "fields": [{"index": 400}]}),
    }


WRONG = [
    "a gap", "an earlier number", "a number for another box", "another key", "the key of the other direction",
    "a number that is true", "a number with a point", "no number", "no box", "a box cut short", "an empty box",
    "in the clear", "a new beginning", "no object", "no JSON", "no UTF-8", "UTF-16", "nested deeply", "an unknown kind",
    "no kind", "no request", "no fields", "no proposal", "too many fields", "a field beyond",
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_frame_ends_the_session(paired: Extension, wired: Wired, wrong: str) -> None:
    wire = wired()
    session = paired.session(wire)
    session.say({"kind": "undo"})
    wire.send(other(session)[wrong])
    assert wire.receive() == refused("bad_message")
    assert ended(wire)


def test_a_frame_that_comes_twice_ends_the_session(paired: Extension, wired: Wired) -> None:
    wire = wired()
    session = paired.session(wire)
    frame = session.sealed({"kind": "undo"})
    wire.send(frame)
    wire.send(frame)
    assert wire.receive() == refused("bad_message")


def test_what_was_recorded_opens_no_other_session(paired: Extension, wired: Wired) -> None:
    """Neither the beginning nor the frames of a session can be played again."""
    first, second = wired(), wired()
    session = paired.session(first)
    frame = session.sealed({"kind": "undo"})
    later = paired.session(second)
    assert first.receive() == refused("busy"), "the newer connection of a browser is the one that counts"
    second.send(frame)
    assert second.receive() == refused("bad_message")
    assert later.received == 1


def test_too_many_messages_end_the_session(paired: Extension, wired: Wired) -> None:
    wire = wired()
    session = paired.session(wire)
    for _ in range(60):
        session.say({"kind": "undo"})
    assert wire.receive() == refused("busy")
    assert ended(wire)


def test_a_box_that_is_too_large_ends_the_session(paired: Extension, wired: Wired) -> None:
    wire = wired()
    paired.session(wire)
    wire.send({"n": 0, "box": "A" * 4_000_004})
    assert wire.receive() == refused("too_large")


def test_a_forgotten_browser_is_cut_off_and_unknown(paired: Extension, wired: Wired, window: Client) -> None:
    wire = wired()
    paired.session(wire)
    (browser,) = [each for each in window.call("browser.list") if each["connected"]]
    window.call("browser.forget", browser_id=browser["browser_id"])
    assert wire.receive() == refused("not_paired")
    assert ended(wire)
    again = wired()
    again.send(paired.open_frame(secret.new_nonce(), secret.point_of(secret.new_key())))
    assert again.receive() == refused("not_paired")
    assert browser["browser_id"] not in str(window.call("browser.list"))


def test_a_browser_that_is_paired_again_stays_one(paired: Extension, wired: Wired, window: Client) -> None:
    before = window.call("browser.list")
    pair(window, wired(), paired)
    assert [each["browser_id"] for each in window.call("browser.list")] == [
        each["browser_id"] for each in before
    ]


def test_two_browsers_are_connected_side_by_side(wired: Wired, window: Client) -> None:
    sessions = [pair(window, wired()).session(wired()) for _ in range(2)]
    for session in sessions:
        session.say({"kind": "propose", "request": 1, "form": FORM})
    assert [session.hear()["kind"] for session in sessions] == ["proposed", "proposed"]
    assert len([each for each in window.call("browser.list") if each["connected"]]) == 2


@pytest.mark.parametrize(
    "method", ["status", "memory.timeline", "vault.lock", "browser.list", "vault.unlock"]
)
def test_a_relay_may_forward_and_nothing_else(house: Seat, wired: Wired, window: Client, method: str) -> None:
    wire = wired()
    wire.channel.send(
        {"id": "hello again", "method": "hello", "params": {"token": house.token(), "client": "window"}}
    )
    assert wire.channel.receive()["result"]["state"] == "unlocked"
    wire.channel.send({"id": 99, "method": method, "params": {"passphrase": PASSPHRASE}})
    assert wire.channel.receive()["error"]["code"] == -32601
    assert window.call("status")["state"] == "unlocked"


def test_only_a_relay_forwards(window: Client) -> None:
    with pytest.raises(RemoteFault) as fault:
        window.call("browser.receive", frame={"kind": "open"})
    assert fault.value.code == "refused"


def test_a_relay_hears_of_nothing_but_its_frames(paired: Extension, wired: Wired, window: Client) -> None:
    wire = wired()
    session = paired.session(wire)
    window.call("remember", text="A sentence that no browser hears of.")
    session.say({"kind": "propose", "request": 1, "form": FORM})
    session.hear()
    assert {each.get("method", "answer") for each in wire.heard} == {"browser.send", "answer"}


def test_pairings_outlive_the_service_and_a_locked_vault_says_so(bare_place: Seat) -> None:
    window = bare_place.unlocked()
    first = SocketWire(bare_place)
    extension = pair(window, first)
    first.close()
    bare_place.kill_all()
    window = bare_place.client()
    wire = SocketWire(bare_place)
    wire.send(extension.pair_frame(secret.new_nonce()))
    assert wire.receive() == refused("locked")
    window.call("vault.unlock", passphrase=PASSPHRASE)
    session = extension.session(wire)
    session.say({"kind": "propose", "request": 1, "form": FORM})
    assert session.hear()["kind"] == "proposed"
    window.call("vault.lock")
    assert ended(wire)


def test_a_session_keeps_the_service_for_a_while(bare_place: Seat) -> None:
    """A proposal may come when all windows are closed, and one is started for it."""
    window = bare_place.unlocked()
    first, second = SocketWire(bare_place), SocketWire(bare_place)
    session = pair(window, first).session(second)
    window.close()
    first.close()
    time.sleep(LINGER_SECONDS + 1)
    session.say({"kind": "propose", "request": 1, "form": {}})
    assert session.hear()["kind"] == "proposed"
    second.close()


def test_a_silent_relay_does_not_keep_the_service(bare_place: Seat) -> None:
    window = bare_place.unlocked()
    wire = SocketWire(bare_place)
    window.close()
    assert ended(wire)
