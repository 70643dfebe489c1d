"""A home whose service is this process, and what a person said in it: the vault of a random history.

The house is the product's own (`app.wiring`), without models; a clock that is set by hand. What was said holds words of
its own (nonsense that no other text has), and a book of them says which must still be found, and which must not be
anywhere. Only what people said keeps a word alive: an answer, a title made of a memory or a summary does not.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from second_me.app.paths import HomeLayout
from second_me.app.service.house import House
from second_me.app.service.turns import Turns
from second_me.app.wiring import HomeDoor
from second_me.core.memory.episodes import Role
from second_me.storage.access import Vault
from second_me.storage.rows import fetch, fetch_first
from second_me.storage.vault import create_vault
from tests.storage.conftest import PASSPHRASE, QUICK, START

LETTERS = "bcdfghjklmnpqrtvwxz"
MEMORY_DISK = Path("/dev/shm")


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def move(self, **much: float) -> None:
        self.at += timedelta(**much)


class Silent:
    """Hears nothing."""

    def notify(self, method: str, **params: Any) -> None:
        pass


@cache
def _new_vault() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as place:
        vault, _ = create_vault(Path(place), PASSPHRASE, QUICK)
        vault.close()
        return {path.name: path.read_bytes() for path in Path(place).iterdir() if path.is_file()}


@dataclass
class Words:
    """Words that were given out: nonsense of twelve letters, and four Chinese characters now and then."""

    dice: random.Random
    all: list[str] = field(default_factory=list)

    def one(self) -> str:
        word = "".join(self.dice.choices(LETTERS, k=12))
        self.all.append(word)
        return word

    def chinese(self) -> str:
        word = "".join(chr(self.dice.randrange(0x4E00, 0x9FA0)) for _ in range(4))
        self.all.append(word)
        return word


class Lived:
    """An open house, and what was said in it."""

    def __init__(self, seed: int) -> None:
        disk = MEMORY_DISK if MEMORY_DISK.is_dir() else None
        self._place = tempfile.TemporaryDirectory(prefix="sm-history-", dir=disk)
        self._number = 0
        self.words = Words(random.Random(seed))
        self.clock = Clock()
        self.named: dict[str, set[str]] = {}
        """Words that a conversation's name or a title that the person typed holds, by the conversation's name."""
        folder = HomeLayout(self.home).vault
        folder.mkdir(parents=True)
        for name, content in _new_vault().items():
            (folder / name).write_bytes(content)
        self.house, self.turns = self._open()

    @property
    def home(self) -> Path:
        return Path(self._place.name) / str(self._number)

    @property
    def folder(self) -> Path:
        """The vault's."""
        return HomeLayout(self.home).vault

    @property
    def vault(self) -> Vault:
        vault: Vault = self.house.episodes._vault  # type: ignore[attr-defined]
        return vault

    def _open(self) -> tuple[House, Turns]:
        door = HomeDoor(HomeLayout(self.home), self.clock, lambda _status: None)
        house = door.open(passphrase=PASSPHRASE, recovery_key=None)
        return house, Turns(house, lambda: None)

    def close(self) -> None:
        self.house.close()
        self._place.cleanup()

    def reopen(self) -> None:
        self.house.close()
        self.house, self.turns = self._open()

    def die(self) -> None:
        """As after a kill at this moment: what is in the files counts, and nothing else."""
        before = self.home
        self._number += 1
        with self.vault.reading():
            shutil.copytree(before, self.home)
        self.house.close()
        shutil.rmtree(before)
        self.house, self.turns = self._open()

    def rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[Any]:
        with self.vault.reading() as db:
            return fetch(db, sql, values)

    def ids(self, where: str = "1", values: tuple[Any, ...] = ()) -> list[str]:
        """Ids of episodes in order of storing."""
        with self.vault.reading() as db:
            return fetch_first(db, f"SELECT memory_id FROM episodes WHERE {where} ORDER BY seq", values)

    def conversations(self) -> list[str]:
        return [name for (name,) in self.rows("SELECT name FROM conversations ORDER BY created_at, name")]

    def alive(self) -> set[str]:
        """Words that must stay: those of what people said, of its speakers, and of what they named."""
        said = self.rows(
            "SELECT text || ' ' || speaker || ' ' || conversation FROM episodes WHERE role <> ?",
            (Role.ASSISTANT,),
        )
        text = "\n".join(each for (each,) in said).casefold()
        named = {word for name in self.conversations() for word in self.named.get(name, ())}
        return {word for word in self.words.all if word in text} | named

    def dead(self) -> list[str]:
        """Words that must not be anywhere."""
        alive = self.alive()
        return [word for word in self.words.all if word not in alive]
