"""`second-me terminal`: a conversation in the terminal; what `second-me` is where there is no display."""

from __future__ import annotations

import argparse
import getpass
import os
import queue
import sys
from typing import Any

from second_me.app.cli.common import DONE, LOCKED, PARTLY, say, tell_fault
from second_me.app.cli.common import connect as connect_unlocked
from second_me.app.cli.import_ import import_paths
from second_me.app.paths import home_folder
from second_me.app.service.client import PASSPHRASE_VARIABLE, Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr

HELP = "talk in the terminal"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Unlock or make the vault, then talk until the end of the input."""
    client = _enter()
    if client is None:
        return LOCKED
    try:
        return Conversation(client).hold()
    finally:
        client.close()


def _enter() -> Client | None:
    if os.environ.get(PASSPHRASE_VARIABLE) or not sys.stdin.isatty():
        return connect_unlocked()
    client = Client.connect(home_folder(), "cli")
    if client.state == "absent":
        return _make_vault(client)
    if client.state == "unlocked":
        return client
    for _ in range(3):
        try:
            client.call("vault.unlock", passphrase=getpass.getpass(tr("Passphrase: ")))
            return client
        except RemoteFault as fault:
            tell_fault(fault)
            if fault.code != "wrong_passphrase":
                break
    client.close()
    return None


def _make_vault(client: Client) -> Client | None:
    print(tr("Your memories will be encrypted on this computer. Choose a passphrase."))
    for _ in range(3):
        first = getpass.getpass(tr("Passphrase: "))
        if first != getpass.getpass(tr("The same again: ")):
            say(tr("These were two different ones."))
            continue
        try:
            made = client.call("vault.create", passphrase=first)
        except RemoteFault as fault:
            tell_fault(fault)
            continue
        print(tr("Write down your recovery key. It opens the vault if you forget the passphrase,"))
        print(tr("and it is shown only now:"))
        print(f"\n    {made['recovery_key']}\n")
        return client
    client.close()
    return None


class Conversation:
    """A talk in the terminal: streamed answers, the memories first."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._heard: queue.SimpleQueue[tuple[str, dict[str, Any]]] = queue.SimpleQueue()
        client.subscribe(lambda method, params: self._heard.put((method, params)))
        self._name = client.call("talk.create")["conversation"]
        self._faults = 0

    def hold(self) -> int:
        """Read and answer lines until the end; the exit code."""
        if sys.stdin.isatty():
            print(tr("Ask, tell, or /import FILE. /help shows more, /quit leaves."))
        while True:
            try:
                line = input("> " if sys.stdin.isatty() else "")
            except (EOFError, KeyboardInterrupt):
                print()
                return PARTLY if self._faults else DONE
            if line.strip() in ("/quit", "/exit"):
                return PARTLY if self._faults else DONE
            if line.strip():
                self._take(line.strip())

    def _take(self, line: str) -> None:
        try:
            if line.startswith("/"):
                self._order(line)
            else:
                self._ask(line)
        except RemoteFault as fault:
            self._faults += 1
            tell_fault(fault)

    def _order(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "/import" and rest:
            done = import_paths(self._client, [os.path.expanduser(rest.strip())], "auto", None, True)  # noqa: PTH111
            print(
                tr("{added} remembered, {already} were known.", added=done["added"], already=done["already"])
            )
            for bad in done["refused"]:
                say(f"{bad['path']}, line {bad['line']}: {bad['reason']}" if bad["line"] else bad["reason"])
        elif word == "/new":
            self._name = self._client.call("talk.create")["conversation"]
        else:
            print(
                tr("/import FILE   remember a file\n/new           a new conversation\n/quit          leave")
            )

    def _ask(self, text: str) -> None:
        turn = self._client.call("talk.send", conversation=self._name, text=text)["turn"]
        pieces: list[str] = []
        try:
            while True:
                method, params = self._heard.get()
                if method == "closed":
                    raise RemoteFault("closed", tr("The service ended."), tr("Start second-me again."))
                if params.get("turn") == turn and self._show(method, params, pieces):
                    return
        except KeyboardInterrupt:
            self._client.call("talk.stop", turn=turn)
            print()

    def _show(self, method: str, params: dict[str, Any], pieces: list[str]) -> bool:
        """Show one notification; True when the turn has ended."""
        if method == "turn.recalled":
            for found in params["memories"][:3]:
                if found["strength"] >= 0.5:
                    when = f", {found['time'][:10]}" if found["time"] else ""
                    print(_muted(f"  {_name(found)}{when}: {found['quote']}"))
        elif method == "turn.token":
            pieces.append(params["text"])
            print(params["text"], end="", flush=True)
        elif method in ("turn.done", "turn.failed"):
            self._end(method, params, "".join(pieces))
            return True
        return False

    def _end(self, method: str, params: dict[str, Any], streamed: str) -> None:
        if method == "turn.failed":
            print()
            say(f"{params['text']} {params['action']}".strip())
        answer = params.get("answer")
        if answer is None:
            return
        if streamed and sys.stdout.isatty():
            rows = sum(1 + len(row) // 80 for row in streamed.split("\n"))
            print("\r" + "\x1b[1A\x1b[2K" * (rows - 1) + "\x1b[2K", end="")
        elif streamed:
            print()
        print(answer["text"])
        if answer["source"] == "general":
            print(_muted(tr("  (the model's own words, not from your memories)")))
        if answer["source"] == "model":
            for cited in answer["citations"]:
                when = f", {cited['time'][:10]}" if cited["time"] else ""
                print(_muted(f"  [{cited['n']}] {cited['speaker']}{when}: “{cited['quote']}”"))


def _name(memory: dict[str, Any]) -> str:
    return tr("You") if memory["role"] == "person" else str(memory["speaker"])


def _muted(text: str) -> str:
    return f"\x1b[2m{text}\x1b[0m" if sys.stdout.isatty() else text
