"""What commands share: unlocking, exit codes, output, batches."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.client import PASSPHRASE_VARIABLE, Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr

DONE, PARTLY, NOTHING, LOCKED = 0, 1, 2, 3
"""Exit codes of the contract."""

_LOCKED_CODES = frozenset(
    ("locked", "wrong_passphrase", "wrong_recovery_key", "mistyped_recovery_key", "no_vault")
)


def exit_code(fault: RemoteFault) -> int:
    """The exit code that a fault means."""
    return LOCKED if fault.code in _LOCKED_CODES else NOTHING


def say(text: str) -> None:
    """A message for the person, on stderr."""
    print(text, file=sys.stderr, flush=True)


def tell_fault(fault: RemoteFault) -> None:
    """What happened and what to do, on stderr."""
    say(f"{fault.what} {fault.action}".strip())


def emit(value: Any) -> None:
    """One JSON object on stdout."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def connect() -> Client:
    """A client of the unlocked service of this home; starts a service where there is none.

    The passphrase comes from SECOND_ME_PASSPHRASE (which also makes a new vault where there is none) or is
    asked for in a terminal. Raises RemoteFault.
    """
    home = home_folder()
    passphrase = os.environ.get(PASSPHRASE_VARIABLE)
    if HomeLayout(home).locked_marker.exists() and not passphrase and not sys.stdin.isatty():
        raise RemoteFault(
            "locked", tr("Second Me is locked."), tr("Unlock it in its window, or in a terminal.")
        )
    client = Client.connect(home, "cli")
    try:
        _unlock(client, passphrase)
    except BaseException:
        client.close()
        raise
    return client


def _unlock(client: Client, passphrase: str | None) -> None:
    if client.state == "absent":
        if not passphrase:
            raise RemoteFault(
                "no_vault",
                tr("There is no vault yet."),
                tr("Start second-me to make one, or set SECOND_ME_PASSPHRASE."),
            )
        made = client.call("vault.create", passphrase=passphrase)
        say(tr("A new vault was made. Its recovery key, shown only now: {key}", key=made["recovery_key"]))
    elif passphrase:
        client.call("vault.unlock", passphrase=passphrase)
    elif client.state == "locked":
        if not sys.stdin.isatty():
            raise RemoteFault(
                "locked", tr("Second Me is locked."), tr("Set SECOND_ME_PASSPHRASE, or unlock it.")
            )
        client.call("vault.unlock", passphrase=getpass.getpass(tr("Passphrase: ")))


def batch_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """(line number, question) of a JSONL file; None for a line that is no question. Raises RemoteFault."""
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _question(line)
    except OSError as error:
        raise RemoteFault(
            "unreadable_file", tr("{path} cannot be read: {why}.", path=path, why=error.strerror or "")
        ) from None


def run_batch(path: Path, answer: Callable[[dict[str, Any]], None]) -> int:
    """Answer each question of a file; a line that is none is named and passed over. The exit code.

    Raises RemoteFault for all but a question that the service cannot mean.
    """
    done = refused = 0
    for number, question in batch_lines(path):
        try:
            if question is None:
                raise RemoteFault("bad_parameters", tr("not a question."))
            answer(question)
            done += 1
        except RemoteFault as fault:
            if fault.code != "bad_parameters":
                raise
            refused += 1
            say(tr("{path}, line {n}: {why}", path=path, n=number, why=fault.what))
    return (PARTLY if refused else DONE) if done else NOTHING


def _question(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    good = isinstance(found, dict) and isinstance(found.get("question"), str) and found["question"].strip()
    return found if good else None


def count(text: str) -> int:
    """An argparse type: a number from 1 to 1000."""
    value = int(text)
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError(tr("a number from 1 to 1000"))
    return value


def one_of_text_and_batch(arguments: argparse.Namespace) -> bool:
    """Whether exactly one of TEXT and --batch was given; says so when not."""
    if bool(arguments.text) == bool(arguments.batch):
        say(tr("Give either a text or --batch FILE."))
        return False
    return True
