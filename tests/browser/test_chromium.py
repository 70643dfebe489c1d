"""The whole way in real Chromium: our manifest, the relay it starts, pairing by the code on both sides, a proposal, the
fill, undo, and what a locked vault says. The service is a real one; the window is a client of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from second_me.app.browser.manifests import Manifests
from second_me.app.browser.places import BROWSERS, Desktop
from second_me.app.service.client import Client
from tests.browser.relaying import IDS
from tests.extension.chromium import PATIENCE, Browser, chromium_path, running
from tests.service.kit import Ear, Seat

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Debian's Chromium")
PAGE = """<!doctype html><html lang="en"><title>Shop</title><form>
<label>First name <input id="a" autocomplete="given-name"></label>
<label>E-mail <input id="b" autocomplete="email"></label>
<label>Fax <input id="c" name="fax"></label></form>"""


@pytest.fixture(scope="module")
def browser(house: Seat) -> Iterator[Browser]:
    """Chromium with the extension, our manifest in the place where it looks."""
    if chromium_path() is None:
        pytest.skip("Chromium is not installed")
    with running() as started:
        config = started.profile.parent / "config"
        config.mkdir()
        (config / "chromium").symlink_to(started.profile)
        desktop = Desktop("linux", config, {"XDG_CONFIG_HOME": str(config), "PATH": ""})
        standing = Manifests(house.home, desktop, IDS).install(BROWSERS[0])
        assert standing.path.resolve() == started.profile / "NativeMessagingHosts" / "me.second.host.json"
        yield started


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Chromium starts and ends processes as it likes; the last test looks at relays."""
    yield


def popup(browser: Browser) -> Page:
    page = browser.context.new_page()
    page.goto(f"chrome-extension://{IDS.chromium[0]}/popup.html")
    return page


def relays(place: Seat) -> list[psutil.Process]:
    """The running relays of a home."""
    found = []
    for process in psutil.process_iter():
        try:
            is_relay = "second_me.app.browser.relay" in process.cmdline()
            if is_relay and process.environ().get("SECOND_ME_HOME") == str(place.home):
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_chromium_is_paired_fills_and_undoes(browser: Browser, house: Seat, window: Client) -> None:
    window.call("remember", text="My name is Mara Keller. My e-mail is mara@keller.example.")
    window.call("facts.wait", timeout=60)
    ear, page = Ear(window), popup(browser)
    expect(page.locator("#status")).to_have_text(
        "This browser is not paired with Second Me.", timeout=PATIENCE
    )
    window.call("browser.allow_pairing")
    page.click("#pair")
    told = ear.next("browser.pairing")
    assert told["name"].startswith("Chromium ")
    expect(page.locator("#code")).to_have_text(told["code"], timeout=PATIENCE)
    window.call("browser.confirm_pairing", pairing_id=told["pairing_id"], same=True)
    expect(page.locator("#status")).to_have_text("Connected to Second Me.", timeout=PATIENCE)
    page.close()

    form = browser.open(PAGE)
    browser.press_button(form)
    browser.granted(form)
    browser.command("fill")
    proposal = window.call("fill.proposal", proposal_id=ear.next("fill.proposed")["proposal_id"])
    ticked = [{"index": row["index"], "value": row["value"]} for row in proposal["rows"] if row["ticked"]]
    assert form.evaluate("[a.value, b.value, c.value]") == ["", "", ""], (
        "nothing is in the page before consent"
    )
    assert "Mara" not in form.content()
    filled = window.call("fill.accept", proposal_id=proposal["proposal_id"], rows=ticked)
    assert ear.next("fill.done")["stopped"] == ""
    assert form.evaluate("[a.value, b.value, c.value]") == ["Mara", "mara@keller.example", ""]
    assert window.call("fill.undo", fill_id=filled["fill_id"])["left"] == []
    assert form.evaluate("[a.value, b.value, c.value]") == ["", "", ""]
    form.close()


def test_a_locked_vault_is_said_in_the_browser(browser: Browser, house: Seat, window: Client) -> None:
    window.call("vault.lock")
    house.leave()
    page = popup(browser)
    expect(page.locator("#status")).to_have_text(_words("link_locked"), timeout=PATIENCE)
    page.close()
    gone, left = psutil.wait_procs(relays(house), timeout=20)
    assert left == [], gone


def _words(name: str) -> str:
    messages = Path(__file__).parents[2] / "resources/extension/_locales/en/messages.json"
    return str(json.loads(messages.read_text("utf-8"))[name]["message"])
