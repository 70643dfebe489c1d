"""`second-me model`: the model in use; `model fetch starter` fetches the starter models."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from typing import Any

from second_me.app.cli.common import DONE, NOTHING, emit, say
from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

HELP = "the model in use, and fetching models"
NEWS_SECONDS = 0.3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("action", nargs="?", choices=["status", "fetch"], default="status")
    parser.add_argument("name", nargs="?", help="for fetch: starter")
    parser.add_argument("--progress-json", action="store_true", help="progress as JSON lines on stderr")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Show the models of this home, or fetch some."""
    if arguments.action == "fetch":
        return _fetch(arguments)
    shape = _status()
    if arguments.json:
        emit(shape)
    elif shape["state"] == "absent":
        print(tr("No models here. Get the starter models with: second-me model fetch starter"))
    else:
        held = shape["resident_bytes"] // 1_000_000
        print(
            tr(
                "{name}: {file} ({mb} MB)",
                name=shape["name"],
                file=shape["file"],
                mb=shape["bytes"] // 1_000_000,
            )
        )
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
    from second_me.app.wiring import model_at_rest

    return model_at_rest(HomeLayout(home_folder()))


class _Progress:
    """Progress on stderr: a line that changes in a terminal, JSON lines where a program reads."""

    def __init__(self, as_json: bool) -> None:
        self._as_json, self._told = as_json, 0.0

    def __call__(self, file: str, done: int, total: int | None) -> None:
        whole = total is not None and done >= total
        if not whole and time.monotonic() - self._told < NEWS_SECONDS:
            return
        self._told = time.monotonic()
        if self._as_json:
            print(json.dumps({"phase": file, "done": done, "total": total}), file=sys.stderr, flush=True)
        elif sys.stderr.isatty():
            of = f" of {total // 1_000_000}" if total else ""
            print(f"\r\x1b[K{file}: {done // 1_000_000}{of} MB", end="", file=sys.stderr, flush=True)


def _fetch(arguments: argparse.Namespace) -> int:
    if arguments.name != "starter":
        say(tr("What can be fetched: starter."))
        return NOTHING
    from second_me.app.wiring import fetch_models

    layout = HomeLayout(home_folder())
    try:
        found = fetch_models(layout, _Progress(arguments.progress_json))
    except EnvironmentFault as fault:
        raise RemoteFault(fault.code, fault.what, fault.action) from None
    if sys.stderr.isatty() and not arguments.progress_json:
        print("\r\x1b[K", end="", file=sys.stderr)
    _tell_running_service()
    if arguments.json:
        emit({"chat": str(found.chat), "embedder": str(found.embedder)})
    else:
        print(tr("The starter models are in {folder}.", folder=layout.models))
    return DONE


def _tell_running_service() -> None:
    """A service that runs takes the new files at once; a locked or absent one finds them later."""
    with contextlib.suppress(RemoteFault):
        client = Client.connect(home_folder(), "cli", start=False)
        with contextlib.suppress(RemoteFault):
            client.call("model.reload")
        client.close()
