"""The person's own gestures in a window on a screen: the shortcuts, and the button's popup by keyboard."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.extension.chromium import Browser, chromium_path, running
from tests.extension.keyboard import press
from tests.extension.partner import Partner, listening

FORM = '<!doctype html><html lang="en"><title>Shop</title><label>First name <input id="a"></label>'


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partner]:
    with listening(tmp_path_factory.mktemp("host")) as made:
        yield made


@pytest.fixture(scope="module")
def browser(partner: Partner) -> Iterator[Browser]:
    if chromium_path() is None:
        pytest.skip("Chromium is not installed")
    if not os.environ.get("DISPLAY"):
        pytest.skip("no X display: a shortcut of an extension needs a window")
    with running(headless=False, host=partner.program) as started:
        yield started


@pytest.fixture(scope="module")
def paired(browser: Browser, partner: Partner) -> Partner:
    browser.worker.evaluate("void globalThis.doors.pair()")
    made = partner.connection()
    asked = made.frame()
    assert asked is not None
    made.pair(partner.key, asked)
    made.put({"kind": "paired"})
    partner.session()
    return partner


def test_the_shortcuts_fill_and_undo(browser: Browser, paired: Partner) -> None:
    screen = os.environ["DISPLAY"]
    page = browser.open(FORM)
    assert not browser.may_read(page)
    browser.worker.evaluate("globalThis.doors.end()")
    press(screen, "Alt_L", "Shift_L", "f")
    made = paired.session()
    asked = made.message()
    assert [each["label"] for each in asked["form"]["fields"]] == ["First name"]
    made.send({"kind": "proposed", "request": asked["request"], "proposal": "p", "code": ""})
    made.send({"kind": "fill", "proposal": "p", "fields": [{"index": 0, "value": "Ada"}]})
    assert made.message()["fields"] == [{"index": 0, "ok": True}]
    assert page.evaluate("a.value") == "Ada"
    press(screen, "Alt_L", "Shift_L", "u")
    assert made.message()["kind"] == "restored"
    assert page.evaluate("a.value") == ""


def test_a_shortcut_that_comes_to_nothing_says_why(browser: Browser, paired: Partner) -> None:
    browser.open(FORM)
    browser.worker.evaluate("globalThis.doors.end()")
    press(os.environ["DISPLAY"], "Alt_L", "Shift_L", "f")
    made = paired.session()
    asked = made.message()
    made.send({"kind": "proposed", "request": asked["request"], "proposal": None, "code": "never_here"})
    shown = browser.worker.evaluate(
        """async () => {
            for (let round = 0; round < 200; round++) {
                if ((await chrome.runtime.getContexts({ contextTypes: ["POPUP"] })).length) return true;
                await new Promise((done) => setTimeout(done, 50));
            }
            return false;
        }"""
    )
    press(os.environ["DISPLAY"], "Escape")
    assert shown and browser.worker.evaluate("globalThis.doors.said()")["note"] == "never_here"


def test_what_a_page_presses_by_itself_is_no_gesture(browser: Browser, paired: Partner) -> None:
    page = browser.open(FORM)
    browser.worker.evaluate("globalThis.doors.end()")
    page.evaluate(
        """() => { for (const type of ["keydown", "keypress", "keyup"]) document.dispatchEvent(new KeyboardEvent(type,
            { key: "F", code: "KeyF", altKey: true, shiftKey: true, bubbles: true })) }"""
    )
    page.wait_for_timeout(500)
    assert not browser.may_read(page)
    assert browser.worker.evaluate("globalThis.doors.said()")["link"] == "closed"


def test_the_browser_accepts_both_shortcuts(browser: Browser) -> None:
    commands = browser.worker.evaluate("chrome.commands.getAll()")
    keys = {each["name"]: each["shortcut"] for each in commands}
    assert keys["fill"] == "Alt+Shift+F" and keys["undo"] == "Alt+Shift+U"


def test_a_background_that_slept_remembers_the_fill(browser: Browser, paired: Partner) -> None:
    """The last one here: the background that playwright knows is gone afterwards."""
    page = browser.open(FORM)
    press(os.environ["DISPLAY"], "Alt_L", "Shift_L", "f")
    made = paired.session()
    asked = made.message()
    made.send({"kind": "proposed", "request": asked["request"], "proposal": "s", "code": ""})
    made.send({"kind": "fill", "proposal": "s", "fields": [{"index": 0, "value": "Ada"}]})
    assert made.message()["kind"] == "filled"
    browser.stop_background()
    assert made.frame() is None
    page.bring_to_front()
    press(os.environ["DISPLAY"], "Alt_L", "Shift_L", "u")
    back = paired.session().message()
    assert back["kind"] == "restored" and back["proposal"] == "s"
    assert page.evaluate("a.value") == ""
