"""What Second Me is built on, and under which licences, as the installed packages say themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from second_me.app.words import tr

OURSELVES = "second-me"
MODELS = (
    ("SmolLM2-135M-Instruct", "", "Apache-2.0"),
    ("all-MiniLM-L6-v2", "", "Apache-2.0"),
)
"""The starter models: they are files, no packages."""

_KNOWN = {"apsw-sqlite3mc": "any-OSI"}
"""Where the metadata says less than the licence file in the package."""

_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Used:
    """A library or model with its version (empty for models) and licence."""

    name: str
    version: str
    licence: str


def version() -> str:
    """Our own version; words when we run from an unpacked folder without metadata."""
    try:
        return distribution(OURSELVES).version
    except PackageNotFoundError:
        return tr("unknown")


def used() -> list[Used]:
    """Everything that we depend on directly, by name; a package that is not installed is left out."""
    libraries = [_described(found) for found in _dependencies()]
    return sorted(libraries, key=lambda item: item.name.casefold()) + [Used(*model) for model in MODELS]


def _dependencies() -> Iterator[Distribution]:
    try:
        required = distribution(OURSELVES).requires or []
    except PackageNotFoundError:
        return
    for requirement in required:
        name = _NAME.match(requirement)
        if name is None or "extra ==" in requirement:
            continue
        try:
            yield distribution(name.group())
        except PackageNotFoundError:
            continue


def _described(found: Distribution) -> Used:
    metadata = found.metadata
    stated = _field(found, "License-Expression") or _short(_field(found, "License"))
    stated = _KNOWN.get(metadata["Name"].replace("_", "-"), stated)
    return Used(metadata["Name"], found.version, stated or _classified(found) or tr("see its package"))


def _field(found: Distribution, name: str) -> str:
    values = found.metadata.get_all(name) or [""]
    return str(values[0])


def _short(licence: str) -> str:
    """The licence field, unless the whole text was put into it."""
    return licence if len(licence) <= 60 and "\n" not in licence else ""


def _classified(found: Distribution) -> str:
    classifiers = found.metadata.get_all("Classifier") or []
    return ", ".join(c.rsplit(" :: ", 1)[1] for c in classifiers if c.startswith("License ::"))
