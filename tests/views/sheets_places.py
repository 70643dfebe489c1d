"""The places beside the talk for the contact sheets: `sheets()` names each state and how to make it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from second_me.app.preferences import Preferences
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.first_run import FirstRunView
from second_me.app.views.memory import MemoryView
from second_me.app.views.settings import SettingsView
from second_me.app.views.unlock import UnlockView
from second_me.app.views.unlock.view import Way

Make = Callable[[Service, Theme], QWidget]


def _memory(service: Service, theme: Theme) -> QWidget:
    return MemoryView(service, theme, Preferences(Path(tempfile.gettempdir()) / "second-me-sheets"))


def _settings(section: int) -> Make:
    def make(service: Service, theme: Theme) -> QWidget:
        view = SettingsView(service, theme, Preferences(Path(tempfile.gettempdir()) / "second-me-sheets"))
        view.open_section(section)
        return view

    return make


def _unlock(way: Way) -> Make:
    def make(service: Service, theme: Theme) -> QWidget:
        view = UnlockView(service, theme)
        view.ask(way)
        return view

    return make


def _first_run(page: int) -> Make:
    def make(service: Service, theme: Theme) -> QWidget:
        view = FirstRunView(service, theme)
        view.recovery.show_key("ABCDE-FGHJK-MNPQR-STVWX-YZ012-34567")
        view.show_page(view.pages[page])
        return view

    return make


def sheets() -> list[tuple[str, Make]]:
    """(name, what makes the widget of a service and a theme)."""
    sections = ("model", "privacy", "appearance", "shortcuts", "about")
    pages = ("passphrase", "recovery", "model", "tell")
    return [
        ("memory", _memory),
        *[(f"settings-{name}", _settings(n)) for n, name in enumerate(sections)],
        *[(f"unlock-{way.name.lower()}", _unlock(way)) for way in Way],
        *[(f"first-run-{name}", _first_run(n)) for n, name in enumerate(pages)],
    ]
