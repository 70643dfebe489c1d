"""From the extension's shortcut to the fill and back: a real service, a real session, a window that agrees."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from tests.browser.conftest import pair
from tests.browser.extension import NAME, Extension, Session, SocketWire
from tests.service.filling import form, text
from tests.service.kit import PASSPHRASE, Ear, Seat

Wired = Callable[[], SocketWire]
TOWN, MAIL = text("Town", autocomplete="address-level2"), text("Email", autocomplete="email")
PASSWORD = {**text("Password"), "kind": "password"}
WINDOW = {"x": 10, "y": 20, "width": 800, "height": 600}


@pytest.fixture
def session(paired: Extension, wired: Wired) -> Session:
    return paired.session(wired())


def propose(
    session: Session, *fields: dict[str, Any], url: str = "https://shop.example/order"
) -> dict[str, Any]:
    session.say({"kind": "propose", "request": 7, "form": form(*fields, url=url), "window": WINDOW})
    return session.hear()


def known(window: Client, town: str) -> None:
    window.call("facts.add", slot="address-level2", value=town)


def test_from_the_shortcut_to_the_fill_and_back(window: Client, session: Session) -> None:
    known(window, "Utrecht")
    ear = Ear(window)
    proposed = propose(session, TOWN, MAIL, PASSWORD)
    proposal_id = proposed["proposal"]
    assert proposed == {"kind": "proposed", "request": 7, "proposal": proposal_id, "code": ""}
    assert ear.next("fill.proposed") == {"proposal_id": proposal_id}
    assert window.call("fill.open") == [proposal_id]
    shown = window.call("fill.proposal", proposal_id=proposal_id)
    assert (shown["site"], shown["browser"], shown["window"]) == ("https://shop.example", NAME, WINDOW)
    assert [row["value"] for row in shown["rows"]] == ["Utrecht", None, None]
    agreed = [
        {"index": 0, "value": "Utrecht"},
        {"index": 1, "value": "jonas@post.example", "remember": False},
    ]
    fill_id = window.call("fill.accept", proposal_id=proposal_id, rows=agreed)["fill_id"]
    assert session.hear() == {
        "kind": "fill", "proposal": proposal_id,
        "fields": [{"index": 0, "value": "Utrecht"}, {"index": 1, "value": "jonas@post.example"}],
    }  # fmt: skip
    read_back = [{"index": 0, "ok": True}, {"index": 1, "ok": False}]
    session.say({"kind": "filled", "proposal": proposal_id, "fields": read_back, "stopped": ""})
    done = ear.next("fill.done")
    assert (done["fill_id"], done["filled"], done["failed"]) == (fill_id, [0], [1])
    (kept, *_) = window.call("fill.list", limit=1)
    assert (kept["state"], kept["can_undo"], kept["site"]) == ("partly", True, "https://shop.example")
    entry = window.call("audit.list", limit=1, action="fill")[0]
    assert [row["text"] for row in entry["memories"]] == ["Utrecht"]
    assert "jonas@post.example" not in str(window.call("audit.list")) + str(window.call("fill.list"))


def test_the_window_undoes_while_the_extension_answers(window: Client, session: Session) -> None:
    known(window, "Utrecht")
    ear, proposal_id = Ear(window), propose(session, TOWN)["proposal"]
    agreed = [{"index": 0, "value": "Utrecht"}]
    fill_id = window.call("fill.accept", proposal_id=proposal_id, rows=agreed)["fill_id"]
    assert session.hear()["kind"] == "fill"
    session.say(
        {"kind": "filled", "proposal": proposal_id, "fields": [{"index": 0, "ok": True}], "stopped": ""}
    )
    ear.next("fill.done")
    with ThreadPoolExecutor(1) as pool:
        undone = pool.submit(window.call, "fill.undo", fill_id=fill_id)
        assert session.hear() == {"kind": "restore", "proposal": proposal_id}
        put_back = [{"index": 0, "ok": True}]
        session.say({"kind": "restored", "proposal": proposal_id, "fields": put_back, "stopped": ""})
        assert undone.result(timeout=60) == {"restored": [0], "left": []}
    (kept,) = window.call("fill.list", limit=1)
    assert (kept["state"], kept["can_undo"]) == ("undone", False)


def test_the_undo_key_of_the_browser_puts_back_its_last_fill(window: Client, session: Session) -> None:
    known(window, "Utrecht")
    ear, proposal_id = Ear(window), propose(session, TOWN)["proposal"]
    agreed = [{"index": 0, "value": "Utrecht"}]
    fill_id = window.call("fill.accept", proposal_id=proposal_id, rows=agreed)["fill_id"]
    assert session.hear()["kind"] == "fill"
    session.say(
        {"kind": "filled", "proposal": proposal_id, "fields": [{"index": 0, "ok": True}], "stopped": ""}
    )
    ear.next("fill.done")
    session.say({"kind": "undo"})
    assert session.hear() == {"kind": "restore", "proposal": proposal_id}
    session.say(
        {"kind": "restored", "proposal": proposal_id, "fields": [{"index": 0, "ok": True}], "stopped": ""}
    )
    ear.next("fill.changed")
    while window.call("fill.list", limit=1)[0]["state"] != "undone":
        ear.next("fill.changed")
    with pytest.raises(RemoteFault) as caught:
        window.call("fill.undo", fill_id=fill_id)
    assert caught.value.code == "refused"


def test_a_browser_that_leaves_takes_its_proposal_along(
    window: Client, paired: Extension, wired: Wired
) -> None:
    known(window, "Utrecht")
    ear, wire = Ear(window), wired()
    proposal_id = propose(paired.session(wire), TOWN)["proposal"]
    wire.close()
    assert ear.next("fill.withdrawn") == {"proposal_id": proposal_id}
    assert proposal_id not in window.call("fill.open")


def test_what_was_said_a_moment_ago_is_in_the_next_proposal(window: Client, session: Session) -> None:
    window.call("remember", text="I live in Ghent.")
    window.call("remember", text="I moved to Antwerp.")
    proposal_id = propose(session, TOWN)["proposal"]
    (row,) = window.call("fill.proposal", proposal_id=proposal_id)["rows"]
    assert row["value"] == "Antwerp"


def test_without_a_window_the_relay_is_asked_to_start_one(bare_place: Seat) -> None:
    window = bare_place.unlocked()
    known(window, "Utrecht")
    extension = pair(window, SocketWire(bare_place))
    wire = SocketWire(bare_place)
    session = extension.session(wire)
    window.close()
    proposal_id = propose(session, TOWN)["proposal"]
    told = [message["method"] for message in wire.heard if "method" in message]
    while "browser.window_wanted" not in told:
        told.append(wire.channel.receive().get("method", ""))
    late = Client.connect(bare_place.home, "window", start=False)
    assert late.call("fill.open") == [proposal_id]
    late.call("vault.unlock", passphrase=PASSPHRASE)
    late.call("fill.dismiss", proposal_id=proposal_id)
    assert session.hear() == {"kind": "dismissed", "proposal": proposal_id}
    late.close()
    wire.close()
