"""The stamp: when an environment is believed to stand."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from bootstrap import say
from bootstrap.environment import MODULES, Environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with only this project's pyproject.toml."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def edit(checkout: Path, old: str, new: str) -> None:
    path = checkout / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_stands_before_it_is_made(checkout: Path) -> None:
    assert not Environment(checkout).stands(dev=False)


def test_the_stamp_changes_with_the_dependencies_alone(checkout: Path) -> None:
    before = Environment(checkout).wanted(dev=True)
    edit(checkout, 'description = "', 'description = "Also: ')
    assert Environment(checkout).wanted(dev=True) == before
    edit(checkout, '"psutil>=6"', '"psutil>=7"')
    after = Environment(checkout).wanted(dev=True)
    assert after["base"] != before["base"]
    assert after["dev"] == before["dev"]


def test_starting_does_not_wait_for_what_only_tests_need(checkout: Path) -> None:
    assert "dev" not in Environment(checkout).wanted(dev=False)
    assert "dev" in Environment(checkout).wanted(dev=True)


def test_a_moved_checkout_is_another(checkout: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.copy(checkout / "pyproject.toml", moved)
    assert Environment(moved).wanted(dev=False) != Environment(checkout).wanted(dev=False)


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"base": "another"}'])
def test_a_torn_stamp_is_none(checkout: Path, content: str) -> None:
    environment = Environment(checkout)
    environment.folder.mkdir()
    (environment.folder / "second-me.json").write_text(content, encoding="utf-8")
    assert not environment.stands(dev=False)


def test_a_stamp_over_a_torn_environment_is_not_believed(checkout: Path) -> None:
    environment = Environment(checkout)
    environment.folder.mkdir()
    stamp = json.dumps(environment.wanted(dev=False))
    (environment.folder / "second-me.json").write_text(stamp, encoding="utf-8")
    assert not environment.stands(dev=False)


def test_the_import_check_covers_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=!~ \[;]", line)[0].lower().replace("_", "-") for line in project["dependencies"]}
    imported = {module.partition(".")[0] for module in MODULES}
    origin = importlib.metadata.packages_distributions()
    covered = {name.lower().replace("_", "-") for module in imported for name in origin.get(module, [])}
    assert wanted <= covered


def test_a_python_that_fails_is_a_sentence(checkout: Path) -> None:
    """pip that cannot be run (here: no Python in the folder) ends as a fault with the log's name."""
    environment = Environment(checkout)
    (environment.folder / "bin").mkdir(parents=True)
    python = environment.command("python")
    python.parent.mkdir(exist_ok=True)
    python.write_text("#!/bin/sh\necho no space left on device\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    with pytest.raises(say.Fault) as caught:
        environment._pip("installing", "install", "anything")
    assert "no space left on device" in caught.value.what
    assert str(environment.log) in caught.value.action
