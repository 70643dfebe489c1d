"""After consent: what a browser answers, what it does not, undoing, a kill in between; the browser is a stand-in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from second_me.app.service.filling import fills as fills_module
from second_me.core.acting.store import FillState
from second_me.core.memory.facts.slots import Slot
from tests.service.filling import BROWSER, SITE, Desk, code_of, desk_in, form, text

FIRST, LAST = text("First name", autocomplete="given-name"), text("Last name", autocomplete="family-name")
TOWN, MAIL = text("Town", autocomplete="address-level2"), text("Email", autocomplete="email")
JOB, VAT = text("Job", autocomplete="organization-title"), text("VAT number")
PASSWORD = {**text("Password"), "kind": "password"}
SEARCH = {**text("Search"), "kind": "search", "name": "q"}
HIDDEN = {**text("Email"), "obstacle": "hidden"}


@pytest.fixture
def jonas(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "home") as made:
        made.know(Slot.NAME, "Jonas de Vries")
        made.know(Slot.ADDRESS_LEVEL2, "Utrecht")
        yield made


def test_a_browser_speaks_only_of_its_own(jonas: Desk) -> None:
    proposal = jonas.propose(FIRST)
    jonas.fills.gone("b2", proposal.proposal_id)
    fill_id = jonas.fills.accept(proposal.proposal_id, [{"index": 0, "value": "Jonas"}])
    jonas.fills.filled("b2", proposal.proposal_id, [{"index": 0, "ok": True}])
    jonas.fills.filled(BROWSER, "of nobody", [{"index": 0, "ok": True}])
    kept = jonas.house.fills.get(fill_id)
    assert kept is not None and kept.state is FillState.SENT
    jonas.fills.filled(BROWSER, proposal.proposal_id, [{"index": 0, "ok": True}])
    jonas.fills.restored("b2", proposal.proposal_id, [{"index": 0, "ok": True}])
    jonas.fills.filled(BROWSER, proposal.proposal_id, [], "page_changed")
    kept = jonas.house.fills.get(fill_id)
    assert kept is not None and kept.state is FillState.FILLED


def test_a_page_that_changed_is_not_filled_and_the_log_says_so(jonas: Desk) -> None:
    proposal = jonas.propose(FIRST, TOWN)
    fill_id = jonas.fills.accept(
        proposal.proposal_id, [{"index": 0, "value": "Jonas"}, {"index": 1, "value": "Utrecht"}]
    )
    jonas.fills.filled(BROWSER, proposal.proposal_id, [{"index": 0, "ok": True}], "page_changed")
    kept = jonas.house.fills.get(fill_id)
    assert kept is not None and kept.state is FillState.PARTLY
    (done,) = jonas.heard("fill.done")
    assert (done["filled"], done["failed"], done["stopped"]) == ([0], [1], "page_changed")
    (entry,) = jonas.audit("not_filled")
    assert entry["detail"] == {"fill_id": fill_id, "failed": [1], "stopped": "page_changed"}


def test_a_browser_that_is_not_there_gets_nothing_and_the_log_says_so(jonas: Desk) -> None:
    proposal = jonas.propose(FIRST)
    jonas.browser.connected = False
    rows = [{"index": 0, "value": "Jonas"}]
    assert code_of(lambda: jonas.fills.accept(proposal.proposal_id, rows)) == "page_gone"
    (kept,) = jonas.house.fills.listing(5)
    assert kept.state is FillState.STOPPED
    assert [entry["detail"]["stopped"] for entry in jonas.audit("not_filled")] == ["page_gone"]
    assert not jonas.fills.undoing.undoable(kept)


def test_a_browser_that_never_answers_leaves_the_fill_unknown(
    jonas: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fills_module, "ANSWER_SECONDS", 0.0)
    proposal = jonas.propose(FIRST)
    fill_id = jonas.fills.accept(proposal.proposal_id, [{"index": 0, "value": "Jonas"}])
    jonas.wait_for("fill.done")
    kept = jonas.house.fills.get(fill_id)
    assert kept is not None and kept.state is FillState.UNKNOWN
    assert jonas.heard("fill.done")[0]["stopped"] == "timeout"
    jonas.fills.filled(BROWSER, proposal.proposal_id, [{"index": 0, "ok": True}])
    late = jonas.house.fills.get(fill_id)
    assert late is not None and late.state is FillState.FILLED


def test_a_proposal_that_nobody_answers_is_withdrawn(jonas: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fills_module, "SECONDS", 0.0)
    made = jonas.fills.propose(form(FIRST), BROWSER, "Chromium", None)
    jonas.wait_for("fill.withdrawn")
    jonas.fills.close()  # what happens right now is done
    assert jonas.fills.waiting() == []
    assert jonas.browser.last("dismissed")["proposal"] == made.proposal_id
    assert (
        code_of(lambda: jonas.fills.accept(str(made.proposal_id), [{"index": 0, "value": "Jonas"}]))
        == "not_found"
    )


def test_one_key_undoes_it(jonas: Desk) -> None:
    fill_id = jonas.fill(FIRST, TOWN, values={0: "Jonas", 1: "Utrecht"})
    (kept,) = jonas.house.fills.listing(5)
    assert jonas.fills.undoing.undoable(kept)
    found = jonas.fills.undoing.undo(fill_id)
    assert (found.restored, found.left) == ((0, 1), ())
    undone = jonas.house.fills.get(fill_id)
    assert undone is not None and undone.state is FillState.UNDONE
    (entry,) = jonas.audit("undo")
    assert (entry["asker"], entry["detail"]["restored"]) == (SITE, [0, 1])
    assert code_of(lambda: jonas.fills.undoing.undo(fill_id)) == "refused"
    assert code_of(lambda: jonas.fills.undoing.undo(99)) == "not_found"


def test_the_undo_key_of_the_browser_means_its_last_fill(jonas: Desk) -> None:
    first = jonas.fill(FIRST, values={0: "Jonas"})
    second = jonas.fill(TOWN, values={0: "Utrecht"})
    jonas.fills.undo("b2")
    assert "restore" not in [message["kind"] for _, message in jonas.browser.sent]
    jonas.fills.undo(BROWSER)
    states = {each.fill_id: each.state for each in jonas.house.fills.listing(5)}
    assert states == {first: FillState.FILLED, second: FillState.UNDONE}


def test_a_page_that_is_gone_cannot_be_undone(jonas: Desk) -> None:
    fill_id = jonas.fill(FIRST, values={0: "Jonas"})
    (kept,) = jonas.house.fills.listing(5)

    def answer(browser_id: str, message: Mapping[str, Any]) -> None:
        jonas.fills.gone(browser_id, str(message["proposal"]))

    jonas.browser.answer = answer
    assert code_of(lambda: jonas.fills.undoing.undo(fill_id)) == "page_gone"
    assert not jonas.fills.undoing.undoable(kept)
    jonas.browser.connected = False
    assert code_of(lambda: jonas.fills.undoing.undo(fill_id)) == "page_gone"
    assert jonas.audit("undo") == []


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.service.filling import FakeBrowser, desk_in, text

with desk_in(Path(sys.argv[1])) as desk:
    desk.browser.answer = lambda browser_id, message: os.kill(os.getpid(), signal.SIGKILL)
    proposal = desk.propose(text("VAT number"), text("Town"))
    desk.fills.accept(
        proposal.proposal_id, [{"index": 0, "value": "B-17"}, {"index": 1, "value": "Utrecht"}]
    )
"""


def test_a_kill_between_consent_and_answer_leaves_what_was_sent_on_record(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with desk_in(home) as desk:
        town = desk.know(Slot.ADDRESS_LEVEL2, "Utrecht")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(home)], cwd=Path(__file__).parents[2], timeout=120, check=False
    )
    assert killed.returncode == -9
    with desk_in(home) as desk:
        (kept,) = desk.house.fills.listing(5)
        assert kept.state is FillState.UNKNOWN
        (entry,) = desk.audit("fill")
        told = {each.memory_id: each.text for each in entry["memories"]}
        assert told[town] == "Utrecht" and "B-17" in told.values()
        (row, _) = desk.rows(VAT, TOWN)
        assert row.value == "B-17"
