"""The command `check.py`: everything that must hold, in an environment that it makes itself."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bootstrap import say, screen, system
from bootstrap.starting import with_right_python

if TYPE_CHECKING:
    from bootstrap.environment import Environment

USAGE = """usage: python3 check.py [anything that pytest takes]

Installs what the tests need, then runs ruff, mypy --strict, the import contracts and the tests, these on a
screen of their own (Xvfb) with a session bus. Stops at the first of them that fails. For example, only some
tests:  python3 check.py tests/storage -k erase
"""


def check(root: Path, arguments: Sequence[str]) -> int:
    """The exit code of the first step that fails, else pytest's. Raises Fault."""
    if list(arguments[:1]) in (["--help"], ["-h"]):
        print(USAGE, end="")
        return 0
    with_right_python(root, "check.py")
    from bootstrap.environment import Environment  # needs the newer Python

    system.obtain([*system.qt(), *system.testing()])
    environment = Environment(root)
    environment.make(dev=True)
    return house(root, environment) or tests(root, environment, arguments)


def house(root: Path, environment: Environment) -> int:
    """Style, types and who may import whom."""
    python = str(environment.command("python"))
    steps = (
        ("ruff", [python, "-m", "ruff", "check", "--quiet", "."]),
        ("mypy", [python, "-m", "mypy", "--strict", "-p", "second_me", "-p", "bootstrap"]),
        ("import contracts", [str(environment.command("lint-imports")), "--no-logo"]),
    )
    # .dev holds the package as the build hook links it; without it mypy takes it for an installed one.
    variables = {**os.environ, "MYPYPATH": os.pathsep.join((str(root / ".dev"), str(root / "packaging")))}
    for name, command in steps:
        run = subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True)
        if run.returncode:
            say.tell((run.stdout + run.stderr).strip())
            say.tell(f"{name}: not clean. Mend the lines above, then check again.")
            return run.returncode
        say.tell(f"{name}: clean")
    return 0


def tests(root: Path, environment: Environment, arguments: Sequence[str]) -> int:
    """pytest's exit code. Its closing line is the last one that is written."""
    command = [str(environment.command("python")), "-m", "pytest", *arguments]
    if platform.system() != "Linux":
        return subprocess.run(command, cwd=root).returncode
    with screen.virtual_screen() as variables:
        return subprocess.run(["dbus-run-session", "--", *command], cwd=root, env=variables).returncode
