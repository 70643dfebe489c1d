"""The text of an answer: one label a block. Finished blocks stay as they are; only the last one grows."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from second_me.app.theme.style import Theme
from second_me.app.views.breaking import breakable
from second_me.app.views.talk.markdown import Look, block_spans, plain, render
from second_me.app.views.widgets import clear_layout


class Block(QLabel):
    """One paragraph, list or piece of code."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "reading")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.source = ""

    def show_source(self, source: str, look: Look) -> None:
        """Render; links make the block a stop of the Tab key."""
        self.source = source
        markup = render(breakable(source), look)
        self.setText(markup)
        self.setAccessibleName(plain(source))
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        if "<a href" in markup:
            flags |= Qt.TextInteractionFlag.LinksAccessibleByMouse
            flags |= Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        if flags != self.textInteractionFlags():
            self.setTextInteractionFlags(flags)


class Blocks(QWidget):
    """Markdown, shown block by block. `cited` is the number of a citation that was followed."""

    cited = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._numbers: Collection[int] = ()
        self._chosen = 0
        self._text, self._frozen = "", 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        theme.changed.connect(self._repaint_all)

    def text(self) -> str:
        """The whole source."""
        return self._text

    def blocks(self) -> list[Block]:
        """The labels in order."""
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        widgets = (item.widget() for item in items if item)
        return [widget for widget in widgets if isinstance(widget, Block)]

    def set_text(self, text: str, numbers: Collection[int] = ()) -> None:
        """Show a finished text in which `numbers` are links."""
        clear_layout(self._column)
        self._numbers, self._text, self._frozen = numbers, "", 0
        self.grow(text)

    def grow(self, text: str) -> None:
        """Show a text that begins with what is shown; blocks before its last one are not touched again."""
        labels = self.blocks()
        tail = text[self._frozen :]
        for position, (start, end) in enumerate(block_spans(tail)):
            if position > 0 or not labels:
                labels.append(self._add())
            labels[-1].show_source(tail[start:end].strip("\n"), self._look())
            last = start
        if tail.strip():
            self._frozen += last
        self._text = text

    def choose(self, number: int) -> None:
        """Mark a citation (0: none)."""
        if number != self._chosen:
            self._chosen = number
            self._repaint_all()

    def _add(self) -> Block:
        block = Block()
        block.linkActivated.connect(self._follow)
        self._column.addWidget(block)
        return block

    def _follow(self, link: str) -> None:
        self.cited.emit(int(link.removeprefix("cite:")))

    def _repaint_all(self) -> None:
        for block in self.blocks():
            block.show_source(block.source, self._look())

    def _look(self) -> Look:
        colour = self._theme.colour
        return Look(
            ink=colour("accent").name(),
            paper=colour("accent_soft").name(),
            chosen_ink=colour("on_accent").name(),
            chosen_paper=colour("accent").name(),
            size=self._theme.points("tiny"),
            numbers=self._numbers,
            chosen=self._chosen,
        )
