"""`second-me erase`: erase memories now and for good, with a receipt."""

from __future__ import annotations

import argparse

from second_me.app.cli.common import DONE, NOTHING, PARTLY, connect, emit, say
from second_me.app.words import tr, trn

HELP = "erase memories for good"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("memory_id", nargs="+", help="ids of memories")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Erase, and say what went."""
    client = connect()
    try:
        receipt = client.call("memory.erase", memory_ids=arguments.memory_id)
    finally:
        client.close()
    if arguments.json:
        emit(receipt)
    else:
        print(trn("Erased {n} memory", "Erased {n} memories", len(receipt["memories"])) + tr(
            ", {answers} answers made from them, {vectors} vectors, {titles} titles.",
            answers=len(receipt["answers"]), vectors=receipt["vectors"], titles=receipt["titles"],
        ))  # fmt: skip
    for missing in receipt["missing"]:
        say(tr("There is no memory {id}.", id=missing))
    if not receipt["memories"]:
        return NOTHING
    return PARTLY if receipt["missing"] else DONE
