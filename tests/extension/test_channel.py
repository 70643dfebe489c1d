"""The extension's end of the channel: the arithmetic against the vectors of both ends, then pairing, sessions,
fills and undo with a real native host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.extension.chromium import IDS, Browser, chromium_path, running
from tests.extension.partner import Connection, Partner, listening

VECTORS = Path(__file__).parents[1] / "browser" / "vectors.json"
FORM = """<!doctype html><html lang="en"><title>Shop</title><label>First name <input id="a" value=""></label>
<label>Town <input id="b"></label><label>Note <textarea id="c">mine</textarea></label>"""


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partner]:
    with listening(tmp_path_factory.mktemp("host")) as made:
        yield made


@pytest.fixture(scope="module")
def browser(partner: Partner) -> Iterator[Browser]:
    if chromium_path() is None:
        pytest.skip("Chromium is not installed")
    with running(host=partner.program) as started:
        yield started


def popup(browser: Browser) -> Page:
    """The popup's page in a tab of its own, where a test can press its buttons."""
    page = browser.context.new_page()
    page.goto(f"chrome-extension://{IDS['chromium']}/popup.html")
    return page


@pytest.fixture(scope="module")
def paired(browser: Browser, partner: Partner) -> Partner:
    """Paired by the popup's button, the code compared."""
    page = popup(browser)
    expect(page.locator("#status")).to_have_text("This browser is not paired with Second Me.")
    page.click("#pair")
    made = partner.connection()
    asked = made.frame()
    assert asked is not None and asked["kind"] == "pair" and asked["browser"].startswith("Chromium")
    _key, code = made.pair(partner.key, asked)
    expect(page.locator("#code")).to_have_text(code)
    made.put({"kind": "paired"})
    partner.session()
    expect(page.locator("#status")).to_have_text("Connected to Second Me.")
    expect(page.locator("#code")).to_be_hidden()
    page.close()
    return partner


def start(browser: Browser, partner: Partner, body: str = FORM) -> tuple[Page, Connection]:
    """A page on which the person pressed the button and the shortcut; the open session."""
    browser.worker.evaluate("globalThis.doors.end()")
    page = browser.open(body)
    browser.press_button(page)
    browser.granted(page)
    browser.command("fill")
    return page, partner.session()


def propose(
    browser: Browser, partner: Partner, name: str = "p1", body: str = FORM
) -> tuple[Page, Connection, Any]:
    """As `start`, up to the proposal's id in the extension."""
    page, made = start(browser, partner, body)
    asked = made.message()
    assert asked["kind"] == "propose"
    made.send({"kind": "proposed", "request": asked["request"], "proposal": name, "code": ""})
    return page, made, asked


def fill(name: str, **values: str) -> dict[str, Any]:
    places = {"a": 0, "b": 1, "c": 2}
    return {
        "kind": "fill",
        "proposal": name,
        "fields": [{"index": places[k], "value": v} for k, v in values.items()],
    }


def test_the_arithmetic_is_that_of_the_vectors(browser: Browser) -> None:
    vectors = json.loads(VECTORS.read_text("utf-8"))
    page = popup(browser)
    found = page.evaluate(Path(__file__).with_name("vectors.js").read_text("utf-8"), vectors)
    assert found == {
        "commit": vectors["pairing"]["commit"],
        "code": vectors["pairing"]["code"],
        "transcript": vectors["session"]["transcript"],
        "host proves": True,
        "extension proves": True,
        "another proof": False,
        "to extension": [json.loads(each["text"]) for each in vectors["sealed"]["to_extension"]],
        "to host": [json.loads(each["text"]) for each in vectors["sealed"]["to_host"]],
        "out of order": "refused",
    }


def test_a_page_is_proposed_filled_and_undone(browser: Browser, paired: Partner) -> None:
    page, made, asked = propose(browser, paired)
    form = asked["form"]
    assert [each["label"] for each in form["fields"]] == ["First name", "Town", "Note"]
    assert form["fields"][2]["filled"] and "mine" not in json.dumps(form)
    assert asked["window"]["width"] > 0
    made.send(fill("p1", a="Ada", b="Bern"))
    done = made.message()
    assert done == {
        "kind": "filled", "proposal": "p1", "stopped": "",
        "fields": [{"index": 0, "ok": True}, {"index": 1, "ok": True}],
    }  # fmt: skip
    assert page.evaluate("[a.value, b.value, c.value]") == ["Ada", "Bern", "mine"]
    browser.command("undo")
    back = made.message()
    assert back["kind"] == "restored" and [each["ok"] for each in back["fields"]] == [True, True]
    assert page.evaluate("[a.value, b.value, c.value]") == ["", "", "mine"]


