"""The Talk place over the real service and the real starter models, in a window without a screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.client import Client
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.memory.erase import EraseConversationDialog, EraseDialog
from second_me.app.views.talk.answer import AnswerMessage
from second_me.app.views.talk.card import MemoryCard
from second_me.app.views.talk.imports import ImportCard
from second_me.app.views.talk.person import PersonMessage
from second_me.app.views.talk.view import TalkView
from tests.views.places import WAIT, life, unnamed

Talking = tuple[Service, Client]
BIRTHDAY = "Mara's birthday is on 28 November."
QUESTION = "When is Mara's birthday?"
KEY = ("The spare key is under the third flowerpot.", "Where is the spare key?")


@pytest.fixture
def view(talking: Talking, theme: Theme, preferences: Preferences, qtbot: QtBot) -> TalkView:
    made = TalkView(talking[0], theme, preferences)
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    made.activateWindow()  # shortcuts belong to the active window, and a window manager decides which that is
    qtbot.waitUntil(made.isActiveWindow)
    return made


def say(view: TalkView, qtbot: QtBot, text: str) -> AnswerMessage:
    """Type a turn, send it with Enter, wait for its answer."""
    view.pane.composer.set_text(text)
    qtbot.keyClick(view.pane.composer.entry, Qt.Key.Key_Return)
    return settled(view, qtbot)


def settled(view: TalkView, qtbot: QtBot) -> AnswerMessage:
    qtbot.waitUntil(lambda: view.pane.answers()[-1].answer is not None, timeout=WAIT)
    return view.pane.answers()[-1]


def answer_of(message: AnswerMessage) -> dict[str, Any]:
    assert message.answer is not None
    return message.answer


def press(inside: Any, words: str, qtbot: QtBot) -> None:
    """Press a button by its words; a new one is shown a turn of the event loop after it was made."""

    def buttons() -> list[QPushButton]:
        return [b for b in inside.findChildren(QPushButton) if words in b.text() and not b.isHidden()]

    qtbot.waitUntil(lambda: bool(buttons()), timeout=WAIT)
    qtbot.mouseClick(buttons()[0], Qt.MouseButton.LeftButton)


def told_and_asked(
    view: TalkView, qtbot: QtBot, told: str = BIRTHDAY, question: str = QUESTION
) -> AnswerMessage:
    say(view, qtbot, told)
    message = say(view, qtbot, question)
    assert answer_of(message)["citations"]
    return message


def cited_card(view: TalkView, qtbot: QtBot) -> MemoryCard:
    """The card of the first citation, once the answer's cards stand in the place of what was found before it."""
    qtbot.waitUntil(lambda: any(card.number == 1 for card in view.why.cards()), timeout=WAIT)
    return next(card for card in view.why.cards() if card.number == 1)


def test_a_memory_deleted_while_the_answer_comes_can_be_undone(
    view: TalkView, client: Client, qtbot: QtBot
) -> None:
    message = told_and_asked(view, qtbot)
    card = cited_card(view, qtbot)
    identity = card.memory["memory_id"]
    card.acted.emit("delete")
    view.why.show_answer(answer_of(message), message.time, message.found)  # other cards stand there now
    qtbot.waitUntil(view.why.toast.isVisible, timeout=WAIT)
    mine = [other for other in view.why.cards() if other.memory["memory_id"] == identity]
    assert mine and all(other.isHidden() for other in mine)
    press(view.why.toast, "Undo", qtbot)
    qtbot.waitUntil(lambda: not any(other.isHidden() for other in mine), timeout=WAIT)


