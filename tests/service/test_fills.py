"""Proposal, consent, fill, audit and undo on a real vault; the browser is a stand-in, for what is tested is ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from second_me.core.acting.proposal import Decision
from second_me.core.acting.store import FillState, Site, SiteRule
from second_me.core.disclosure.levels import Audience
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import EnvironmentFault
from tests.service.filling import BROWSER, SITE, Desk, code_of, desk_in, form, text

FIRST, LAST = text("First name", autocomplete="given-name"), text("Last name", autocomplete="family-name")
TOWN, MAIL = text("Town", autocomplete="address-level2"), text("Email", autocomplete="email")
JOB, VAT = text("Job", autocomplete="organization-title"), text("VAT number")
PASSWORD = {**text("Password"), "kind": "password"}
SEARCH = {**text("Search"), "kind": "search", "name": "q"}
HIDDEN = {**text("Email"), "obstacle": "hidden"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "home") as made:
        yield made


@pytest.fixture
def jonas(desk: Desk) -> Desk:
    desk.know(Slot.NAME, "Jonas de Vries")
    desk.know(Slot.ADDRESS_LEVEL2, "Utrecht")
    return desk


def test_what_is_known_is_proposed_with_its_source_and_filled_after_consent(jonas: Desk) -> None:
    proposal = jonas.propose(FIRST, LAST, TOWN, MAIL)
    assert [(row.value, row.decision, row.ticked) for row in proposal.rows] == [
        ("Jonas", Decision.FILL, True), ("de Vries", Decision.FILL, True), ("Utrecht", Decision.FILL, True),
        (None, Decision.UNKNOWN, False),
    ]  # fmt: skip
    assert jonas.heard("fill.proposed") == [{"proposal_id": proposal.proposal_id}]
    assert jonas.browser.sent == [], "nothing leaves before consent"
    jonas.browser.answer = jonas.fills_all
    fill_id = jonas.fills.accept(
        proposal.proposal_id, [{"index": 0, "value": "Jonas"}, {"index": 2, "value": "Utrecht"}]
    )
    assert jonas.browser.sent == [
        (
            BROWSER,
            {
                "kind": "fill",
                "proposal": proposal.proposal_id,
                "fields": [{"index": 0, "value": "Jonas"}, {"index": 2, "value": "Utrecht"}],
            },
        )
    ]
    (done,) = jonas.heard("fill.done")
    assert done == {
        "fill_id": fill_id, "proposal_id": proposal.proposal_id, "filled": [0, 2], "failed": [], "stopped": "",
    }  # fmt: skip
    kept = jonas.house.fills.get(fill_id)
    assert kept is not None
    assert (kept.state, kept.site, kept.title, kept.browser) == (
        FillState.FILLED,
        SITE,
        "Order",
        "Chromium 156",
    )
    assert [(each.type, each.sources, each.ok) for each in kept.fields] == [
        ("given-name", proposal.rows[0].sources, True), ("address-level2", proposal.rows[2].sources, True),
    ]  # fmt: skip
    assert (
        code_of(lambda: jonas.fills.accept(proposal.proposal_id, [{"index": 0, "value": "x"}])) == "not_found"
    )


def test_the_audit_says_what_was_told_to_whom_and_goes_with_the_memory(jonas: Desk) -> None:
    jonas.fill(FIRST, TOWN, VAT, values={0: "Jonas", 1: "Utrecht", 2: "NL-zanzibar"})
    (entry,) = jonas.audit("fill")
    assert (entry["audience"], entry["asker"], entry["consent"]) == ("shop", SITE, "by_hand")
    assert sorted(row.text for row in entry["memories"]) == ["Jonas", "NL-zanzibar", "Utrecht"]
    assert all(row.told for row in entry["memories"])
    assert "Jonas" not in str(entry["detail"]) and "zanzibar" not in str(entry["detail"])
    assert (entry["detail"]["fields"], entry["detail"]["typed"]) == (3, 1)
    typed = next(row.memory_id for row in entry["memories"] if row.text == "NL-zanzibar")
    jonas.house.episodes.erase([typed])
    (entry,) = jonas.audit("fill")
    assert sorted(row.text for row in entry["memories"]) == ["Jonas", "Utrecht"]


def test_a_value_of_two_memories_is_split_between_them_in_the_audit(desk: Desk) -> None:
    street = desk.know(Slot.STREET_ADDRESS, "Oudegracht 12")
    town = desk.know(Slot.ADDRESS_LEVEL2, "Utrecht")
    whole = {**text("Address"), "autocomplete": "street-address", "tag": "textarea", "kind": "textarea"}
    proposal = desk.propose(whole)
    (row,) = proposal.rows
    assert row.value is not None
    desk.browser.answer = desk.fills_all
    desk.fills.accept(proposal.proposal_id, [{"index": 0, "value": row.value}])
    (entry,) = desk.audit("fill")
    told = {each.memory_id: each.text for each in entry["memories"]}
    assert told.keys() <= {street, town} and street in told
    assert "Utrecht" not in told[street]


def test_secrets_hidden_fields_and_search_boxes_are_refused_whoever_asks(jonas: Desk) -> None:
    proposal = jonas.propose(FIRST, PASSWORD, HIDDEN, SEARCH)
    decisions = [row.decision for row in proposal.rows]
    assert decisions == [Decision.FILL, Decision.SECRET, Decision.OBSTACLE, Decision.NOT_A_FIELD]
    assert [row.value for row in proposal.rows[1:]] == [None, None, None]
    for index in (1, 2, 3):
        rows = [{"index": 0, "value": "Jonas"}, {"index": index, "value": "hunter2"}]
        assert code_of(partial(jonas.fills.accept, proposal.proposal_id, rows)) == "refused"
    assert jonas.browser.sent == []
    assert jonas.audit("fill") == []
    assert jonas.fills.proposal(proposal.proposal_id) == proposal


def test_what_the_site_may_not_know_is_shown_to_the_person_alone_and_ticked_once_it_was(desk: Desk) -> None:
    memory = desk.know(Slot.ORGANIZATION_TITLE, "beekeeper")
    (row,) = desk.rows(JOB)
    assert (row.value, row.decision, row.ticked, row.cleared) == (
        "beekeeper",
        Decision.WITHHELD,
        False,
        False,
    )
    desk.fill(JOB, values={0: "beekeeper"})
    (entry,) = desk.audit("fill")
    assert [(each.memory_id, each.told, each.reason) for each in entry["memories"]] == [
        (memory, True, "by_hand")
    ]
    (again,) = desk.rows(JOB)
    assert (again.decision, again.ticked, again.reason) == (Decision.FILL, True, "by_hand")
    (elsewhere,) = desk.rows(JOB, url="https://other.example/")
    assert elsewhere.decision is Decision.WITHHELD
    desk.fills.set_site(Site(SITE, audience=Audience.STRANGER))
    (stricter,) = desk.rows(JOB)
    assert stricter.decision is Decision.WITHHELD


def test_what_was_withheld_stands_in_the_audit_too(desk: Desk) -> None:
    town, job = desk.know(Slot.ADDRESS_LEVEL2, "Bern"), desk.know(Slot.ORGANIZATION_TITLE, "beekeeper")
    desk.fill(TOWN, JOB, values={0: "Bern"})
    (entry,) = desk.audit("fill")
    assert {(each.memory_id, each.told, each.text, each.reason) for each in entry["memories"]} == {
        (town, True, "Bern", "cleared"), (job, False, "", "too_sensitive"),
    }  # fmt: skip


def test_a_site_that_is_never_asked_about_gets_no_proposal(jonas: Desk) -> None:
    waiting = jonas.propose(FIRST)
    jonas.fills.set_site(Site(SITE, SiteRule.NEVER))
    assert jonas.heard("fill.withdrawn") == [{"proposal_id": waiting.proposal_id}]
    refused = jonas.fills.propose(form(FIRST), BROWSER, "Chromium", None)
    assert (refused.proposal_id, refused.code) == (None, "never_here")
    jonas.fills.set_site(Site(SITE, SiteRule.ASK))
    assert jonas.propose(FIRST)


def test_another_audience_makes_waiting_proposals_anew(desk: Desk) -> None:
    desk.know(Slot.ORGANIZATION_TITLE, "beekeeper")
    waiting = desk.propose(JOB)
    desk.fills.set_site(Site(SITE, audience=Audience.PARTNER))
    again = desk.fills.proposal(waiting.proposal_id)
    assert [row.decision for row in again.rows] == [Decision.FILL]
    assert again.site.audience is Audience.PARTNER
    assert len(desk.heard("fill.proposed")) == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("no form", "bad_message"), (None, "bad_message"), ({"fields": [{"index": 7}]}, "bad_message"),
        ({"url": "about:blank", "fields": []}, "nothing"), ({"url": f"{SITE}/", "fields": []}, "nothing"),
        (form(PASSWORD, SEARCH), "nothing"), (form(FIRST, url="chrome://settings"), "nothing"),
    ],
)  # fmt: skip
def test_what_is_no_form_gets_no_proposal(jonas: Desk, given: Any, code: str) -> None:
    made = jonas.fills.propose(given, BROWSER, "Chromium", None)
    assert (made.proposal_id, made.code) == (None, code)
    assert jonas.told == []


def test_one_proposal_a_browser(jonas: Desk) -> None:
    first, second = jonas.propose(FIRST), jonas.propose(TOWN)
    other = jonas.propose(TOWN, browser="b2")
    assert [each.proposal_id for each in jonas.fills.waiting()] == [second.proposal_id, other.proposal_id]
    assert jonas.heard("fill.withdrawn") == [{"proposal_id": first.proposal_id}]
    assert jonas.browser.last("dismissed") == {"kind": "dismissed", "proposal": first.proposal_id}
    jonas.fills.left("b2")
    jonas.fills.dismiss(second.proposal_id)
    assert jonas.fills.waiting() == []
    assert code_of(lambda: jonas.fills.dismiss(second.proposal_id)) == "not_found"


def test_without_a_window_one_is_asked_for(jonas: Desk) -> None:
    jonas.propose(FIRST)
    assert jonas.browser.wanted == []
    jonas.windowed = False
    jonas.propose(FIRST)
    assert jonas.browser.wanted == [BROWSER]


def test_what_was_erased_while_a_proposal_waited_is_not_filled(jonas: Desk) -> None:
    proposal = jonas.propose(FIRST, TOWN)
    jonas.house.episodes.erase([proposal.rows[0].sources[0]])
    rows = [{"index": 0, "value": "Jonas"}]
    again = jonas.fills.proposal(proposal.proposal_id)
    assert [row.value for row in again.rows] == [None, "Utrecht"]
    assert again.proposal_id == proposal.proposal_id
    jonas.fills.accept(proposal.proposal_id, rows)
    (kept,) = jonas.house.fills.listing(5)
    assert kept.fields[0].sources != proposal.rows[0].sources, "it is what the person typed now"


def test_what_was_deleted_while_a_proposal_waited_is_not_filled(jonas: Desk) -> None:
    proposal = jonas.propose(FIRST, TOWN)
    jonas.house.conversations.hide("about me", jonas.house.clock.now())
    again = jonas.fills.proposal(proposal.proposal_id)
    assert [row.value for row in again.rows] == [None, None]


def test_a_new_fact_changes_the_next_proposal(jonas: Desk) -> None:
    jonas.fill(TOWN, values={0: "Utrecht"})
    jonas.know(Slot.ADDRESS_LEVEL2, "Lisbon")
    (row,) = jonas.rows(TOWN)
    assert row.value == "Lisbon"


def test_of_many_who_agree_at_once_one_fills(jonas: Desk) -> None:
    proposal, done, codes = jonas.propose(FIRST), list[int](), list[str]()

    def agree() -> None:
        try:
            done.append(jonas.fills.accept(proposal.proposal_id, [{"index": 0, "value": "Jonas"}]))
        except EnvironmentFault as fault:
            codes.append(fault.code)

    threads = [threading.Thread(target=agree) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), codes) == (1, ["not_found"] * 7)
    assert len(jonas.house.fills.listing(9)) == len(jonas.browser.sent) == 1
