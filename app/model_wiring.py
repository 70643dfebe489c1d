"""The models of a home: the part of the wiring that needs no vault.

Beside `wiring` the only file of `app` that sees `models`.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from second_me.app.model_words import model_row
from second_me.app.paths import HomeLayout
from second_me.core.ports import SessionState
from second_me.models.budget import reserve
from second_me.models.choice import read_choice, write_choice
from second_me.models.client import ModelProcess
from second_me.models.free_memory import MemoryReader
from second_me.models.library import Library
from second_me.models.places import Machine
from second_me.models.starter import StarterModels, fetch_starter
from second_me.models.thread_notes import THREADS_FILE


def model_library(layout: HomeLayout) -> Library:
    """The models of a home and of this computer."""
    return Library(layout.models, Machine(sys.platform, Path.home(), os.environ))


def model_files(layout: HomeLayout) -> tuple[Path | None, Path | None]:
    """(chat model, embedder) of a home, as the person chose; None where there is none."""
    return model_library(layout).files()


def list_models(layout: HomeLayout) -> list[dict[str, Any]]:
    """`models.list`: the models on this computer and in the catalogue, and whether they fit now."""
    reading = MemoryReader().read()
    room = max(0, reading.available - reserve(reading))
    return [model_row(listed) for listed in model_library(layout).listing(room)]


def ladder_command(layout: HomeLayout, source: Path, variants: Sequence[str] = ()) -> list[str]:
    """The process that makes a model's size ladder: JSON lines on stdout, ends with its stdin. `variants`:
    files of the same model in other types, whose weights are used where they lie."""
    text = files("second_me.resources").joinpath("calibration/text.txt")
    command = [sys.executable, "-P", "-m", "second_me.models.elastic.maker", "--source", str(source)]
    taken = [part for file in variants for part in ("--variant", file)]
    return [*command, "--ladders", str(model_library(layout).ladders), "--text", str(text), *taken]


def model_at_rest(layout: HomeLayout) -> dict[str, Any]:
    """`model.status` of a home whose model's process does not run."""
    return model_process(layout).status()


def model_process(layout: HomeLayout, states: SessionState | None = None) -> ModelProcess:
    """The models of a home behind their ports, with the budget that was chosen. Nothing is started yet.

    `states` keeps what is computed of conversations; None: nothing is kept.
    """
    library = model_library(layout)
    budget = read_choice(layout.models).budget
    threads = layout.models / THREADS_FILE
    return ModelProcess(
        *library.files(), ladders=library.ladders, budget=budget, threads=threads, states=states
    )


def budget_at_rest(layout: HomeLayout) -> dict[str, Any]:
    """`budget.status` of a home whose model's process does not run. Raises EnvironmentFault."""
    return model_process(layout).budget()


def keep_budget(layout: HomeLayout, size: int | None) -> None:
    """Keep the budget that was chosen, for the next start. Raises EnvironmentFault."""
    write_choice(layout.models, dataclasses.replace(read_choice(layout.models), budget=size))


def fetch_models(layout: HomeLayout, progress: Callable[[str, int, int | None], None]) -> StarterModels:
    """Fetch the starter models into a home. Raises EnvironmentFault."""
    return fetch_starter(layout.models, progress)


def runtime_of_models() -> str:
    """What llama.cpp says of its build. Raises ImportError or OSError when it does not load."""
    from second_me.models.llama import system_info

    return system_info()