def test_what_was_told_is_found_cited_and_explained(view: TalkView, qtbot: QtBot) -> None:
    message = told_and_asked(view, qtbot)
    first = answer_of(message)["citations"][0]
    assert "28 November" in message.text() and f"[{first['n']}]" in message.text()
    assert message.found and not message.recalled_shown()
    cards = view.why.cards()
    assert [card.number for card in cards][: len(answer_of(message)["citations"])] == [
        citation["n"] for citation in answer_of(message)["citations"]
    ]
    message.cited.emit(first["n"])
    assert [card.number for card in view.why.cards() if card.is_chosen()] == [first["n"]]
    cited_card(view, qtbot).clicked.emit()
    assert view.why.cards()[0].is_chosen()


def test_a_statement_is_acknowledged_and_can_be_taken_back(
    view: TalkView, client: Client, qtbot: QtBot
) -> None:
    message = say(view, qtbot, BIRTHDAY)
    assert answer_of(message)["kind"] == "statement"
    press(message, "Do not remember this", qtbot)
    questions = [w for w in view.pane.messages.widgets() if isinstance(w, PersonMessage)]
    qtbot.waitUntil(lambda: questions[0].turn["remembered"] is False, timeout=WAIT)
    assert client.call("memory.search", text="Mara birthday") == []


def test_what_is_not_known_leads_on(view: TalkView, qtbot: QtBot) -> None:
    say(view, qtbot, BIRTHDAY)
    message = say(view, qtbot, "What is my shoe size?")
    assert answer_of(message)["abstained"]
    with qtbot.waitSignal(view.search_memory) as searched:
        press(message, "Search all memories", qtbot)
    assert searched.args == ["What is my shoe size?"]


def test_again_takes_the_place_of_the_answer_and_leaves_out_what_was_not_relevant(
    view: TalkView, qtbot: QtBot
) -> None:
    message = told_and_asked(view, qtbot)
    old = answer_of(message)
    left_out = old["citations"][0]["memory_id"]
    card = cited_card(view, qtbot)
    card.clicked.emit()
    press(card, "Not relevant", qtbot)
    qtbot.waitUntil(lambda: message.answer is not None and message.answer is not old, timeout=WAIT)
    assert left_out not in [c["memory_id"] for c in answer_of(message)["citations"]]
    assert len(view.pane.answers()) == 2


def test_opening_a_memory_from_an_answer_is_a_sign_to_learn_from(
    view: TalkView, client: Client, qtbot: QtBot
) -> None:
    for text in (
        "The key of the shed is rusty.",
        "The spare tyre is in the shed.",
        "There are nine flowerpots.",
    ):
        client.call("remember", text=text)
    message = told_and_asked(view, qtbot, *KEY)  # no fact answers it
    assert len(answer_of(message)["considered"]) > len(answer_of(message)["citations"])
    card = cited_card(view, qtbot)
    card.clicked.emit()
    with qtbot.waitSignal(view.open_memory) as opened:
        press(card, "Open", qtbot)
    assert opened.args == [card.memory["memory_id"]]
    qtbot.waitUntil(lambda: client.call("recall.learned")["lessons"] == 1, timeout=WAIT)


def test_a_correction_is_a_turn_of_its_own(view: TalkView, qtbot: QtBot) -> None:
    message = told_and_asked(view, qtbot)
    press(message, "Correct ...", qtbot)
    assert view.pane.composer.entry.placeholderText() == "No, it is ..."
    corrected = say(view, qtbot, "No, it is on 29 November")
    assert corrected is not message
    assert view.pane.composer.entry.placeholderText() != "No, it is ..."


