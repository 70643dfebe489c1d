"""The extension that ships (`resources/extension`): where it lies, and by which ids browsers know it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

IDS = "ids.json"


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of our extension: `chromium` for Chromium and its kin (one for each shop), `firefox` for Firefox."""

    chromium: tuple[str, ...] = ()
    firefox: tuple[str, ...] = ()

    def origins(self) -> list[str]:
        """The addresses that Chromium knows it by."""
        return [f"chrome-extension://{each}/" for each in self.chromium]

    def started(self, arguments: Sequence[str]) -> bool:
        """Whether it was our extension that had the browser start us with these arguments: Chromium passes the
        extension's address first, Firefox the manifest's path and the add-on's id."""
        by_chromium = bool(arguments) and arguments[0] in self.origins()
        return by_chromium or (len(arguments) > 1 and arguments[1] in self.firefox)


def folder() -> Path:
    """The folder to load the extension from."""
    return Path(str(files("second_me.resources").joinpath("extension")))


def read_ids(place: Path) -> Ids:
    """The ids in a folder of an extension; none of them where there is none."""
    try:
        kept = json.loads((place / IDS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Ids()
    if not isinstance(kept, dict):
        return Ids()
    return Ids(_listed(kept.get("chromium")), _listed(kept.get("firefox")))


def _listed(given: object) -> tuple[str, ...]:
    each = given if isinstance(given, list) else [given]
    return tuple(one for one in each if isinstance(one, str) and one)
