"""Who may connect, what ends a connection, and when the service comes and goes."""

from __future__ import annotations

import os
import socket
import stat
from typing import Any

import psutil
import pytest

from second_me.app.service.client import TAKEN, Client
from second_me.app.service.protocol import LARGEST_FRAME, Channel, RemoteFault
from tests.service.kit import PASSPHRASE, PATIENCE, Ear, Seat, Talker, serve_in_foreground, services

posix_only = pytest.mark.skipif(os.name == "nt", reason="modes and Unix sockets are not Windows'")


def greeted(place: Seat) -> Channel:
    """A raw connection that has said hello."""
    channel = place.raw()
    channel.send({"id": 0, "method": "hello", "params": {"token": place.token(), "client": "cli"}})
    assert answered(channel)["result"]["state"] == "unlocked"
    return channel


def answered(channel: Channel) -> dict[str, Any]:
    """The next answer; the background's news may come between."""
    while "method" in (frame := channel.receive()):
        pass
    return frame


def ends(channel: Channel) -> bool:
    """Whether the service ended the connection without a word."""
    try:
        channel.receive()
    except (OSError, EOFError):
        channel.close()
        return True
    return False


@posix_only
def test_only_this_user_can_reach_the_socket_and_its_token(shared_place: Seat, client: Client) -> None:
    modes = {
        path.name: stat.S_IMODE(path.lstat().st_mode)
        for path in (shared_place.runtime, shared_place.runtime.parent, *shared_place.runtime.iterdir())
    }
    assert modes.pop("service.sock") == modes.pop("token") == 0o600
    assert modes[shared_place.runtime.name] == modes[shared_place.runtime.parent.name] == 0o700
    assert (shared_place.home / "vault").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "params",
    [{"token": "wrong"}, {"token": 5}, {"token": ["a"]}, {}, [], "token", None, 7, {"token": "\ud800"}],
)
def test_a_wrong_token_ends_the_connection(shared_place: Seat, client: Client, params: object) -> None:
    channel = shared_place.raw()
    channel.send({"id": 1, "method": "hello", "params": params})
    assert ends(channel)
    assert client.call("status")["state"] == "unlocked"


def test_a_request_before_hello_ends_the_connection(shared_place: Seat, client: Client) -> None:
    channel = shared_place.raw()
    channel.send({"id": 1, "method": "status", "params": {}})
    assert ends(channel)


@pytest.mark.parametrize(
    "data",
    [b"{", b"", b"\xff\xfe\x00", b"[]", b"5", b'"text"', b"null", b"[" * 100_000, b'{"a":' * 50_000],
    ids=["half", "empty", "no UTF-8", "list", "number", "text", "null", "deep list", "deep object"],
)
def test_what_is_no_message_ends_the_connection(shared_place: Seat, client: Client, data: bytes) -> None:
    channel = greeted(shared_place)
    channel._connection.send_bytes(data)
    assert ends(channel)
    assert client.call("status")["state"] == "unlocked"


@posix_only
def test_an_oversized_frame_ends_the_connection_unread(shared_place: Seat, client: Client) -> None:
    channel = greeted(shared_place)
    with socket.socket(fileno=os.dup(channel._connection.fileno())) as wire:
        wire.sendall((LARGEST_FRAME + 1).to_bytes(4, "big"))
    assert ends(channel)
    assert client.call("status")["state"] == "unlocked"


def test_a_request_too_large_for_a_frame_is_told(client: Client) -> None:
    with pytest.raises(RemoteFault) as told:
        client.call("remember", text="x" * (LARGEST_FRAME + 1))
    assert told.value.code == "bad_parameters"
    assert client.call("status")["state"] == "unlocked"


def test_an_answer_too_large_for_a_frame_is_told(client: Client) -> None:
    for number in range(3):
        client.call("remember", text=f"{number} " + "\1" * 999_000)
    with pytest.raises(RemoteFault) as told:
        client.call("memory.timeline", patience=PATIENCE, limit=1000)
    assert told.value.code == "bad_parameters"


def test_unknown_methods_are_told_apart(shared_place: Seat, client: Client) -> None:
    channel = greeted(shared_place)
    for method in ("nothing", "", None, 5, ["status"], {"a": 1}, "\ud800"):
        channel.send({"id": 9, "method": method, "params": {}})
        answer = answered(channel)
        assert (answer["id"], answer["error"]["code"]) == (9, -32601)
    channel.send({"id": 10, "params": {}})
    assert answered(channel)["error"]["code"] == -32601
    channel.close()


