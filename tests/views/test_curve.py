"""The curve of a memory in its detail, and the pace in the settings, over a real service and a made-up one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from second_me.app.service.client import Client
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.memory.curve import Curve, curve_words, recall_words
from second_me.app.views.memory.life import LifeCard
from second_me.app.views.settings.pace import PaceCard, pace_words, sample_curve
from tests.views.places import WAIT, served, unnamed
from tests.views.sample import SampleClient

SHAPE: dict[str, Any] = {
    "memory_id": "m_1", "pinned": False, "faded": False, "let_go": False, "strength": 0.81, "stability": 4.0,
    "born": "2026-01-01T12:00:00", "half": "2026-03-03T12:00:00",
    "recalls": [{"id": 1, "at": "2026-01-11T08:00:00", "grade": "good", "cause": "copied"},
                {"id": 2, "at": "2026-01-21T08:00:00", "grade": "lapse", "cause": "corrected"}],
    "past": [["2026-01-01T12:00:00", 1.0], ["2026-01-11T12:00:00", 0.8], ["2026-01-11T12:00:00", 1.0],
             ["2026-01-21T12:00:00", 0.9], ["2026-02-01T12:00:00", 0.81]],
    "ahead": [["2026-02-01T12:00:00", 0.81], ["2026-03-03T12:00:00", 0.49]],
}  # fmt: skip
TODAY = date(2026, 2, 1)


@pytest.fixture
def vault(own_home: Path) -> Iterator[tuple[Service, Client]]:
    with served(own_home) as both:
        yield both


def shown(qtbot: QtBot, widget: QWidget, width: int = 480) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, 400)
    widget.show()
    qtbot.waitExposed(widget)


def test_the_curve_in_words() -> None:
    assert curve_words(SHAPE, TODAY) == "81 % today. If nothing recalls it, below 50 % around 3 March."
    assert recall_words(SHAPE) == "Recalled once, corrected once."
    assert recall_words({"recalls": []}) == ""
    assert curve_words({**SHAPE, "pinned": True}, TODAY) == "Pinned: it does not fade."
    assert curve_words({**SHAPE, "faded": True, "strength": 0.4}, TODAY).startswith("Faded, 40 % today.")
    assert curve_words({**SHAPE, "let_go": True, "faded": True}, TODAY).startswith("You let it fade.")
    assert curve_words({**SHAPE, "half": None}, TODAY) == "81 % today."


def test_the_curve_is_drawn_where_its_values_are(qtbot: QtBot, theme: Theme) -> None:
    curve = Curve(theme)
    curve.show_curve(SHAPE, "81 % today.")
    shown(qtbot, curve)
    assert curve.accessibleName() == "81 % today."
    picture, plot = curve.grab().toImage(), curve.plot()
    accent = theme.colour("accent")
    ratio = picture.devicePixelRatio()

    def near(when: str, height: float) -> bool:
        at = curve.at(datetime.fromisoformat(when), height)
        spots = [(at.x() + x, at.y() + y) for x in range(-2, 3) for y in range(-2, 3)]
        return any(picture.pixelColor(round(x * ratio), round(y * ratio)) == accent for x, y in spots)

    assert near("2026-01-06T12:00:00", 0.9) and near("2026-01-26T12:00:00", 0.855)
    assert not near("2026-01-26T12:00:00", 0.3)
    assert plot.left() > 0 and plot.right() < curve.width() and plot.bottom() < curve.height()


def test_pin_and_let_fade_and_back(qtbot: QtBot, vault: tuple[Service, Client], theme: Theme) -> None:
    service, client = vault
    memory_id = client.call("remember", text="The spare key hangs behind the heron.")["memory_id"]
    card = LifeCard(service, theme, memory_id)
    shown(qtbot, card)
    qtbot.waitUntil(card.pin.isEnabled, timeout=WAIT)
    assert unnamed(card) == [] and card.curve.accessibleName().startswith("100 % today.")
    steps = (
        (card.pin, "Unpin", "Let fade", "Pinned: it does not fade."),
        (card.fade, "Pin", "Take it back", "You let it fade."),
        (card.fade, "Pin", "Let fade", "100 % today."),
    )
    for button, pin, fade, words in steps:
        button.click()
        qtbot.waitUntil(
            lambda pin=pin, fade=fade: (card.pin.text(), card.fade.text()) == (pin, fade), timeout=WAIT
        )
        assert card.words.text().startswith(words)
    assert client.call("life.curve", memory_id=memory_id)["pinned"] is False


def test_a_life_that_is_gone_says_so(qtbot: QtBot, vault: tuple[Service, Client], theme: Theme) -> None:
    card = LifeCard(vault[0], theme, "m_none")
    shown(qtbot, card)
    qtbot.waitUntil(card.failure.isVisible, timeout=WAIT)
    assert "no memory" in card.failure.text() and not card.pin.isEnabled()


def test_the_pace_is_kept_when_the_slider_rests(
    qtbot: QtBot, vault: tuple[Service, Client], theme: Theme
) -> None:
    service, client = vault
    card = PaceCard(service, theme)
    shown(qtbot, card)
    card.entered()
    qtbot.waitUntil(card.slider.isEnabled, timeout=WAIT)
    assert card.pace == 1.0 and unnamed(card) == []
    before = card.words.text()
    card.slider.setValue(card.slider.maximum())
    assert card.pace == 4.0 and card.words.text() != before
    assert card.words.text() in card.curve.accessibleName() and card.slider.accessibleDescription()
    qtbot.waitUntil(lambda: client.call("settings.get")["pace"] == 4.0, timeout=WAIT)


def test_a_pace_that_was_chosen_is_shown(qtbot: QtBot, theme: Theme) -> None:
    client = SampleClient(more={"settings.get": {"me": "", "deep": False, "pace": 0.25}})
    service = Service(client)
    card = PaceCard(service, theme)
    shown(qtbot, card)
    card.entered()
    qtbot.waitUntil(card.slider.isEnabled, timeout=WAIT)
    assert card.slider.value() == card.slider.minimum()
    assert [method for method, _ in client.calls] == ["settings.get"]
    service.close()


def test_the_sample_moves_with_the_pace() -> None:
    slow, fast = sample_curve(4.0, TODAY), sample_curve(0.25, TODAY)
    assert [when for when, _ in slow["ahead"]] == [when for when, _ in fast["ahead"]]
    assert all(high >= low for (_, high), (_, low) in zip(slow["ahead"], fast["ahead"], strict=True))
    assert slow["past"][-1] == slow["ahead"][0] and slow["past"][-1][0].startswith("2026-02-01")
    assert pace_words(1.0) == (
        "Without a recall a passing remark stays for 3 months of use, what matters for 4 years."
    )