def test_the_list_shows_renames_deletes_and_restores(view: TalkView, client: Client, qtbot: QtBot) -> None:
    say(view, qtbot, BIRTHDAY)
    qtbot.waitUntil(lambda: len(view.list.rows()) == 1, timeout=WAIT)
    name = view.pane.name()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.focusWidget()
    assert editor is not None
    editor.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(editor, "Lisbon trip")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.list.rows()[0].conversation["title"] == "Lisbon trip", timeout=WAIT)
    qtbot.keyClick(view.list.rows()[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not view.list.rows(), timeout=WAIT)
    assert view.pane.name() is None
    press(view.toast, "Undo", qtbot)
    qtbot.waitUntil(lambda: len(view.list.rows()) == 1, timeout=WAIT)
    assert [item["conversation"] for item in client.call("talk.conversations")] == [name]


def test_a_temporary_conversation_looks_different_and_leaves_nothing(
    view: TalkView, client: Client, qtbot: QtBot
) -> None:
    view.start_new(temporary=True)
    assert view.pane.header.title() == "Temporary conversation"
    assert view.pane.composer.property("temporary") is True
    say(view, qtbot, "My secret locker number is 4471.")
    assert client.call("status")["memories"] == 0
    assert client.call("memory.search", text="locker number") == []


def test_an_earlier_conversation_opens_with_its_answers(view: TalkView, qtbot: QtBot) -> None:
    text = told_and_asked(view, qtbot).text()
    view.start_new()
    assert view.pane.answers() == []
    qtbot.waitUntil(lambda: bool(view.list.rows()), timeout=WAIT)
    qtbot.mouseClick(view.list.rows()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(view.pane.answers()) == 2, timeout=WAIT)
    assert view.pane.answers()[-1].text() == text
    qtbot.waitUntil(lambda: "text" in view.why.cards()[0].memory, timeout=WAIT)


def test_an_answer_goes_on_while_another_conversation_is_open(view: TalkView, qtbot: QtBot) -> None:
    say(view, qtbot, BIRTHDAY)
    name = view.pane.name()
    view.ask(QUESTION)
    qtbot.waitUntil(lambda: view.pane.exchange.live.of(name) is not None, timeout=WAIT)
    view.start_new()
    qtbot.waitUntil(lambda: view.pane.exchange.live.of(name) is None, timeout=WAIT)
    assert view.pane.answers() == []
    qtbot.waitUntil(lambda: bool(view.list.rows()), timeout=WAIT)
    qtbot.mouseClick(view.list.rows()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(view.pane.answers()) == 2, timeout=WAIT)


def test_dropped_files_become_memories(view: TalkView, tmp_path: Path, client: Client, qtbot: QtBot) -> None:
    file = life(tmp_path / "lisbon.jsonl", ["The tram to Belem leaves at nine.", "Bring the blue coat."])
    view.pane.composer.files.emit([str(file)])
    card = view.findChild(ImportCard)
    assert isinstance(card, ImportCard)
    qtbot.waitUntil(lambda: "2 new memories" in card.words(), timeout=WAIT)
    assert client.call("status")["memories"] == 2


def test_a_file_that_cannot_be_read_is_told(view: TalkView, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text(json.dumps({"no": "text"}) + "\n{", encoding="utf-8")
    view.pane.composer.files.emit([str(file)])
    card = view.findChild(ImportCard)
    assert isinstance(card, ImportCard)
    qtbot.waitUntil(lambda: not card.words().startswith("Read"), timeout=WAIT)
    assert "new memories" not in card.words() or "0 new memories" in card.words()


def test_deleting_a_memory_behind_an_answer_can_be_undone(
    view: TalkView, client: Client, qtbot: QtBot
) -> None:
    told_and_asked(view, qtbot)
    before = client.call("status")["memories"]
    card = cited_card(view, qtbot)
    card.clicked.emit()
    press(card, "Delete", qtbot)
    qtbot.waitUntil(lambda: card.isHidden() and view.why.toast.isVisible(), timeout=WAIT)
    assert client.call("status")["memories"] == before - 1
    press(view.why.toast, "Undo", qtbot)
    qtbot.waitUntil(lambda: not card.isHidden(), timeout=WAIT)
    qtbot.waitUntil(lambda: client.call("status")["memories"] == before, timeout=WAIT)


def test_erasing_asks_first_and_then_nothing_is_left(view: TalkView, client: Client, qtbot: QtBot) -> None:
    told_and_asked(view, qtbot)
    card = cited_card(view, qtbot)
    card.clicked.emit()
    press(card, "Erase ...", qtbot)
    qtbot.waitUntil(lambda: view.findChild(EraseDialog) is not None, timeout=WAIT)
    dialog = view.findChild(EraseDialog)
    assert isinstance(dialog, EraseDialog)
    assert "answer that used it" in dialog.text.text() or "answers that used it" in dialog.text.text()
    with qtbot.waitSignal(view.why.erased, timeout=WAIT):
        dialog.accept()
    assert client.call("memory.search", text="Mara birthday") == []


def test_a_whole_conversation_is_erased_from_the_list(view: TalkView, client: Client, qtbot: QtBot) -> None:
    told_and_asked(view, qtbot)
    qtbot.waitUntil(lambda: len(view.list.rows()) == 1, timeout=WAIT)
    menu = view.list.rows()[0].actions_menu()
    next(action for action in menu.actions() if action.text().startswith("Erase")).trigger()
    qtbot.waitUntil(lambda: view.findChild(EraseConversationDialog) is not None, timeout=WAIT)
    dialog = view.findChild(EraseConversationDialog)
    assert isinstance(dialog, EraseConversationDialog)
    assert dialog.text.text().startswith("Its 2 memories, its name and title")
    assert not unnamed(dialog)
    name = view.pane.name()
    dialog.accept()
    qtbot.waitUntil(lambda: not view.list.rows(), timeout=WAIT)
    assert view.pane.name() is None
    assert client.call("memory.preview_erasure", conversations=[name])["missing"] == [name]
    assert client.call("memory.search", text="Mara birthday") == []


def test_stop_ends_an_answer_under_way(view: TalkView, qtbot: QtBot) -> None:
    view.ask("Tell me a long story about the sea.")
    qtbot.waitUntil(lambda: view.pane.exchange.live.of(view.pane.name()) is not None, timeout=WAIT)
    qtbot.keyClick(view.pane.composer.entry, Qt.Key.Key_Escape)
    settled(view, qtbot)
    assert view.pane.exchange.live.of(view.pane.name()) is None


def test_copy_takes_the_text_and_is_a_use_of_what_it_cites(
    view: TalkView, client: Client, qtbot: QtBot
) -> None:
    message = told_and_asked(view, qtbot)
    press(message, "Copy", qtbot)
    assert QGuiApplication.clipboard().text() == message.text()
    cited = answer_of(message)["citations"][0]["memory_id"]
    qtbot.waitUntil(
        lambda: "copied" in [use["cause"] for use in client.call("life.curve", memory_id=cited)["recalls"]],
        timeout=WAIT,
    )


@pytest.mark.parametrize(
    ("width", "shown"), [(1536, (True, True, True)), (836, (True, True, False)), (416, (False, True, False))]
)
def test_panels_fold_with_the_width_and_are_reached_by_keyboard(
    view: TalkView, qtbot: QtBot, width: int, shown: tuple[bool, bool, bool]
) -> None:
    view.resize(width, 560)
    assert tuple(not panel.isHidden() for panel in (view.list, view.pane, view.why)) == shown
    was = view.why.isHidden()
    qtbot.keyClick(view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert view.why.isHidden() is not was
    qtbot.keyClick(view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert view.why.isHidden() is was
    assert view.width() == width


def test_everything_that_can_have_the_focus_has_a_name(view: TalkView, qtbot: QtBot) -> None:
    told_and_asked(view, qtbot)
    for card in view.why.cards():
        card.choose(True)
    assert not unnamed(view)


def test_locking_takes_the_conversation_off_the_screen(view: TalkView, client: Client, qtbot: QtBot) -> None:
    told_and_asked(view, qtbot)
    client.call("vault.lock")
    qtbot.waitUntil(lambda: view.pane.answers() == [], timeout=WAIT)
    qtbot.wait(10)
    assert not any("November" in part.text() for part in view.findChildren(QLabel))
