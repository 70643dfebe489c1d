"""The proposal: what Return agrees to, what is never agreed to, and that everything is reached by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.theme.style import Theme
from second_me.app.views.fill import words
from second_me.app.views.fill.editors import ChoiceValue, FixedValue, LineValue, TextValue, is_focusable
from second_me.app.views.fill.floating import beside, browser_window
from second_me.app.views.fill.proposal import ProposalWindow
from tests.views import sample_fill
from tests.views.places import WAIT, outside, unnamed
from tests.views.sample_fill import proposal, row

Open = Callable[[dict[str, Any]], ProposalWindow]


@pytest.fixture
def opened(theme: Theme, qtbot: QtBot) -> Iterator[Open]:
    """Shows a proposal and waits until it may be agreed to."""

    def show(given: dict[str, Any]) -> ProposalWindow:
        window = ProposalWindow(theme, given)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
        qtbot.waitUntil(lambda: not window._grace.isActive(), timeout=WAIT)
        return window

    yield show


def agreed(window: ProposalWindow, qtbot: QtBot, at: QWidget | None = None) -> list[dict[str, Any]]:
    """What Return agrees to."""
    with qtbot.waitSignal(window.agreed, timeout=WAIT) as signal:
        qtbot.keyClick(at or window, Qt.Key.Key_Return)
    assert not window.isVisible()
    return list(signal.args[0])


def texts(window: QWidget) -> str:
    labels = [part.text() for part in window.findChildren(QLabel)]
    lines = [part.text() for part in window.findChildren(QLineEdit)]
    return " ".join([window.windowTitle(), *labels, *lines])


def test_return_fills_what_is_ticked_and_nothing_else(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    assert window.header.title.text() == "Fill 5 of 7 fields"
    assert QApplication.focusWidget() is window.footer.fill
    assert agreed(window, qtbot) == [
        {"index": 0, "value": "Jonas"},
        {"index": 1, "value": "de Vries"},
        {"index": 2, "value": "14-03-1987"},
        {"index": 3, "value": "Oudegracht 12"},
        {"index": 4, "value": "3511 AP Utrecht"},
    ]


def test_a_key_that_was_meant_for_the_page_agrees_to_nothing(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    window._grace.start()
    with qtbot.assertNotEmitted(window.agreed):
        qtbot.keyClick(window, Qt.Key.Key_Return)
        window.footer.fill.click()
    assert window.isVisible()


@pytest.mark.parametrize("number", range(8))
def test_return_fills_from_every_field(number: int, opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.MANY_KINDS)
    each = window.fields.rows[number]
    part = each.value if is_focusable(each.value) else each.tick
    part.setFocus()
    assert [given["index"] for given in agreed(window, qtbot, part)] == [0, 1, 2]


def test_return_on_a_button_does_what_the_button_says(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    window.footer.leave.setFocus()
    with qtbot.assertNotEmitted(window.agreed), qtbot.waitSignal(window.left, timeout=WAIT):
        qtbot.keyClick(window.footer.leave, Qt.Key.Key_Return)


@pytest.mark.parametrize("how", ["escape", "button", "desktop"])
def test_leaving_fills_nothing(how: str, opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    with qtbot.assertNotEmitted(window.agreed), qtbot.waitSignal(window.left, timeout=WAIT):
        if how == "escape":
            qtbot.keyClick(window.fields.rows[2].value, Qt.Key.Key_Escape)
        elif how == "button":
            window.footer.leave.click()
        else:
            window.close()
    assert not window.isVisible()
    qtbot.waitUntil(lambda: "Jonas" not in texts(window), timeout=WAIT)


def test_what_is_told_once_is_filled_and_remembered_unless_the_person_says_no(
    opened: Open, qtbot: QtBot
) -> None:
    window = opened(sample_fill.CLINIC)
    allergies = window.fields.rows[5]
    assert allergies.value.property("placeholderText") == "tell me once …"
    qtbot.keyClicks(allergies.value, "walnuts")
    assert allergies.tick.isChecked() and allergies.remember.isVisible()
    assert window.header.title.text() == "Fill 6 of 7 fields"
    assert allergies.answer() == {"index": 5, "value": "walnuts"}
    qtbot.keyClick(allergies.remember, Qt.Key.Key_Space)
    assert agreed(window, qtbot)[-1] == {"index": 5, "value": "walnuts", "remember": False}


def test_an_emptied_value_is_not_filled(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    name = window.fields.rows[0]
    name.value.setFocus()
    assert isinstance(name.value, LineValue)
    name.value.selectAll()
    qtbot.keyClick(name.value, Qt.Key.Key_Delete)
    assert not name.is_on()
    qtbot.keyClick(name.tick, Qt.Key.Key_Space)
    assert not name.is_on()
    assert [given["index"] for given in agreed(window, qtbot)] == [1, 2, 3, 4]


def test_what_was_changed_is_what_is_filled(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    value = window.fields.rows[0].value
    assert isinstance(value, LineValue)
    value.selectAll()
    qtbot.keyClicks(value, "Joost")
    row = window.fields.rows[0]
    assert row.remember.isVisible() and not row.note.isVisible(), (
        "the old value's source is not the new one's"
    )
    assert agreed(window, qtbot, value)[0] == {"index": 0, "value": "Joost"}


def test_secrets_cannot_be_ticked_and_private_things_are_ticked_by_hand(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.MANY_KINDS)
    rows = {row.row["index"]: row for row in window.fields.rows}
    assert isinstance(rows[7].value, FixedValue)
    assert not rows[7].tick.isEnabled() and not is_focusable(rows[7].value)
    assert not rows[3].is_on() and not rows[4].is_on() and not rows[5].is_on()
    qtbot.keyClick(rows[3].tick, Qt.Key.Key_Space)
    assert {"index": 3, "value": "+31 6 1234 5678"} in agreed(window, qtbot)


def test_what_cannot_be_seen_is_told_in_a_line_and_never_filled(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.MANY_KINDS)
    assert {row.row["index"] for row in window.fields.rows} == set(range(8))
    fold = window.fields.folds[0]
    assert fold.said.text() == "3 fields that cannot be seen or changed are left alone"
    fold.line.setFocus()
    with qtbot.assertNotEmitted(window.agreed):
        qtbot.keyClick(fold.line, Qt.Key.Key_Return)
    assert "Fax: cannot be seen on the page" in fold.told.text() and fold.told.isVisible()


def test_a_choice_is_one_of_the_options(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.MANY_KINDS)
    day = window.fields.rows[6]
    assert isinstance(day.value, ChoiceValue) and day.value.value() == ""
    day.value.setFocus()
    qtbot.keyClick(day.value, Qt.Key.Key_Down)
    qtbot.keyClick(day.value, Qt.Key.Key_Down)
    assert day.is_on()
    assert {"index": 6, "value": "Tuesday"} in agreed(window, qtbot, day.value)


def test_shift_and_return_break_a_line_of_a_draft(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.MANY_KINDS)
    draft = window.fields.rows[5]
    assert isinstance(draft.value, TextValue)
    draft.value.selectAll()
    qtbot.keyClicks(draft.value, "Dear all")
    qtbot.keyClick(draft.value, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(draft.value, "I bake.")
    assert {"index": 5, "value": "Dear all\nI bake."} in agreed(window, qtbot, draft.value)


def test_arrows_go_from_row_to_row(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    rows = window.fields.rows
    rows[5].value.setFocus()
    qtbot.keyClick(rows[5].value, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is rows[4].value
    qtbot.keyClick(rows[4].value, Qt.Key.Key_Down)
    qtbot.keyClick(rows[5].value, Qt.Key.Key_Down)  # the secret below it has nothing to edit
    assert QApplication.focusWidget() is rows[5].value


def test_tab_goes_through_everything_in_order(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    wanted = [part for row in window.fields.rows[:6] for part in (row.tick, row.value)]
    wanted += [window.footer.site, window.footer.leave, window.footer.fill]
    seen = []
    for _ in wanted:
        there = QApplication.focusWidget()
        assert there is not None
        qtbot.keyClick(there, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == wanted


def test_f1_tells_the_whole_of_what_was_said(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    first = window.fields.rows[0]
    first.value.setFocus()
    qtbot.keyClick(first.value, Qt.Key.Key_F1)
    assert first.quote.isVisible()
    assert first.quote.text() == "“I am Jonas de Vries, by the way.”, 2 March 2021"
    assert not window.fields.rows[1].quote.isVisible()


def test_a_page_that_changed_leaves_no_value_and_any_key_closes(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    window.withdraw()
    assert "The page was left or has changed. Nothing was filled." in texts(window)
    qtbot.waitUntil(lambda: "Jonas" not in texts(window), timeout=WAIT)
    with qtbot.assertNotEmitted(window.agreed), qtbot.assertNotEmitted(window.left):
        qtbot.keyClick(window, Qt.Key.Key_Return)
    assert not window.isVisible()


def test_of_400_fields_all_that_would_be_filled_are_shown(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.many())
    assert window.header.title.text() == "Fill 40 of 400 fields"
    assert len(window.fields.rows) == 40
    window.fields.folds[0].line.click()
    assert len(window.fields.rows) == 400
    assert len(agreed(window, qtbot)) == 40


def test_nothing_known_begins_with_the_first_question(opened: Open) -> None:
    window = opened(proposal([row(0, "Allergies", "unknown"), row(1, "Shoe size", "unknown")]))
    assert window.header.title.text() == "Fill 0 of 2 fields"
    assert not window.footer.fill.isEnabled()
    assert QApplication.focusWidget() is window.fields.rows[0].value


def test_what_was_typed_stays_when_the_site_becomes_somebody_else(opened: Open, qtbot: QtBot) -> None:
    window = opened(sample_fill.CLINIC)
    qtbot.keyClicks(window.fields.rows[5].value, "walnuts")
    menu = window.footer.menu()
    partner = next(action for action in menu.actions() if action.text() == "your partner")
    with qtbot.waitSignal(window.site_set, timeout=WAIT) as signal:
        partner.trigger()
    menu.close()
    assert signal.args == [{"audience": "partner"}]
    rows = [*sample_fill.CLINIC["rows"], row(7, "Height", value="1.80")]
    window.show_proposal({**sample_fill.CLINIC, "rows": rows, "audience": "partner"})
    assert [given["value"] for given in agreed(window, qtbot)][-2:] == ["walnuts", "1.80"]


def test_a_page_cannot_write_over_our_words(opened: Open) -> None:
    window = opened(
        proposal(
            [row(0, "Name\n\n\u202eemoh", value="J")], title="a\u2066b\nc\x1b", site="https://evil.example"
        )
    )
    assert window.header.page.full() == "ab c"
    assert window.header.site.text() == "evil.example"
    assert window.fields.rows[0].name.text() == "Name emoh"


@pytest.mark.parametrize(
    ("site", "name", "open_to_all"),
    [
        ("https://shop.example", "shop.example", False),
        ("https://shop.example:8443", "shop.example:8443", False),
        ("http://shop.example", "http://shop.example", True),
        ("http://localhost:5000", "http://localhost:5000", False),
        ("file://", "a file on this computer", False),
        ("", "", False),
    ],
)
def test_sites_in_words(site: str, name: str, open_to_all: bool) -> None:
    assert words.site_name(site) == name
    assert words.is_open(site) is open_to_all


@pytest.mark.parametrize("given", [sample_fill.CLINIC, sample_fill.MANY_KINDS, sample_fill.LONG])
def test_all_has_names_and_nothing_stands_out(given: dict[str, Any], opened: Open) -> None:
    window = opened(given)
    assert not unnamed(window)
    assert not outside(window)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_right_to_left_and_large_text_stay_inside(
    scale: float, opened: Open, theme: Theme, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme.use("dark", scale)
    try:
        window = opened(sample_fill.MANY_KINDS)
        assert window.fields.rows[0].tick.x() > window.fields.rows[0].value.x()
        assert not outside(window)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


SMALL = QRect(0, 0, 800, 480)
LARGE = QRect(0, 0, 1920, 1080)


@pytest.mark.parametrize(
    ("browser", "room", "left"),
    [
        (QRect(40, 30, 620, 720), LARGE, 668),  # beside it
        (QRect(0, 0, 1920, 1080), LARGE, 1375),  # inside it
        (QRect(1500, 0, 1920, 1080), LARGE, 1400),  # half off the screen
        (QRect(), LARGE, 699),  # unknown: the middle
        (QRect(-500, -500, 300, 200), LARGE, 0),
        (QRect(0, 0, 800, 480), SMALL, 255),
    ],
)
def test_it_stands_near_the_form_and_never_off_the_screen(browser: QRect, room: QRect, left: int) -> None:
    place = beside(browser, room, QSize(520, 640))
    assert place.x() == left
    assert room.contains(place)


def test_mirrored_it_stands_at_the_left() -> None:
    assert beside(QRect(900, 30, 620, 720), LARGE, QSize(520, 640), mirrored=True).right() == 891


@pytest.mark.parametrize(
    "window", [None, {}, {"x": 1}, {"x": "a", "y": 0, "width": 1, "height": 1}, {"x": 1e300, "y": 0, "width": 9,
               "height": 9}, {"x": 0, "y": 0, "width": -5, "height": 9}]
)  # fmt: skip
def test_a_browser_that_tells_nonsense_is_nowhere(window: Any) -> None:
    assert browser_window(window).isEmpty()


def test_headings_tell_fields_of_one_name_apart(opened: Open) -> None:
    rows = [
        row(n, "City", value="Utrecht", section=section) for n, section in enumerate(("Bill", "Bill", "Ship"))
    ]
    assert words.sections(rows) == ["Bill", "", "Ship"]
    assert words.sections(rows[1:2]) == [""]
    assert "Ship" in texts(opened(proposal(rows)))


def test_the_line_under_a_value() -> None:
    today = date(2026, 11, 28)
    quoted = row(0, "City", value="Utrecht", quote="I live in Utrecht", said_at="2026-05-03T09:00:00")
    assert words.note(quoted, today) == "“I live in Utrecht”, 3 May"
    assert words.note(row(0, "Phone", "withheld", "1"), today) == "private: tick to tell this site"
    assert words.note(row(0, "Shoe size", "unknown"), today) == "I don't know that about you"
    assert words.confidence(row(0, "City", value="U", word="unsure")) == "not sure"
    assert words.confidence(row(0, "City", value="U", word="unsure", why="told · not sure that")) == ""


@pytest.mark.parametrize(
    ("filled", "failed", "stopped", "said"),
    [
        (5, [], "", "5 fields filled"),
        (1, [], "", "1 field filled"),
        (4, ["City"], "", "4 fields filled. Not taken by the page: City"),
        (0, ["City"], "page_changed", "The page has changed. Nothing was filled."),
        (2, [], "tab_left", "2 fields filled. The tab was left."),
    ],
)
def test_how_it_went_in_words(filled: int, failed: list[str], stopped: str, said: str) -> None:
    assert words.done(filled, failed, stopped) == said
