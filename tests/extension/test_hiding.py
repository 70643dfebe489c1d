"""What a person cannot see is found out and stays empty; honest pages are filled."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.extension.chromium import Browser
from tests.extension.hiding import HONEST, TRICKS

START = '<!doctype html><html lang="en"><title>Form</title><label>Name <input id="n" name="name"></label>\n'


def field(read: dict[str, Any], name: str) -> dict[str, Any]:
    found = [each for each in read["form"]["fields"] if each["id"] == name]
    assert len(found) == 1, [each["id"] for each in read["form"]["fields"]]
    return found[0]


@pytest.mark.parametrize("trick", TRICKS)
def test_a_field_that_cannot_be_seen_stays_empty(browser: Browser, tab: Page, trick: str) -> None:
    body, obstacle = TRICKS[trick]
    browser.show(tab, START + body)
    read = browser.read(tab)
    hidden = field(read, "t")
    assert hidden["obstacle"] in obstacle.split(" or ")
    filled = browser.fill(read, {hidden["index"]: "Bern"})
    assert filled["fields"] == [{"index": hidden["index"], "ok": False}]


@pytest.mark.parametrize("name", HONEST)
def test_a_field_that_can_be_seen_is_filled(browser: Browser, tab: Page, name: str) -> None:
    start = START.removeprefix("<!doctype html>") if name == "no doctype" else START
    browser.show(tab, start + HONEST[name])
    read = browser.read(tab)
    honest = field(read, "t")
    assert honest["obstacle"] == ""
    filled = browser.fill(read, {honest["index"]: "Bern"})
    assert filled["fields"] == [{"index": honest["index"], "ok": True}]
