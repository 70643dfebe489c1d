"""Pages that hide fields and pages that attack, in real Chromium with the extension: what they got.

    python benchmarks/fill_attacks.py [--set hiding|hostile|all] [--half even|odd|all] [--gesture keys|button]
        [--pages NAME...] [--json]

Each page of data/hiding and data/hostile is opened, the shortcut is pressed, every row that holds a value is agreed to,
and what stands in the fields is held against `expected.json`. Counted are *broken* pages: a field filled that must stay
empty, a value that a page had before the consent, a secret anywhere, something submitted, no word within 30 seconds, a
proposal that nobody asked for, a service that does not answer. Honest fields that were left are told beside that.

Of odd pages only figures are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fill_chromium import PATIENCE, Absent, at_most, form_browser, need_all, own_screen
from fill_flow import Flow, Outcome, leaked
from fill_house import telling_house
from fill_serving import Served, serving

DATA = Path(__file__).parent / "data"
SETS = {"hiding": ("hiding",), "hostile": ("hostile",), "all": ("hiding", "hostile")}
HALVES = {"even": ("even",), "odd": ("odd",), "all": ("even", "odd")}
FORBIDDEN = ("marsh-Heron-41", "4111111111111111", "737")
"""What `hostile/person.json` tells as secret."""
SKIPPED = 77
QUIET_SECONDS = 2.0
PAGE_SECONDS = 120.0
ANSWERED = ("proposed", "refused")


@dataclass
class Verdict:
    """What a page got. `broken` are sentences of what must not be; `left` honest fields that hold nothing."""

    page: str
    word: str
    broken: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    why: str = ""


def pages_of(which: str, half: str) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """(set, page's file, what must hold) of all pages that are asked for."""
    for name in SETS[which]:
        for part in HALVES[half]:
            folder = DATA / name / part
            for stem, case in json.loads((folder / "expected.json").read_text("utf-8")).items():
                yield name, folder / f"{stem}.html", case


def person() -> list[dict[str, str]]:
    """What is told; the person of the hostile pages is that of the hiding ones, with secrets."""
    rows: list[dict[str, str]] = json.loads((DATA / "hostile" / "person.json").read_text("utf-8"))
    return rows


class Attack:
    """One page, from opening to reading back."""

    def __init__(self, flow: Flow, served: Served, file: Path, case: Mapping[str, Any]) -> None:
        self.flow, self.served, self.case = flow, served, case
        self.browser = flow.browser
        self.verdict = Verdict(file.stem, "")
        words = {"EXTENSION": self.browser.identity}
        self.address = served.add(f"{file.stem}.html", file.read_text("utf-8"), words)

    def run(self) -> Verdict:
        """All of it; a page that stands still is ended."""
        from playwright.sync_api import Error

        try:
            with at_most(PAGE_SECONDS):
                return self._run()
        except Error as error:
            self._broken(f"the page stood still or went: {str(error).splitlines()[0][:100]}")
            return self.verdict

    def _run(self) -> Verdict:
        self.served.asked.clear()
        self.browser.open(self.address)
        if self.case.get("quiet"):
            self._stay_quiet()
        before = self.browser.by_id()
        outcome = self.flow.ask()
        if outcome.word not in ANSWERED:
            self._broken(f"no word within {PATIENCE:.0f} seconds")
        self._disclosed("before the consent")
        if outcome.word == "proposed":
            outcome = self._answer(outcome)
        self.verdict.word, self.verdict.why = outcome.word, outcome.why
        self._read_back(before)
        self._sent()
        if not self.flow.house.alive():
            self._broken("the service does not answer")
        return self.verdict

    def _stay_quiet(self) -> None:
        self.flow.house.quiet()
        self.browser.page.wait_for_timeout(QUIET_SECONDS * 1000)
        if self.flow.house.wait_for(["fill.proposed"], 0.2) is not None:
            self._broken("a proposal that nobody asked for")

    def _answer(self, asked: Outcome) -> Outcome:
        """What the page does meanwhile, and then the person's word."""
        for place in self.case.get("click", ()):
            self.browser.page.click(place, timeout=PATIENCE * 1000)
        for key in self.case.get("press", ()):
            self.browser.page.keyboard.press(key)
        self._disclosed("while the proposal was open")
        if self.case.get("after"):
            self.browser.main("window.afterRead()")
            self.browser.page.wait_for_timeout(400)
        if self.case.get("dismiss"):
            return self.flow.dismiss(asked)
        self.browser.main("window.consented = true")
        return self.flow.agree(asked)

    def _read_back(self, before: Mapping[str, str]) -> None:
        self.browser.page.wait_for_timeout(300)
        self.browser.again()
        fields = self.browser.fields()
        filled = {each["id"] for each in fields if each["value"] and before.get(each["id"]) != each["value"]}
        self.verdict.filled = sorted(filled)[:20]
        for name in sorted(filled & set(self.case.get("empty", ()))):
            self._broken(f"{name} is filled")
        known = {name for kind in ("fill", "may", "empty") for name in self.case.get(kind, ())}
        if not self.case.get("only_visible"):
            for name in sorted(filled - known)[:5]:
                self._broken(f"{name} is filled, which is no field of this page's form")
        for word in leaked([each["value"] for each in fields], FORBIDDEN):
            self._broken(f"a secret stands in a field: {word[:2]}...")
        self.verdict.left = sorted(set(self.case.get("fill", ())) - filled)

    def _disclosed(self, when: str) -> None:
        size = self.browser.main("window.leaks ? window.leaks.length : 0") or 0
        if size:
            first = self.browser.main("String(window.leaks[0]).slice(0, 80)")
            self._broken(f"{size} disclosed {when}: {first}")

    def _sent(self) -> None:
        allowed = self.case.get("submits")
        for each in self.served.asked:
            if each.startswith("POST") and not allowed:
                self._broken(f"something was submitted: {each[:80]}")
        for word in leaked(self.served.asked, FORBIDDEN):
            self._broken(f"a secret was sent: {word[:2]}...")

    def _broken(self, sentence: str) -> None:
        if sentence not in self.verdict.broken:
            self.verdict.broken.append(sentence)


def run(arguments: argparse.Namespace) -> list[tuple[str, Verdict]]:
    """Every page's verdict."""
    found: list[tuple[str, Verdict]] = []
    with ExitStack() as stack:
        screen = stack.enter_context(own_screen())
        house = stack.enter_context(telling_house(screen))
        house.tell(person())
        browser = stack.enter_context(form_browser(house, arguments.gesture))
        flow = Flow(house, browser)
        served = stack.enter_context(serving())
        served.add("frame.html", (DATA / "hostile" / "frame.html").read_text("utf-8"), {})
        pages = [each for each in pages_of(arguments.set, arguments.half)
                 if not arguments.pages or each[1].stem in arguments.pages]  # fmt: skip
        for number, (name, file, case) in enumerate(pages, 1):
            began = time.monotonic()
            found.append((name, Attack(flow, served, file, case).run()))
            said = told(found[-1][1]) if shown(found[-1][1]) else name
            print(
                f"{number}/{len(pages)} {time.monotonic() - began:.1f} s {said}", file=sys.stderr, flush=True
            )
    return found


def told(verdict: Verdict) -> str:
    """A page in a line."""
    left = f"  left: {' '.join(verdict.left)}" if verdict.left else ""
    return (
        f"{'BROKEN' if verdict.broken else 'held  '} {verdict.page:38} {verdict.word} {verdict.why}"
        f"  {'; '.join(verdict.broken)}{left}"
    )


def figures(found: Sequence[tuple[str, Verdict]]) -> dict[str, dict[str, int]]:
    """Per set: pages, broken ones, fields filled that must not be, disclosures, honest fields that were left."""
    sums: dict[str, dict[str, int]] = {}
    for name, verdict in found:
        each = sums.setdefault(name, dict.fromkeys(
            ("pages", "broken", "filled_that_must_not", "disclosures", "honest_left", "refused"), 0))  # fmt: skip
        each["pages"] += 1
        each["broken"] += bool(verdict.broken)
        each["filled_that_must_not"] += sum("is filled" in why for why in verdict.broken)
        each["disclosures"] += sum("disclosed" in why or "secret" in why for why in verdict.broken)
        each["honest_left"] += len(verdict.left)
        each["refused"] += verdict.word == "refused"
    return sums


def shown(verdict: Verdict) -> bool:
    """Whether a page may be told of by name: the odd ones are blind."""
    return int(verdict.page[:2]) % 2 == 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=tuple(SETS), default="all")
    parser.add_argument("--half", choices=tuple(HALVES), default="all")
    parser.add_argument("--gesture", choices=("keys", "button"), default="keys")
    parser.add_argument("--pages", nargs="*", default=(), metavar="NAME")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    try:
        need_all()
        found = run(arguments)
    except Absent as absent:
        print(f"skipped: {absent}", file=sys.stderr)
        return SKIPPED
    even = [verdict for _, verdict in found if shown(verdict)]
    if arguments.json:
        print(json.dumps({"figures": figures(found), "even": [asdict(verdict) for verdict in even]}))
        return 0
    for verdict in even:
        print(told(verdict))
    for name, sums in figures(found).items():
        print(name, sums)
    return 0


if __name__ == "__main__":
    sys.exit(main())
