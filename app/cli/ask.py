"""`second-me ask`: a question, an answer with its citations."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from second_me.app.cli.common import (
    DONE,
    NOTHING,
    connect,
    emit,
    one_of_text_and_batch,
    run_batch,
    say,
)
from second_me.app.service.client import Client
from second_me.app.words import tr
from second_me.core.disclosure.levels import Audience

HELP = "ask something"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("text", nargs="?", help="the question")
    parser.add_argument("--batch", type=Path, help="a JSONL file of questions; nothing is stored")
    parser.add_argument("--now", help="the time of asking, ISO 8601")
    parser.add_argument("--no-model", action="store_true", help="answer with the memories themselves")
    parser.add_argument(
        "--deep", action="store_true", help="let the chat model read the best memories: seconds"
    )
    parser.add_argument("--audience", choices=[*Audience], help="who asks: only what they may know is told")
    parser.add_argument("--asker", help="by what name; whom you have mapped is that audience")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Ask one question, or each of a file."""
    if not one_of_text_and_batch(arguments):
        return NOTHING
    client = connect()
    try:
        if arguments.batch:
            return _batch(client, arguments)
        shape = client.call(
            "ask", text=arguments.text, now=arguments.now, no_model=arguments.no_model, deep=arguments.deep,
            store=True, **_who(arguments),
        )  # fmt: skip
        _show(shape, arguments.json)
        return DONE
    finally:
        client.close()


def _who(arguments: argparse.Namespace) -> dict[str, Any]:
    """Who asks, as far as it was said."""
    said = {"audience": arguments.audience, "asker": arguments.asker}
    return {key: value for key, value in said.items() if value is not None}


def _batch(client: Client, arguments: argparse.Namespace) -> int:
    def answer(question: dict[str, Any]) -> None:
        shape = client.call(
            "ask", text=question["question"], id=question.get("id"), conversation=question.get("conversation"),
            now=question.get("now") or arguments.now, no_model=arguments.no_model, deep=arguments.deep,
            **_who(arguments),
        )  # fmt: skip
        _show(shape, arguments.json)

    return run_batch(arguments.batch, answer)


def _show(shape: dict[str, Any], as_json: bool) -> None:
    if "failed" in shape:
        say(f"{shape['failed']['text']} {shape['failed']['action']}".strip())
    if as_json:
        emit({key: value for key, value in shape.items() if key != "failed"})
        return
    print(shape["answer"])
    if shape["source"] == "model":
        for cited in shape["citations"]:
            when = f", {cited['time'][:10]}" if cited["time"] else ""
            print(f"  [{cited['n']}] {cited['speaker']}{when}: “{cited['quote']}”")
    if shape["source"] == "general":
        print(tr("  (the model's own words, not from your memories)"))
