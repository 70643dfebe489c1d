"""A real service in a home of its own for the tests of the places, and what they look at."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from second_me.app.service.client import Client
from second_me.app.views.bridge import Service

OFFSCREEN = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
"""What Qt's platform without a screen says about every window with a smallest size."""
PASSPHRASE = "seven quiet otters"
WAIT = 60_000
"""Milliseconds that a loaded machine is given; nothing is asserted about time."""


@contextmanager
def served(home: Path, passphrase: str | None = PASSPHRASE) -> Iterator[tuple[Service, Client]]:
    """The service of a home; with a passphrase its vault is made. It ends when the connection does."""
    client = Client.connect(home, "window")
    service = Service(client)
    try:
        if passphrase is not None:
            client.call("vault.create", passphrase=passphrase)
        yield service, client
    finally:
        service.close()
        # The next one must not find this one while it ends.
        psutil.wait_procs(psutil.Process().children(), timeout=10)


def life(path: Path, texts: Iterable[str], speaker: str = "Anna", start: datetime | None = None) -> Path:
    """A file of memories, one a day from `start` on, as `import` reads it."""
    start = start or datetime(2024, 3, 1, 9, 0)
    lines = [
        {
            "id": f"{speaker}{n}",
            "conversation": "family",
            "speaker": speaker,
            "time": (start + timedelta(days=n)).isoformat(),
            "text": text,
        }
        for n, text in enumerate(texts)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def imported(client: Client, *paths: Path, me: str = "Jonas") -> None:
    """Import files and wait until all of them are stored."""
    over = threading.Event()
    client.subscribe(lambda method, _params: over.set() if method == "import.done" else None)
    client.call("import.start", paths=[str(path) for path in paths], me=me)
    assert over.wait(WAIT / 1000)


def unnamed(place: QWidget) -> list[str]:
    """Visible things that can have the focus and have no accessible name."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in place.findChildren(QWidget)
        if widget.isVisibleTo(place)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollBar)
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
    ]


def outside(place: QWidget) -> list[str]:
    """Visible widgets of a place that stand out at its right edge."""
    found = []
    for widget in place.findChildren(QWidget):
        if widget.isVisible() and widget.mapTo(place, QPoint(widget.width(), 0)).x() > place.width() + 1:
            found.append(f"{type(widget).__name__} {widget.accessibleName()}")
    return found


def memory(
    memory_id: str, time: str | None, text: str = "a text", role: str = "other", **more: Any
) -> dict[str, Any]:
    """A memory in the protocol's shape."""
    return {
        "memory_id": memory_id,
        "source_id": None,
        "conversation": "family",
        "speaker": "Anna",
        "role": role,
        "kind": "turn",
        "time": time,
        "recorded_at": "2026-11-01T10:00:00",
        "origin": "jsonl",
        "text": text,
        "remembered": True,
        "hidden": False,
        **more,
    }
