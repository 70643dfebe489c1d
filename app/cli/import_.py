"""`second-me import`: files of other apps into memory."""

from __future__ import annotations

import argparse
import queue
import sys
from typing import Any

from second_me.app.cli.common import DONE, NOTHING, PARTLY, connect, emit, say
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr

HELP = "import chats, notes and documents"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("paths", nargs="+", help="files or folders")
    parser.add_argument("--format", default="auto", help="auto, jsonl, plain, chatgpt, whatsapp or vcard")
    parser.add_argument("--me", help="your name in these files")
    parser.add_argument("--no-wait", action="store_true", help="return before the vectors are made")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Import, showing progress; what was refused is listed on stderr."""
    client = connect()
    try:
        done = import_paths(client, arguments.paths, arguments.format, arguments.me, not arguments.no_wait)
    finally:
        client.close()
    if arguments.json:
        emit({key: done[key] for key in ("added", "already", "refused", "cancelled")})
    else:
        print(tr("{added} remembered, {already} were known.", added=done["added"], already=done["already"]))
    for bad in done["refused"]:
        place = f"{bad['path']}, line {bad['line']}: " if bad["line"] else ""
        say(place + bad["reason"])
    if done["refused"]:
        return PARTLY if done["added"] or done["already"] else NOTHING
    return DONE


def import_paths(client: Client, paths: list[str], form: str, me: str | None, wait: bool) -> dict[str, Any]:
    """Run an import to its end; the parameters of `import.done`. Raises RemoteFault."""
    from pathlib import Path

    heard: queue.SimpleQueue[tuple[str, dict[str, Any]]] = queue.SimpleQueue()
    client.subscribe(lambda method, params: heard.put((method, params)))
    absolute = [str(Path(path).absolute()) for path in paths]
    job = client.call("import.start", paths=absolute, format=form, me=me, wait=wait)["job"]
    while True:
        method, params = heard.get()
        if method == "closed":
            raise RemoteFault(
                "closed", tr("The service ended during the import."), tr("Import again: nothing is doubled.")
            )
        if params.get("job") != job:
            continue
        if method == "import.done":
            _line("")
            return params
        if method == "import.progress":
            _line(_progress(params))


def _progress(params: dict[str, Any]) -> str:
    share = 100 * params["done"] // max(1, params["total"])
    phase = tr("reading") if params["phase"] == "reading" else tr("learning what it means")
    left = params["seconds_left"]
    return f"{phase}: {share} %" + (tr(", about {n} s left", n=round(left)) if left is not None else "")


def _line(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
