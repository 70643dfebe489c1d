"""`second-me budget`: how much of this computer the model may hold, and what it holds now."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from second_me.app.cli.common import DONE, emit, say
from second_me.app.model_words import too_large_words
from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr

HELP = "how much of this computer the model may hold"
AUTO = "auto"
EVERY = 1.0
"""Seconds between two lines of --watch."""
MB = 1_000_000
MOST_BYTES = 1 << 50

_SIZE = re.compile(r"(\d{1,18}(?:\.\d{1,9})?)\s*([KMGT]?)B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 1_000, "M": MB, "G": 1_000 * MB, "T": 1_000_000 * MB}
_ELSEWHERE = frozenset(("no_service", "closed", "locked", "no_vault"))
"""Nobody answers who could know more than what lies on the disk."""

Shape = dict[str, Any]
Ask = Callable[[], Shape]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "size", nargs="?", type=size_of, metavar="BYTES",
        help="600M, 1.5G, 500000000; or auto: follow free memory",
    )  # fmt: skip
    parser.add_argument("--watch", action="store_true", help="a line a second, until Ctrl+C")
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def size_of(text: str) -> int | str:
    """An argparse type: "auto", or bytes in decimal units."""
    if text.strip().lower() == AUTO:
        return AUTO
    found = _SIZE.fullmatch(text.strip())
    size = int(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
    if not 0 < size <= MOST_BYTES:
        raise argparse.ArgumentTypeError(tr("{given} is no size; write 600M, 1.5G or auto", given=text))
    return size


def run(arguments: argparse.Namespace) -> int:
    """Choose a budget, show it, watch it."""
    with _desk() as desk:
        if arguments.size is not None:
            desk.choose(None if arguments.size == AUTO else arguments.size)
        if arguments.watch:
            return _watch(desk.ask, arguments.json)
        shape = desk.ask()
    if arguments.json:
        emit(shape)
        return DONE
    for line in lines_of(shape):
        print(line)
    if arguments.size not in (None, AUTO) and (warning := outside(arguments.size, shape)):
        say(warning)
    return DONE


class _Desk:
    """The service where one answers, else what lies on the disk."""

    def __init__(self, client: Client | None) -> None:
        self._client = client

    def ask(self) -> Shape:
        """`budget.status`."""
        from second_me.app.model_wiring import budget_at_rest

        found: Shape | None = self._call("budget.status")
        return budget_at_rest(HomeLayout(home_folder())) if found is None else found

    def choose(self, size: int | None) -> None:
        """Another budget, at once and from now on."""
        from second_me.app.model_wiring import keep_budget

        if self._call("budget.set", bytes=size) is None:
            keep_budget(HomeLayout(home_folder()), size)

    def _call(self, method: str, **params: Any) -> Shape | None:
        if self._client is None:
            return None
        try:
            answer: Shape = self._client.call(method, **params)
        except RemoteFault as fault:
            if fault.code not in _ELSEWHERE:
                raise
            return None
        return answer


@contextmanager
def _desk() -> Iterator[_Desk]:
    """No vault is needed: the choice and the model lie outside of it."""
    try:
        client = Client.connect(home_folder(), "cli", start=False)
    except RemoteFault as fault:
        if fault.code not in _ELSEWHERE:
            raise
        yield _Desk(None)
        return
    try:
        yield _Desk(client)
    finally:
        client.close()


def _watch(ask: Ask, as_json: bool) -> int:
    try:
        while True:
            shape = ask()
            if as_json:
                emit(shape)
            else:
                print(watched(shape), flush=True)
            time.sleep(EVERY)
    except KeyboardInterrupt:
        return DONE


def lines_of(shape: Shape) -> list[str]:
    """What a person is told."""
    if shape["state"] == "absent":
        return [
            tr("No model here. Get the starter with: second-me model fetch starter"),
            tr("Chosen: {choice}.", choice=choice_words(shape)),
        ]
    held, resident = sum(shape["held"].values()), shape["resident"]
    lines = []
    if held:
        lines.append(
            tr("Model memory: {held} of {full}, {choice}", held=mb(held), full=mb(shape["full"]),
               choice=choice_words(shape))
        )  # fmt: skip
        lines.append(
            tr("Resident now: weights {weights}, conversation {kv}, working buffers {compute}",
               weights=mb(resident["weights"]), kv=mb(resident["kv"]), compute=mb(resident["compute"]))
        )  # fmt: skip
    else:
        lines.append(tr("The model is not loaded now. Chosen: {choice}.", choice=choice_words(shape)))
    if shape["quality"] is not None and held:
        lines.append(tr("Quality: about {percent} % of full", percent=percent(shape["quality"])))
    if shape["experts"] is not None:
        lines.append(experts_words(shape["experts"]))
    lines += _range_of(shape)
    lines.append(tr("Free on this computer: {free}", free=mb(shape["free"])))
    return lines + [each for each in (shape["why"], _too_large(shape)) if each]


def experts_words(experts: Shape) -> str:
    """A mixture of experts: what of it is held, and how often the disk is asked."""
    size = mb(experts["bytes"])
    if experts["state"] == "whole":
        return tr("Experts: all {size} may be held", size=size)
    if experts["state"] == "refused":
        return tr("Experts: {size}, which cannot be read one by one", size=size)
    if experts["resident"] is None:
        return tr("Experts: up to {window} of {size} held, the rest read from the disk when it is chosen; "
                  "the answers are the same", window=mb(experts["window"]), size=size)  # fmt: skip
    words = tr("Experts: {held} of {size} held now, up to {window}; the answers are the same",
               held=mb(experts["resident"]), size=size, window=mb(experts["window"]))  # fmt: skip
    return words + (tr("; {read}", read=read_words(experts)) if experts["missing"] is not None else "")


def read_words(experts: Shape) -> str:
    """How many of the chosen experts were missing."""
    return tr(
        "{percent} % of the chosen ones were read from the disk", percent=round(100 * experts["missing"])
    )


def _too_large(shape: Shape) -> str:
    return too_large_words(shape, tr("Size steps could make it fit: second-me model ladder"))


def _range_of(shape: Shape) -> list[str]:
    if shape["lowest"] < shape["full"]:
        span = tr("From {lowest} to {full}", lowest=mb(shape["lowest"]), full=mb(shape["full"]))
        step = shape["step"]
        return [span + (tr(", in steps of at most {step}", step=mb(max(MB, step["bytes"]))) if step else "")]
    lines = [tr("It has one size only: {full}.", full=mb(shape["full"]))]
    if shape["ladder"] == "none" and not _too_large(shape):
        lines.append(tr("It can be made smaller after: second-me model ladder"))
    return lines


def outside(size: int, shape: Shape) -> str:
    """What is said of a number that the model cannot follow; empty when it can."""
    if shape["state"] == "absent":
        return ""
    if size < shape["lowest"]:
        return tr(
            "{size} is less than the model can do with: it holds {lowest}, its lowest.",
            size=mb(size), lowest=mb(shape["lowest"]),
        )  # fmt: skip
    if size > shape["full"]:
        return tr(
            "{size} is more than the model can use: it holds {full}, its full size.",
            size=mb(size), full=mb(shape["full"]),
        )  # fmt: skip
    return ""


def watched(shape: Shape) -> str:
    """One line of --watch."""
    resident = sum(shape["resident"].values())
    allowed = tr("{state}: {resident} resident, {allowed} allowed, {free} free", state=shape["state"],
                 resident=mb(resident), allowed=mb(shape["allowed"]), free=mb(shape["free"]))  # fmt: skip
    if shape["quality"] is not None and resident:
        allowed += tr(", quality {percent} %", percent=percent(shape["quality"]))
    experts = shape["experts"]
    if experts and experts["state"] == "on demand" and experts["resident"] is not None:
        allowed += tr(", experts {held} of {size}", held=mb(experts["resident"]), size=mb(experts["bytes"]))
        allowed += ", " + read_words(experts) if experts["missing"] is not None else ""
    if shape["pressure"]:
        allowed += tr(", pressure {percent} %", percent=round(100 * shape["pressure"]))
    return allowed


def choice_words(shape: Shape) -> str:
    """What was chosen."""
    if shape["bytes"] is None:
        return tr("following free memory")
    return tr("fixed at {size}", size=mb(shape["bytes"]))


def mb(size: int) -> str:
    """`410 MB`."""
    return tr("{n:,} MB", n=round(size / MB))


def percent(quality: float) -> int:
    """Rounded down: 100 only where nothing is lost."""
    return int(quality * 100 + 1e-9)