def test_second_me_can_undo_too(browser: Browser, paired: Partner) -> None:
    page, made, _asked = propose(browser, paired, "p2")
    made.send(fill("p2", a="Ada"))
    assert made.message()["kind"] == "filled"
    made.send({"kind": "restore", "proposal": "p2"})
    assert made.message()["fields"] == [{"index": 0, "ok": True}]
    assert page.evaluate("a.value") == ""


def test_nothing_is_filled_in_a_page_that_changed(browser: Browser, paired: Partner) -> None:
    page, made, _asked = propose(browser, paired, "p3")
    page.evaluate("b.name = 'password'")
    made.send(fill("p3", a="Ada", b="Bern"))
    assert made.message()["stopped"] == "page_changed"
    assert page.evaluate("[a.value, b.value]") == ["", ""]


def test_a_proposal_ends_when_the_tab_is_left(browser: Browser, paired: Partner) -> None:
    page, made, _asked = propose(browser, paired, "p4")
    browser.context.new_page().bring_to_front()
    assert made.message() == {"kind": "gone", "proposal": "p4"}
    made.send(fill("p4", a="Ada"))
    made.send({"kind": "restore", "proposal": "p4"})
    assert made.message()["stopped"] == "page_changed"  # of the restoring: the fill was not even answered
    assert page.evaluate("a.value") == ""


def test_a_proposal_ends_with_its_page(browser: Browser, paired: Partner) -> None:
    page, made, _asked = propose(browser, paired, "p5")
    page.reload()
    assert made.message() == {"kind": "gone", "proposal": "p5"}


def test_a_fill_stays_undoable_until_its_page_goes(browser: Browser, paired: Partner) -> None:
    page, made, _asked = propose(browser, paired, "p6")
    made.send(fill("p6", a="Ada"))
    assert made.message()["kind"] == "filled"
    other = browser.context.new_page()
    other.bring_to_front()
    made.send({"kind": "restore", "proposal": "p6"})
    assert made.message()["fields"] == [{"index": 0, "ok": True}]
    assert page.evaluate("a.value") == ""


def test_two_fills_at_once_are_one(browser: Browser, paired: Partner) -> None:
    page, made, _asked = propose(browser, paired, "p7")
    made.send(fill("p7", a="Ada"))
    made.send(fill("p7", a="Eve"))
    assert made.message()["kind"] == "filled"
    made.send({"kind": "restore", "proposal": "p7"})
    assert made.message()["kind"] == "restored"
    assert page.evaluate("a.value") == ""


def test_undo_needs_nobody_else(browser: Browser, paired: Partner) -> None:
    page, made, _asked = propose(browser, paired, "p10")
    made.send(fill("p10", a="Ada"))
    assert made.message()["kind"] == "filled"
    made.refuse("locked")
    browser.command("undo")
    again = paired.connection()
    assert again.frame() is not None
    again.refuse("locked")
    page.wait_for_function("a.value === ''")


@pytest.mark.parametrize("spoil", ["again", "skip", "bits", "clear"])
def test_a_frame_that_is_not_the_next_one_ends_the_session(
    browser: Browser, paired: Partner, spoil: str
) -> None:
    page, made, _asked = propose(browser, paired, "p8")
    frame = made.sealed(fill("p8", a="Ada"))
    if spoil == "again":
        frame = {**frame, "n": 0}
    elif spoil == "skip":
        frame = made.sealed(fill("p8", a="Ada"))
    elif spoil == "bits":
        frame = {**frame, "box": "A" + frame["box"][1:] if frame["box"][0] != "A" else "B" + frame["box"][1:]}
    else:
        frame = fill("p8", a="Ada")
    made.put(frame)
    assert made.frame() is None
    assert page.evaluate("a.value") == ""


def test_another_second_me_is_not_believed(browser: Browser, paired: Partner) -> None:
    browser.worker.evaluate("globalThis.doors.end()")
    page = popup(browser)
    made = paired.connection()
    asked = made.frame()
    assert asked is not None
    from second_me.app.service.browsers.secrets import new_key

    with pytest.raises(AssertionError):
        made.open(new_key(), asked)
    expect(page.locator("#status")).to_have_text("This browser is not paired with Second Me.")


@pytest.mark.parametrize(
    ("code", "said"), [("locked", "Second Me is locked."), ("no_service", "Second Me does not answer.")]
)
def test_why_it_is_refused_is_said_in_plain_words(
    browser: Browser, paired: Partner, code: str, said: str
) -> None:
    browser.worker.evaluate("globalThis.doors.end()")
    page = popup(browser)
    made = paired.connection()
    made.frame()
    made.refuse(code)
    expect(page.locator("#status")).to_have_text(said)
