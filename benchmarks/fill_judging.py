"""What is right in a filled form: what was read back, held against what was expected (data/fill_person/README.md)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PERSON = Path(__file__).parent / "data" / "fill_person"
EMPTY_KEYS = frozenset({"-", "secret", "hidden", "search", "consent", "captcha"})
"""Keys of fields that must hold nothing afterwards."""
HALVES = {"even": ("even",), "odd": ("odd",), "all": ("even", "odd"), "more": ("more",)}


@dataclass(frozen=True)
class Held:
    """What a field holds: its value and how a person reads it; all radios of a name are one field."""

    value: str = ""
    text: str = ""


@dataclass(frozen=True)
class Cell:
    """One field that was judged.

    `verdict`: right, missed, wrong (what is known and wanted); more, left, wrong (what may be left); invented, empty
    (what must be empty); draft, no_draft (free text); kept, changed (what was to stay as it was).
    """

    form: str
    name: str
    key: str
    verdict: str
    value: str
    wanted: tuple[str, ...] = ()


def expected_of(half: str) -> dict[str, dict[str, str]]:
    """Form -> field's name -> key."""
    forms: dict[str, dict[str, str]] = {}
    for folder in HALVES[half]:
        forms |= json.loads((PERSON / folder / "expected.json").read_text("utf-8"))
    return dict(sorted(forms.items()))


def page_of(form: str) -> Path:
    """The file of a form."""
    return next(PERSON.glob(f"*/forms/{form}.html"))


@dataclass(frozen=True)
class Person:
    """A person: what is told, in order, what is then known, and what a later turn changes."""

    rows: tuple[dict[str, str], ...]
    values: dict[str, list[str] | None]
    facts: dict[str, list[str]]
    moved: dict[str, Any]

    @classmethod
    def read(cls, folders: Sequence[str]) -> Person:
        """The person whose facts lie in these folders."""
        rows: list[dict[str, str]] = []
        tables: dict[str, dict[str, Any]] = {"values": {}, "facts": {}, "moved": {}}
        for folder in folders:
            rows += json.loads((PERSON / folder / "person.json").read_text("utf-8"))
            read = json.loads((PERSON / folder / "values.json").read_text("utf-8"))
            for name, table in tables.items():
                table.update(read.get(name, {}))
        rows.sort(key=lambda row: row["said_at"])
        return cls(tuple(rows), tables["values"], tables["facts"], tables["moved"])

    def spelled_for(self, half: str, person: str) -> Person:
        """The same person, with the spellings that the forms of this half ask for besides (`also.json`)."""
        values = dict(self.values)
        for folder in HALVES[half]:
            also = PERSON / folder / "also.json"
            spellings = json.loads(also.read_text("utf-8")) if also.exists() else {}
            for key, more in spellings.get(person, {}).items():
                values[key] = [*(values[key] or ()), *more]
        return Person(self.rows, values, self.facts, self.moved)

    def after_the_move(self) -> Person:
        """The same person once `moved` is told."""
        return Person(self.rows, self.values | self.moved["values"], self.facts, {})


def plain(value: str, key: str) -> str:
    """A value as it is compared: letters without case, runs of spaces as one; of numbers digits and a first plus."""
    if "tel" in key.split("-"):
        return re.sub(r"(?!^\+)\D", "", value.strip())
    return " ".join(value.casefold().split())


def judged(
    form: str, expected: Mapping[str, str], held: Mapping[str, tuple[Held, Held]], who: Person
) -> list[Cell]:
    """A cell for each expected field; `held` is what it held before and after the fill."""
    return [_cell(form, name, key, *held.get(name, (Held(), Held())), who) for name, key in expected.items()]


def _cell(form: str, name: str, key: str, before: Held, after: Held, who: Person) -> Cell:
    value = "" if after == before else after.value or after.text
    if key == "as-it-was":
        return Cell(form, name, key, "kept" if after == before else "changed", after.value)
    if key == "draft":
        return Cell(form, name, key, "draft" if value else "no_draft", value)
    wanted, must = _wanted(key, who)
    if not wanted:
        return Cell(form, name, key, "invented" if value else "empty", value)
    words = tuple(each for _, each in wanted)
    if not value:
        return Cell(form, name, key, "missed" if must else "left", "", words)
    right = any(
        plain(each, part) in (plain(after.value, part), plain(after.text, part)) for part, each in wanted
    )
    return Cell(form, name, key, ("right" if must else "more") if right else "wrong", value, words)


def _wanted(key: str, who: Person) -> tuple[list[tuple[str, str]], bool]:
    """What may stand in the field (with the key that it is of), and whether something must."""
    if key in EMPTY_KEYS:
        return [], False
    wanted: list[tuple[str, str]] = []
    must = False
    for part in key.split("|"):
        name = part.rstrip("?")
        values = who.values[name] or []
        wanted += [(name, value) for value in values]
        must = must or bool(values and part == name)
    return wanted, must


def figures(cells: Iterable[Cell]) -> dict[str, Any]:
    """Counts of verdicts, and the share of known values that are right."""
    cells = list(cells)
    counts = Counter(cell.verdict for cell in cells)
    wrong_known = sum(cell.verdict == "wrong" and not cell.key.endswith("?") for cell in cells)
    known = counts["right"] + counts["missed"] + wrong_known
    return {
        "fields": len(cells),
        "known": known,
        "right": counts["right"],
        "share": round(counts["right"] / known, 4) if known else None,
        "missed": counts["missed"],
        "wrong": counts["wrong"],
        "invented": counts["invented"] + counts["changed"],
        "empty_as_it_should": counts["empty"] + counts["kept"],
        "more_right": counts["more"],
        "more_left": counts["left"],
        "drafts": counts["draft"],
    }


def in_reach(cells: Iterable[Cell], who: Person, read: frozenset[str]) -> list[Cell]:
    """The cells whose value rests on turns of which a fact was read; `read` are the numbers of those turns."""
    return [cell for cell in cells if _reached(cell.key, who, read)]


def _reached(key: str, who: Person, read: frozenset[str]) -> bool:
    names = [part.rstrip("?") for part in key.split("|")]
    return any(name in who.facts and set(who.facts[name]) <= read for name in names)


def is_even(cell: Cell) -> bool:
    """Whether a cell is of an even form, which one develops with."""
    return int(cell.form[:2]) % 2 == 0


def may_be_shown(cell: Cell, who: Person) -> bool:
    """Whether a case may be printed with its values: of an even form, and resting on even facts alone."""
    names = [part.rstrip("?") for part in cell.key.split("|")]
    return is_even(cell) and all(int(fact) % 2 == 0 for name in names for fact in who.facts.get(name, ()))
