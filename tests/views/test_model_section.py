"""The Model section: the slider, the bar of layers, size steps and the list, in real windows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.service.client import Client
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.command import Advice, CommandRun
from second_me.app.views.first_run.fetch import ModelFetch
from second_me.app.views.settings import model_words as words
from second_me.app.views.settings.larger_words import experts_words
from second_me.app.views.settings.model import ModelSection
from second_me.app.views.settings.model_bar import strength
from tests.views.acting import PausedRun, act
from tests.views.places import OFFSCREEN, WAIT, outside, served, unnamed
from tests.views.sample import SampleClient
from tests.views.sample_budget import (
    ABSENT,
    FIXED,
    FOLLOWING,
    FRESH_MIXTURE,
    MB,
    MODELS,
    ON_DEMAND,
    ONE_SIZE,
    OVER,
    REFUSED,
    RESTING,
    RESTING_MIXTURE,
    SMALLEST,
    TOO_LARGE,
    UNKNOWN_MIXTURE,
    USELESS,
    WHOLE_MIXTURE,
    experts,
    model,
)

pytestmark = OFFSCREEN
LARGER = [
    WHOLE_MIXTURE,
    ON_DEMAND,
    FRESH_MIXTURE,
    RESTING_MIXTURE,
    UNKNOWN_MIXTURE,
    TOO_LARGE,
    OVER,
    SMALLEST,
]
STATES = [FIXED, FOLLOWING, RESTING, ONE_SIZE, USELESS, REFUSED, *LARGER]


class Stand:
    """A section over made-up answers."""

    def __init__(self, qtbot: QtBot, theme: Theme, shape: dict[str, Any], width: int = 900) -> None:
        self.client = SampleClient(more={"budget.status": shape, "models.list": MODELS, "budget.set": {}})
        self.service = Service(self.client)
        self.section = ModelSection(self.service, theme, ModelFetch)
        self.card = self.section.card
        qtbot.addWidget(self.section)
        self.section.resize(width, 800)
        self.section.show()
        qtbot.waitUntil(lambda: bool(self.section.models.rows) and self.card.shape is not None, timeout=WAIT)

    def sent(self) -> list[int | None]:
        return [params["bytes"] for method, params in list(self.client.calls) if method == "budget.set"]

    def asked(self) -> int:
        return sum(method == "budget.status" for method, _params in list(self.client.calls))


@pytest.fixture
def stands(qtbot: QtBot, theme: Theme) -> Iterator[list[Stand]]:
    made: list[Stand] = []
    yield made
    for stand in made:
        stand.service.close()


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> Stand:
    stands.append(Stand(qtbot, theme, FIXED))
    return stands[-1]


def texts(place: QWidget) -> str:
    shown = [each.text() for each in place.findChildren(QLabel) if each.isVisible()]
    return "\n".join(
        shown + [each.text() for each in place.findChildren(QAbstractButton) if each.isVisible()]
    )


def test_the_slider_says_what_to_expect_while_it_moves(qtbot: QtBot, stand: Stand) -> None:
    card = stand.card
    assert (card.slider.minimum(), card.slider.value(), card.slider.maximum()) == (83, 84, 108)
    assert (card.amount.text(), card.expected.text()) == ("84 MB", "of 108 MB, about 97 % of full quality")
    card.slider.setSliderDown(True)
    card.slider.setSliderPosition(96)
    assert (card.amount.text(), card.expected.text()) == ("96 MB", "of 108 MB, about 99 % of full quality")
    card.show_shape(FIXED)
    assert card.slider.value() == 96, "an answer does not pull the slider out of the hand"
    card.slider.setSliderPosition(108)
    assert card.expected.text() == "of 108 MB, full quality"
    card.slider.setSliderDown(False)
    qtbot.waitUntil(lambda: stand.sent()[-1:] == [108 * MB], timeout=WAIT)


def test_the_slider_by_keyboard(qtbot: QtBot, stand: Stand) -> None:
    qtbot.keyClick(stand.card.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: stand.sent() == [85 * MB], timeout=WAIT)
    stand.client.more["budget.status"] = {**FIXED, "bytes": 108 * MB}
    qtbot.keyClick(stand.card.slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: stand.sent()[-1] == 108 * MB, timeout=WAIT)
    wanted = "Model memory: 108 MB of 108 MB, full quality"
    qtbot.waitUntil(lambda: stand.card.slider.accessibleName() == wanted, timeout=WAIT)


def test_following_free_memory(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    stands.append(Stand(qtbot, theme, FOLLOWING))
    stand, card = stands[-1], stands[-1].card
    assert card.follow.isChecked()
    assert not card.slider.isEnabled()
    assert card.slider.value() == 108
    stand.client.more["budget.status"] = FIXED
    card.follow.click()
    qtbot.waitUntil(lambda: stand.sent() == [108 * MB], timeout=WAIT)
    qtbot.waitUntil(lambda: card.slider.isEnabled() and card.slider.value() == 84, timeout=WAIT)
    card.follow.click()
    qtbot.waitUntil(lambda: stand.sent()[-1] is None, timeout=WAIT)


def test_it_is_asked_only_while_it_is_seen(qtbot: QtBot, stand: Stand) -> None:
    before = stand.asked()
    qtbot.waitUntil(lambda: stand.asked() > before, timeout=WAIT)
    stand.section.hide()
    qtbot.wait(300)
    before = stand.asked()
    stand.client.tell("budget.changed", {})
    qtbot.wait(1300)
    assert stand.asked() == before


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_bar_says_its_cells(qtbot: QtBot, stand: Stand) -> None:
    bar = stand.card.bar
    cells = bar.cells()
    assert len(cells) == len(FIXED["layers"]) == 31
    assert cells[0].width() > 2 * cells[1].width()
    assert cells[-1].right() == pytest.approx(bar.width())
    assert "Layer 4: 4.5 of 5.0 bits a weight, 2 MB" in bar.accessibleDescription()
    bar.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(bar, key)
    assert bar.accessibleName() == "Layers of the model, Layer 1: 5.0 of 5.0 bits a weight, 2 MB"
    qtbot.keyClick(bar, Qt.Key.Key_End)
    assert "Layer 30:" in bar.accessibleName()
    assert strength(2.1, 16) < strength(4.5, 16) < strength(5, 5) == 1.0


def test_what_is_resident_is_said(stand: Stand) -> None:
    assert "model 72 MB, conversation 8 MB, working space 4 MB" in texts(stand.card)
    assert "free now: 3.1 GB" in texts(stand.card)


def test_one_size_offers_more(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    stands.append(Stand(qtbot, theme, ONE_SIZE))
    section = stands[-1].section
    assert not section.card.slider.isVisible()
    assert "one size so far" in section.steps.text.text()
    act(section, "making")
    assert "Finding out what matters · 6 min left" in texts(section.steps)
    section.steps.pause.click()
    assert "Paused." in section.steps.text.text()
    assert section.steps.begin.text() == "Go on"
    section.show_shape(ONE_SIZE)
    assert section.steps.begin.isVisible()
    section.steps.start()
    assert section.steps.run is not None
    section.steps.run.failed.emit("Nothing is gained by it.", "")
    assert "Nothing is gained by it." in texts(section.steps)


@pytest.mark.parametrize(
    ("shape", "said", "button"),
    [(USELESS, "so none are made", ""), (REFUSED, "It runs at its full size.", "Make it again")],
)
def test_why_there_is_one_size(
    qtbot: QtBot, theme: Theme, stands: list[Stand], shape: dict[str, Any], said: str, button: str
) -> None:
    stands.append(Stand(qtbot, theme, shape))
    steps = stands[-1].section.steps
    assert said in steps.text.text()
    assert (steps.begin.text() if steps.begin.isVisible() else "") == button


def test_the_list(qtbot: QtBot, stand: Stand) -> None:
    rows = stand.section.models.rows
    here = [row for row in rows.values() if row.mark.isVisible()]
    assert [row.row["name"] for row in here] == ["SmolLM2-135M-Instruct.Q4_1", "all-MiniLM-L6-v2.Q8_0"]
    shown = texts(stand.section.models)
    assert "found in LM Studio · 2.5 GB · fits, takes 2.5 GB" in shown
    assert "takes 19.1 GB; runs from 2.4 GB, its experts read from the disk when needed" in shown
    assert "too large for now, takes 43.9 GB; it would be slow, read from the disk again and again" in shown
    assert "It cannot be used: it ends in the middle of a tensor." in shown
    assert rows["qwen3-0.6b"].act.text() == "Download"
    assert rows["gemma-3-1b-it"].act.text() == "Go on"
    broken = next(row for row in rows.values() if row.row["name"] == "broken.gguf")
    assert not broken.act.isVisible()


def test_a_download_is_seen_paused_and_goes_on(qtbot: QtBot, stand: Stand) -> None:
    act(stand.section, "downloading")
    row = stand.section.models.rows["gemma-3-1b-it"]
    assert row.text.text() == "downloading · 412 MB of 806 MB · 9 MB/s · 44 s left"
    stand.section.models.show_rows(MODELS)
    assert row.text.text().startswith("downloading"), "a new list does not disturb it"
    row.pause.click()
    assert "paused, what has arrived is kept" in row.text.text()
    assert (row.act.text(), row.cancel.isVisible()) == ("Go on", True)
    commands: list[tuple[str, ...]] = []

    def make(arguments: tuple[str, ...]) -> CommandRun:
        commands.append(arguments)
        return PausedRun(arguments)

    row._make = make
    row.act.click()
    row.cancel.click()
    assert [command[0] for command in commands] == ["fetch", "remove"]


def test_removing_asks_first(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    own = {**MODELS[0], "name": "old", "path": "/models/old.gguf", "in_use": False}
    stands.append(Stand(qtbot, theme, FIXED))
    models = stands[-1].section.models
    models.show_rows([*MODELS, own])
    row = models.rows["/models/old.gguf"]
    commands: list[tuple[str, ...]] = []
    row._make = lambda arguments: (commands.append(arguments), PausedRun(arguments))[1]
    row.remove.click()
    assert "96 MB are free again" in row.question.text()
    row.no.click()
    assert not row.sure.isVisible()
    row.remove.click()
    row.yes.click()
    assert commands == [("remove", "/models/old.gguf", "--yes", "--json")]


def test_without_a_model_the_starter_is_offered(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    stands.append(Stand(qtbot, theme, ABSENT))
    section = stands[-1].section
    assert section.starter.isVisible()
    assert not section.card.isVisible()
    assert not section.steps.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize("width", [416, 680, 1400])
def test_it_fits_and_everything_has_a_name(
    qtbot: QtBot, theme: Theme, stands: list[Stand], width: int, scale: float
) -> None:
    theme.use("dark", scale)
    stands.append(Stand(qtbot, theme, FIXED, width))
    section = stands[-1].section
    section.fold(width < 500)
    for shape in STATES:
        stands[-1].client.more["budget.status"] = shape
        section.show_shape(shape)
        qtbot.wait(20)
        assert unnamed(section) == []
        assert outside(section) == []


def test_no_word_of_ours_is_on_the_surface(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    stands.append(Stand(qtbot, theme, FIXED))
    for shape in STATES:
        stands[-1].section.show_shape(shape)
        assert not re.search(
            r"\b(rungs?|KV|ladders?|quantiz\w+|VRAM|MoE|mmap|RAM)\b", texts(stands[-1].section)
        )


def test_a_mixture_of_experts_says_what_is_held(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    stands.append(Stand(qtbot, theme, ON_DEMAND))
    section, card = stands[-1].section, stands[-1].section.card
    assert (card.slider.minimum(), card.slider.value(), card.slider.maximum()) == (511, 880, 1757)
    full = words.budget_words(1757 * MB)
    assert (card.amount.text(), card.expected.text()) == ("880 MB", f"of {full}, same answers, slower")
    assert card.experts.text() == (
        "Each word asks a few of this model's experts. 1.4 GB of them lie on the disk, 410 MB are held now. "
        "About 1 choice in 3 has to wait for the disk."
    )
    assert card.legend.text() == "One cell a layer, the stronger the more of it is held: 28 to 36\u00a0%."
    assert "Layer 3: 21 MB of 58 MB held" in card.bar.accessibleDescription()
    assert not section.steps.isVisible(), "it fits without size steps"
    assert not card.why.isVisible()
    card.slider.setSliderDown(True)
    card.slider.setSliderPosition(1757)
    assert card.expected.text() == f"of {full}, full speed"


def test_a_whole_mixture_and_one_at_rest(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    stands.append(Stand(qtbot, theme, WHOLE_MIXTURE))
    section, card = stands[-1].section, stands[-1].section.card
    assert card.expected.text() == f"of {words.budget_words(1757 * MB)}, full speed"
    assert "All of them (1.4 GB) may be held, so that no word waits" in card.experts.text()
    assert card.legend.text() == "One cell a layer, the stronger the finer: 4.5 bits a weight."
    section.show_shape(RESTING_MIXTURE)
    assert "Up to 482 MB of 1.4 GB will be held" in card.experts.text()
    section.show_shape(FRESH_MIXTURE)
    assert card.experts.text().endswith("0 MB are held now. What is missing is read when it is asked.")
    section.show_shape(FIXED)
    assert not card.experts.isVisible()


def test_a_mixture_that_is_not_known_says_why(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    stands.append(Stand(qtbot, theme, UNKNOWN_MIXTURE))
    section, card = stands[-1].section, stands[-1].section.card
    assert not card.slider.isVisible()
    assert "cannot be read from the disk one by one, so it has one size" in card.experts.text()
    assert "the architecture rnd1 is not known to have experts" in card.why.text()
    assert (card.why.isVisible(), card.why.property("look")) == (True, "muted")
    assert section.steps.begin.isVisible()


def test_a_dense_model_that_is_too_large_says_so(qtbot: QtBot, theme: Theme, stands: list[Stand]) -> None:
    stands.append(Stand(qtbot, theme, TOO_LARGE))
    section, card = stands[-1].section, stands[-1].section.card
    slow = "Parts of it have to be read from the disk again and again, which is slow."
    assert card.why.text().endswith(f"{slow} Size steps would make it fit.")
    assert "2600 MB more than can be spared now." in card.why.text()
    assert (card.why.isVisible(), card.why.property("look")) == (True, "warn")
    assert section.steps.begin.isVisible()
    section.models.show_rows([model("huge", "hub", 4_700 * MB, in_use=True, fits="no")])
    assert card.why.text().endswith(f"{slow} A smaller model would answer faster.")
    section.show_shape(SMALLEST)
    assert card.why.text().endswith(slow), "it has size steps, and this is the smallest"
    section.show_shape(OVER)
    assert "It holds more than the 60 MB that were chosen: it has one size only." in card.why.text()
    section.show_shape(FIXED)
    assert not card.why.isVisible()


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (None, "What is missing is read"), (0.0, "Hardly a choice"), (0.06, "1 choice in 20"),
        (0.34, "1 choice in 3"), (0.5, "1 choice in 2"), (0.65, "2 choices in 3"), (0.99, "Nearly every choice"),
    ],
)  # fmt: skip
def test_how_often_a_word_waits(missing: float | None, said: str) -> None:
    shape = {**ON_DEMAND, "experts": experts("on demand", resident=0, missing=missing)}
    assert said in experts_words(shape)


def test_words() -> None:
    assert words.quality_at([], 5) is None
    assert words.quality_at([[10, 0.5], [20, 1.0]], 15) == 0.75
    assert [words.quality_at([[10, 0.5], [20, 1.0]], size) for size in (1, 99)] == [0.5, 1.0]
    assert [words.left_words(each) for each in (None, 0.2, 59, 61, 7200)] == [
        "", "1 s left", "59 s left", "1 min left", "2.0 h left",
    ]  # fmt: skip
    assert words.fetch_words({"done": 5, "total": 5}) == "checking"
    assert words.resident_words(RESTING) == "Nothing of it is in this computer's memory now."


def test_a_command_that_fails_says_its_own_words(qtbot: QtBot, own_home: Path) -> None:
    run = CommandRun(("model", "use", "no such model", "--json"), Advice("It did not work."))
    with qtbot.waitSignal(run.failed, timeout=WAIT) as told:
        run.start()
    assert "no such model" in told.args[0]


def test_a_command_ends_with_its_window(qtbot: QtBot, own_home: Path) -> None:
    owner = QObject()
    run = CommandRun(("budget", "--watch"), Advice("It did not work."), owner)
    run.start()
    process = run._process
    assert process.waitForStarted(WAIT)
    with qtbot.waitSignal(process.finished, timeout=WAIT):
        owner.deleteLater()


@pytest.fixture
def real(own_home: Path, starter_models: Path) -> Iterator[tuple[Service, Client]]:
    """The starter in a home of its own: what is chosen is kept beside the models."""
    (own_home / "models").mkdir(parents=True)
    for file in starter_models.glob("*.gguf"):
        (own_home / "models" / file.name).symlink_to(file)
    with served(own_home) as both:
        yield both


def test_a_budget_goes_through_to_the_real_model(
    qtbot: QtBot, theme: Theme, real: tuple[Service, Client]
) -> None:
    service, client = real
    section = ModelSection(service, theme, ModelFetch)
    qtbot.addWidget(section)
    section.resize(900, 800)
    section.show()
    qtbot.waitUntil(lambda: bool(section.models.rows) and section.card.isVisible(), timeout=WAIT)
    assert section.steps.begin.isVisible(), "the starter has one size until its size steps are made"
    section.card.wanted.emit(90 * MB)
    qtbot.waitUntil(lambda: client.call("budget.status")["bytes"] == 90 * MB, timeout=WAIT)
    client.call("ask", text="What is a heron?")
    qtbot.waitUntil(lambda: "conversation" in section.card.resident.text(), timeout=WAIT)
    section.card.wanted.emit(None)
    qtbot.waitUntil(lambda: client.call("budget.status")["mode"] == "auto", timeout=WAIT)
