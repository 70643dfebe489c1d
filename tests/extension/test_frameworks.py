"""React, Vue and plain forms keep what was filled when they draw themselves again, and what was put back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extension import frameworks
from tests.extension.chromium import Browser

EMPTY = {"name": "", "town": "", "country": "", "news": False, "size": "", "note": "", "born": ""}
FULL = {
    "name": "Ada",
    "town": "Bern",
    "country": "CH",
    "news": True,
    "size": "M",
    "note": "a\nb",
    "born": "1815-12-10",
}
HELD = """() => ({ name: at("name").value, town: at("town").value, country: at("country").value,
    news: at("news").checked, size: document.querySelector("[name=size]:checked")?.value ?? "", note: at("note").value,
    born: at("born").value })"""
KINDS = {
    "react": ([frameworks.REACT, frameworks.REACT_DOM], frameworks.REACT_FORM),
    "vue": ([frameworks.VUE], frameworks.VUE_FORM),
}


def filled_with(kind: str, browser: Browser) -> None:
    scripts, form = KINDS[kind]
    absent = [str(each) for each in scripts if not Path(each).exists()]
    if absent:
        pytest.skip(f"not installed: {', '.join(absent)}")
    page = browser.open(frameworks.page(scripts, form))
    page.evaluate("window.at = (id) => document.getElementById(id)")
    read = browser.read(page)
    places = {each["id"]: each["index"] for each in read["form"]["fields"]}
    values = {
        places[name]: value for name, value in FULL.items() if isinstance(value, str) and name != "size"
    }
    filled = browser.fill(read, {**values, places["news"]: "on", places["M"]: "M"})
    assert all(each["ok"] for each in filled["fields"]) and len(filled["fields"]) == 7
    page.evaluate("again()")
    page.wait_for_timeout(50)
    assert page.evaluate(HELD) == FULL and page.evaluate("state") == FULL
    assert page.evaluate("touched").split()[:2] == ["name", "town"]
    undone = browser.undo(read)
    page.evaluate("again()")
    page.wait_for_timeout(50)
    left = {places["M"]} if kind == "react" else set()
    assert {each["index"] for each in undone["fields"] if not each["ok"]} <= left
    assert {**page.evaluate(HELD), "size": ""} == EMPTY
    assert page.evaluate("window.sent") is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_framework_keeps_what_was_filled(browser: Browser, kind: str) -> None:
    filled_with(kind, browser)
