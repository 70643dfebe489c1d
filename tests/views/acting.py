"""Brings the Model section into the middle of something, without the work."""

from __future__ import annotations

from collections.abc import Sequence

from second_me.app.views.command import Advice, CommandRun
from second_me.app.views.settings.model import ModelSection

MB = 1_000_000


class PausedRun(CommandRun):
    """A command that only says that it runs: pictures of progress without the work."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        super().__init__(arguments, Advice("It did not work."))
        self._on = False

    @property
    def running(self) -> bool:
        return self._on

    def start(self) -> None:
        self._on = True

    def cancel(self) -> None:
        self._on = False
        self.failed.emit("", "")


def act(section: ModelSection, doing: str) -> None:
    """Bring a section into the middle of something."""
    if doing == "making":
        section.steps._make = PausedRun
        section.steps.start()
        section.steps.report({"phase": "sensitivity", "done": 81, "total": 210, "seconds_left": 340.0})
    if doing == "downloading":
        row = section.models.rows["gemma-3-1b-it"]
        row._make = PausedRun
        row.act.click()
        row.report({"phase": row.row["name"], "done": 412 * MB, "total": 806 * MB, "speed": 9e6,
                    "seconds_left": 44.0})  # fmt: skip