@pytest.mark.parametrize("number", [None, 1.5, "a", [1], {"a": 1}, "\ud800", 10**40])
def test_any_id_comes_back(shared_place: Seat, client: Client, number: object) -> None:
    channel = greeted(shared_place)
    channel.send({"id": number, "method": "status", "params": {}})
    answer = answered(channel)
    assert answer["id"] == number
    assert answer["result"]["state"] == "unlocked"
    channel.close()


def test_every_client_hears_of_a_change(shared_place: Seat, client: Client) -> None:
    other = Client.connect(shared_place.home, "cli", start=False)
    ear, other_ear = Ear(client), Ear(other)
    other.call("remember", text="Two clients look at this memory.")
    assert ear.next("memories.changed") == other_ear.next("memories.changed")
    other.close()


def test_a_turn_is_told_to_the_client_that_asked(shared_place: Seat, client: Client) -> None:
    other = Client.connect(shared_place.home, "cli", start=False)
    ear, talker = Ear(other), Talker(client)
    talker.say("Hello")
    other.call("remember", text="The other client goes on with its own work.")
    heard = ear.until(lambda method, _: method == "memories.changed")
    assert [method for method, _ in heard if method.startswith("turn.")] == []
    other.close()


def test_a_client_that_goes_in_mid_answer_does_no_harm(shared_place: Seat, client: Client) -> None:
    leaver = Client.connect(shared_place.home, "cli", start=False)
    conversation = leaver.call("talk.create")["conversation"]
    leaver.call("talk.send", conversation=conversation, text="Tell me a story about a lighthouse")
    leaver.close()
    ear = Ear(client)
    again = Talker(client)
    assert again.say("Hello")["kind"] == "smalltalk"
    while len(client.call("talk.turns", conversation=conversation)) < 2:
        client.call("vectors.wait", timeout=1)
    kept = client.call("talk.turns", conversation=conversation)[1]
    assert kept["answer"]["kind"] == "general"
    assert ear is not None


def test_a_client_that_does_not_listen_does_not_hold_the_others_up(
    shared_place: Seat, client: Client
) -> None:
    deaf = greeted(shared_place)
    memory = _some_memory(client)
    for number in range(350):
        client.call("talk.remember", memory_id=memory, remember=number % 2 == 0)
    assert client.call("status", patience=PATIENCE)["state"] == "unlocked"
    deaf.close()


def _some_memory(client: Client) -> str:
    found = client.call("memory.timeline", limit=1)
    if found:
        return str(found[0]["memory_id"])
    return str(client.call("remember", text="A memory to change.")["memory_id"])


def test_a_second_service_gives_way(shared_place: Seat, client: Client) -> None:
    first = shared_place.service()
    assert serve_in_foreground(shared_place.home).returncode == TAKEN
    assert client.call("status")["state"] == "unlocked"
    assert services(shared_place.home) == [first]


@posix_only
def test_another_spelling_of_the_home_is_the_same_home(shared_place: Seat, client: Client) -> None:
    link = shared_place.home.with_name("a link to it")
    link.symlink_to(shared_place.home)
    for spelling in (link, shared_place.home / ".." / shared_place.home.name):
        other = Client.connect(spelling, "cli", start=False)
        assert other.state == "unlocked"
        other.close()


def test_it_ends_after_its_last_client(bare_place: Seat) -> None:
    first, second = bare_place.client(), bare_place.client()
    process = bare_place.service()
    first.close()
    assert second.call("status")["state"] == "absent"
    second.close()
    gone, _ = psutil.wait_procs([process], timeout=PATIENCE)
    assert gone == [process]
    assert not (bare_place.runtime / "token").exists()


def test_a_stale_socket_and_token_do_not_hinder(bare_place: Seat) -> None:
    bare_place.unlocked()
    bare_place.kill_all()
    assert (bare_place.runtime / "token").exists()
    client = bare_place.client()
    assert client.state == "locked"
    assert client.call("vault.unlock", passphrase=PASSPHRASE) == {"state": "unlocked"}


def test_nothing_is_written_about_a_bad_message(shared_place: Seat, client: Client) -> None:
    reports = [path.name for path in (shared_place.home / "logs").glob("crash-*")]
    assert reports == []
