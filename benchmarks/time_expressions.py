"""Time expressions: how many are read exactly as their truth says, and how many are seen where there are none.

A hit is one expression of the right kind and nothing else in the sentence; spans equal in start, end and
grain, lengths and anchors equal. A false date is a sentence without one in which a span is found.

    python benchmarks/time_expressions.py [--data DIR] [--json] [--misses]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from second_me.core.temporal.find import expressions
from second_me.core.temporal.spans import Expression, ExpressionKind, Length

DATA = Path(__file__).parent / "data"
_UNITS = {"hour": ("minute", 60), "week": ("day", 7), "quarter": ("month", 3), "year": ("month", 12)}


def rows(folder: Path, stem: str) -> Iterator[dict[str, Any]]:
    """The lines of `stem*.jsonl`, each with the name of its file."""
    for path in sorted(folder.glob(f"{stem}*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield {"language": "en", **json.loads(line), "file": path.name}


def _spans(found: Sequence[Expression]) -> list[tuple[str, str, str]]:
    return [
        (span.start.isoformat(), span.end.isoformat(), span.grain.value)
        for each in found
        for span in each.spans
    ]


def _wanted(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (
            datetime.fromisoformat(s["start"]).isoformat(),
            datetime.fromisoformat(s["end"]).isoformat(),
            s["grain"],
        )
        for s in row.get("spans", ())
    ]


def _amount(unit: str, amount: float) -> tuple[str, float]:
    unit, times = _UNITS.get(unit, (unit, 1))
    return unit, amount * times


def _same_length(wanted: Any, found: Length | None) -> bool:
    if wanted is None or found is None:
        return wanted is None and found is None
    return _amount(wanted["unit"], wanted["amount"]) == _amount(found.unit.value, found.amount)


def _same_anchor(wanted: dict[str, Any], found: Expression) -> bool:
    anchor = found.anchor
    if anchor is None or anchor.event.casefold() != wanted["anchor"].casefold():
        return False
    grain = wanted.get("grain")
    return (
        anchor.relation == wanted["relation"]
        and (grain is None or (anchor.grain is not None and anchor.grain.value == grain))
        and _same_length(wanted.get("offset"), anchor.offset)
    )


def hit(row: dict[str, Any], found: Sequence[Expression]) -> bool:
    """Whether what was found is the truth of a row. A set may be found as several points."""
    kind = row["kind"]
    if kind == "set" and found and all(each.kind is ExpressionKind.POINT for each in found):
        return _spans(found) == _wanted(row)
    if len(found) != 1 or found[0].kind.value != kind:
        return False
    if kind == "duration":
        return "amount" not in row or _same_length(row, found[0].length)
    if kind == "anchored":
        anchor = row["anchor"]
        return _same_anchor(anchor if isinstance(anchor, dict) else row, found[0])
    return _spans(found) == _wanted(row)


def measure(folder: Path) -> dict[str, Any]:
    """Counts per language, per file and per kind, the misses, and the false dates."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    misses, false = [], []
    for row in rows(folder, "time_expressions"):
        found = expressions(row["text"], datetime.fromisoformat(row["now"]))
        good = hit(row, found)
        for group in (row["language"], row["file"], f"{row['language']} {row['kind']}"):
            counts[group].update(total=1, hits=int(good))
        if not good:
            misses.append((row, [_shown(each) for each in found]))
    nothing = list(rows(folder, "time_nothing"))
    for row in nothing:
        found = expressions(row["text"], datetime.fromisoformat(row.get("now", "2023-05-10T14:30:00")))
        if any(each.spans for each in found):
            false.append((row["text"], [_shown(each) for each in found if each.spans]))
    return {
        "accuracy": {
            group: {**count, "share": count["hits"] / count["total"]} for group, count in counts.items()
        },
        "misses": misses,
        "sentences_without": len(nothing),
        "false": false,
    }


def _shown(each: Expression) -> str:
    spans = ", ".join(f"{s.start.isoformat()} to {s.end.isoformat()} {s.grain.value}" for s in each.spans)
    return f"{each.kind.value} “{each.quote}” {spans or each.length or each.anchor}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="list what was not read, and false dates")
    args = parser.parse_args()
    found = measure(args.data)
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for group, count in sorted(found["accuracy"].items()):
        print(f"{group:34} {count['hits']:4} of {count['total']:4}  {100 * count['share']:5.1f} %")
    without, false = found["sentences_without"], found["false"]
    print(f"false dates {len(false)} of {without} sentences ({100 * len(false) / max(without, 1):.1f} %)")
    for row, seen in found["misses"] if args.misses else ():
        print(
            f"\n{row['text']}\n  now {row['now']}  wanted {row['kind']} {_wanted(row) or row}\n  found {seen}"
        )
    for text, seen in false if args.misses else ():
        print(f"\nfalse: {text}\n  {seen}")


if __name__ == "__main__":
    main()
