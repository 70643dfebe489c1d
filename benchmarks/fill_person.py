"""Ten forms of ten countries, filled from what a person has told: real Chromium, the extension, the relay, the service.

    python benchmarks/fill_person.py [--half even|odd|all|more] [--person a|b|c] [--window] [--gesture keys|button]
        [--pictures DIR] [--forms NAME...] [--json]

A vault of its own is told sixty facts in ordinary sentences (data/fill_person). Then each form is opened in Chromium,
the extension's shortcut is pressed, every row of the proposal that holds a value is agreed to (with `--window` in the
real proposal window, by Return), and what stands in the fields is read back and held against what was expected. The
fill is undone and compared with before. In the end the person tells of a move, and the forms are filled once more.

Cases are printed of even forms only, with values where even facts alone are behind them; the odd half, the forms
of `more` and the other persons are for figures.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from fill_chromium import Absent, FormBrowser, form_browser, need_all, own_screen
from fill_flow import Flow
from fill_house import TellingHouse, telling_house
from fill_judging import Cell, Person, expected_of, figures, in_reach, is_even, judged, may_be_shown, page_of
from fill_serving import Served, serving

SKIPPED = 77
WINDOW_STARTS = 8.0
"""Seconds that our window is given to come up, hidden."""
FOLDERS = {"a": ("even", "odd"), "b": ("b",), "c": ("c",)}


def one_form(
    flow: Flow, served: Served, form: str, key_of: dict[str, str], who: Person, picture: Path | None
) -> dict[str, Any]:
    """Fill one form, judge it, take its picture, and undo."""
    browser = flow.browser
    browser.open(served.add(f"{form}.html", page_of(form).read_text("utf-8"), {}))
    if flow.window:
        flow.house.client.call("fill.set_site", site=served.origin, audience="me")
    before = browser.held()
    outcome = flow.ask()
    if outcome.word == "proposed":
        outcome = flow.agree(outcome)
    after = browser.held()
    if picture is not None:
        browser.picture(picture / f"{form}.png")
    both = {name: (before[name], after[name]) for name in before if name in after}
    undone = None
    if outcome.word == "filled":
        undone = flow.undo(outcome) and browser.held() == before
    return {
        "form": form, "word": outcome.word, "why": outcome.why, "seconds": outcome.seconds, "undone": undone,
        "cells": judged(form, key_of, both, who), "rows": outcome.rows,
    }  # fmt: skip


def filled_forms(
    flow: Flow, who: Person, forms: dict[str, dict[str, str]], pictures: Path | None
) -> list[dict[str, Any]]:
    """All forms, one after the other; nothing may have been submitted."""
    with serving() as served:
        found = [one_form(flow, served, form, keys, who, pictures) for form, keys in forms.items()]
        if served.asked:
            raise RuntimeError(f"a form was submitted: {served.asked[:3]}")
    return found


@contextmanager
def our_window(house: TellingHouse) -> Iterator[None]:
    """The real window of the desktop, hidden as the relay starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "second_me", "--hidden"], env=house.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        time.sleep(WINDOW_STARTS)
        if process.poll() is not None:
            raise Absent("the window did not start hidden")
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Everything, and its figures."""
    who = Person.read(FOLDERS[arguments.person]).spelled_for(arguments.half, arguments.person)
    forms = {name: keys for name, keys in expected_of(arguments.half).items()
             if not arguments.forms or name in arguments.forms}  # fmt: skip
    if arguments.pictures:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        screen = stack.enter_context(own_screen())
        house = stack.enter_context(telling_house(screen))
        house.tell(who.rows)
        read = house.read_numbers()
        if arguments.window:
            stack.enter_context(our_window(house))
        browser = stack.enter_context(form_browser(house, arguments.gesture))
        flow = Flow(house, browser, arguments.window)
        first = filled_forms(flow, who, forms, arguments.pictures)
        if arguments.pictures:
            contact_sheet(browser, arguments.pictures, list(forms))
        house.tell([who.moved])
        moved = filled_forms(flow, who.after_the_move(), forms, None)
        alive = house.alive()
    return summed(arguments, who, read, first, moved) | {"alive": alive}


def summed(
    arguments: argparse.Namespace,
    who: Person,
    read: frozenset[str],
    first: Sequence[dict[str, Any]],
    moved: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """The figures of a run, and the cases that may be shown."""
    cells = [cell for each in first for cell in each["cells"]]
    changed = set(who.moved["values"])
    after = [cell for each in moved for cell in each["cells"]
             if changed & {part.rstrip("?") for part in cell.key.split("|")}]  # fmt: skip
    told = {number for numbers in who.facts.values() for number in numbers}
    return {
        "person": arguments.person, "half": arguments.half, "gesture": arguments.gesture, "window": arguments.window,
        "all": figures(cells), "of what was read": figures(in_reach(cells, who, read)),
        "turns wanted": len(told), "turns read": len(told & read), "after the move": figures(after),
        "undone": sum(each["undone"] is True for each in first),
        "filled": sum(each["word"] == "filled" for each in first),
        "forms": [{key: each[key] for key in ("form", "word", "why", "undone")} | {"seconds": round(each["seconds"], 2)}
                  | figures(each["cells"]) for each in first],
        "cases": [] if _is_blind(arguments) else [*cases(first, who), *cases(moved, who, "moved: ", changed)],
    }  # fmt: skip


def _is_blind(arguments: argparse.Namespace) -> bool:
    """Whether no case of a run may be shown."""
    return bool(arguments.person != "a" or arguments.half == "more")


def cases(
    filled: Sequence[dict[str, Any]], who: Person, before: str = "", only: set[str] | None = None
) -> Iterator[str]:
    """What went wrong in even forms, a line each; without values where a blind fact is behind them."""
    for each in filled:
        rows = {row.get("name", ""): row for row in each["rows"]}
        for cell in each["cells"]:
            keys = {part.rstrip("?") for part in cell.key.split("|")}
            bad = cell.verdict in ("missed", "wrong", "invented", "changed")
            if bad and is_even(cell) and (only is None or keys & only):
                yield before + _case(cell, rows.get(cell.name, {}), may_be_shown(cell, who))


def _case(cell: Cell, row: dict[str, Any], whole: bool) -> str:
    value = f" {row.get('value')!r}, held {cell.value!r}, wanted {list(cell.wanted)[:2]}" if whole else ""
    seen = f"type {row.get('type')}, {row.get('decision')}" if row else "no row"
    return f"{cell.form} {cell.name} ({cell.key}): {cell.verdict}; {seen}{value}"


def contact_sheet(browser: FormBrowser, folder: Path, forms: Sequence[str]) -> None:
    """One picture of all filled forms, made by the browser itself."""
    cells = "".join(
        f"<figure><figcaption>{name}</figcaption><img src='{name}.png'></figure>" for name in forms
    )
    style = "figure{display:inline-block;width:31%;margin:.6%;vertical-align:top}img{width:100%;border:1px solid #999}"
    (folder / "sheet.html").write_text(
        f"<!doctype html><style>body{{font:14px sans-serif}}{style}</style>{cells}", "utf-8"
    )
    browser.open((folder / "sheet.html").resolve().as_uri())
    browser.page.wait_for_timeout(800)
    browser.picture(folder / "sheet.png")


def told(found: dict[str, Any]) -> Iterator[str]:
    """The result in lines."""
    window = ", real window" if found["window"] else ""
    yield f"person {found['person']}, {found['half']} forms, asked by {found['gesture']}{window}"
    for each in found["forms"]:
        yield (
            f"  {each['form']:20} {each['word']:11} known right {each['right']:2} of {each['known']:2}"
            f"  missed {each['missed']:2}  wrong {each['wrong']}  invented {each['invented']}"
            f"  empty as it should {each['empty_as_it_should']:2}  more {each['more_right']}"
            f"  drafts {each['drafts']}  {each['seconds']:.1f} s  {each['why']}"
        )
    for name in ("all", "of what was read", "after the move"):
        each = found[name]
        yield (
            f"{name}: {each['right']} of {each['known']} known values right ({each['share']}),"
            f" missed {each['missed']}, wrong {each['wrong']}, invented {each['invented']},"
            f" empty as it should {each['empty_as_it_should']}"
        )
    yield f"turns that the values rest on: {found['turns wanted']}, read for facts: {found['turns read']}"
    yield f"fills: {found['filled']}, undone as it was before: {found['undone']}"
    yield from found["cases"]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("even", "odd", "all", "more"), default="all")
    parser.add_argument("--person", choices=("a", "b", "c"), default="a")
    parser.add_argument("--window", action="store_true", help="agree in the real proposal window, by Return")
    parser.add_argument("--gesture", choices=("keys", "button"), default="keys")
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR", help="pictures of the filled forms, and a sheet of them"
    )
    parser.add_argument("--forms", nargs="*", default=(), metavar="NAME")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    try:
        need_all()
        found = run(arguments)
    except Absent as absent:
        print(f"skipped: {absent}", file=sys.stderr)
        return SKIPPED
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join(told(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
