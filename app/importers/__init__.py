"""Importers: one file a format, chosen by what is in a file, not by its name.

To add a format: write a module with a class that has `name`, `recognises(path, head)` and `read(path, me)`
(`FileImporter`), open files only through `source` (bounds, faults, archives), give every episode a
`source_id` that is the same at the next import, put what cannot be read into a `BadLine` and go on, and add
an instance to `IMPORTERS`. If it comes in a .zip, add the member's name to `source`. The tests feed every
member of `IMPORTERS` with damaged files; add a small sample with known answers.
"""

from __future__ import annotations

import mimetypes
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from second_me.app.importers import source
from second_me.app.importers.chatgpt import ChatGpt
from second_me.app.importers.items import ClaimedEpisode, ConversationTitle, FileImporter, Item
from second_me.app.importers.jsonl import Jsonl
from second_me.app.importers.plain import Plain
from second_me.app.importers.vcard import VCard
from second_me.app.importers.whatsapp import WhatsApp
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

__all__ = [
    "IMPORTERS", "ClaimedEpisode", "ConversationTitle", "FileImporter", "Item", "by_name", "detect", "expand",
]  # fmt: skip

IMPORTERS: tuple[FileImporter, ...] = (Jsonl(), ChatGpt(), WhatsApp(), VCard(), Plain())
_SURE_ENOUGH = 0.3


def detect(path: Path) -> FileImporter:
    """The importer whose format the content is most like.

    Raises EnvironmentFault: `unreadable_file` for what cannot be opened, `unknown_format` for the rest.
    """
    head = source.head(path)
    score, best = max(((each.recognises(path, head), each) for each in IMPORTERS), key=lambda pair: pair[0])
    if score < _SURE_ENOUGH:
        raise EnvironmentFault(
            "unknown_format",
            tr("{path} has no format that can be imported.", path=source.shown(path)),
            _known_formats(),
        )
    return best


def by_name(name: str) -> FileImporter:
    """The importer of a format's name. Raises EnvironmentFault `unknown_format`."""
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    raise EnvironmentFault("unknown_format", tr("There is no format {name}.", name=name), _known_formats())


def expand(paths: Iterable[Path]) -> list[Path]:
    """Every file once, folders with all that is below them in order of names.

    What is named is always in the list, whether it exists or not. From folders, hidden files and pictures,
    sounds and films are left out, links to folders are not followed, and a folder that cannot be listed
    stands for itself: so `detect` gives a reason for all that cannot be imported.
    """
    files = (file for path in paths for file in (_below(path) if _is_folder(path) else [path]))
    return list(dict.fromkeys(files))


def _known_formats() -> str:
    return tr("Formats: {names}.", names=", ".join(each.name for each in IMPORTERS))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _below(folder: Path) -> Iterator[Path]:
    unlisted: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=lambda fault: unlisted.append(Path(fault.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(names) if _may_hold_text(name))
    yield from unlisted


def _may_hold_text(name: str) -> bool:
    kind = mimetypes.guess_type(name)[0] or ""
    return not name.startswith(".") and not kind.startswith(("image/", "audio/", "video/"))
