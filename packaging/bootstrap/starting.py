"""The command `start.py`: from a bare checkout to the open window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap import pythons, say, system

USAGE = """usage: python3 start.py [anything that the command second-me takes]

Opens Second Me; without a display, a conversation in the terminal. The first start makes an environment in
.venv, builds llama.cpp (about 12 minutes on two cores) and fetches the starter models. Later starts need no
network. With arguments it runs that command instead, for example:  python3 start.py ask "Where did I park?"
"""


def with_right_python(root: Path, script: str) -> None:
    """Go on in this process when its Python is in range, else start `script` again with one that is."""
    if pythons.in_range(sys.version_info[:2]):
        return
    found = pythons.find()
    if found is None:
        say.tell("This is Python {}.{}.".format(*sys.version_info[:2]))
        system.obtain([system.python_need(lambda: pythons.find() is not None)])
        found = str(pythons.find())
    again = [found, str(root / script), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(again).returncode)
    os.execv(found, again)


def start(root: Path, arguments: Sequence[str]) -> int:
    """See that everything is there, then become `second-me`. Returns its exit code. Raises Fault."""
    if list(arguments[:1]) in (["--help"], ["-h"]):
        print(USAGE, end="")
        return 0
    with_right_python(root, "start.py")
    from bootstrap.environment import Environment, second_me  # needs the newer Python

    if system.has_screen():
        system.obtain(system.qt())
    environment = Environment(root)
    environment.make(dev=False)
    fetch_models(environment.command("second-me"))
    return second_me(environment, arguments)


def fetch_models(second_me: Path) -> None:
    """Fetch and convert the starter models where they are absent; without them Second Me still opens."""
    fetch = [str(second_me), "model", "fetch", "starter"]
    # Its progress and its faults are on stderr; stdout belongs to the command that follows.
    if subprocess.run(fetch, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
        say.tell(
            "The starter models are not there yet; why stands above. Second Me opens without them and "
            "answers with your memories themselves. The next start tries again."
        )
