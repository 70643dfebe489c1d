"""The popup by keyboard and in both palettes: every state has words, every control a name, and nothing personal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.extension.chromium import IDS, Browser

STATES = (
    "idle", "ready", "connecting", "pairing", "not_paired", "locked", "not_installed", "no_service", "other_extension",
    "declined", "timeout", "busy", "too_large", "bad_message", "closed",
)  # fmt: skip
CONTRAST = """() => {
    const light = (text) => { const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map((each) => {
        const part = each / 255; return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const ground = (element) => { for (let at = element; at; at = at.parentElement) {
        const found = getComputedStyle(at).backgroundColor; if (!found.endsWith(", 0)")) return found; }
        return "rgb(255, 255, 255)"; };
    return [...document.querySelectorAll("h1, p, button")].filter((each) => each.checkVisibility() && each.textContent)
        .map((each) => { const [one, other] = [light(getComputedStyle(each).color), light(ground(each))].sort();
            return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05); }); }"""


@pytest.fixture
def popup(browser: Browser) -> Iterator[Page]:
    page = browser.context.new_page()
    page.goto(f"chrome-extension://{IDS['chromium']}/popup.html")
    expect(page.locator("#status")).to_have_text("This browser is not paired with Second Me.")
    yield page
    page.close()


@pytest.mark.parametrize("link", STATES)
def test_every_state_says_what_it_is(browser: Browser, popup: Page, link: str) -> None:
    browser.worker.evaluate(
        "(link) => globalThis.doors.show({ link, code: link === 'pairing' ? '123 456' : '' })", link
    )
    expect(popup.locator("#status")).not_to_be_empty()
    buttons = "[...document.querySelectorAll('button')]"
    shown = popup.evaluate(buttons + ".filter((each) => !each.hidden).map((each) => each.id)")
    if link == "pairing":
        assert shown == []
        expect(popup.locator("#code")).to_have_text("123 456")
    else:
        assert shown == (["pair"] if link in ("not_paired", "declined", "timeout") else ["fill", "undo"])
    assert all(popup.evaluate(buttons + ".map((each) => each.textContent)"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_read_well_in_both_palettes(popup: Page, scheme: str) -> None:
    popup.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    ratios = popup.evaluate(CONTRAST)
    assert len(ratios) >= 4 and min(ratios) >= 4.5


def test_it_works_by_keyboard(browser: Browser, popup: Page) -> None:
    expect(popup.locator("#pair")).to_be_focused()
    popup.keyboard.press("Enter")
    expect(popup.locator("#status")).to_have_text("Second Me is not connected to this browser.")
    popup.keyboard.press("Tab")
    expect(popup.locator("#fill")).to_be_focused()
    popup.keyboard.press("Tab")
    expect(popup.locator("#undo")).to_be_focused()


def test_a_page_cannot_read_or_open_it(browser: Browser) -> None:
    page = browser.open("<!doctype html><title>x</title>")
    found = page.evaluate(
        """async (id) => [await fetch(`chrome-extension://${id}/popup.html`).then(() => "read", () => "refused"),
            typeof globalThis.chrome?.runtime?.sendMessage, typeof globalThis.secondMe]""",
        IDS["chromium"],
    )
    assert found == ["refused", "undefined", "undefined"]
