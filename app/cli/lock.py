"""`second-me lock`: lock now; the service's process ends, and keys and texts with it."""

from __future__ import annotations

import argparse
import threading

from second_me.app.cli.common import DONE, emit
from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr

HELP = "lock now"
END_SECONDS = 10.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Mark the home as locked and end its service, if one runs."""
    home = home_folder()
    try:
        client = Client.connect(home, "cli", start=False)
    except RemoteFault as fault:
        if fault.code != "no_service":
            raise
        if HomeLayout(home).vault.is_dir():
            HomeLayout(home).locked_marker.touch()
    else:
        gone = threading.Event()
        client.subscribe(lambda method, params: gone.set() if method == "closed" else None)
        client.call("vault.lock")
        gone.wait(END_SECONDS)
    if arguments.json:
        emit({"state": "locked"})
    else:
        print(tr("Locked."))
    return DONE
