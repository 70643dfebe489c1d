"""What the window remembers about itself: appearance and geometry, nothing of the person's content.

It lies in the clear beside the vault, because it is needed before the vault is unlocked.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

_FILE = "preferences.json"


class Preferences:
    """Small values by name. A damaged or missing file means defaults; a full disk is no reason to stop."""

    def __init__(self, home: Path) -> None:
        self._path = home / _FILE
        self._values = _read(self._path)

    def get(self, key: str, default: Any = None) -> Any:
        """The value kept under `key`; `default` when there is none or it is of another type."""
        value = self._values.get(key, default)
        if default is not None and not isinstance(value, type(default)):
            return default
        return value

    def set(self, key: str, value: Any) -> None:
        """Keep a JSON value at once, replacing the file in one step."""
        if self._values.get(key) == value and key in self._values:
            return
        self._values[key] = value
        with contextlib.suppress(OSError):
            self._write()

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_text(json.dumps(self._values, indent=1, sort_keys=True), encoding="utf-8")
        fresh.replace(self._path)


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
