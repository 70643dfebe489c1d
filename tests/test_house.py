"""Rules of the house that neither ruff nor mypy nor import-linter can see."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("app", "core", "models", "storage", "packaging")
SOURCES = sorted(file for part in PARTS for file in (ROOT / part).rglob("*.py"))
MOST_LINES = 300
MOST_MEDIAN = 18


def written(file: Path) -> int:
    """Lines that are not blank."""
    return sum(1 for line in file.read_text("utf-8").splitlines() if line.strip())


def test_files_stay_short() -> None:
    lengths = {str(file.relative_to(ROOT)): written(file) for file in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines >= MOST_LINES} == {}


def test_functions_are_small() -> None:
    lengths = [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert statistics.median(lengths) <= MOST_MEDIAN


@pytest.mark.parametrize("path", ["__init__.py", "packaging/__init__.py"])
def test_packages_that_must_not_be(path: str) -> None:
    assert not (ROOT / path).exists()


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in SOURCES
        if not ast.get_docstring(ast.parse(file.read_text("utf-8"))) and file.name != "hatch_build.py"
    ]
    assert silent == []


def test_models_are_not_ignored_as_a_folder() -> None:
    """A line `models/` in .gitignore would drop the package from the wheel."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert not {"models", "models/", "/models", "/models/"} & set(ignored)


def test_no_path_of_a_machine_stands_in_the_sources() -> None:
    texts = [*SOURCES, *ROOT.glob("*.py"), *ROOT.glob("*.md"), *(ROOT / "docs").glob("*")]
    found = [str(file.relative_to(ROOT)) for file in texts if str(ROOT) in file.read_text("utf-8")]
    assert found == []
