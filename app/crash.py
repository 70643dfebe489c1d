"""Crash reports without private data: what failed where, never with which values."""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from importlib.metadata import version
from pathlib import Path


def crash_text(error: BaseException) -> str:
    """Type and frames of an error and its causes. Messages are left out: they may quote what was said."""
    lines = [f"Second Me {version('second-me')}, Python {platform.python_version()}, {platform.platform()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


def write_crash_report(folder: Path, error: BaseException) -> Path | None:
    """Write a report into `folder`; None when even that is impossible."""
    name = f"crash-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(crash_text(error), encoding="utf-8")
    except OSError:
        return None
    return folder / name
