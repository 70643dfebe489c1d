"""`second-me remember`: keep something, word for word."""

from __future__ import annotations

import argparse

from second_me.app.cli.common import DONE, connect, emit

HELP = "remember something"
VECTOR_SECONDS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("text", help="what to remember")
    parser.add_argument("--time", help="when it was said, ISO 8601; now by default")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Store one memory; its id is the output."""
    client = connect()
    try:
        kept = client.call("remember", text=arguments.text, time=arguments.time)
        if arguments.json:
            emit(kept)
        else:
            print(kept["memory_id"], flush=True)
        client.call("vectors.wait", timeout=VECTOR_SECONDS)
        return DONE
    finally:
        client.close()
