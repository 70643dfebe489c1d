"""`second-me model`: the model in use, what there is, choosing, fetching, ladders, removing."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable
from typing import Any

from second_me.app.cli.common import DONE, NOTHING, emit, say
from second_me.app.cli.model_fetch import fetch
from second_me.app.cli.model_ladder import ladder
from second_me.app.cli.model_shelf import choose, listing, remove
from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

HELP = "the model in use; choosing, fetching and removing models"
NAMED = ("use", "fetch", "remove")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("action", nargs="?", choices=["status", *_ACTIONS], default="status")
    parser.add_argument(
        "name", nargs="?", help="a model's name or the path of its file; for fetch: starter, or a name"
    )
    parser.add_argument(
        "--variant",
        action="append",
        default=[],
        metavar="FILE",
        help="for ladder: the same model in another type, used where it lies",
    )
    parser.add_argument("--yes", action="store_true", help="for remove: ask nothing")
    parser.add_argument("--progress-json", action="store_true", help="progress as JSON lines on stderr")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Show the model of this home, or do something about it."""
    action = _ACTIONS.get(arguments.action)
    if action is None:
        return _tell_status(arguments)
    if arguments.action in NAMED and not arguments.name:
        say(tr("Which one? See what there is: second-me model list"))
        return NOTHING
    try:
        return action(arguments)
    except EnvironmentFault as fault:
        raise RemoteFault(fault.code, fault.what, fault.action) from None


_ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": listing,
    "use": choose,
    "fetch": fetch,
    "ladder": ladder,
    "remove": remove,
}


def _tell_status(arguments: argparse.Namespace) -> int:
    shape = _status()
    if arguments.json:
        emit(shape)
    elif shape["state"] == "absent":
        print(tr("No models here. Get the starter models with: second-me model fetch starter"))
    else:
        held, size = shape["resident_bytes"] // 1_000_000, shape["bytes"] // 1_000_000
        print(tr("{name}: {file} ({mb} MB)", name=shape["name"], file=shape["file"], mb=size))
        print(tr("{mb} MB of it are in use now.", mb=held) if held else tr("It is not loaded now."))
    return DONE


def _status() -> dict[str, Any]:
    """`model.status` of the service that runs unlocked, else what lies on the disk."""
    with contextlib.suppress(RemoteFault):
        client = Client.connect(home_folder(), "cli", start=False)
        try:
            shape: dict[str, Any] = client.call("model.status")
            return shape
        finally:
            client.close()
    from second_me.app.model_wiring import model_at_rest

    return model_at_rest(HomeLayout(home_folder()))
