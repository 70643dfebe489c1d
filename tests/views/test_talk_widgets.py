"""The pieces of the Talk place, without a service: real widgets, fed with what the service would send."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.theme.style import Theme
from second_me.app.views.breaking import breakable
from second_me.app.views.talk import phrases
from second_me.app.views.talk.answer import AnswerMessage
from second_me.app.views.talk.blocks import Blocks
from second_me.app.views.talk.card import MemoryCard, excerpt
from second_me.app.views.talk.composer import Composer
from second_me.app.views.talk.conversations import ConversationList
from second_me.app.views.talk.markdown import Look, plain, render, split_blocks
from second_me.app.views.talk.messages import SLICE, MessageList
from second_me.app.views.talk.person import PersonMessage
from tests.views import sample
from tests.views.places import unnamed

LOOK = Look("#111111", "#222222", "#333333", "#444444", "9pt", frozenset({1, 2}), 2)
TODAY = date(2026, 11, 18)


def test_html_in_an_answer_stays_text() -> None:
    shown = render('<img src="file:///etc/passwd"> <b>x</b> [a](http://example.org) ![i](x.png)', LOOK)
    assert "<img" not in shown and "<b>" not in shown and "<a " not in shown


def test_only_known_citations_are_links_and_the_chosen_one_differs() -> None:
    shown = render("She said so [1], again [2], and [3].", LOOK)
    assert shown.count("cite:") == 2 and "[3]" in shown
    assert shown.count("#444444") == 1


def test_an_answer_that_looks_like_a_link_definition_is_not_swallowed() -> None:
    assert "Lisbon" in plain("[1]: Lisbon")


def test_a_text_is_split_into_its_blocks() -> None:
    assert split_blocks("One.\n\n- a\n- b\n\n```\nx\n\ny\n```\nEnd.") == [
        "One.",
        "- a\n- b",
        "```\nx\n\ny\n```",
        "End.",
    ]


def test_finished_blocks_are_not_touched_while_the_last_one_grows(theme: Theme, qtbot: QtBot) -> None:
    blocks = Blocks(theme)
    qtbot.addWidget(blocks)
    blocks.grow("First paragraph.\n\nSec")
    first = blocks.blocks()[0]
    rendered = first.text()
    first.setText("untouched")
    for text in ("Second", "Second one.", "Second one.\n\n- list", "Second one.\n\n- list\n- more"):
        blocks.grow(f"First paragraph.\n\n{text}")
    assert rendered and first.text() == "untouched"
    assert [block.source for block in blocks.blocks()][1:] == ["Second one.", "- list\n- more"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "a", "# Head\ntext\n***", "1. x\n2. y\n\nz", "> q\n> r"])
def test_growing_letter_by_letter_ends_where_setting_it_at_once_does(
    theme: Theme, qtbot: QtBot, text: str
) -> None:
    whole, grown = Blocks(theme), Blocks(theme)
    qtbot.addWidget(whole)
    qtbot.addWidget(grown)
    whole.set_text(text)
    for end in range(1, len(text) + 1):
        grown.grow(text[:end])
    assert (
        "".join(b.source for b in grown.blocks()).split() == "".join(b.source for b in whole.blocks()).split()
    )


def test_a_citation_is_followed_by_the_keyboard(theme: Theme, qtbot: QtBot) -> None:
    blocks = Blocks(theme)
    qtbot.addWidget(blocks)
    blocks.set_text("On 28 November.[1]", {1})
    blocks.show()
    qtbot.waitUntil(blocks.isVisible)
    block = blocks.blocks()[0]
    assert block.focusPolicy() & Qt.FocusPolicy.TabFocus
    block.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(blocks.cited) as caught:
        qtbot.keyClick(block, Qt.Key.Key_Tab)
        qtbot.keyClick(block, Qt.Key.Key_Return)
    assert caught.args == [1]


def test_a_long_link_can_be_broken() -> None:
    url = "https://example.org/" + "a" * 200
    assert breakable(url).replace("\u200b", "") == url
    assert max(len(piece) for piece in breakable(url).split("\u200b")) <= 40


def test_the_memories_are_replaced_by_the_answer(theme: Theme, qtbot: QtBot) -> None:
    message = AnswerMessage(theme)
    qtbot.addWidget(message)
    message.wait()
    message.recalled(sample.FOUND)
    message.grow("She wants")
    assert message.recalled_shown() and message.text() == "She wants"
    message.finish(sample.BIRTHDAY)
    assert not message.recalled_shown()
    assert message.text() == sample.BIRTHDAY["text"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (sample.GENERAL, "not from memory"),
        (sample.PLAIN, "the memories themselves"),
        (sample.BIRTHDAY | {"stopped": True}, "stopped"),
    ],
)
def test_an_answer_says_whose_words_it_is_in(
    theme: Theme, qtbot: QtBot, answer: dict[str, Any], words: str
) -> None:
    message = AnswerMessage(theme)
    qtbot.addWidget(message)
    message.finish(answer)
    assert any(words in part.text() for part in message.findChildren(QLabel))


def test_a_failed_turn_says_what_to_do_and_keeps_the_memories(theme: Theme, qtbot: QtBot) -> None:
    message = AnswerMessage(theme)
    qtbot.addWidget(message)
    message.wait()
    message.fail("The model stopped.", "Ask again.", sample.PLAIN, retry=True)
    texts = [part.text() for part in message.findChildren(QLabel)]
    assert "The model stopped." in texts and "Ask again." in texts
    assert message.text() == sample.PLAIN["text"]


def test_the_last_turns_are_built_first_and_the_place_is_kept(theme: Theme, qtbot: QtBot) -> None:
    def build(turn: dict[str, Any], before: dict[str, Any] | None) -> list[QWidget]:
        return [PersonMessage(theme, turn)]

    turns = [
        {
            "memory_id": f"m{n}",
            "role": "person",
            "text": f"Turn {n} " + "word " * (n % 60),
            "remembered": True,
        }
        for n in range(200)
    ]
    messages = MessageList(build)
    qtbot.addWidget(messages)
    messages.resize(600, 500)
    messages.show()
    qtbot.waitUntil(messages.isVisible)
    messages.show_turns(turns)
    qtbot.waitUntil(lambda: messages.verticalScrollBar().maximum() > 0)
    bar = messages.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert 0 < messages.unbuilt() <= 200 - SLICE
    while messages.unbuilt():
        was = messages.unbuilt()
        first = messages.widgets()[0]
        bar.setValue(0)
        qtbot.waitUntil(lambda was=was: messages.unbuilt() < was)
        qtbot.waitUntil(lambda first=first: first.y() > 0)
        qtbot.waitUntil(lambda: bar.value() > 0 or not messages.unbuilt())
    shown = [widget.turn["memory_id"] for widget in messages.widgets() if isinstance(widget, PersonMessage)]
    assert shown == [f"m{n}" for n in range(200)]


def test_enter_sends_and_shift_enter_breaks(theme: Theme, qtbot: QtBot) -> None:
    composer = Composer(theme)
    qtbot.addWidget(composer)
    composer.show()
    qtbot.keyClicks(composer.entry, "one")
    qtbot.keyClick(composer.entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.entry, "two")
    with qtbot.waitSignal(composer.submitted) as caught:
        qtbot.keyClick(composer.entry, Qt.Key.Key_Return)
    assert caught.args == ["one\ntwo"]
    assert composer.text() == ""


def test_nothing_is_sent_while_an_answer_is_under_way(theme: Theme, qtbot: QtBot) -> None:
    composer = Composer(theme)
    qtbot.addWidget(composer)
    composer.set_running(True)
    composer.set_text("wait")
    with qtbot.assertNotEmitted(composer.submitted):
        qtbot.keyClick(composer.entry, Qt.Key.Key_Return)
    assert composer.text() == "wait"


def test_the_composer_grows_to_eight_lines(theme: Theme, qtbot: QtBot) -> None:
    composer = Composer(theme)
    qtbot.addWidget(composer)
    composer.resize(500, 200)
    composer.show()
    qtbot.waitUntil(composer.isVisible)
    heights = []
    for lines in (1, 3, 8, 20):
        composer.set_text("\n".join(["word"] * lines))
        heights.append(composer.entry.sizeHint().height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_dropped_files_are_not_pasted_as_text(theme: Theme, qtbot: QtBot) -> None:
    composer = Composer(theme)
    qtbot.addWidget(composer)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/lisbon.jsonl")])
    with qtbot.waitSignal(composer.files) as caught:
        composer.entry.insertFromMimeData(data)
    assert caught.args == [["/tmp/lisbon.jsonl"]]
    assert composer.text() == ""


def test_the_part_that_mattered_is_marked_and_escaped(theme: Theme, qtbot: QtBot) -> None:
    memory = sample.NOTEBOOK | {"text": "A <b>good</b> linen notebook & more", "quote": "linen notebook"}
    card = MemoryCard(theme, memory, 1)
    qtbot.addWidget(card)
    words = next(part.text() for part in card.findChildren(QLabel) if "linen" in part.text())
    assert "&lt;b&gt;good&lt;/b&gt;" in words and "linen notebook</span>" in words


def test_an_excerpt_keeps_the_quote() -> None:
    text = "x " * 400 + "the river" + " y" * 400
    before, quote, after = excerpt(text, "the river")
    assert quote == "the river" and before.startswith("…") and after.endswith("…")
    assert len(before + quote + after) < 300


def test_conversations_are_grouped_and_reached_by_keyboard(theme: Theme, qtbot: QtBot) -> None:
    panel = ConversationList(theme)
    qtbot.addWidget(panel)
    panel.resize(264, 700)
    panel.show_conversations(sample.CONVERSATIONS)
    panel.show()
    qtbot.waitUntil(panel.isVisible)
    rows = panel.rows()
    rows[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    assert panel.focusWidget() is rows[1]
    with qtbot.waitSignal(panel.opened) as opened:
        qtbot.keyClick(rows[1], Qt.Key.Key_Return)
    assert opened.args == [sample.CONVERSATIONS[1]]
    with qtbot.waitSignal(panel.delete_wanted):
        qtbot.keyClick(rows[1], Qt.Key.Key_Delete)
    with qtbot.waitSignal(panel.rename_wanted):
        qtbot.keyClick(rows[1], Qt.Key.Key_F2)
    assert not unnamed(panel)


@pytest.mark.parametrize(
    ("time", "heading"),
    [
        ("2026-11-18T09:00:00", "Today"),
        ("2026-11-17T09:00:00", "Yesterday"),
        ("2026-11-16T09:00:00", "This week"),
        ("2026-11-12T09:00:00", "November"),
        ("2025-11-12T09:00:00", "November 2025"),
        (None, "Date unknown"),
    ],
)
def test_the_headings_of_the_list(time: str | None, heading: str) -> None:
    assert phrases.group(time, TODAY) == heading
