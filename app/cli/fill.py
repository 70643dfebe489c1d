"""`second-me fill`: what would be put into the fields of a page, and where it is known from. It changes nothing and
tells nobody: the page is a file of this machine.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from second_me.app.cli.common import connect, emit, say
from second_me.app.cli.facts import wait_for_reader
from second_me.app.cli.pages import named, run_pages
from second_me.app.words import tr
from second_me.core.acting.forms import Form

HELP = "what would be filled into a page, and from which memory"
KEYS = (
    "index", "id", "name", "type", "confidence", "label", "value", "source_ids", "why",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("pages", nargs="+", metavar="PAGE", help="a file of HTML; - reads stdin")
    parser.add_argument("--json", action="store_true", help="JSON on stdout, one object a field")


def run(arguments: argparse.Namespace) -> int:
    """Look up what each page asks for, once everything that was said is read."""
    client = connect()
    try:
        wait_for_reader(client)

        def show(path: str, form: Form) -> None:
            if not form.fields:
                say(tr("{path} has no fields.", path=path))
                return
            for row in client.call("fill.preview", form=asdict(form))["rows"]:
                if arguments.json:
                    emit({**{key: known(row)[key] for key in KEYS}, **named(path, arguments.pages)})
                else:
                    print(line(known(row)))

        return run_pages(arguments.pages, show)
    finally:
        client.close()


def known(row: dict[str, Any]) -> dict[str, Any]:
    """A row with a value only where one is known: what is doubtful is not."""
    if row["ticked"] or row["decision"] in ("draft", "occupied"):
        return row
    return {**row, "value": None, "source_ids": []}


def line(row: dict[str, Any]) -> str:
    """A row for people."""
    value = row["shown"] if row["value"] is not None else "—"
    return f"{row['index']:>3}  {row['label'] or row['name']}: {value}  ({row['why']})"
