"""The Fill place, the proposal and what came of it, for the contact sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.fill.floating import Floating
from second_me.app.views.fill.place import FillPlace
from second_me.app.views.fill.proposal import ProposalWindow
from second_me.app.views.fill.result import Result
from second_me.app.views.widgets import Plane
from tests.views import sample_fill
from tests.views.sample import SampleClient

Make = Callable[[Service, Theme], QWidget]
PAIRING = {"pairing_id": "x", "name": "Chromium 156", "code": "407 193"}


class Backdrop(Plane):
    """Something for a window of ours to float above."""

    def __init__(self, window: Floating, size: Callable[[QSize], QSize]) -> None:
        super().__init__("background")
        self.window_shown, self._size = window, size
        window.setParent(self)
        window.show()
        if isinstance(window, ProposalWindow):
            window.fields.grown.connect(self.put)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.put)

    def put(self) -> None:
        size = self._size(self.size() - QSize(48, 48))
        self.window_shown.put(QRect(QPoint((self.width() - size.width()) // 2, 24), size))


def _proposal(given: dict[str, Any], act: Callable[[ProposalWindow], object] = lambda window: None) -> Make:
    def make(_service: Service, theme: Theme) -> QWidget:
        window = ProposalWindow(theme, given)
        backdrop = Backdrop(window, window.wanted_size)

        def then() -> None:
            act(window)
            backdrop.put()

        QTimer.singleShot(300, backdrop, then)
        return backdrop

    return make


def _small(given: dict[str, Any]) -> Make:
    """On a screen of 480 lines."""

    def make(_service: Service, theme: Theme) -> QWidget:
        window = ProposalWindow(theme, given)
        return Backdrop(window, lambda room: window.wanted_size(QSize(room.width(), 480)))

    return make


def _large(given: dict[str, Any]) -> Make:
    """Large text, from right to left."""

    def make(service: Service, theme: Theme) -> QWidget:
        theme.use(theme.scheme, 1.5)
        backdrop = _proposal(given)(service, theme)
        backdrop.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        backdrop.destroyed.connect(lambda: theme.use(theme.scheme, 1.0))
        return backdrop

    return make


def _result(said: str) -> Make:
    def make(_service: Service, theme: Theme) -> QWidget:
        result = Result(theme, QRect(0, 0, 400, 300))
        result.say(said, lambda: None)
        return Backdrop(result, lambda room: result.card().size())

    return make


def _place(
    answers: dict[str, Any], act: Callable[[FillPlace, SampleClient], object] = lambda place, client: None
) -> Make:
    def make(_service: Service, theme: Theme) -> QWidget:
        client = SampleClient(more=answers)
        service = Service(client)
        place = FillPlace(service, theme)
        service.setParent(place)
        QTimer.singleShot(400, place, lambda: act(place, client))
        return place

    return make


def _wait(place: FillPlace) -> None:
    place.pair()
    place.pairing.wait()


def _odd(window: ProposalWindow) -> None:
    for fold in window.fields.folds:
        fold.line.click()
    window.fields.rows[0].value.put("somebody@example.org")
    window.fields.rows[0].value.edited.emit()


def fill_sheets() -> list[tuple[str, Make]]:
    """(name, what makes the widget)."""
    clinic, kinds = sample_fill.CLINIC, sample_fill.MANY_KINDS
    return [
        ("fill", _place(sample_fill.PLACE, lambda place, _client: place.fills.rows[1].more.click())),
        ("fill-empty", _place(sample_fill.EMPTY_PLACE)),
        ("fill-many", _place(sample_fill.FULL_PLACE)),
        ("pairing", _place(sample_fill.EMPTY_PLACE, lambda place, _client: place.pair())),
        ("pairing-wait", _place(sample_fill.PLACE, lambda place, _client: _wait(place))),
        (
            "pairing-code",
            _place(sample_fill.PLACE, lambda _p, client: client.tell("browser.pairing", PAIRING)),
        ),
        ("proposal", _proposal(clinic)),
        ("proposal-kinds", _proposal(kinds, _odd)),
        ("proposal-small", _small(kinds)),
        ("proposal-long", _proposal(sample_fill.LONG)),
        ("proposal-twice", _proposal(sample_fill.TWICE)),
        ("proposal-many", _proposal(sample_fill.many())),
        ("proposal-late", _proposal(clinic, lambda window: window.withdraw())),
        ("proposal-mirrored", _large(kinds)),
        ("proposal-done", _result("5 fields filled")),
        (
            "proposal-failed",
            _result("2 fields filled. Not taken by the page: Country, Date of birth, Telephone…"),
        ),
    ]
