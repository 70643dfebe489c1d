"""`second-me contradictions`: pairs of facts that cannot both be true. It changes nothing."""

from __future__ import annotations

import argparse
from typing import Any

from second_me.app.cli.common import DONE, connect, emit, say
from second_me.app.cli.facts import KEYS, wait_for_reader
from second_me.app.words import tr

HELP = "what you said that cannot both be true"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """List the contradictions that were not settled yet."""
    client = connect()
    try:
        wait_for_reader(client)
        found = client.call("contradictions.list")
    finally:
        client.close()
    for pair in found:
        if arguments.json:
            emit({side: {key: pair[side][key] for key in (*KEYS, "said_at")} for side in ("first", "second")})
        else:
            print(_line(pair["first"]) + "\n" + _line(pair["second"]) + "\n")
    if not found:
        say(tr("Nothing that you said contradicts itself."))
    return DONE


def _line(fact: dict[str, Any]) -> str:
    said = fact["said_at"][:10] if fact["said_at"] else tr("no date")
    return f"{said}  {fact['quote']}  {fact['memory_id']}"
