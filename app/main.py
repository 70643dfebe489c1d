"""How Second Me starts.

`second-me` without a command opens the window where there is a display, and talks in the terminal where
there is none. Everything else is a command of `second_me.app.cli`. Window and commands alike are clients of
the service, a process of its own that owns the vault; the first client that finds none starts it.

Faults of the environment end with a sentence that says what to do, bugs with a report without private data.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version

from second_me.app.cli import COMMANDS
from second_me.app.cli.common import NOTHING, exit_code, say, tell_fault
from second_me.app.crash import write_crash_report
from second_me.app.paths import HomeLayout, home_folder
from second_me.app.service.protocol import RemoteFault
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The command line; `only` names the one command whose arguments are wanted (None: all)."""
    made = argparse.ArgumentParser(
        prog="second-me",
        description=tr("Remembers your life for you, on your own machine. Without a command: the window."),
    )
    made.add_argument("--version", action="version", version=f"second-me {version('second-me')}")
    made.add_argument(
        "--hidden", action="store_true", help=tr("no window until a form in the browser is to be filled")
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND")
    for name, place in COMMANDS.items():
        if only is None or only == name:
            module = import_module(place)
            sub = commands.add_parser(name, help=module.HELP, description=module.__doc__)
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return made


def _run(argv: Sequence[str]) -> int:
    first = argv[0] if argv else None
    arguments = parser(first if first in COMMANDS else None).parse_args(argv)
    if arguments.command is None:
        return _hidden() if arguments.hidden else _window_or_terminal()
    return int(arguments.run(arguments))


def _window_or_terminal() -> int:
    from second_me.app.doctor import has_display

    if has_display():
        from second_me.app.views.application import open_window

        return open_window()
    from second_me.app.cli.terminal import run

    return run(argparse.Namespace())


def _hidden() -> int:
    from second_me.app.doctor import has_display

    if not has_display():
        raise EnvironmentFault("refused", tr("There is no screen for a window here."))
    from second_me.app.views.hidden import stay_hidden

    return stay_hidden()


def main(argv: Sequence[str] | None = None) -> int:
    """The command `second-me`; returns the exit code of docs/command-line.md."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file name may be no Unicode
    try:
        return _run(sys.argv[1:] if argv is None else argv)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads: nothing is left to say
        return NOTHING
    except RemoteFault as fault:
        tell_fault(fault)
        return exit_code(fault)
    except EnvironmentFault as fault:
        say(f"{fault.what} {fault.action}".strip())
        return NOTHING
    except OSError as error:
        say(
            tr(
                "{path} cannot be used: {why}.",
                path=error.filename or home_folder(),
                why=error.strerror or error,
            )
        )
        return NOTHING
    except KeyboardInterrupt:
        return 130
    except Exception as bug:  # noqa: BLE001 - the edge: a bug ends with a report, not with a traceback
        report = write_crash_report(HomeLayout(home_folder()).logs, bug)
        say(tr("Something went wrong in Second Me ({kind}).", kind=type(bug).__name__))
        if report:
            say(tr("A report without private data is in {path}.", path=report))
        return NOTHING
