"""Fields are filled, read back and put back in a real browser, as the background does it after consent."""

from __future__ import annotations

from typing import Any

from tests.extension.chromium import Browser

PLAIN = """<!doctype html><html lang="de"><title>Kasse</title><h1>Adresse</h1>
<form id="f"><label for="a">Vorname</label><input id="a"> <label>Nachname <input id="b"></label>
<select id="c"><option value="">-</option><option value="DE">Deutschland</option></select>
<input type="checkbox" id="d" value="yes"><label for="d">Ja</label>
<input type="radio" name="r" id="e" value="one"> eins <input type="radio" name="r" id="g" value="two"> zwei
<input type="date" id="h"> <textarea id="i"></textarea> <input id="j" maxlength="3"></form>
<script>
  window.log = [];
  for (const name of ["input", "change", "focusin", "focusout", "submit", "keydown", "click"])
    document.addEventListener(name, (event) => log.push(name + " " + event.target.id));
</script>"""
HELD = """() => Object.fromEntries([...document.querySelectorAll("input, select, textarea")].map((each) =>
    [each.id, ["radio", "checkbox"].includes(each.type) ? each.checked : each.value]))"""


def oks(result: dict[str, Any]) -> dict[int, bool]:
    return {each["index"]: each["ok"] for each in result["fields"]}


def test_every_kind_of_field_is_filled_and_put_back(browser: Browser) -> None:
    page = browser.open(PLAIN)
    before = page.evaluate(HELD)
    read = browser.read(page)
    values = {0: "Ada", 1: "Lovelace", 2: "DE", 3: "yes", 5: "two", 6: "1815-12-10", 7: "Hello\nyou"}
    filled = browser.fill(read, values)
    assert filled["stopped"] == "" and oks(filled) == dict.fromkeys(values, True)
    assert page.evaluate(HELD) == {
        "a": "Ada", "b": "Lovelace", "c": "DE", "d": True, "e": False, "g": True, "h": "1815-12-10",
        "i": "Hello\nyou", "j": "",
    }  # fmt: skip
    undone = browser.undo(read)
    assert undone["stopped"] == "" and oks(undone) == dict.fromkeys(values, True)
    assert page.evaluate(HELD) == before


def test_the_page_hears_what_frameworks_listen_to_and_no_key(browser: Browser) -> None:
    page = browser.open(PLAIN)
    browser.fill(browser.read(page), {0: "Ada", 3: "yes"})
    assert page.evaluate("log") == [
        "focusin a", "input a", "change a", "focusout a", "click d", "input d", "change d",
    ]  # fmt: skip


def test_what_a_field_cannot_hold_is_told(browser: Browser) -> None:
    page = browser.open(PLAIN)
    filled = browser.fill(browser.read(page), {2: "FR", 6: "yesterday", 8: "long", 0: "Ada"})
    assert oks(filled) == {2: False, 6: False, 8: False, 0: True}
    assert page.evaluate("document.getElementById('j').value") == ""


def test_undo_leaves_what_the_person_changed_since(browser: Browser) -> None:
    page = browser.open(PLAIN)
    read = browser.read(page)
    browser.fill(read, {0: "Ada", 1: "Lovelace"})
    page.fill("#b", "King")
    assert oks(browser.undo(read)) == {0: True, 1: False}
    assert page.evaluate("[a.value, b.value]") == ["", "King"]
