"""One model of the list: what it is, whether it fits, and using, fetching or removing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from second_me.app.theme.tokens import GRID
from second_me.app.views.command import Advice, CommandRun
from second_me.app.views.settings import model_words as words
from second_me.app.views.widgets import Card, LinkButton, button, label, set_look
from second_me.app.words import tr

MakeRun = Callable[[tuple[str, ...]], CommandRun]


def make_run(arguments: tuple[str, ...]) -> CommandRun:
    """`second-me model` with these arguments."""
    return CommandRun(("model", *arguments), Advice(tr("It did not work."), tr("Try again later.")))


def key_of(row: Mapping[str, Any]) -> str:
    """What tells a model from the others of the list."""
    return str(row.get("path") or row["name"])


class ModelRow(Card):
    """A card in a line. `changed`: the list is to be asked for again."""

    changed = Signal()

    def __init__(self, row: Mapping[str, Any], make: MakeRun = make_run) -> None:
        super().__init__(str(row["name"]))
        self.row, self._make = row, make
        self.run: CommandRun | None = None
        self._doing = ""
        self.name, self.text = label("", "strong"), label("", "muted")
        self.mark = label(tr("in use"), "good", wrap=False)
        self.act, self.pause = button(""), button(tr("Pause"))
        self.remove, self.cancel = LinkButton(tr("Remove"), "danger"), LinkButton(tr("Cancel"))
        self.sure = QWidget()
        self.question = label("", "muted")
        self.yes, self.no = button(tr("Remove"), "danger"), button(tr("Keep"))
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self._arrange()
        self._connect()
        self.show_row(row)

    def _arrange(self) -> None:
        self.body.setContentsMargins(GRID + 4, GRID, GRID + 4, GRID)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.name)
        said.addWidget(self.text)
        line.addLayout(said, 1)
        for part in (self.remove, self.cancel, self.mark, self.act, self.pause):
            line.addWidget(part)
        asked = QHBoxLayout(self.sure)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(GRID)
        asked.addWidget(self.question, 1)
        asked.addWidget(self.yes)
        asked.addWidget(self.no)
        self.body.addLayout(line)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.sure)
        self.sure.hide()

    def _connect(self) -> None:
        self.act.clicked.connect(self._act)
        self.pause.clicked.connect(self._pause)
        self.cancel.clicked.connect(self._cancel)
        self.remove.clicked.connect(self._ask)
        self.yes.clicked.connect(self._remove)
        self.no.clicked.connect(self._keep)

    @property
    def running(self) -> bool:
        """Whether something is being done with this model."""
        return self.run is not None and self.run.running

    def show_row(self, row: Mapping[str, Any]) -> None:
        """Draw a row of `models.list`; what is under way keeps its words."""
        self.row = row
        name = str(row["name"])
        self.name.setText(name)
        names = {
            self.pause: tr("Pause {name}", name=name), self.cancel: tr("Cancel {name}", name=name),
            self.remove: tr("Remove {name}", name=name), self.yes: tr("Remove {name} for good", name=name),
            self.no: tr("Keep {name}", name=name), self.bar: tr("Fetching {name}", name=name),
        }  # fmt: skip
        for part, said in names.items():
            part.setAccessibleName(said)
        if not self.running:
            self._say(words.row_words(row))
            self._dress()

    def _dress(self) -> None:
        row, fetching = self.row, self.running and self._doing == "fetch"
        catalogue = row["source"] == words.CATALOGUE
        usable = row.get("role") in words.CHAT_ROLES and bool(row.get("fits"))
        begun = catalogue and (bool(row.get("arrived")) or self._doing == "paused")
        self.mark.setVisible(bool(row["in_use"]))
        verb = (tr("Go on") if begun else tr("Download")) if catalogue else tr("Use")
        self.act.setText(verb)
        self.act.setAccessibleName(tr("{verb}: {name}", verb=verb, name=row["name"]))
        self.act.setVisible(not self.running and not row["in_use"] and (catalogue or usable))
        self.pause.setVisible(fetching)
        self.bar.setVisible(fetching)
        self.cancel.setVisible(fetching or (begun and not self.running))
        self.remove.setVisible(row["source"] == words.OWN and not row["in_use"] and not self.running)

    def _act(self) -> None:
        if self.row["source"] == words.CATALOGUE:
            self.bar.setRange(0, 0)
            self._start("fetch", ("fetch", str(self.row["name"]), "--json", "--progress-json"))
            self._say(tr("looking for it …"))
        else:
            self._start("use", ("use", str(self.row["path"]), "--json"))
            self._say(tr("changing over …"))

    def _start(self, doing: str, arguments: tuple[str, ...]) -> None:
        self.run, self._doing = self._make(arguments), doing
        self.run.setParent(self)
        self.run.reported.connect(self.report)
        self.run.finished.connect(self._finished)
        self.run.failed.connect(self._failed)
        self.run.start()
        self._dress()

    def report(self, told: Mapping[str, Any]) -> None:
        """Show a line of progress."""
        done, total = int(told["done"]), int(told.get("total") or 0)
        known = bool(total) and done < total
        self.bar.setRange(0, 1000 if known else 0)
        self.bar.setValue(round(1000 * done / total) if known else 0)
        self._say(words.joined(tr("downloading"), words.fetch_words(told)))

    def _pause(self) -> None:
        self._doing = "paused"
        if self.run is not None:
            self.run.cancel()

    def _cancel(self) -> None:
        if self.running and self.run is not None:
            self._doing = "cancelled"
            self.run.cancel()
        else:
            self._drop()

    def _drop(self) -> None:
        """What has arrived is not wanted."""
        self._start("remove", ("remove", str(self.row["name"]), "--yes", "--json"))

    def _ask(self) -> None:
        size = words.size_words(self.row["bytes"] or 0)
        self.question.setText(tr("Remove it from this computer? {size} are free again then.", size=size))
        self.sure.show()
        self.no.setFocus()

    def _keep(self) -> None:
        self.sure.hide()
        self.remove.setFocus()

    def _remove(self) -> None:
        self.sure.hide()
        self._start("remove", ("remove", str(self.row["path"]), "--yes", "--json"))

    def _finished(self) -> None:
        self._doing = ""
        self.show_row(self.row)
        self.changed.emit()

    def _failed(self, what: str, action: str) -> None:
        doing = self._doing
        if doing == "cancelled":
            self._drop()
            return
        self.show_row(self.row)
        if what:
            self._say(f"{what} {action}".strip(), "danger")
        elif doing == "paused":
            self._say(words.joined(words.row_words(self.row), tr("paused, what has arrived is kept")))

    def _say(self, text: str, look: str = "muted") -> None:
        self.text.setText(text)
        self.text.setVisible(bool(text))
        set_look(self.text, look=look)
