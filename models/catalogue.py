"""The models that can be fetched by name: `resources/catalogue.toml`."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from second_me.core.ports import EnvironmentFault

HUB_VARIABLE = "SECOND_ME_HUB"


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the catalogue."""

    name: str
    role: str
    repo: str
    file: str
    sha256: str
    licence: str
    url: str

    def target(self, folder: Path) -> Path:
        """Where its file lies in a folder of models."""
        return folder / self.file


def catalogue() -> tuple[Entry, ...]:
    """All entries, in the catalogue's order. Raises EnvironmentFault ("bad_parameters") for a hub without places."""
    table = tomllib.loads(files("second_me.resources").joinpath("catalogue.toml").read_text("utf-8"))
    template = os.environ.get(HUB_VARIABLE) or str(table["url"])
    if (
        not template.startswith(("https://", "http://"))
        or "{repo}" not in template
        or "{file}" not in template
    ):
        raise EnvironmentFault(
            "bad_parameters",
            f"{HUB_VARIABLE} is no address with {{repo}} and {{file}} in it.",
            f"Set it right, or take it away: unset {HUB_VARIABLE}",
        )
    return tuple(_entry(row, template) for row in table["models"])


def find_entry(name: str) -> Entry | None:
    """The entry of a name, large or small letters; None when there is none."""
    return next((entry for entry in catalogue() if entry.name.lower() == name.lower()), None)


def _entry(row: dict[str, str], template: str) -> Entry:
    url = template.replace("{repo}", quote(row["repo"])).replace("{file}", quote(row["file"]))
    return Entry(**{key: row[key] for key in ("name", "role", "repo", "file", "sha256", "licence")}, url=url)
