"""`second-me doctor`: what works here, what is missing, what to do."""

from __future__ import annotations

import argparse

from second_me.app.cli.common import DONE, PARTLY, emit
from second_me.app.doctor import Finding, findings
from second_me.app.words import tr

HELP = "what works here, and what is missing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--json", action="store_true", help="JSON on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 when something is missing."""
    found = findings()
    for each in found:
        if arguments.json:
            emit({"name": each.name, "ok": each.ok, "what": each.what, "action": each.action})
        else:
            print(_line(each))
    missing = sum(not each.ok for each in found)
    if not arguments.json:
        print(tr("All is in order.") if not missing else tr("{n} to look at.", n=missing))
    return PARTLY if missing else DONE


def _line(finding: Finding) -> str:
    mark = tr("ok     ") if finding.ok else tr("missing")
    action = f" {finding.action}" if finding.action and not finding.ok else ""
    return f"{mark}  {finding.name}: {finding.what}{action}"
