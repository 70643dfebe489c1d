"""`second-me audit`: what was done on the person's behalf, newest first."""

from __future__ import annotations

import argparse
from typing import Any

from second_me.app.cli.common import DONE, connect, count, emit
from second_me.app.words import tr

HELP = "what was told to others and filled into forms, withheld from them, and erased"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--limit", type=count, default=50, help="how many entries")
    parser.add_argument(
        "--action", help="only these: answer, fill, not_filled, undo, disclosure, clearance, contact, erase"
    )
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    client = connect()
    try:
        entries = client.call("audit.list", limit=arguments.limit, action=arguments.action)
    finally:
        client.close()
    for entry in entries:
        if arguments.json:
            emit(entry)
        else:
            _show(entry)
    return DONE


def _show(entry: dict[str, Any]) -> None:
    who = " ".join(part for part in (entry["asker"], entry["audience"] and f"({entry['audience']})") if part)
    print(f"{entry['time']}  {entry['action']}  {who}".rstrip())
    for row in entry["memories"]:
        said = (
            tr("told: {what}", what=row["text"]) if row["told"] else tr("withheld: {why}", why=row["reason"])
        )
        print(f"    {row['memory_id']}  {said}")
