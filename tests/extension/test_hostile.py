"""Pages that work against the person: they learn nothing from being read, cannot send themselves or leave while they
are filled, and get nothing once they mean something else."""

from __future__ import annotations

import pytest

from tests.extension.chromium import Browser

START = '<!doctype html><html lang="en"><title>Form</title>'
FORM = START + (
    '<form action="/send" method="post"><label>Name <input id="n" name="name"></label> Town <input id="t" name="town">'
    '<select id="c" name="country"><option value="">-<option value="CH">Switzerland<option value="FR">France</select>'
    '<label><input type="radio" id="r" name="r" value="yes"> Yes</label><button>Send</button></form>'
)
WATCHER = """<script>
window.seen = [];
for (const name of ["input", "change", "focus", "blur", "click", "keydown", "message", "scroll", "submit"])
    addEventListener(name, (event) => seen.push(name), true);
new MutationObserver((records) => seen.push("mutation")).observe(document, { subtree: true, childList: true,
    attributes: true, characterData: true });
for (const [kind, names] of [[HTMLInputElement, ["value", "checked"]], [HTMLSelectElement, ["value"]]])
    for (const name of names) { const own = Object.getOwnPropertyDescriptor(kind.prototype, name);
        Object.defineProperty(kind.prototype, name, { get() { seen.push("get"); return own.get.call(this); },
            set(value) { seen.push("set"); own.set.call(this, value); } }); }
Element.prototype.getBoundingClientRect = () => { window.used = true; return new DOMRect(0, 0, 100, 100); };
window.getComputedStyle = () => { window.used = true; return {}; };
</script>"""
SPOILED = {
    "the field's name": "n.name = 'password'",
    "its label": "n.labels[0].firstChild.data = 'Card number '",
    "the text before": "t.previousSibling.data = 'Password '",
    "its kind": "n.type = 'password'",
    "where the form goes": "document.forms[0].action = 'https://other.example/'",
    "another field": "document.forms[0].append(document.createElement('input'))",
    "its place": "document.forms[0].append(n.labels[0])",
    "its sight": "n.style.opacity = 0",
    "what it holds": "n.value = 'x'",
    "read only": "n.readOnly = true",
    "another one": "n.outerHTML = n.outerHTML",
    "the address": "history.pushState(0, '', '/elsewhere')",
    "a placeholder": "n.placeholder = 'Card number'",
    "what is chosen": "r.value = 'no'",
    "a frame around": "document.body.inert = true",
}


def test_a_page_learns_nothing_from_being_read(browser: Browser) -> None:
    page = browser.open(FORM + WATCHER)
    page.evaluate("seen.length = 0, window.used = false")
    browser.press_button(page)
    browser.granted(page)
    page.wait_for_timeout(200)
    page.evaluate("seen.length = 0")
    read = browser.read(page)
    assert [each["obstacle"] for each in read["form"]["fields"]] == ["", "", "", ""]
    assert page.evaluate("[seen, window.used]") == [[], False]


@pytest.mark.parametrize("what", SPOILED)
def test_a_page_that_means_something_else_gets_nothing(browser: Browser, what: str) -> None:
    page = browser.open(FORM)
    read = browser.read(page)
    page.evaluate(f"() => {{ {SPOILED[what]} }}")
    held = "[...document.querySelectorAll('input, select')].map((each) => each.checked + each.value)"
    before = page.evaluate(held)
    filled = browser.fill(read, {0: "Ada", 1: "Bern", 2: "CH", 3: "yes"})
    assert filled["stopped"] == "page_changed"
    assert not any(each["ok"] for each in filled["fields"])
    assert page.evaluate(held) == before


def test_a_clock_beside_a_field_changes_nothing(browser: Browser) -> None:
    page = browser.open(START + '<p>Your basket is kept for <b id="k">04:59</b></p><input id="n">')
    read = browser.read(page)
    page.evaluate("k.textContent = '04:31'")
    assert browser.fill(read, {0: "Ada"})["fields"] == [{"index": 0, "ok": True}]


def test_an_option_that_says_something_else_is_not_chosen(browser: Browser) -> None:
    page = browser.open(FORM)
    read = browser.read(page)
    page.evaluate("c.options[1].textContent = 'I agree to everything'")
    filled = browser.fill(read, {0: "Ada", 2: "CH"})
    assert filled["fields"] == [{"index": 0, "ok": True}, {"index": 2, "ok": False}]


@pytest.mark.parametrize(
    "act",
    ["form.requestSubmit()", "form.submit()", "location.href = '/gone?' + form.name.value", "form.remove()"],
)
def test_a_page_cannot_send_itself_while_it_is_filled(browser: Browser, act: str) -> None:
    script = (
        f"<script>const form = document.forms[0]; form.addEventListener('input', () => {{ {act} }});</script>"
    )
    page = browser.open(FORM + script)
    address = page.url
    filled = browser.fill(browser.read(page), {0: "Ada", 1: "Bern"})
    page.wait_for_timeout(200)
    assert page.url == address
    kept = act != "form.remove()"
    assert [each["ok"] for each in filled["fields"]] == [kept, kept]


def test_a_field_that_is_swapped_or_hidden_on_focus_stays_empty(browser: Browser) -> None:
    swap = (
        "<script>n.addEventListener('focusin', () => { n.outerHTML = '<input id=trap>'; });"
        "t.addEventListener('focusin', () => { t.style.display = 'none'; });</script>"
    )
    page = browser.open(FORM + swap)
    filled = browser.fill(browser.read(page), {0: "Ada", 1: "Bern", 2: "CH"})
    assert [each["ok"] for each in filled["fields"]] == [False, False, True]
    assert page.evaluate("[trap.value, t.value]") == ["", ""]


def test_passwords_and_files_are_never_filled(browser: Browser) -> None:
    page = browser.open(START + '<label>P <input type="password" id="p"></label><input type="file" id="f">')
    read = browser.read(page)
    assert [each["kind"] for each in read["form"]["fields"]] == ["password", "file"]
    assert not any(each["ok"] for each in browser.fill(read, {0: "secret", 1: "x"})["fields"])
    assert page.evaluate("p.value") == ""


def test_a_frame_of_another_origin_is_not_read(browser: Browser) -> None:
    inner = browser.serve("/inner", '<label>Name <input id="n"></label>', site="https://other.example")
    page = browser.open(START + f'<iframe src="{inner}"></iframe><label>Mail <input id="m"></label>')
    page.frames[1].wait_for_selector("#n")
    assert [each["id"] for each in browser.read(page)["form"]["fields"]] == ["m"]


@pytest.mark.soak
def test_a_page_that_is_too_slow_is_left_and_can_be_undone(browser: Browser) -> None:
    busy = "const end = Date.now() + 8000; while (Date.now() < end);"
    page = browser.open(FORM + f"<script>addEventListener('input', () => {{ {busy} }});</script>")
    read = browser.read(page)
    filled = browser.fill(read, {0: "Ada", 1: "Bern", 2: "CH"})
    assert filled["stopped"] == "too_slow"
    assert [each["ok"] for each in filled["fields"]] == [True, True, False]
    assert [each["ok"] for each in browser.undo(read)["fields"]] == [True, True]
    assert page.evaluate("[n.value, t.value]") == ["", ""]
