"""The places beside the talk for the contact sheets: `sheets()` names each state and how to make it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from second_me.app.preferences import Preferences
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.first_run import FirstRunView
from second_me.app.views.memory import MemoryPlace
from second_me.app.views.memory.filters import Time
from second_me.app.views.settings import SettingsView
from second_me.app.views.unlock import UnlockView
from second_me.app.views.unlock.view import Way
from tests.views import sample_budget, sample_disclosure
from tests.views.acting import act
from tests.views.sample import SampleClient
from tests.views.sample_facts import FACTS, ODD, PAIRS, FactsClient
from tests.views.sheets_fill import fill_sheets

Make = Callable[[Service, Theme], QWidget]


def _memory(service: Service, theme: Theme) -> QWidget:
    return MemoryPlace(service, theme, Preferences(Path(tempfile.gettempdir()) / "second-me-sheets"))


def _memory_over(
    facts: list[dict[str, Any]], pairs: list[dict[str, Any]], act: Callable[[MemoryPlace], None]
) -> Make:
    """The memory place over made-up facts."""

    def make(_service: Service, theme: Theme) -> QWidget:
        service = Service(FactsClient(facts, pairs))
        place = MemoryPlace(service, theme, Preferences(Path(tempfile.gettempdir()) / "second-me-sheets"))
        service.setParent(place)
        QTimer.singleShot(300, place, lambda: act(place))
        return place

    return make


def memory_sheets() -> list[tuple[str, Make]]:
    """About me's states, and a memory with what was learned from it."""

    def about(place: MemoryPlace) -> None:
        place.tabs.setCurrentIndex(1)

    def odd(place: MemoryPlace) -> None:
        about(place)
        place.about.listing.rows[0].edit()
        place.about.listing.rows[1].end()

    def filtered(place: MemoryPlace) -> None:
        place.timeline.side.chips.who.chosen.emit("Mehmet Yıldız")
        place.timeline.side.chips.time.chosen.emit(Time.RANGE)
        place.timeline.side.chips.faded.click()

    def detail(place: MemoryPlace) -> None:
        place.timeline.open_memory("m1")

    return [
        ("about-me", _memory_over(FACTS, [], about)),
        ("about-me-inbox", _memory_over(FACTS, PAIRS, lambda place: place.show_inbox())),
        ("about-me-empty", _memory_over([], [], about)),
        ("about-me-odd", _memory_over(ODD, [{"first": ODD[2], "second": ODD[6]}], odd)),
        ("about-me-before", _memory_over(FACTS, [], lambda place: place.show_fact(7))),
        ("memory-detail-facts", _memory_over(FACTS, [], detail)),
        ("memory-filters", _memory_over(FACTS, PAIRS, filtered)),
    ]


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


def _model(budget: dict[str, Any], doing: str = "") -> Make:
    """The Model section over a made-up model."""

    def make(_service: Service, theme: Theme) -> QWidget:
        client = SampleClient(more={"budget.status": budget, "models.list": sample_budget.MODELS})
        service = Service(client)
        view = SettingsView(service, theme, Preferences(Path(tempfile.gettempdir()) / "second-me-sheets"))
        service.setParent(view)
        QTimer.singleShot(400, view, lambda: act(view.model, doing))
        return view

    return make


def _knowing(from_top: int) -> Make:
    """The Privacy section over made-up clearances, scrolled down by a share (0..100) of its height."""

    def make(_service: Service, theme: Theme) -> QWidget:
        service = Service(SampleClient(more=sample_disclosure.EVERYTHING))
        view = SettingsView(service, theme, Preferences(Path(tempfile.gettempdir()) / "second-me-sheets"))
        service.setParent(view)
        view.open_section(1)
        bar = view.privacy.verticalScrollBar()
        QTimer.singleShot(500, view, lambda: bar.setValue(bar.maximum() * from_top // 100))
        return view

    return make


def model_sheets() -> list[tuple[str, Make]]:
    """The Model section's states."""
    return [
        ("model-following", _model(sample_budget.FOLLOWING)),
        ("model-fixed", _model(sample_budget.FIXED)),
        ("model-one-size", _model(sample_budget.ONE_SIZE)),
        ("model-making", _model(sample_budget.ONE_SIZE, "making")),
        ("model-downloading", _model(sample_budget.FIXED, "downloading")),
        ("model-useless", _model(sample_budget.USELESS)),
        ("model-refused", _model(sample_budget.REFUSED)),
        ("mixture-whole", _model(sample_budget.WHOLE_MIXTURE)),
        ("mixture-on-demand", _model(sample_budget.ON_DEMAND)),
        ("mixture-resting", _model(sample_budget.RESTING_MIXTURE)),
        ("mixture-unknown", _model(sample_budget.UNKNOWN_MIXTURE)),
        ("model-too-large", _model(sample_budget.TOO_LARGE)),
        ("model-over", _model(sample_budget.OVER)),
    ]


def sheets() -> list[tuple[str, Make]]:
    """(name, what makes the widget of a service and a theme)."""
    sections = ("model", "privacy", "appearance", "memory", "shortcuts", "about")
    pages = ("passphrase", "recovery", "model", "tell")
    return [
        *model_sheets(),
        ("memory", _memory),
        *memory_sheets(),
        *fill_sheets(),
        *[(f"privacy-knowing-{share}", _knowing(share)) for share in (40, 100)],
        *[(f"settings-{name}", _settings(n)) for n, name in enumerate(sections)],
        *[(f"unlock-{way.name.lower()}", _unlock(way)) for way in Way],
        *[(f"first-run-{name}", _first_run(n)) for n, name in enumerate(pages)],
    ]
