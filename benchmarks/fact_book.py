"""How quickly the book of facts answers: a vault of many claims, asked again and again.

    python benchmarks/fact_book.py [--claims 20000] [--json]

The claims are of made-up sentences about the person and a thousand others, some told twice, some changed. *First* reads
all claims and computes all facts; *again* asks when nothing changed (`about` of the person, of another, `at` a time);
*changed* asks after one claim came, one mark was made, one memory was hidden. Milliseconds, medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from second_me.core.memory.chunks import split
from second_me.core.memory.episodes import NewEpisode, Role
from second_me.core.memory.facts.book import FactBook
from second_me.core.memory.facts.claims import ME, Claim, Mark, passage
from second_me.core.memory.facts.slots import Slot
from second_me.core.recall.keys import search_key
from second_me.storage.keys import KdfParameters
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.repositories.facts import Facts
from second_me.storage.vault import create_vault

QUICK = KdfParameters(memory_kib=64, iterations=1, lanes=1)
START = datetime(2016, 1, 1)
ROUNDS = 7
_FORMS = (
    (Slot.HOME, "{name} lives in {value}."), (Slot.LIKES, "{name} likes {value}."),
    (Slot.TEL, "{name}'s number is {value}."),
    (Slot.EMPLOYER, "{name} works at {value}."), (Slot.OWNS, "{name} owns {value}."),
)  # fmt: skip


def sentence(number: int) -> tuple[str, Slot, str, str]:
    """(text, slot, value, subject); every third is about the person."""
    slot, form = _FORMS[number % len(_FORMS)]
    name = "I" if number % 3 == 0 else f"Person{number * 7 % 1000}"
    value = str(10**8 + number % 977) if slot is Slot.TEL else f"thing{number * 13 % 4001}"
    return form.format(name=name, value=value), slot, value, name


def claim_of(text: str, slot: Slot, value: str, name: str) -> Claim:
    """The sentence's claim."""
    at = text.index(value)
    named = None if name == "I" else passage(text, 0, len(name))
    return Claim(slot, passage(text, at, at + len(value)), passage(text, 0, len(text)), named=named)


def fill(episodes: Episodes, facts: Facts, count: int) -> list[int]:
    """Tell the vault; the ids of the claims."""
    told = [sentence(number) for number in range(count)]
    new = [
        NewEpisode(
            f"talk/{n // 50}", "me", text, START + timedelta(hours=4 * n), Role.PERSON, source_id=str(n)
        )
        for n, (text, _, _, _) in enumerate(told)
    ]
    episodes.append_many(new, START)
    ids = []
    while waiting := facts.unread(1, 500):
        for each in waiting:
            ids += facts.put(each.memory_id, [claim_of(*told[int(each.source_id or 0)])], 1, START)
    return ids


def took(work: Callable[[], object]) -> float:
    """Milliseconds, median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    return round(statistics.median(times), 2)


def run(count: int) -> dict[str, Any]:
    """The benchmark's result."""
    with tempfile.TemporaryDirectory() as folder:
        vault, _ = create_vault(Path(folder) / "vault", "benchmark", QUICK)
        episodes, facts = Episodes(vault, search_key, split), Facts(vault)
        with vault.writing():
            ids = fill(episodes, facts, count)
        book = FactBook(facts, datetime.now)
        marks = iter(ids)

        def changed() -> None:
            facts.mark(next(marks), Mark.CONFIRMED, START)
            book.about(ME)

        result = {
            "claims": len(ids),
            "facts": len(book.all()),
            "first": took(lambda: FactBook(facts, datetime.now).about(ME)),
            "again_me": took(lambda: book.about(ME)),
            "again_other": took(lambda: book.about("Person7")),
            "again_at": took(lambda: book.about(ME, START + timedelta(days=700))),
            "again_contradictions": took(book.contradictions),
            "changed": took(changed),
            "first_contradictions": took(lambda: FactBook(facts, datetime.now).contradictions()),
        }
        vault.close()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    result = run(arguments.claims)
    print(
        json.dumps(result)
        if arguments.json
        else "\n".join(f"{key:22} {value}" for key, value in result.items())
    )


if __name__ == "__main__":
    main()
