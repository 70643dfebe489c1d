"""Writes to a vault until it is killed, and says on stdout what was acknowledged. Run as a process of its own.

python -m tests.storage.writer FOLDER {turns|batches|checkpoints|vectors|erase|migrate} SEED
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

from second_me.storage import migrate
from second_me.storage.migrate import Migration
from second_me.storage.vault import open_vault
from tests.storage.conftest import DIMENSIONS, PASSPHRASE, START, Kit, direction, turn

_ROWS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) "
SLOW = Migration(
    migrate.shipped()[-1].number + 1,
    f"CREATE TABLE later (x TEXT); INSERT INTO later {_ROWS} SELECT hex(randomblob(60)) FROM n",
)


def _turns(kit: Kit, number: int) -> list[str]:
    return [kit.say(f"turn {number} is about apples 苹果", minutes=number % 500_000).memory_id]


def _batches(kit: Kit, number: int) -> list[str]:
    source = [turn(f"turn {number}.{i} on 苹果", f"import/{number % 3}", number % 500_000, source_id=f"{number}.{i}")
              for i in range(20)]  # fmt: skip
    kit.episodes.append_many(source, START)
    with kit.vault.reading() as db:
        found = db.execute("SELECT memory_id FROM episodes ORDER BY seq DESC LIMIT 20").fetchall()
    return [str(row[0]) for row in found]


def _checkpoints(kit: Kit, number: int) -> list[str]:
    said = _batches(kit, number)
    with kit.vault.reading() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return said


def _vectors(kit: Kit, number: int) -> list[str]:
    said = _batches(kit, number)
    kit.vectors.use_embedder("test", DIMENSIONS)
    kit.vectors.store({each.chunk_id: direction(each.chunk_id) for each in kit.vectors.pending(20)})
    return said


def _erase(kit: Kit, number: int) -> list[str]:
    kept, gone = _turns(kit, 2 * number), _turns(kit, 2 * number + 1)
    kit.episodes.erase(gone)
    return kept


_WORK: dict[str, Callable[[Kit, int], list[str]]] = {
    "turns": _turns,
    "batches": _batches,
    "checkpoints": _checkpoints,
    "vectors": _vectors,
    "erase": _erase,
}


def main(folder: Path, what: str, seed: int) -> None:
    if what == "migrate":
        print("ready", flush=True)
        open_vault(folder, passphrase=PASSPHRASE, migrations=[*migrate.shipped(), SLOW]).close()
        return
    kit = Kit(open_vault(folder, passphrase=PASSPHRASE))
    numbers = random.Random(seed)
    print("ready", flush=True)
    while True:
        for memory_id in _WORK[what](kit, numbers.randrange(1 << 40)):
            print(memory_id, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
