"""`second-me pin`: memories that never fade."""

from __future__ import annotations

import argparse

from second_me.app.cli.common import DONE, NOTHING, PARTLY, connect, emit, say
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr, trn

HELP = "hold memories, so that they never fade"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("memory_id", nargs="+", help="ids of memories")
    parser.add_argument("--off", action="store_true", help="hold them no more")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Pin each, or let each go."""
    pinned, missing = list[str](), list[str]()
    client = connect()
    try:
        for memory_id in dict.fromkeys(arguments.memory_id):
            try:
                client.call("life.pin", memory_id=memory_id, pinned=not arguments.off)
                pinned.append(memory_id)
            except RemoteFault as fault:
                if fault.code != "not_found":
                    raise
                missing.append(memory_id)
    finally:
        client.close()
    if arguments.json:
        emit({"memories": pinned, "pinned": not arguments.off, "missing": missing})
    elif arguments.off:
        print(trn("{n} memory may fade again.", "{n} memories may fade again.", len(pinned)))
    else:
        print(trn("{n} memory is pinned.", "{n} memories are pinned.", len(pinned)))
    for memory_id in missing:
        say(tr("There is no memory {id}.", id=memory_id))
    if not pinned:
        return NOTHING
    return PARTLY if missing else DONE
