"""What the person told in two ways: both statements beside each other, to be decided once."""

from __future__ import annotations

import html
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.breaking import breakable
from second_me.app.views.flow import Flow
from second_me.app.views.memory import phrases
from second_me.app.views.memory.about import words
from second_me.app.views.memory.about.known import Pair
from second_me.app.views.memory.about.source import SourceLink
from second_me.app.views.memory.about.words import Fact
from second_me.app.views.widgets import Card, LinkButton, button, clear_layout, label, set_look
from second_me.app.words import tr, trn
from second_me.core.memory.facts.claims import ME, Verdict

NARROW = 520
"""Below this width the two statements stand under each other."""
AT_ONCE = 3
ROOM = 240
"""Characters of a statement."""


def to_decide(n: int) -> str:
    """`2 to decide`."""
    return trn("{n} to decide", "{n} to decide", n)


class Statement(QWidget):
    """One of the two: quote, date, link, "This one"."""

    def __init__(self, fact: Fact, today: date) -> None:
        super().__init__()
        self.text = QLabel(_marked(fact))
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setAccessibleName(phrases.quoted(str(fact.get("quote") or fact["value"])))
        self.source = SourceLink(words.source(fact, today))
        self.this = button(tr("This one"), name=tr("This one: {value}", value=words.value(fact)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.text)
        links = Flow(0)
        links.addWidget(self.source)
        column.addLayout(links)
        column.addSpacing(2)
        column.addWidget(self.this, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)


class PairCard(Card):
    """`decided` carries the verdict, `opened` a memory id."""

    decided = Signal(str)
    opened = Signal(str)

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        first, second = pair
        what = words.what(first)
        if first["subject"] != ME:
            what = tr("{who}: {what}", who=words.subject(first), what=what)
        super().__init__(tr("To decide: {what}", what=what))
        today = date.today()
        self.first, self.second = Statement(first, today), Statement(second, today)
        self.both = LinkButton(tr("Both are true"), name=tr("Both are true: {what}", what=what))
        self.later = LinkButton(tr("Not now"), name=tr("Not now: {what}", what=what))
        self._connect()
        self.body.setContentsMargins(GRID * 2, GRID + 4, GRID * 2, GRID + 4)
        self.body.setSpacing(GRID)
        self.body.addWidget(label(what, "muted"))
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(GRID * 3)
        self._sides.addWidget(self.first, 1)
        self._sides.addWidget(self.second, 1)
        self.body.addLayout(self._sides)
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        row.addWidget(self.both)
        row.addWidget(self.later)
        row.addStretch(1)
        self.body.addLayout(row)
        set_look(self, tone="warn")

    def _connect(self) -> None:
        first, second = self.pair
        self.first.this.clicked.connect(lambda: self.decided.emit(Verdict.FIRST.value))
        self.second.this.clicked.connect(lambda: self.decided.emit(Verdict.SECOND.value))
        self.both.clicked.connect(lambda: self.decided.emit(Verdict.BOTH.value))
        self.later.clicked.connect(lambda: self.decided.emit(Verdict.LATER.value))
        self.first.source.clicked.connect(lambda: self.opened.emit(str(first["memory_id"])))
        self.second.source.clicked.connect(lambda: self.opened.emit(str(second["memory_id"])))

    def lay_out(self, width: int) -> None:
        """Under each other where it is narrow."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(down if width < NARROW else across)
        self._sides.setSpacing(GRID + 4 if width < NARROW else GRID * 3)


class Inbox(QWidget):
    """The cards, a few at once. `decided` carries the pair and the verdict."""

    decided = Signal(object, str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[PairCard] = []
        self._pairs: list[Pair] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, GRID)
        self._column.setSpacing(GRID)

    def show_pairs(self, pairs: list[Pair], width: int) -> None:
        """Those that wait; without any it is not there. Nothing moves when they are the same."""
        if pairs == self._pairs:
            return
        self._pairs = list(pairs)
        deciding = self.isAncestorOf(QApplication.focusWidget() or self)
        clear_layout(self._column)
        self.cards = []
        self.setVisible(bool(pairs))
        if not pairs:
            return
        self._column.addWidget(label(to_decide(len(pairs)), "strong"))
        told = tr("You told these in two ways. You are asked once; nothing is lost either way.")
        self._column.addWidget(label(told, "muted"))
        for pair in pairs[:AT_ONCE]:
            self._column.addWidget(self._card(pair, width))
        rest = len(pairs) - AT_ONCE
        if rest > 0:
            self._column.addWidget(
                label(trn("{n} more after these.", "{n} more after these.", rest), "muted")
            )
        if deciding:
            self.focus_first()

    def focus_first(self) -> None:
        """Put the focus on the first decision."""
        if self.cards:
            self.cards[0].first.this.setFocus()

    def lay_out(self, width: int) -> None:
        """At another width."""
        for card in self.cards:
            card.lay_out(width)

    def _card(self, pair: Pair, width: int) -> PairCard:
        card = PairCard(pair)
        card.decided.connect(lambda verdict: self.decided.emit(pair, verdict))
        card.opened.connect(self.opened)
        card.lay_out(width)
        self.cards.append(card)
        return card


def _marked(fact: Fact) -> str:
    """The statement between quotation marks, its value bold, as rich text."""
    value = str(fact["value"])
    quote = str(fact.get("quote") or value)
    at = quote.find(value)
    parts = (quote, "", "") if at < 0 else (quote[:at], value, quote[at + len(value) :])
    before, bold, after = parts
    if len(quote) > ROOM:
        before, after = _short(before, from_end=True), _short(after)
    texts = [html.escape(breakable(" ".join(part.split("\n")))) for part in (before, bold[:ROOM], after)]
    return tr("“{quote}”", quote=f"{texts[0]}<b>{texts[1]}</b>{texts[2]}")


def _short(text: str, from_end: bool = False) -> str:
    if len(text) <= ROOM // 2:
        return text
    return f"… {text[-ROOM // 2 :].lstrip()}" if from_end else f"{text[: ROOM // 2].rstrip()} …"
