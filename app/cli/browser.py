"""`second-me browser`: let browsers start the relay for our extension, take that back, say how it stands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from second_me.app.browser import extension
from second_me.app.browser.manifests import (
    ABSENT,
    FOREIGN,
    INSTALLED,
    OTHER_HOME,
    OUTDATED,
    Manifests,
    Standing,
)
from second_me.app.browser.places import BROWSERS, FLATPAK, Browser, Desktop
from second_me.app.cli.common import DONE, NOTHING, PARTLY, emit, say
from second_me.app.paths import home_folder
from second_me.app.words import tr

HELP = "set up browsers for the extension"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("action", choices=("install", "remove", "status"), help="what to do")
    parser.add_argument(
        "--browser",
        choices=[each.name for each in BROWSERS],
        help="only this one, also where it was not found",
    )
    parser.add_argument("--replace", action="store_true", help="also where another program's file lies")
    parser.add_argument("--json", action="store_true", help="JSON on stdout, one browser a line")


def run(arguments: argparse.Namespace) -> int:
    """Install, remove, or only look."""
    folder = extension.folder()
    ids = extension.read_ids(folder)
    manifests = Manifests(home_folder(), Desktop.here(), ids)
    chosen = [each for each in BROWSERS if arguments.browser in (None, each.name)]
    if arguments.action == "install":
        if not ids.chromium and not ids.firefox:
            say(tr("The extension is not part of this installation. Install Second Me anew."))
            return NOTHING
        return _install(manifests, chosen, arguments)
    if arguments.action == "remove":
        _tell([manifests.remove(each) for each in chosen], arguments.json)
        return DONE
    _tell([manifests.standing(each) for each in chosen], arguments.json)
    return DONE


def _install(manifests: Manifests, chosen: Sequence[Browser], arguments: argparse.Namespace) -> int:
    before = [manifests.standing(each) for each in chosen]
    wanted = [each for each in before if arguments.browser or (each.present and not each.sandbox)]
    done = {each.browser: manifests.install(each.browser, arguments.replace) for each in wanted}
    after = [done.get(each.browser, each) for each in before]
    _tell(after, arguments.json)
    good = [each for each in done.values() if each.state == INSTALLED and not each.sandbox]
    if not any(each.present for each in after) and not wanted:
        say(tr("No browser was found here. Name one with --browser."))
    if not good:
        return NOTHING
    say(tr("Load the extension from this folder: {folder}", folder=extension.folder()))
    if any(each.browser.firefox for each in good):
        say(
            tr("Firefox: about:debugging, This Firefox, Load Temporary Add-on, manifest.json in that folder.")
        )
    if any(not each.browser.firefox for each in good):
        say(tr("Others: chrome://extensions, Developer mode, Load unpacked, that folder."))
    say(tr("Then pair it: in Second Me, Fill, Pair a browser."))
    return DONE if len(good) == len([each for each in after if each.present or arguments.browser]) else PARTLY


def _tell(standings: Sequence[Standing], as_json: bool) -> None:
    for each in standings:
        if as_json:
            emit(each.shape() | {"extension": str(extension.folder())})
        elif each.present or each.state != ABSENT or len(standings) == 1:
            print(f"{each.browser.title}: {_words(each)}")


def _words(standing: Standing) -> str:
    told = {
        ABSENT: tr("not set up."),
        INSTALLED: tr("set up."),
        OUTDATED: tr("set up by another version or installation; set it up again."),
        OTHER_HOME: tr(
            "set up for another home of Second Me ({path}); --replace changes that.", path=standing.path
        ),
        FOREIGN: tr("a file that is not ours lies in the way and was left alone: {path}", path=standing.path),
    }[standing.state]
    if standing.sandbox:
        told += " " + _sandbox_words(standing)
    return told


def _sandbox_words(standing: Standing) -> str:
    kind = "Flatpak" if standing.sandbox == FLATPAK else "Snap"
    return tr(
        "This one is a {kind} and cannot start programs outside of its box. Use one from your system's packages or "
        "its maker.",
        kind=kind,
    )
