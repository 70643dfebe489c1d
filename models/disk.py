"""Files that appear under their names only when they are whole, and what to say when the disk refuses."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path

from second_me.core.ports import EnvironmentFault

SPARE = 64 << 20
"""Bytes that are left free beside what is fetched: the vault beside it needs room for its journal."""


def replace_text(file: Path, text: str) -> None:
    """Write a file as a whole or not at all. Raises EnvironmentFault ("disk_full", "read_only")."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as content:
                content.write(text)
                content.flush()
                os.fsync(content.fileno())
            Path(scratch).replace(file)
        except BaseException:
            Path(scratch).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise disk_fault(file.parent, problem) from problem


def need_room(folder: Path, size: int) -> None:
    """Raises EnvironmentFault ("disk_full") when so many bytes do not fit beside what is there."""
    free = shutil.disk_usage(folder).free
    if free < size + SPARE:
        raise EnvironmentFault(
            "disk_full",
            f"There is no room on the disk: {_mb(size)} MB are needed, {_mb(max(0, free - SPARE))} MB are free.",
            f"Free {_mb(size + SPARE - free) + 1} MB, then try again.",
        )


def disk_fault(folder: Path, problem: OSError) -> EnvironmentFault:
    """What a refusal of the disk means."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentFault(
            "disk_full",
            f"There is no room on the disk for what belongs in {folder}.",
            "Free some space, then try again.",
        )
    if problem.errno == errno.EFBIG:  # FAT32 ends at 4 GB
        return EnvironmentFault(
            "disk_full",
            f"The disk of {folder} cannot hold a file of that size.",
            "Choose another home with SECOND_ME_HOME, on a disk of another format.",
        )
    return EnvironmentFault(
        "read_only",
        f"The folder {folder} cannot be written ({problem.strerror or problem}).",
        "Make it writable, or choose another home with SECOND_ME_HOME.",
    )


def _mb(size: int) -> int:
    return size // 1_000_000
