"""What the tests of the windows share: a platform without a screen, the theme, a real service with models."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from second_me.app.preferences import Preferences
from second_me.app.service.client import Client
from second_me.app.theme.style import Theme, apply_theme
from second_me.app.views.bridge import Service
from tests.views.places import served

_HERE = Path(__file__).parent
_OFFSCREEN_CANNOT = "plugin does not support (propagateSizeHints|raise)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The platform without a screen says at every window what it cannot do; that is no fault of ours."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(_OFFSCREEN_CANNOT, extend=True))


@pytest.fixture(scope="session")
def only_theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, "light", 1.0)


@pytest.fixture
def theme(only_theme: Theme) -> Iterator[Theme]:
    """The theme, light at the system's size before and after each test."""
    only_theme.use("light", 1.0)
    yield only_theme
    only_theme.use("light", 1.0)


@pytest.fixture
def preferences(own_home: Path) -> Preferences:
    return Preferences(own_home)


@pytest.fixture
def talking(own_home: Path, starter_models: Path) -> Iterator[tuple[Service, Client]]:
    """A service with an empty, unlocked vault and the starter models."""
    own_home.mkdir(parents=True)
    (own_home / "models").symlink_to(starter_models, target_is_directory=True)
    with served(own_home) as pair:
        yield pair


@pytest.fixture
def client(talking: tuple[Service, Client]) -> Client:
    """The same connection, for asking the service without the window."""
    return talking[1]
