"""`second-me service`: the process that owns the vault. Started by the window and the commands."""

from __future__ import annotations

import argparse

HELP = "run the service (started by itself when needed)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Serve until it is time to end."""
    from second_me.app.service.main import main

    return main()
