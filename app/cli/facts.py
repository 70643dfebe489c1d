"""`second-me facts`: what is true of you and of people you told of, with its source. It changes nothing."""

from __future__ import annotations

import argparse
from typing import Any

from second_me.app.cli.common import DONE, connect, emit, say
from second_me.app.service.client import Client
from second_me.app.words import tr

HELP = "what is true, since when, and where you said it"
KEYS = (
    "subject", "slot", "value", "valid_from", "valid_to", "memory_id", "source_id", "quote", "start", "end",
)  # fmt: skip
WAIT_SECONDS = 600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--about", metavar="SUBJECT", help="me, or a name; without it everybody")
    parser.add_argument("--at", metavar="ISO", help="what was true at that time, ISO 8601")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """List the facts, once everything that was said is read."""
    client = connect()
    try:
        wait_for_reader(client)
        found = client.call("facts.list", subject=arguments.about, at=arguments.at)
    finally:
        client.close()
    for fact in found:
        if arguments.json:
            emit({key: fact[key] for key in KEYS})
        else:
            print(line(fact))
    if not found:
        say(tr("No facts are known."))
    return DONE


def wait_for_reader(client: Client) -> None:
    """Return when everything that was said is read for facts; says so when it takes too long."""
    if not client.call("facts.wait", timeout=WAIT_SECONDS)["read"]:
        say(tr("Not everything that you said has been read yet."))


def line(fact: dict[str, Any]) -> str:
    """A fact for people."""
    return f"{fact['subject']}  {fact['slot']}: {fact['value']}  ({when(fact)})  {fact['memory_id']}"


def when(fact: dict[str, Any]) -> str:
    """Since when and until when, in words."""
    start, end = (fact[key][:10] if fact[key] else None for key in ("valid_from", "valid_to"))
    if fact["state"] == "wrong":
        return tr("was wrong")
    if start and end:
        return tr("{start} to {end}", start=start, end=end)
    if end:
        return tr("until {end}", end=end)
    return tr("since {start}", start=start) if start else tr("no date")
