"""Two processes for test_focus: `python -m tests.views.on_a_screen browser|desk`. Each says what happens to it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from second_me.app.theme.style import apply_theme
from second_me.app.views.fill.proposal import ProposalWindow
from second_me.app.views.fill.result import Result
from tests.views import sample_fill


def say(word: str) -> None:
    print(word, flush=True)


class Activation(QObject):
    """Says when a window has the focus and when it has it no more."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            say("active")
        elif event.type() == QEvent.Type.WindowDeactivate:
            say("inactive")
        return False


def browser(app: QApplication) -> QPlainTextEdit:
    """A window with a field that the person stands in."""
    window = QPlainTextEdit()
    window.setGeometry(40, 60, 620, 700)
    window.installEventFilter(Activation(app))
    window.show()
    window.activateWindow()
    return window


def desk(app: QApplication) -> ProposalWindow:
    """A proposal that is agreed to by Return, then what came of it."""
    theme = apply_theme(app, "light", 1.0)
    window = ProposalWindow(theme, sample_fill.CLINIC)
    result = Result(theme, window.card())
    window.installEventFilter(Activation(app))
    window.agreed.connect(lambda rows: say(f"agreed {len(rows)}"))
    window.closed.connect(lambda: QTimer.singleShot(0, lambda: result.say("5 fields filled", lambda: None)))

    def press() -> None:
        if window.isActiveWindow() and not window._grace.isActive():
            clock.stop()
            say(f"beside {window.card().left()}")
            QTest.keyClick(window, Qt.Key.Key_Return)
            QTimer.singleShot(1500, lambda: (say(f"result {result.isActiveWindow()}"), app.quit()))

    clock = QTimer(app, interval=50)
    clock.timeout.connect(press)
    clock.start()
    window.show()
    return window


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    shown = {"browser": browser, "desk": desk}[sys.argv[1]](application)
    application.exec()
