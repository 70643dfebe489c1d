"""How fast memories fade: a slider, and what it means for a memory, drawn while it moves."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSlider

from second_me.app.service.protocol import RemoteFault
from second_me.app.theme.style import Theme
from second_me.app.theme.tokens import GRID
from second_me.app.views.bridge import Service
from second_me.app.views.memory.curve import Curve
from second_me.app.views.widgets import Card, label
from second_me.app.words import tr, trn
from second_me.core.memory.forgetting import SLOWEST, THRESHOLD, Grade, Life, Use, days_until, strength
from second_me.core.memory.worth import LONGEST, SHORTEST

STEPS = 4
"""Steps of the slider for a factor of two."""
SETTLE_MS = 400
"""How long the slider rests before the pace is kept."""

_ENDS = round(STEPS * math.log2(SLOWEST))
_SAMPLE = Life(1, SHORTEST, (Use(31, Grade.GOOD),))
_DAYS, _AHEAD, _NOON = 180, 1460, time(12)
"""Days of the sample until today, and from today on."""


class PaceCard(Card):
    """The slider, kept in the vault when it rests. `entered` reads it."""

    def __init__(self, service: Service, theme: Theme) -> None:
        super().__init__(tr("How fast memories fade"))
        self._service = service
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(-_ENDS, _ENDS)
        self.slider.setPageStep(STEPS)
        self.slider.setTickInterval(STEPS)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setAccessibleName(tr("How fast memories fade"))
        self.slider.setEnabled(False)  # until it is known
        self.words = label("")
        self.curve = Curve(theme)
        self.failure = label("", "danger")
        self._rest = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._rest.timeout.connect(self._keep)
        self.slider.valueChanged.connect(self._moved)
        self._place()
        self._draw()

    def _place(self) -> None:
        self.body.setContentsMargins(GRID * 2, GRID * 2, GRID * 2, GRID * 2)
        self.body.setSpacing(GRID)
        about = tr(
            "What nothing recalls leaves the timeline after a while; a question still finds it. Only days on which "
            "you use Second Me count."
        )
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(label(tr("Faster"), "muted", wrap=False))
        row.addWidget(self.slider, 1)
        row.addWidget(label(tr("Slower"), "muted", wrap=False))
        self.body.addWidget(label(tr("How fast memories fade"), "strong"))
        self.body.addWidget(label(about, "muted"))
        self.body.addLayout(row)
        self.body.addWidget(self.words)
        self.body.addWidget(self.curve)
        self.body.addWidget(self.failure)
        self.failure.hide()

    @property
    def pace(self) -> float:
        """What the slider says."""
        return float(2.0 ** (self.slider.value() / STEPS))

    def entered(self) -> None:
        """Ask how it stands."""
        if not self._rest.isActive():
            self._service.request("settings.get", {}, self._know, self._failed, self)

    def _know(self, settings: dict[str, Any]) -> None:
        self.failure.hide()
        self.slider.blockSignals(True)
        self.slider.setValue(round(STEPS * math.log2(float(settings["pace"]))))
        self.slider.blockSignals(False)
        self.slider.setEnabled(True)
        self._draw()

    def _moved(self) -> None:
        self._draw()
        self._rest.start()

    def _keep(self) -> None:
        self.failure.hide()
        self._service.request("settings.set", {"pace": self.pace}, None, self._failed, self)

    def _failed(self, fault: RemoteFault) -> None:
        self.failure.setText(f"{fault.what} {fault.action}".strip())
        self.failure.show()

    def _draw(self) -> None:
        words = pace_words(self.pace)
        self.words.setText(words)
        self.slider.setAccessibleDescription(words)
        self.curve.show_curve(
            sample_curve(self.pace, date.today()), tr("A memory that was recalled once. {words}", words=words)
        )


def pace_words(pace: float) -> str:
    """How long a remark, and what matters, last without a recall."""
    least = days_until(THRESHOLD, SHORTEST, pace)
    most = days_until(THRESHOLD, LONGEST, pace)
    return tr(
        "Without a recall a passing remark stays for {short} of use, what matters for {long}.",
        short=_span(least),
        long=_span(most),
    )


def sample_curve(pace: float, today: date) -> dict[str, Any]:
    """The curve of a memory that was recalled once, in the protocol's shape; always over the same time."""
    recalled = _SAMPLE.uses[0].day
    forgotten = [_point(replace(_SAMPLE, uses=()), day, pace, today) for day in range(1, recalled + 1)]
    since = [_point(_SAMPLE, day, pace, today) for day in range(recalled, _DAYS + 2)]
    ahead = [_point(_SAMPLE, day, pace, today) for day in range(_DAYS + 1, _DAYS + _AHEAD + 2, 10)]
    return {
        "past": [*forgotten, *since],
        "ahead": ahead,
        "recalls": [{"at": since[0][0], "grade": "good"}],
    }


def _point(life: Life, day: int, pace: float, today: date) -> list[Any]:
    when = datetime.combine(today - timedelta(days=_DAYS + 1 - day), _NOON)
    return [when.isoformat(), strength(life, day, pace)]


def _span(days: int) -> str:
    if days < 60:
        return trn("{n} day", "{n} days", days)
    if days < 700:
        return trn("{n} month", "{n} months", round(days / 30.4))
    return trn("{n} year", "{n} years", round(days / 365.25))
