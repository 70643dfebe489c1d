"""Where other apps leave their models, on each system: folders only, nothing is opened here but settings.

docs/models.md lists them. An app's own variable goes before its default folder, and both are looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LARGEST_SETTINGS = 1 << 20
OWN = "second-me"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder to look in. `source`: whose; `manifests`: Ollama's layout, names apart from the files."""

    source: str
    folder: Path
    manifests: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """What places depend on: `system` as `sys.platform` says it, the person's folder, the environment."""

    system: str
    home: Path
    environment: Mapping[str, str]

    def named(self, variable: str, *below: str) -> list[Path]:
        """The folder that a variable names, or a folder below it; none where it is not set."""
        value = self.environment.get(variable)
        return [Path(value).expanduser().joinpath(*below)] if value else []

    def data(self) -> Path:
        """Where apps keep what belongs to this computer."""
        return self._one("LOCALAPPDATA", "AppData/Local", "Library/Application Support", "XDG_DATA_HOME",
                         ".local/share")  # fmt: skip

    def settings(self) -> Path:
        """Where apps keep settings."""
        return self._one("APPDATA", "AppData/Roaming", "Library/Application Support", "XDG_CONFIG_HOME",
                         ".config")  # fmt: skip

    def cache(self) -> Path:
        """Where apps keep what can be fetched again."""
        return self._one("LOCALAPPDATA", "AppData/Local", "Library/Caches", "XDG_CACHE_HOME", ".cache")

    def _one(self, windows: str, windows_folder: str, mac: str, unix: str, unix_folder: str) -> Path:
        if self.system == "darwin":
            return self.home / mac
        variable, folder = (windows, windows_folder) if self.system == "win32" else (unix, unix_folder)
        return next(iter(self.named(variable)), self.home / folder)


def places(machine: Machine, own: Path) -> list[Place]:
    """All places, ours first. They need not exist."""
    kinds: tuple[tuple[str, Callable[[Machine], Iterator[Path]]], ...] = (
        ("lm-studio", _lm_studio),
        ("gpt4all", _gpt4all),
        ("jan", _jan),
        ("ollama", _ollama),
        ("llama.cpp", _llama_cpp),
        ("hub", _hub),
    )
    found = [Place(OWN, own)]
    for source, folders in kinds:
        found += [Place(source, folder, source == "ollama") for folder in dict.fromkeys(folders(machine))]
    return found


def _lm_studio(machine: Machine) -> Iterator[Path]:
    homes = [machine.home / ".lmstudio", machine.home / ".cache" / "lm-studio"]
    pointed = _text(machine.home / ".lmstudio-home-pointer").strip()
    if pointed:
        homes.insert(0, Path(pointed))
    for home in homes:
        chosen = _json(home / "settings.json").get("downloadsFolder")
        if isinstance(chosen, str) and chosen:
            yield Path(chosen)
        yield home / "models"


def _gpt4all(machine: Machine) -> Iterator[Path]:
    settings = machine.settings() / "nomic.ai" / "GPT4All.ini"
    chosen = re.search(r"^modelPath=(.+)$", _text(settings), re.MULTILINE)
    if chosen:
        yield Path(chosen[1].strip().strip('"'))
    yield machine.data() / "nomic.ai" / "GPT4All"


def _jan(machine: Machine) -> Iterator[Path]:
    yield from machine.named("JAN_DATA_FOLDER")
    for name in ("Jan", "jan"):
        for base in (machine.settings(), machine.data()):
            chosen = _json(base / name / "settings.json").get("data_folder")
            if isinstance(chosen, str) and chosen:
                yield Path(chosen)
            yield base / name / "data"
    yield machine.home / "jan"


def _ollama(machine: Machine) -> Iterator[Path]:
    yield from machine.named("OLLAMA_MODELS")
    yield machine.home / ".ollama" / "models"
    if machine.system not in ("win32", "darwin"):
        yield Path("/usr/share/ollama/.ollama/models")


def _llama_cpp(machine: Machine) -> Iterator[Path]:
    yield from machine.named("LLAMA_CACHE")
    yield machine.cache() / "llama.cpp"


def _hub(machine: Machine) -> Iterator[Path]:
    yield from machine.named("HF_HUB_CACHE")
    yield from machine.named("HUGGINGFACE_HUB_CACHE")
    yield from machine.named("HF_HOME", "hub")
    yield from machine.named("XDG_CACHE_HOME", "huggingface", "hub")
    yield machine.home / ".cache" / "huggingface" / "hub"


def _text(file: Path) -> str:
    try:
        if file.is_file() and file.stat().st_size <= LARGEST_SETTINGS:
            return file.read_text("utf-8", "replace").replace("\0", "")
    except OSError:
        pass
    return ""


def _json(file: Path) -> Mapping[str, object]:
    try:
        found = json.loads(_text(file) or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
