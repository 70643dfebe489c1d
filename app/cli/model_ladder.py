"""`second-me model ladder`: makes a model's size ladder in a process of its own, which may be stopped."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from typing import Any

from second_me.app.cli.common import DONE, NOTHING, emit, say
from second_me.app.cli.model_fetch import Progress, stopped_gently
from second_me.app.cli.model_shelf import tell_running_service
from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr

PATIENCE = 20.0
"""Seconds that the maker is given to end by itself."""


def ladder(arguments: argparse.Namespace) -> int:
    """Make the ladder of a model, of the one in use where none is named."""
    from second_me.app.model_wiring import ladder_command, model_library

    layout = HomeLayout(home_folder())
    library = model_library(layout)
    source = library.chat_model(arguments.name) if arguments.name else library.files()[0]
    if source is None:
        raise RemoteFault(
            "model_absent", tr("There is no model here yet."), tr("Run: second-me model fetch starter")
        )
    with stopped_gently():
        told = follow(ladder_command(layout, source, arguments.variant), Progress(arguments.progress_json))
    if told is None:
        say(tr("\nStopped. What is made already is kept: the same command goes on."))
        return NOTHING
    if "what" in told:
        raise RemoteFault(
            str(told.get("code", "model_failed")), str(told["what"]), str(told.get("action", ""))
        )
    tell_running_service()
    if arguments.json:
        emit({"source": str(source), "ladders": str(library.ladders)})
    else:
        print(tr("The size ladder of {file} is made.", file=source.name))
    return DONE


def follow(command: list[str], progress: Progress) -> dict[str, Any] | None:
    """Run the maker, pass its progress on. None when it was stopped; its fault when it failed; else {}."""
    failed: dict[str, Any] = {}
    with tempfile.TemporaryFile() as errors:
        maker = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
            encoding="utf-8", errors="replace", start_new_session=sys.platform != "win32",
        )  # fmt: skip
        try:
            assert maker.stdout is not None
            for line in maker.stdout:
                failed = _report(line, progress) or failed
            maker.wait()
        except KeyboardInterrupt:
            return None
        finally:
            _end(maker)
            progress.end()
        if maker.returncode and not failed:
            errors.seek(0)
            last = errors.read().decode("utf-8", "replace").strip().splitlines()[-1:]
            failed = {
                "code": "model_failed",
                "what": tr("The size ladder could not be made."),
                "action": "".join(last),
            }
    return failed


def _report(line: str, progress: Progress) -> dict[str, Any] | None:
    """Pass a line of progress on; a fault is handed back."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    if isinstance(told.get("error"), dict):
        return dict(told["error"])
    if {"phase", "done"} <= told.keys():
        progress.count(
            str(told["phase"]),
            int(told["done"]),
            told.get("total"),
            told.get("seconds_left"),
            _shown(told["phase"]),
        )
    return None


def _shown(phase: object) -> str:
    """What the maker does, for people."""
    return {
        "importance": tr("Reading sample text"),
        "errors": tr("Comparing sizes"),
        "sensitivity": tr("Measuring which layers matter"),
        "rungs": tr("Writing the ladder"),
        "quality": tr("Measuring quality"),
    }.get(str(phase), tr("Making the ladder"))


def _end(maker: subprocess.Popen[str]) -> None:
    """The maker ends when nothing holds its stdin any more."""
    if maker.poll() is None:
        if maker.stdin is not None:
            maker.stdin.close()
        try:
            maker.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            maker.kill()
            maker.wait()
    for stream in (maker.stdin, maker.stdout):
        if stream is not None:
            stream.close()
