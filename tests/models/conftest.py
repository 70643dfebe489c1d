"""A model process for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from second_me.models.client import ModelProcess
from second_me.models.starter import find_models


@pytest.fixture(scope="module")
def model(starter_models: Path) -> Iterator[ModelProcess]:
    """One process for a module: starting it takes longer than most of the tests."""
    process = start(starter_models)
    process.load()
    yield process
    process.close()


@pytest.fixture
def own_model(starter_models: Path) -> Iterator[ModelProcess]:
    """A process that the test may kill."""
    process = start(starter_models)
    yield process
    process.close()


def start(folder: Path) -> ModelProcess:
    found = find_models(folder)
    assert found is not None
    return ModelProcess(found.chat, found.embedder)


@pytest.fixture
def states() -> tuple[list[str], Callable[[dict[str, object]], None]]:
    """A list of the states that a listener was told, and the listener."""
    seen: list[str] = []
    return seen, lambda status: seen.append(str(status["state"]))
