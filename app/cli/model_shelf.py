"""`second-me model list|use|remove`: what there is, which one is used, and taking our own files away."""

from __future__ import annotations

import argparse
import contextlib
import sys
from typing import Any

from second_me.app.cli.common import DONE, NOTHING, emit, say
from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr

MB = 1_000_000
YES = ("y", "yes")


def listing(arguments: argparse.Namespace) -> int:
    """Every model of this computer and of the catalogue."""
    from second_me.app.model_wiring import list_models

    rows = list_models(HomeLayout(home_folder()))
    for row in rows:
        if arguments.json:
            emit(row)
        else:
            print(_line(row))
    return DONE


def _line(row: dict[str, Any]) -> str:
    mark = "*" if row["in_use"] else " "
    size = tr("{mb} MB", mb=row["bytes"] // MB) if row["bytes"] else ""
    facts = ", ".join(
        fact for fact in (row["source"], row["role"], row["quantization"], size, row["licence"]) if fact
    )
    return f"{mark} {printable(row['name'])} ({printable(facts)})\n    {printable(row['why'])}"


def printable(text: str) -> str:
    """A name from somebody's file, without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def choose(arguments: argparse.Namespace) -> int:
    """Use another chat model from now on."""
    from second_me.app.model_wiring import model_library

    layout = HomeLayout(home_folder())
    path = model_library(layout).choose(arguments.name)
    tell_running_service()
    if arguments.json:
        emit({"chat": str(path)})
    else:
        print(tr("Answers are written by {file} from now on.", file=path.name))
        if model_library(layout).files()[1] is None:
            say(tr("The starter's embedder is not here; recall needs it: second-me model fetch starter"))
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Take one of our own models away, and its ladder; never another app's file."""
    from second_me.app.model_wiring import model_library

    library = model_library(HomeLayout(home_folder()))
    if library.is_own(arguments.name) and not arguments.yes and not _agreed(arguments.name):
        return NOTHING
    taken = library.remove(arguments.name)
    tell_running_service()
    if arguments.json:
        emit({"removed": arguments.name, "bytes": taken})
    else:
        print(tr("{name} is removed; {mb} MB are free again.", name=arguments.name, mb=taken // MB))
    return DONE


def _agreed(name: str) -> bool:
    if not sys.stdin.isatty():
        say(tr("Nothing was removed. Say --yes where nobody can be asked."))
        return False
    print(tr("Remove {name} from this computer? [y/N] ", name=name), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in YES


def tell_running_service() -> None:
    """A service that runs takes the new files at once; a locked or absent one finds them later."""
    with contextlib.suppress(RemoteFault):
        client = Client.connect(home_folder(), "cli", start=False)
        with contextlib.suppress(RemoteFault):
            client.call("model.reload")
        client.close()
