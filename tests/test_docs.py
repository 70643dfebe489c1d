"""The documents against the program: what one names, the other has."""

from __future__ import annotations

import argparse
import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from second_me.app import cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])


def read(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(read("pyproject.toml"))["project"]
    return table


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ \[;]", line)[0] for line in requirements}


def rows(section: str) -> set[str]:
    """First cells, in code marks, of the table under a heading of docs/dependencies.md."""
    body = read("docs", "dependencies.md").split(f"## {section}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", body, re.MULTILINE))


def test_every_dependency_has_its_row_and_every_row_its_dependency() -> None:
    assert rows("At run time") == names(project()["dependencies"])
    assert rows("For development") == names(project()["optional-dependencies"]["dev"])


def headings() -> set[str]:
    """Commands that have a section in docs/command-line.md."""
    return set(re.findall(r"^## `second-me ([a-z-]+)", read("docs", "command-line.md"), re.MULTILINE))


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    assert headings() == set(cli.COMMANDS)


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_option_stands_in_the_section_of_its_command(name: str) -> None:
    parser = argparse.ArgumentParser(add_help=False)
    import_module(cli.COMMANDS[name]).add_arguments(parser)
    options = {option for action in parser._actions for option in action.option_strings}
    section = read("docs", "command-line.md").split(f"\n## `second-me {name}")[1].split("\n## ")[0]
    assert options == set(re.findall(r"--[a-z][a-z-]*", section))


def test_the_readme_commands_exist() -> None:
    scripts = re.findall(r"^    python3 (\S+)", read("README.md"), re.MULTILINE)
    assert {"start.py", "check.py"} <= set(scripts)
    assert [script for script in scripts if not (ROOT / script).is_file()] == []
    used = set(re.findall(r"^    python3 start\.py ([a-z]+)", read("README.md"), re.MULTILINE))
    assert used <= set(cli.COMMANDS)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert read(".ci", "run").splitlines()[-1] == "exec python3 check.py"
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o100


def tree() -> list[str]:
    """Paths of the file tree in the README."""
    block = read("README.md").split("```\n")[1]
    paths, above = [], ""
    for line in block.splitlines():
        name = line.split()[0]
        above = name if not line.startswith(" ") else above
        paths.append(name if above == name else above + name)
    return paths


def test_the_readme_tree_is_there() -> None:
    assert [path for path in tree() if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith("https://")]
    assert [target for target in local if not leads(page, target)] == []


def leads(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = page.parent / path if path else page
    if not file.exists():
        return False
    titles = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
    anchors = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    return not anchor or anchor in anchors


def test_error_codes_of_the_protocol_are_those_that_are_raised() -> None:
    """A code that a program may rely on stands in docs/protocol.md."""
    errors = read("docs", "protocol.md").split("## Errors")[1]
    known = set(re.findall(r"`([a-z_]+)`", errors))
    raised: set[str] = set()
    for folder in ("app", "core", "models", "storage"):
        for file in (ROOT / folder).rglob("*.py"):
            raised |= set(re.findall(r"EnvironmentFault\(\s*\"([a-z_]+)\"", file.read_text(encoding="utf-8")))
    assert raised <= known
