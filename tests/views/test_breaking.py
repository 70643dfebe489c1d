"""A text word for word: it fits, and what is copied is what was written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from second_me.app.views.breaking import Verbatim

LINK = "https://example.org/" + "path" * 100
TEXT = f"Look here:\n{LINK} and there"


def test_a_long_link_does_not_widen_and_is_copied_whole(qtbot: QtBot, qapp: QApplication) -> None:
    shown = Verbatim(TEXT)
    qtbot.addWidget(shown)
    assert shown.minimumSizeHint().width() < 400
    assert shown.accessibleName() == TEXT
    shown.copy()
    assert qapp.clipboard().text() == TEXT
    start = shown.text().index("https")
    shown.setSelection(start, len(shown.text()) - start - len(" and there"))
    qtbot.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == LINK
