"""A small mixture of experts, written once a run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from second_me.models.starter import CHAT_FILE
from tests.models.experts.moe import write_moe


@pytest.fixture(scope="session")
def written_moe(starter_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that `file` copies."""
    return write_moe(starter_models / CHAT_FILE, tmp_path_factory.mktemp("moe") / "moe.gguf")


@pytest.fixture
def file(written_moe: Path, tmp_path: Path) -> Path:
    """A fresh file of a mixture of experts."""
    return Path(shutil.copy(written_moe, tmp_path))
