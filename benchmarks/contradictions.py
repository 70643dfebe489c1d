"""Contradictions found and not found, through the product: a real vault, the reader, validity, contradictions.

    python benchmarks/contradictions.py [--set dev|blind|FILE] [--json] [--misses]

A line of a set is `{"id","turns":[{"text","said_at"}],"slot","contradiction","values"}`. Each line gets a vault of its
own; each of its turns is a conversation of its own, said at its time (null: unknown), by the person. *Shown* counts
the lines that do contradict themselves of which one contradiction shows both sides: two of the turns, with the two
values (one may be cut wider than the other). *False alarms* counts, of the lines that do not, those with any. *Read*
are the lines of which every turn that a side needs gave a claim at all: the rest is the reader's to miss.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from second_me.app.reader import READER
from second_me.core.memory.chunks import split
from second_me.core.memory.episodes import NewEpisode, Role
from second_me.core.memory.facts.book import FactBook
from second_me.core.memory.facts.claims import Contradiction, Kept
from second_me.core.memory.facts.keeping import Keeper
from second_me.core.memory.facts.slots import Slot
from second_me.core.recall.keys import search_key
from second_me.storage.keys import KdfParameters
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.repositories.facts import Facts
from second_me.storage.repositories.glossary import Glossary
from second_me.storage.vault import create_vault

DATA = Path(__file__).parent / "data"
QUICK = KdfParameters(memory_kib=64, iterations=1, lanes=1)
NOW = datetime(2026, 1, 1)


@dataclass(frozen=True)
class Outcome:
    """What came of a line."""

    line: dict[str, Any]
    found: Sequence[Contradiction]
    kept: Sequence[Kept]

    @property
    def shown(self) -> bool:
        """Whether one contradiction shows both sides."""
        return any(_both_sides(each, self.line["values"]) for each in self.found)

    @property
    def read(self) -> bool:
        """Whether claims of the slot's line came from two turns at least."""
        return len({each.memory_id for each in self.kept}) >= 2


def _both_sides(found: Contradiction, values: Sequence[str]) -> bool:
    one, other = found.first.kept, found.second.kept
    if one.memory_id == other.memory_id:
        return False
    first, second = values[0], values[-1]
    straight = _shows(one, first) and _shows(other, second)
    return straight or (_shows(one, second) and _shows(other, first))


def _shows(kept: Kept, wanted: str) -> bool:
    """Whether a side is the value that the set names; of a tie the set may name the person ("my sister Anna": Anna)."""
    tied = kept.claim.slot is Slot.RELATION and kept.claim.named is not None
    return _alike(kept.value, wanted) or (tied and _alike(kept.subject, wanted))


def _alike(value: str, wanted: str) -> bool:
    one, other = " ".join(value.casefold().split()), " ".join(wanted.casefold().split())
    return one in other or other in one


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a set."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def outcome(line: dict[str, Any], folder: Path) -> Outcome:
    """Tell a new vault what a line says, and ask it what contradicts itself."""
    vault, _ = create_vault(folder, "benchmark", QUICK)
    episodes, facts = Episodes(vault, search_key, split), Facts(vault)
    for number, turn in enumerate(line["turns"]):
        said = datetime.fromisoformat(turn["said_at"]) if turn["said_at"] else None
        new = NewEpisode(f"talk/{number}", "me", turn["text"], said, Role.PERSON)
        episodes.append(new, NOW)
    keeper = Keeper(facts, Glossary(vault), episodes, READER, vault.writing)
    while keeper.step(20, NOW):
        pass
    made = Outcome(line, FactBook(facts, lambda: NOW).contradictions(), facts.kept())
    vault.close()
    return made


def run(path: Path) -> list[Outcome]:
    """All lines of a set."""
    with tempfile.TemporaryDirectory() as folder:
        return [outcome(line, Path(folder) / str(n)) for n, line in enumerate(lines_of(path))]


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The benchmark's result."""
    pairs = [each for each in outcomes if each.line["contradiction"]]
    rest = [each for each in outcomes if not each.line["contradiction"]]
    shown, read = sum(each.shown for each in pairs), [each for each in pairs if each.read]
    alarms = sum(bool(each.found) for each in rest)
    return {
        "pairs": len(pairs),
        "shown": shown,
        "shown_share": round(shown / max(1, len(pairs)), 3),
        "read": len(read),
        "shown_of_read": round(sum(each.shown for each in read) / max(1, len(read)), 3),
        "others": len(rest),
        "false_alarms": alarms,
        "false_alarm_share": round(alarms / max(1, len(rest)), 3),
    }


def _tell(each: Outcome) -> str:
    said = " | ".join(f"{turn['text']} ({turn['said_at'] or 'no time'})" for turn in each.line["turns"])
    claims = "; ".join(
        f"{kept.subject}.{kept.claim.slot.value}={kept.value} [{kept.claim.stance.value}"
        f"{', since ' + str(kept.claim.since.date()) if kept.claim.since else ''}]"
        for kept in each.kept
    )
    return f"{each.line['id']}: {said}\n    {claims or 'nothing read'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--set", default="dev", help="dev, blind, or a file")
    parser.add_argument(
        "--misses", action="store_true", help="tell what was missed and what was a false alarm"
    )
    parser.add_argument("--half", choices=("even", "odd"), help="every second history of the set")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    named = DATA / f"contradictions_{arguments.set}.jsonl"
    outcomes = run(named if named.is_file() else Path(arguments.set))
    if arguments.half:
        outcomes = outcomes[int(arguments.half == "odd") :: 2]
    result = figures(outcomes)
    if arguments.json:
        print(json.dumps(result))
    else:
        print(f"{result['shown']} of {result['pairs']} pairs with both sides shown "
              f"({result['shown_share']:.1%}), of the {result['read']} that were read "
              f"{result['shown_of_read']:.1%}; "
              f"{result['false_alarms']} false alarms in {result['others']} "
              f"({result['false_alarm_share']:.1%})")  # fmt: skip
    if arguments.misses:
        for each in outcomes:
            if each.line["contradiction"] != (each.shown if each.line["contradiction"] else bool(each.found)):
                print(_tell(each))


if __name__ == "__main__":
    main()
