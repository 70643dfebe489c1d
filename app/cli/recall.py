"""`second-me recall`: the memories that answer a question. It changes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from second_me.app.cli.common import (
    DONE,
    NOTHING,
    connect,
    count,
    emit,
    one_of_text_and_batch,
    run_batch,
)
from second_me.app.service.client import Client
from second_me.app.words import tr

HELP = "find memories"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("text", nargs="?", help="what to look for")
    parser.add_argument("--batch", type=Path, help="a JSONL file of questions")
    parser.add_argument("--k", type=count, default=10, help="how many memories (1 to 1000)")
    parser.add_argument("--now", help="the time of asking, ISO 8601")
    parser.add_argument(
        "--deep", action="store_true", help="let the chat model read the best memories: seconds"
    )
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Recall for one text, or for each of a file."""
    if not one_of_text_and_batch(arguments):
        return NOTHING
    client = connect()
    try:
        if arguments.batch:
            return _batch(client, arguments)
        shape = client.call(
            "recall", text=arguments.text, k=arguments.k, now=arguments.now, deep=arguments.deep
        )
        _show(shape, arguments.json)
        return DONE
    finally:
        client.close()


def _batch(client: Client, arguments: argparse.Namespace) -> int:
    def answer(question: dict[str, Any]) -> None:
        shape = client.call(
            "recall", text=question["question"], k=arguments.k, id=question.get("id"),
            conversation=question.get("conversation"), now=question.get("now") or arguments.now,
            deep=arguments.deep,
        )  # fmt: skip
        _show(shape, arguments.json)

    return run_batch(arguments.batch, answer)


def _show(shape: dict[str, Any], as_json: bool) -> None:
    if as_json:
        emit(shape)
        return
    if not shape["memories"]:
        print(tr("Nothing you told me is near to that."))
    for memory in shape["memories"]:
        when = memory["time"][:10] if memory["time"] else tr("no date")
        print(f"{memory['memory_id']}  {when}  {memory['speaker']}: {memory['text']}")
