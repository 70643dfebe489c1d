"""Facts: how many of the claims that sentences state are read, how many read are stated, and the traps taken.

A hit is a claim with the subject, slot, value (letters' case aside; `or`: another extent that is as good) and stance of
the truth; what may be read beside it (`also`) counts on neither side, and everything else that is read counts against
precision. A trap is taken when anything is read in it but that. "--half even" or "odd" takes every second item.
Fabricated is a value that is not in the text. The baseline beside it is this file's own: plain first-person patterns,
without moods.

    python benchmarks/facts.py [--set dev|blind|more|FILE] [--half even|odd] [--errors] [--json]
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from second_me.core.memory.facts.claims import ME
from second_me.core.memory.facts.reading import READER_VERSION, read_claims

DATA = Path(__file__).parent / "data"
Found = tuple[str, str, str, str]
"""(subject, slot, value, stance)."""
Reader = Callable[[str, datetime, str | None], list[Found]]


def rows(which: str) -> Iterator[dict[str, Any]]:
    """The items of a set: "dev", "blind", "more" or a file."""
    path = DATA / f"facts_{which}.jsonl" if which in ("dev", "blind", "more") else Path(which)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def rules(text: str, said_at: datetime, previous: str | None = None) -> list[Found]:
    """What the reader finds."""
    return [
        (
            claim.named.of(text) if claim.named else ME,
            claim.slot.value,
            claim.value.of(text),
            claim.stance.value,
        )
        for claim in read_claims(text, said_at, previous)
    ]


_PLAIN = {
    "name": r"\bmy name is ([A-Z]\w+(?: [A-Z]\w+)*)", "home": r"\bI live in ([A-Z]\w+(?: [A-Z]\w+)*)",
    "employer": r"\bI work (?:at|for) ([A-Z]\w+(?: [A-Z]\w+)*)", "job": r"\bI(?:'m| am) an? ([a-z]+(?: [a-z]+)?)",
    "likes": r"\bI (?:love|like|enjoy) (\w+(?: \w+)?)", "dislikes": r"\bI (?:hate|don't like|dislike) (\w+(?: \w+)?)",
    "allergy": r"\bI(?:'m| am) allergic to (\w+)", "speaks": r"\bI speak (\w+)",
    "owns": r"\bI (?:own|drive) an? (\w+(?: \w+)?)",
    "email": r"([\w.+-]{1,64}@[\w-]+\.[\w.-]*\w)", "tel": r"(\+?\d[\d ()-]{7,18}\d)",
    "birthday": r"\b(?:born on|birthday is) ((?:\w+ ){1,2}\w+)", "pet": r"\bI have a (dog|cat|rabbit|hamster|parrot)",
    "plan": r"\bI(?:'m| am) (?:going|planning) to ([\w ]+)", "habit": r"\bI (?:always|usually) ([\w ]+)",
}  # fmt: skip


def plain(text: str, said_at: datetime, previous: str | None = None) -> list[Found]:
    """The baseline: first-person patterns anywhere in the text."""
    return [
        (ME, slot, match.group(1), "holds")
        for slot, shape in _PLAIN.items()
        for match in re.finditer(shape, text, re.I)
    ]


def _key(found: Found) -> Found:
    return (found[0].casefold(), found[1], found[2].casefold(), found[3])


def _truth(fact: dict[str, Any], value: str | None = None) -> Found:
    return _key((fact["subject"], fact["slot"], value or fact["value"], fact["stance"]))


def judge(items: list[dict[str, Any]], reader: Reader) -> dict[str, Any]:
    """Precision, recall, per slot, traps taken, fabricated, and every error."""
    counts: Counter[str] = Counter()
    slots: dict[str, Counter[str]] = {}
    errors: list[dict[str, Any]] = []
    began = time.perf_counter()
    for item in items:
        read = reader(item["text"], datetime.fromisoformat(item["said_at"]), item.get("previous"))
        truth = {_truth(fact) for fact in item["facts"]}
        others = {_truth(fact, each): _truth(fact) for fact in item["facts"] for each in fact.get("or", ())}
        keys = {others.get(_key(each), _key(each)) for each in read}
        keys -= {_truth(fact) for fact in item.get("also", ())} - truth
        hits = keys & truth
        counts.update(hits=len(hits), found=len(keys), stated=len(truth))
        counts["fabricated"] += sum(each[2] not in item["text"] for each in read)
        if item["trap"]:
            counts.update(traps=1, taken=int(bool(keys)))
        for each in keys | truth:
            per = slots.setdefault(each[1], Counter())
            per.update(found=int(each in keys), stated=int(each in truth), hits=int(each in hits))
        if keys != truth:
            wrong, missed = sorted(keys - truth), sorted(truth - keys)
            errors.append({"id": item["id"], "text": item["text"], "wrong": wrong, "missed": missed})
    return {
        "items": len(items),
        "precision": counts["hits"] / max(counts["found"], 1),
        "recall": counts["hits"] / max(counts["stated"], 1),
        **{name: counts[name] for name in ("hits", "found", "stated", "traps", "taken", "fabricated")},
        "ms": 1000 * (time.perf_counter() - began) / max(len(items), 1),
        "slots": {slot: dict(count) for slot, count in sorted(slots.items())},
        "errors": errors,
    }


def times(items: list[dict[str, Any]]) -> tuple[int, int]:
    """(right, told): how many of the truths that tell since when are read with that time."""
    right = told = 0
    for item in items:
        wanted = {(f["slot"], f["value"]): f["since"] for f in item["facts"] if f.get("since")}
        told += len(wanted)
        for claim in read_claims(item["text"], datetime.fromisoformat(item["said_at"])) if wanted else ():
            since = wanted.get((claim.slot.value, claim.value.of(item["text"])))
            right += bool(since and claim.since and claim.since.date().isoformat() == since[:10])
    return right, told


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", default="dev", help="dev, blind, more or a file")
    parser.add_argument(
        "--errors", action="store_true", help="list what was read wrongly and what was missed"
    )
    parser.add_argument("--half", choices=("even", "odd"), help="every second item of the set")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    items = list(rows(args.set))
    if args.half:
        items = items[int(args.half == "odd") :: 2]
    figures = {"rules": judge(items, rules), "plain patterns (baseline)": judge(items, plain)}
    if args.json:
        short = {name: {k: v for k, v in each.items() if k != "errors"} for name, each in figures.items()}
        print(json.dumps({"set": args.set, "reader": READER_VERSION, "since": times(items), **short}))
        return
    for name, each in figures.items():
        print(
            f"{name:28} precision {each['precision']:.3f}  recall {each['recall']:.3f}  "
            f"traps taken {each['taken']} of {each['traps']}  fabricated {each['fabricated']}  {each['ms']:.2f} ms"
        )
    right, told = times(items)
    print(f"since when: {right} of {told}")
    for slot, count in figures["rules"]["slots"].items():
        print(f"  {slot:20} stated {count['stated']:3}  found {count['found']:3}  right {count['hits']:3}")
    for error in figures["rules"]["errors"] if args.errors else ():
        print(f"\n{error['id']} {error['text']}")
        for mark, kind in (("+", "wrong"), ("-", "missed")):
            for each in error[kind]:
                print(f"   {mark} {' '.join(each)}")


if __name__ == "__main__":
    main()
