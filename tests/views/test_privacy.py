"""Settings, Privacy and security, over a real vault: who may know what, people, and the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from second_me.app.preferences import Preferences
from second_me.app.service.client import Client
from second_me.app.theme.style import Theme
from second_me.app.views.bridge import Service
from second_me.app.views.settings import SettingsView
from second_me.app.views.settings.disclosure_words import entry_words
from second_me.app.views.widgets import LinkButton
from tests.views.places import OFFSCREEN, WAIT, outside, served, unnamed

pytestmark = OFFSCREEN


@pytest.fixture
def vault(own_home: Path) -> Iterator[tuple[Service, Client]]:
    with served(own_home) as both:
        yield both


def told_one(client: Client) -> str:
    """A fact, and two questions of a colleague: one is answered, one is not. The id of what was withheld."""
    client.call("facts.add", slot="job", value="baker")
    client.call("facts.add", slot="health", value="asthma")
    client.call("disclosure.map_contact", name="Devika", audience="colleague")
    client.call("ask", text="What is your job?", asker="Devika", no_model=True)
    client.call("ask", text="What illness do you have?", asker="Devika", no_model=True)
    return str(client.call("audit.list", limit=1)[0]["memories"][0]["memory_id"])


def opened(qtbot: QtBot, service: Service, theme: Theme, home: Path, width: int) -> SettingsView:
    view = SettingsView(service, theme, Preferences(home))
    qtbot.addWidget(view)
    view.resize(width, 700)
    view.show()
    view.open_section(1)
    qtbot.waitUntil(lambda: len(view.privacy.knowing.rows) == 6, timeout=WAIT)
    return view


def words(place: QWidget) -> str:
    return "\n".join(label.text() for label in place.findChildren(QLabel))


def test_clearances_are_read_changed_and_as_usual_again(
    qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, own_home: Path
) -> None:
    service, client = vault
    view = opened(qtbot, service, theme, own_home, 900)
    rows = {row.audience: row for row in view.privacy.knowing.rows}
    assert rows["partner"].words.text() == "May know everything but secrets."
    assert not rows["partner"].topics["health"].isEnabled()
    assert rows["shop"].words.text() == "May know your name, how to reach you and your address."
    stranger = rows["stranger"]
    assert stranger.usual.isHidden()
    stranger.topics["home"].click()
    qtbot.waitUntil(lambda: not stranger.usual.isHidden(), timeout=WAIT)
    stranger.level.setCurrentIndex(stranger.level.findData("ordinary"))
    stranger.level.activated.emit(stranger.level.currentIndex())
    wanted = "May know what is public or ordinary and private things about home."
    qtbot.waitUntil(lambda: stranger.words.text() == wanted, timeout=WAIT)
    kept = next(each for each in client.call("disclosure.audiences") if each["audience"] == "stranger")
    assert (kept["level"], kept["topics"]) == ("ordinary", ["home"])
    stranger.usual.click()
    qtbot.waitUntil(lambda: stranger.words.text() == "May know what is public.", timeout=WAIT)


def test_people_are_added_changed_and_removed(
    qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, own_home: Path
) -> None:
    service, client = vault
    view = opened(qtbot, service, theme, own_home, 900)
    people = view.privacy.people
    assert not people.none.isHidden() and not people.add.isEnabled()
    people.name.setText("Ada")
    people.audience.setCurrentIndex(people.audience.findData("family"))
    people.add.click()
    qtbot.waitUntil(lambda: "Ada" in words(people), timeout=WAIT)
    assert client.call("disclosure.contacts") == [{"name": "Ada", "audience": "family"}]
    away = next(link for link in people.findChildren(LinkButton) if link.accessibleName() == "Remove Ada")
    away.click()
    qtbot.waitUntil(lambda: not people.none.isHidden(), timeout=WAIT)
    assert client.call("disclosure.contacts") == []


@pytest.mark.parametrize("width", [480, 900])
def test_the_log_says_what_was_told_and_leads_to_the_memory(
    qtbot: QtBot, vault: tuple[Service, Client], theme: Theme, own_home: Path, width: int
) -> None:
    service, client = vault
    withheld = told_one(client)
    view = opened(qtbot, service, theme, own_home, width)
    told = view.privacy.told
    qtbot.waitUntil(lambda: "Devika (colleague) asked about: job" in words(told), timeout=WAIT)
    assert "Told: “baker”" in words(told)
    assert "Withheld: more private than they may know" in words(told)
    assert unnamed(view.privacy) == [] and outside(view) == []
    with qtbot.waitSignal(view.open_memory) as heard:
        told.findChildren(LinkButton)[1 if told.findChildren(LinkButton)[0] is told.more else 0].click()
    assert heard.args == [withheld]


def test_forms_in_the_log_have_their_words() -> None:
    entry = {"asker": "https://shop.example", "audience": "shop", "detail": {"fill_id": 1}, "memories": []}
    said = [entry_words({**entry, "action": action}) for action in ("fill", "not_filled", "undo")]
    assert said == [
        "You filled a form on shop.example.",
        "Fields on shop.example were left as they were.",
        "You took back what was filled on shop.example.",
    ]
