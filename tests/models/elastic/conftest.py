"""A short model of the starter's own layers, and its ladder, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from second_me.models.elastic.ladder import Ladder, read_ladder
from second_me.models.elastic.making import Making
from second_me.models.elastic.phases import Effort
from second_me.models.starter import CHAT_FILE
from tests.models.elastic.models import shorten

TEXT = Path(__file__).resolve().parents[3] / "resources" / "calibration" / "text.txt"
LITTLE = Effort(chunk=48, importance=4, probe=1, quality=2, points=4, rows=8)


@pytest.fixture(scope="session")
def short_model(starter_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shorten(starter_models / CHAT_FILE, tmp_path_factory.mktemp("short") / "short.Q4_1.gguf")


@pytest.fixture(scope="session")
def ladders(short_model: Path) -> Path:
    """A folder of ladders with the short model's."""
    folder = short_model.parent / "ladders"
    for _ in Making(short_model, folder, TEXT.read_text("utf-8"), LITTLE, 2).run():
        pass
    return folder


@pytest.fixture(scope="session")
def ladder(ladders: Path) -> Ladder:
    (folder,) = ladders.iterdir()
    return read_ladder(folder)
