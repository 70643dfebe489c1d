"""`second-me erase`: erase memories now and for good, with a receipt."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import Any

from second_me.app import erasure_words
from second_me.app.cli.common import DONE, NOTHING, PARTLY, connect, emit, say
from second_me.app.words import tr, trn

HELP = "erase memories for good"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("memory_id", nargs="*", help="ids of memories")
    parser.add_argument(
        "--conversation", metavar="NAME", action="append", default=[], help="all of a conversation"
    )
    parser.add_argument("--person", metavar="NAME", help="what this person said, and the facts about them")
    parser.add_argument(
        "--mentioning", action="store_true", help="also what others said with that name in it"
    )
    parser.add_argument("--from", dest="after", metavar="ISO", help="what was said from then on")
    parser.add_argument(
        "--to", dest="before", metavar="ISO", help="what was said until then; a day as a whole"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would go")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Erase, and say what went."""
    wanted = _selection(arguments)
    if not wanted:
        say(tr("Name memories, a conversation, a person or a period."))
        return NOTHING
    if arguments.mentioning and not arguments.person:
        say(tr("--mentioning goes with --person NAME."))
        return NOTHING
    client = connect()
    try:
        receipt = client.call("memory.preview_erasure" if arguments.dry_run else "memory.erase", **wanted)
    finally:
        client.close()
    if arguments.json:
        emit(receipt)
    elif not erasure_words.nothing(receipt):
        _tell(arguments, receipt)
    _tell_missing(arguments, receipt)
    if erasure_words.nothing(receipt):
        say(tr("There is nothing to erase."))
        return NOTHING
    return PARTLY if receipt["missing"] else DONE


def _selection(arguments: argparse.Namespace) -> dict[str, Any]:
    given = {
        "memory_ids": arguments.memory_id,
        "conversations": arguments.conversation,
        "person": arguments.person,
        "after": arguments.after,
        "before": _until(arguments.before),
    }
    wanted = {name: value for name, value in given.items() if value}
    return wanted | ({"mentioning": True} if wanted and arguments.mentioning else {})


def _until(text: str | None) -> str | None:
    """A day is meant with all its hours."""
    try:
        return (date.fromisoformat(text) + timedelta(days=1)).isoformat() if text else None
    except (ValueError, OverflowError):
        return text


def _tell_missing(arguments: argparse.Namespace, receipt: dict[str, Any]) -> None:
    for name in receipt["missing"]:
        if name in arguments.conversation:
            say(tr("There is no conversation {name}.", name=name))
        else:
            say(tr("There is no memory {id}.", id=name))


def _tell(arguments: argparse.Namespace, receipt: dict[str, Any]) -> None:
    parts = [erasure_words.memories(receipt), *erasure_words.along(receipt)]
    if receipt["vectors"]:
        parts.append(trn("{n} vector", "{n} vectors", receipt["vectors"]))
    what = ", ".join(parts)
    print(tr("Would erase {what}.", what=what) if arguments.dry_run else tr("Erased {what}.", what=what))
    print(erasure_words.remaining(receipt))
    if receipt["mentions"]:
        one, many = "{n} memory of others mentions {name}.", "{n} memories of others mention {name}."
        print(trn(one, many, receipt["mentions"], name=arguments.person))
        print(tr("With --mentioning they go, too."))
