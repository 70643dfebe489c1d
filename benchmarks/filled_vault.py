"""A vault that holds given turns, opened in this process: for benchmarks that ask recall itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from second_me.app.paths import HomeLayout
from second_me.app.service.house import House
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.ports import EnvironmentFault

PASSPHRASE = "benchmark-passphrase"
PATIENCE = 60
"""Seconds."""


@contextmanager
def filled_vault(
    lines: Sequence[Mapping[str, Any]], models: Path | None, kept: Path | None
) -> Iterator[House]:
    """A vault of its own that holds the conversations; in a folder that is kept, they go in once."""
    folder = kept or Path(tempfile.mkdtemp(prefix="second-me-deep-"))
    home = folder / "home"
    try:
        if not home.is_dir():
            _import(home, lines, models)
        house = _open(HomeDoor(HomeLayout(home), SystemClock(), lambda _status: None))
        house.vectors.use_embedder(house.embedder.name, house.embedder.dimensions)
        try:
            yield house
        finally:
            house.model.close()
            house.close()
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _import(home: Path, lines: Sequence[Mapping[str, Any]], models: Path | None) -> None:
    home.mkdir(parents=True)
    if models:
        shutil.copytree(models, home / "models")
    (home / "turns.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    env = dict(os.environ, SECOND_ME_HOME=str(home), SECOND_ME_PASSPHRASE=PASSPHRASE)
    for arguments in (("model", "fetch", "starter"), ("import", str(home / "turns.jsonl"))):
        subprocess.run(
            [sys.executable, "-m", "second_me", *arguments], env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip


def _open(door: HomeDoor) -> House:
    """The service of the import may take a while to end."""
    for _ in range(PATIENCE):
        try:
            return door.open(passphrase=PASSPHRASE, recovery_key=None)
        except EnvironmentFault as fault:
            if fault.code != "in_use":
                raise
            time.sleep(1)
    return door.open(passphrase=PASSPHRASE, recovery_key=None)
