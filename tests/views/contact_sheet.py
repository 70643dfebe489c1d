"""Pictures of every place and state: `python -m tests.views.contact_sheet OUT [STATE...]`.

The talk's content is made up (`tests/views/sample.py`); the other places (`sheets_places.py`) stand over a real
service in a temporary home. Looking at the pictures is the point; nothing is compared.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from second_me.app.preferences import Preferences
from second_me.app.theme.style import Theme, apply_theme
from second_me.app.views.bridge import Service
from second_me.app.views.shell import MainWindow
from second_me.app.views.talk.view import TalkView
from tests.views import sample
from tests.views.places import imported, life, served
from tests.views.sample import FOUND as SAMPLE_FOUND
from tests.views.sheets_places import Make, sheets

WIDTHS = (480, 900, 1600)
HEIGHT = 800
State = Callable[["Stage"], None]


def settle(milliseconds: int = 60) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Stage:
    """One window over the made-up life."""

    def __init__(self, theme: Theme, home: Path, conversations: list[dict[str, Any]] | None = None) -> None:
        self.client = sample.SampleClient(conversations)
        self.service = Service(self.client)
        preferences = Preferences(home)
        self.talk = TalkView(self.service, theme, preferences)
        self.window = MainWindow(
            self.service,
            theme,
            preferences,
            {"talk": self.talk, "memory": QWidget(), "fill": QWidget(), "settings": QWidget()},
        )

    def close(self) -> None:
        self.service.close()
        self.window.close()
        self.window.deleteLater()
        settle(10)


def empty(stage: Stage) -> None:
    """Nothing said yet."""


def conversation(stage: Stage) -> None:
    stage.talk._open(sample.CONVERSATIONS[0])
    settle()
    first = next(m for m in stage.talk.pane.answers() if m.answer and m.answer["answer_id"] == "a1")
    first.found = sample.FOUND
    stage.talk.pane.cite(first, 2)


def conversation_only(stage: Stage) -> None:
    stage.talk._open(sample.CONVERSATIONS[0])


def recalled(stage: Stage) -> None:
    stage.talk._open(sample.CONVERSATIONS[0])
    settle()
    stage.talk.ask("What did Mara say about the notebook?")
    settle()
    stage.client.tell("turn.recalled", {"turn": "t1", "memories": sample.FOUND})


def streaming(stage: Stage) -> None:
    recalled(stage)
    settle()
    stage.client.tell("turn.token", {"turn": "t1", "text": "She wants a **linen notebook**, nothing with a"})


def failed(stage: Stage) -> None:
    recalled(stage)
    settle()
    stage.client.tell(
        "turn.failed",
        {
            "turn": "t1",
            "code": "model_failed",
            "text": "The model stopped in the middle of its answer.",
            "action": "Your memories are safe. Ask again; if it happens twice, load the model anew.",
            "answer": sample.PLAIN,
        },
    )


def temporary(stage: Stage) -> None:
    stage.talk.start_new(temporary=True)
    stage.talk.ask("Between us: what could I give Mara?")
    settle()
    stage.client.tell("turn.done", {"turn": "t1", "answer": sample.GENERAL})
    stage.talk.pane.composer.set_text("Something that fits in hand luggage.\nNot a book.\nUnder 40 euros.")


def importing(stage: Stage) -> None:
    conversation_only(stage)
    settle()
    stage.talk.pane.bottom.remember_files(["/tmp/lisbon-2024.jsonl"])
    settle()
    progress = {"job": "j1", "phase": "vectors", "done": 1240, "total": 4812, "seconds_left": 13.0}
    stage.client.tell("import.progress", progress)


def correcting(stage: Stage) -> None:
    conversation_only(stage)
    settle()
    stage.talk.pane.act(stage.talk.pane.answers()[1], "correct")


def panel_list(stage: Stage) -> None:
    conversation_only(stage)
    settle()
    if stage.talk.list.isHidden():
        stage.talk.toggle_list()


STATES: dict[str, State] = {
    "empty": empty,
    "conversation": conversation,
    "talking": conversation_only,
    "recalled": recalled,
    "streaming": streaming,
    "failed": failed,
    "temporary": temporary,
    "importing": importing,
    "correcting": correcting,
    "list": panel_list,
}


def picture(theme: Theme, home: Path, state: str, width: int) -> QPixmap:
    """One state at one width."""
    stage = Stage(theme, home, [] if state == "empty" else None)
    stage.window.resize(width, HEIGHT)
    stage.window.show()
    settle()
    STATES[state](stage)
    settle(260)
    result = stage.window.grab()
    stage.close()
    return result


def place_pictures(theme: Theme, make: Make, service: Service) -> list[QPixmap]:
    """One of the other places at all widths."""
    pictures = []
    for width in WIDTHS:
        widget = make(service, theme)
        widget.resize(width, HEIGHT)
        widget.show()
        settle(700)
        pictures.append(widget.grab())
        widget.close()
        widget.deleteLater()
        settle(10)
    return pictures


def keep(out: Path, name: str, scheme: str, pictures: list[QPixmap]) -> None:
    """Write the pictures of one state, and their sheet."""
    for width, one in zip(WIDTHS, pictures, strict=True):
        one.save(str(out / f"{name}-{scheme}-{width}.png"))
    sheet(pictures).save(str(out / f"sheet-{name}-{scheme}.png"))


def draw_places(out: Path, theme: Theme, home: Path, only: list[str]) -> None:
    """The places beside the talk."""
    with served(home) as (service, client):
        texts = [sample["text"] for sample in SAMPLE_FOUND] + [
            "Piano lesson moved to Tuesday.",
            "No walnuts in the cake.",
        ]
        imported(client, life(home / "life.jsonl", texts), me="Jonas")
        client.call("remember", text="The spare key hangs behind the heron picture.")
        for scheme in ("light", "dark"):
            theme.use(scheme, 1.0)  # type: ignore[arg-type]
            for name, make in sheets():
                if not only or name in only:
                    keep(out, name, scheme, place_pictures(theme, make, service))


def sheet(pictures: list[QPixmap]) -> QPixmap:
    """Pictures of one state beside each other, half their size."""
    small = [one.scaledToHeight(HEIGHT // 2) for one in pictures]
    result = QPixmap(sum(one.width() + 8 for one in small), HEIGHT // 2)
    result.fill("#888888")
    painter, at = QPainter(result), 0
    for one in small:
        painter.drawPixmap(at, 0, one)
        at += one.width() + 8
    painter.end()
    return result


def main(out: Path, only: list[str]) -> None:
    """Write all pictures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    if "Inter" in QFontDatabase.families():
        font = QFont("Inter")
        font.setPixelSize(13)
        app.setFont(font)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    out.mkdir(parents=True, exist_ok=True)
    theme = apply_theme(app, "light", 1.0)
    with tempfile.TemporaryDirectory() as home:
        for scheme in ("light", "dark"):
            theme.use(scheme, 1.0)  # type: ignore[arg-type]
            for state in [each for each in STATES if not only or each in only]:
                pictures = [picture(theme, Path(home), state, width) for width in WIDTHS]
                keep(out, state, scheme, pictures)
        draw_places(out, theme, Path(home), only)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "contact"), sys.argv[2:])
