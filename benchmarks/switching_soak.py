"""Conversations switched at random for minutes: the disk stays bounded, nothing grows, every answer is the same.

Part of `switching.py --soak MINUTES`. Sizes are drawn from forty tokens to two hundred, so that all of them do not
fit the bound and the least used go; what went is read anew. Resident bytes of this process (which stands for the
service) and of the model's are looked at twice a second, by the operating system's own figure; the first half of the
time, in which conversations are visited for the first time, is the warming up. No growth means that the last
quarter's median is within 5 % of the third's.
"""

from __future__ import annotations

import random
import statistics
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from second_me.core.ports import Message

if TYPE_CHECKING:
    from switching import House

MOST_BYTES = 256 << 20
"""Half of what the app keeps, so that 200 short conversations do not fit."""

SEED = 5
GROWTH = 1.05
LOOK = 0.5


def talks(count: int, chance: random.Random) -> dict[str, list[Message]]:
    """Conversations of 40 to 200 tokens, each with words of its own."""
    made = {}
    for number in range(count):
        boxes = [f"Box {number} holds {chance.randint(10, 99)} shells." for _ in range(chance.randint(1, 14))]
        told = " ".join(boxes)
        system = Message("system", "You answer in one short sentence.")
        made[f"talk/{number}"] = [system, Message("user", f"{told} What does box {number} hold?")]
    return made


class Watch:
    """Looks at bytes, resident and on the disk, in a thread of its own."""

    def __init__(self, place: House) -> None:
        self._place = place
        self._ended = threading.Event()
        self.rows: list[dict[str, int]] = []
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(LOOK):
            files = self._place.vault.files.states
            disk = 0
            for file in files.iterdir() if files.is_dir() else ():
                try:
                    disk += file.stat().st_size
                except FileNotFoundError:
                    continue
            worker = int(self._place.process.status()["resident_bytes"])
            self.rows.append({"disk": disk, "worker": worker, "service": psutil.Process().memory_info().rss})


def soak(chat: Path, minutes: float, conversations: int, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
    """The figures; `ok` when all held."""
    from switching import house

    chance = random.Random(SEED)
    named = talks(conversations, chance)
    answers: dict[str, str] = {}
    took: list[float] = []
    wrong = 0
    with house(chat, most_bytes, 1024) as place:
        watch = Watch(place)
        end = time.monotonic() + 60 * minutes
        while time.monotonic() < end:
            name = chance.choice(list(named))
            seconds, answer = place.first_token(named[name], name)
            wrong += answers.setdefault(name, answer) != answer
            took.append(seconds)
        watch.close()
    return {
        "minutes": minutes,
        "switches": len(took),
        "visited": len(answers),
        "wrong_answers": wrong,
        "first_token_ms": {
            "median": round(1000 * statistics.median(took), 1),
            "first_quarter": round(1000 * statistics.median(took[: len(took) // 4]), 1),
            "last_quarter": round(1000 * statistics.median(took[-(len(took) // 4) :]), 1),
        },
        **figures(watch.rows, most_bytes, wrong),
    }


def figures(rows: list[dict[str, int]], most_bytes: int, wrong: int) -> dict[str, Any]:
    """Megabytes by quarter of the time, the most on the disk, and the verdict."""
    quarter = len(rows) // 4
    parts = [rows[n * quarter : (n + 1) * quarter] for n in range(4)]
    by_quarter = {
        what: [round(statistics.median(row[what] for row in part) / 1e6, 1) for part in parts]
        for what in ("worker", "service", "disk")
    }
    grown = {what: by_quarter[what][3] / by_quarter[what][2] for what in ("worker", "service")}
    most = max(row["disk"] for row in rows)
    return {
        "resident_mb_by_quarter": by_quarter,
        "growth_of_the_last_quarter": {what: round(ratio, 3) for what, ratio in grown.items()},
        "most_resident_mb": {what: round(max(row[what] for row in rows) / 1e6, 1) for what in grown},
        "most_disk_mb": round(most / 1e6, 1),
        "bound_mb": round(most_bytes / 1e6, 1),
        "ok": wrong == 0 and most <= most_bytes and all(ratio <= GROWTH for ratio in grown.values()),
    }
