"""The models that this computer has or could have, and what a person does with them.

    library = Library(folder, Machine(sys.platform, Path.home(), os.environ))
    library.listing(room)     # ours, what other apps left, and the catalogue
    library.choose("qwen3-0.6b")

Values only: what is said about them is written in `second_me.app.model_words`.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from second_me.core.ports import EnvironmentFault
from second_me.models.catalogue import Entry, catalogue, find_entry
from second_me.models.choice import read_choice, write_choice
from second_me.models.disk import disk_fault
from second_me.models.download import bytes_arrived, download, drop_part
from second_me.models.elastic.ladder import find_ladder, fingerprint, folder_of
from second_me.models.fit import Fit, judge, ladder_helps
from second_me.models.found import Found, find_models
from second_me.models.header import read_header
from second_me.models.pace import Control, Step
from second_me.models.places import OWN, Machine, Place, places
from second_me.models.roles import RUNNABLE, quantization_of, role_of
from second_me.models.starter import CHAT_FILE, EMBEDDER_FILE

STARTER = "starter"


@dataclass(frozen=True, slots=True)
class Listed:
    """A model as it is listed: `found` on this computer, or an `entry` of the catalogue."""

    found: Found | None
    entry: Entry | None
    fit: Fit | None
    quantization: str
    in_use: bool
    ladder: str | None
    arrived: int

    @property
    def name(self) -> str:
        """What it is called."""
        if self.found is not None:
            return self.found.name
        return self.entry.name if self.entry is not None else ""


class Library:
    """The models of a home and of its computer. Methods raise EnvironmentFault."""

    def __init__(self, folder: Path, machine: Machine) -> None:
        self._folder, self._machine = folder, machine

    @property
    def ladders(self) -> Path:
        """Where ladders lie."""
        return self._folder / "ladders"

    def files(self) -> tuple[Path | None, Path | None]:
        """(chat model, embedder): the chosen model if it is there, else the starter's; None where none is."""
        chosen = read_choice(self._folder).chat
        starter, embedder = self._folder / CHAT_FILE, self._folder / EMBEDDER_FILE
        if chosen is not None and chosen.is_file():
            return chosen, embedder if embedder.is_file() else None
        if starter.is_file() and embedder.is_file():
            return starter, embedder
        return None, None

    def listing(self, room: int) -> list[Listed]:
        """Everything: ours, what other apps left, the catalogue. `room`: bytes that a model may hold."""
        found = self._found()
        used = {_inode(file) for file in self.files()} - {None}
        here = [self._listed(each, room, used) for each in found]
        hashes = {file.resolve().name.removeprefix("sha256-") for each in found for file in _all_places(each)}
        absent = [
            entry
            for entry in catalogue()
            if entry.sha256 not in hashes and not entry.target(self._folder).is_file()
        ]
        return here + [
            Listed(None, entry, None, "", False, None, bytes_arrived(entry.target(self._folder)))
            for entry in absent
        ]

    def choose(self, name: str) -> Path:
        """Use a model from now on: a name of the listing, "starter", or the path of a file."""
        if name.lower() == STARTER:
            self._keep(None)
            return self._folder / CHAT_FILE
        path = self.chat_model(name)
        self._keep(path)
        return path

    def chat_model(self, name: str) -> Path:
        """The file of a model that answers can be written with, by its name or path."""
        path = Path(name).expanduser()
        if path.suffix.lower() == ".gguf" and path.is_file():
            header = read_header(path.absolute())
            role = role_of(header)
            chosen = Found("", path.stem, header.path, header, None, header.size, role)
        else:
            chosen = self._named(name)
        if chosen.why is not None:
            raise EnvironmentFault("model_failed", f"{chosen.name} cannot be used: {chosen.why}", _ANOTHER)
        if chosen.role not in RUNNABLE:
            kind = chosen.role or "no language model"
            raise EnvironmentFault(
                "model_failed", f"{chosen.name} writes no answers (it is: {kind}).", _ANOTHER
            )
        return chosen.path

    def fetch(self, name: str, progress: Callable[[Step], None], control: Control | None = None) -> Path:
        """Fetch a model of the catalogue into our folder, or go on with it."""
        entry = find_entry(name)
        if entry is None:
            raise EnvironmentFault(
                "not_found",
                f"The catalogue has no model that is called {name}.",
                "See what there is: second-me model list",
            )
        return download(entry.url, entry.target(self._folder), entry.sha256, progress, control)

    def remove(self, name: str) -> int:
        """Remove one of our own models with its ladder, or what has arrived of one. The bytes that it took.

        What lies outside our folder is left alone: it belongs to another app.
        """
        own = self._own(name)
        if own is not None:
            return self._remove_found(own)
        entry = find_entry(name)
        if entry is not None and (arrived := bytes_arrived(entry.target(self._folder))):
            drop_part(entry.target(self._folder))
            return arrived
        other = self._named(name)
        raise EnvironmentFault(
            "refused",
            f"{other.name} belongs to another app ({other.source}); only our own files are removed.",
            "Remove it in that app.",
        )

    def is_own(self, name: str) -> bool:
        """Whether there is something of that name that `remove` would take."""
        entry = find_entry(name)
        arrived = bytes_arrived(entry.target(self._folder)) if entry is not None else 0
        return arrived > 0 or self._own(name) is not None

    def _own(self, name: str) -> Found | None:
        try:
            return self._named(name, own=True)
        except EnvironmentFault as fault:
            if fault.code != "not_found":
                raise
            return None

    def _found(self, own: bool = False) -> list[Found]:
        wanted = [Place(OWN, self._folder)] if own else places(self._machine, self._folder)
        return find_models(wanted)

    def _named(self, name: str, own: bool = False) -> Found:
        """The one model of a name: its own, its file's, or the catalogue's."""
        entry = find_entry(name)
        name = Path(CHAT_FILE).stem if name.lower() == STARTER else name
        names = {name.lower(), name.lower().removesuffix(".gguf")}
        if entry is not None:
            names.add(Path(entry.file).stem.lower())
        fits = [each for each in self._found(own) if names & _names(each, all_places=not own)]
        if not fits:
            raise EnvironmentFault(
                "not_found",
                f"No model on this computer is called {name}.",
                f"Run: second-me model fetch {entry.name}"
                if entry
                else "See what there is: second-me model list",
            )
        if len(fits) > 1:
            paths = ", ".join(str(each.path) for each in fits)
            raise EnvironmentFault(
                "bad_parameters", f"{len(fits)} models are called {name}.", f"Say which by its path: {paths}"
            )
        return fits[0]

    def _listed(self, found: Found, room: int, used: set[tuple[int, int] | None]) -> Listed:
        usable = found.header is not None and found.role in RUNNABLE
        header = found.header if usable else None
        return Listed(
            found=found,
            entry=None,
            fit=judge(header, room) if header is not None else None,
            quantization=quantization_of(found.header) if found.header is not None else "",
            in_use=any(_inode(file) in used for file in _all_places(found)),
            ladder=self._ladder(found) if usable else None,
            arrived=0,
        )

    def _ladder(self, found: Found) -> str | None:
        if found.header is None:
            return None
        with contextlib.suppress(EnvironmentFault, OSError):
            beginning = f"{found.header.path.stem}-"
            made = self.ladders.is_dir() and any(
                each.name.startswith(beginning) for each in self.ladders.iterdir()
            )
            if made and find_ladder(self.ladders, found.header) is not None:
                return "ready"
        return "possible" if ladder_helps(found.header) else "useless"

    def _keep(self, chat: Path | None) -> None:
        write_choice(self._folder, replace(read_choice(self._folder), chat=chat))

    def _remove_found(self, found: Found) -> int:
        files = found.header.parts if found.header is not None else (found.path,)
        root = self._folder.resolve()
        if not all(file.parent.resolve().is_relative_to(root) for file in files):
            raise EnvironmentFault("refused", f"{found.name} lies outside our folder.", "Remove it there.")
        chosen = _inode(read_choice(self._folder).chat)
        taken = 0
        try:
            if chosen is not None and chosen in {_inode(file) for file in files}:
                self._keep(None)
            if found.header is not None and self.ladders.is_dir():
                ladder = folder_of(self.ladders, found.header, fingerprint(found.header))
                taken += sum(file.stat().st_size for file in ladder.glob("*") if file.is_file())
                shutil.rmtree(ladder, ignore_errors=True)
            for file in files:
                taken += file.lstat().st_size
                file.unlink()
        except OSError as problem:
            raise disk_fault(self._folder, problem) from problem
        return taken


_ANOTHER = "Choose another one: second-me model list"


def _names(found: Found, all_places: bool) -> set[str]:
    """What a model is called, in small letters; by its other places too, unless a file is to be removed."""
    files = _all_places(found) if all_places else [found.path]
    return {found.name.lower(), *(file.stem.lower() for file in files)}


def _all_places(found: Found) -> list[Path]:
    return [found.path, *found.also]


def _inode(file: Path | None) -> tuple[int, int] | None:
    try:
        known = file.stat() if file is not None else None
    except (OSError, ValueError):
        return None
    return (known.st_dev, known.st_ino) if known is not None else None
