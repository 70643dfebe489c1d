"""Looks at this computer and this home: each finding says what is, and what to do."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from second_me.app.model_wiring import model_files, runtime_of_models
from second_me.app.paths import HomeLayout, home_folder, runtime_folder
from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from second_me.app.wiring import runtime_of_storage
from second_me.app.words import tr
from second_me.core.ports import EnvironmentFault

MB = 1_000_000
LEAST_DISK = 500 * MB


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    ok: bool
    what: str
    action: str = ""


def findings() -> list[Finding]:
    """Everything, in the order in which a person would mend it."""
    layout = HomeLayout(home_folder())
    looks: tuple[Callable[[HomeLayout], Finding], ...] = (
        _python, _home, _disk, _memory, _runtime, _storage, _model_runtime, _models, _vault, _upkeep, _screen,
    )  # fmt: skip
    return [look(layout) for look in looks]


def _python(layout: HomeLayout) -> Finding:
    return Finding(
        tr("Python"),
        sys.version_info >= (3, 11),
        platform.python_version(),
        tr("Install Python 3.11 or newer."),
    )


def _nearest(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def _home(layout: HomeLayout) -> Finding:
    good = os.access(_nearest(layout.home), os.W_OK)
    return Finding(tr("Folder"), good, str(layout.home), tr("Make it writable, or set SECOND_ME_HOME."))


def _disk(layout: HomeLayout) -> Finding:
    free = shutil.disk_usage(_nearest(layout.home)).free
    return Finding(tr("Free disk"), free > LEAST_DISK, f"{free // MB} MB", tr("Free some space."))


def _memory(layout: HomeLayout) -> Finding:
    free = psutil.virtual_memory().available
    return Finding(
        tr("Free working memory"), free > LEAST_DISK, f"{free // MB} MB", tr("Close some programs.")
    )


def _runtime(layout: HomeLayout) -> Finding:
    try:
        return Finding(tr("Runtime folder"), True, str(runtime_folder(layout.home)))
    except EnvironmentFault as fault:
        return Finding(tr("Runtime folder"), False, fault.what, fault.action)
    except OSError as error:
        return Finding(tr("Runtime folder"), False, str(error.strerror), tr("Set XDG_RUNTIME_DIR."))


def _storage(layout: HomeLayout) -> Finding:
    try:
        return Finding(tr("Encrypted storage"), True, runtime_of_storage())
    except (ImportError, OSError) as error:
        return Finding(tr("Encrypted storage"), False, str(error), tr("Install Second Me anew."))


def _model_runtime(layout: HomeLayout) -> Finding:
    name = tr("Model runtime")
    try:
        told = runtime_of_models()
    except (ImportError, OSError, RuntimeError) as error:
        return Finding(name, False, str(error), tr("Install llama-cpp-python anew."))
    slow = "OPENMP = 1" in told.upper()
    return Finding(
        name, not slow, told, tr("It was built with OpenMP, slow on a busy computer: build it without.")
    )


def _models(layout: HomeLayout) -> Finding:
    chat, embedder = model_files(layout)
    name = tr("Models")
    if chat and embedder:
        return Finding(name, True, f"{chat.name}, {embedder.name}")
    return Finding(name, False, tr("none here; answers are the memories themselves"),
                   tr("Get them with: second-me model fetch starter"))  # fmt: skip


def _vault(layout: HomeLayout) -> Finding:
    name = tr("Vault")
    if not layout.vault.is_dir():
        return Finding(name, True, tr("none yet; the first start makes one"))
    if layout.locked_marker.exists():
        return Finding(name, True, tr("there, locked"))
    return Finding(name, True, tr("there"))


def _upkeep(layout: HomeLayout) -> Finding:
    """Only of a service that runs: none is started for it."""
    name = tr("Upkeep")
    try:
        client = Client.connect(layout.home, "cli", start=False)
    except (EnvironmentFault, RemoteFault, OSError):
        return Finding(name, True, tr("rests while Second Me does not run"))
    try:
        jobs = client.call("status").get("upkeep", [])
    except RemoteFault as fault:
        return Finding(name, False, fault.what, fault.action)
    finally:
        client.close()
    if not jobs:
        return Finding(name, True, tr("rests while Second Me is locked"))
    failed = any(job["state"] == "failed" for job in jobs)
    action = tr("It is tried again by itself; the log says why it did not work.")
    return Finding(name, not failed, "; ".join(job["text"] for job in jobs), action)


def _screen(layout: HomeLayout) -> Finding:
    name = tr("Window")
    if importlib.util.find_spec("PySide6") is None:
        return Finding(name, False, tr("PySide6 is not installed"), tr("Install Second Me anew."))
    if not has_display():
        return Finding(name, True, tr("no display here: second-me talks in the terminal"))
    return Finding(name, True, tr("a display is there"))


def has_display() -> bool:
    """Whether a window can be opened."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
