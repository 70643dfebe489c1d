"""The parts of fills that need no vault: sites, deadlines, what waits, what was agreed to, what a browser answers."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest

from second_me.app.service.filling import shapes
from second_me.app.service.filling.consent import agreed
from second_me.app.service.filling.deadlines import Deadlines
from second_me.app.service.filling.link import NoBrowsers, Proposed
from second_me.app.service.filling.open import MOST, OpenProposals, Proposal, new_id
from second_me.app.service.filling.results import results_of, word_of
from second_me.app.service.filling.sites import site_of
from second_me.app.service.filling.words import reason_words
from second_me.core.acting.forms import Field, Form, Option
from second_me.core.acting.proposal import Decision, Row, Typed
from second_me.core.acting.proposing import TICKED_FROM
from second_me.core.acting.store import Fill, FilledField, Site
from second_me.core.ports import EnvironmentFault

AT = datetime(2026, 11, 28, 2, 30)


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://Shop.Example/checkout/1", "https://shop.example"),
        ("https://shop.example:443/", "https://shop.example"),
        ("http://shop.example:80", "http://shop.example"),
        ("http://shop.example:8080/a?b#c", "http://shop.example:8080"),
        ("https://me:secret@shop.example/", "https://shop.example"),
        ("https://[::1]:8443/", "https://[::1]:8443"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example"),
        ("file:///home/mara/page.html", "file://"),
        ("about:blank", None), ("chrome://settings", None), ("javascript:alert(1)", None), ("", None),
        ("https://", None), ("https://a:99999/", None), ("https://[::1", None), ("shop.example", None),
        ("https://a\\b/", None), ("data:text/html,<input>", None), ("https://" + "a" * 400, None),
    ],
)  # fmt: skip
def test_a_site_is_scheme_host_and_port(url: str, site: str | None) -> None:
    assert site_of(url) == site


def test_two_sites_that_look_alike_are_two() -> None:
    assert site_of("https://shop.example.evil.example/") != site_of("https://shop.example/")
    assert site_of("http://shop.example/") != site_of("https://shop.example/")


def test_what_is_due_happens_once_and_in_order() -> None:
    deadlines, done, all_done = Deadlines(), list[str](), threading.Event()

    def note(word: str) -> None:
        done.append(word)
        if word == "last":
            all_done.set()

    deadlines.set("b", 0.10, lambda: note("last"))
    deadlines.set("a", 0.02, lambda: note("first"))
    deadlines.set("a", 0.04, lambda: note("replaced"))
    deadlines.set("c", 0.03, lambda: note("never"))
    assert deadlines.cancel("c") and not deadlines.cancel("c")
    assert all_done.wait(20)
    deadlines.set("d", 3600, lambda: note("after the end"))
    deadlines.close()
    assert done == ["replaced", "last"]


@pytest.mark.parametrize("wrong", [EnvironmentFault("disk_full", "full"), ValueError("a bug")])
def test_what_goes_wrong_with_one_stops_no_other(monkeypatch: pytest.MonkeyPatch, wrong: Exception) -> None:
    reported: list[Any] = []
    monkeypatch.setattr(threading, "excepthook", reported.append)
    deadlines, done = Deadlines(), threading.Event()

    def fail() -> None:
        raise wrong

    deadlines.set("a", 0.0, fail)
    deadlines.set("b", 0.05, done.set)
    assert done.wait(20)
    deadlines.close()
    assert len(reported) == isinstance(wrong, ValueError), "a bug is not hidden"


def proposal(browser: str = "b1", *rows: Row, fields: tuple[Field, ...] = ()) -> Proposal:
    form = Form("https://shop.example/", "Order", "", fields or tuple(Field(row.index) for row in rows))
    typed = tuple(row.typed for row in rows)
    return Proposal(new_id(), browser, "Chromium", Site("https://shop.example"), AT, form, typed, rows, {})


def test_one_proposal_a_browser_and_no_more_than_twenty_wait() -> None:
    waiting = OpenProposals()
    first, second = proposal("b1"), proposal("b1")
    assert waiting.add(first) == []
    assert waiting.add(second) == [first]
    assert waiting.get(first.proposal_id) is None
    others = [proposal(f"x{number}") for number in range(MOST)]
    gone = [each for other in others for each in waiting.add(other)]
    assert gone == [second]
    assert waiting.listing() == others
    assert waiting.take(others[0].proposal_id) is others[0]
    assert waiting.take(others[0].proposal_id) is None
    assert not waiting.renew(others[0].proposal_id, others[0].site, ())


def row(index: int, decision: Decision = Decision.FILL, value: str | None = "Bern", **more: Any) -> Row:
    return Row(index, f"Label {index}", Typed("address-level2", 0.9), decision, value, **more)


def code(rows: object, asked: Proposal) -> str:
    with pytest.raises(EnvironmentFault) as caught:
        agreed(asked, rows)
    assert caught.value.what
    return caught.value.code


def test_only_rows_of_the_proposal_are_agreed_to() -> None:
    options = (Option("1", "Bern"), Option("2", "Basel"))
    fields = (Field(0, maxlength=6), Field(1, tag="select", kind="select-one", options=options), Field(2))
    asked = proposal("b1", row(0), row(1, value="1"), row(2, Decision.UNKNOWN, None), fields=fields)
    given = agreed(asked, [{"index": 2, "value": "B-7", "remember": False}, {"index": 0, "value": "Bern"}])
    assert [(each.row.index, each.value, each.own, each.remember) for each in given] == [
        (0, "Bern", False, None), (2, "B-7", True, False),
    ]  # fmt: skip
    assert agreed(asked, [{"index": 1, "value": "2"}])[0].words == "Basel"
    assert agreed(asked, [{"index": 2, "value": "two\nlines"}])[0].value == "two lines"
    wrong: list[Any] = [
        None, [], "x", [1], [{}], [{"index": 9, "value": "x"}], [{"index": -1, "value": "x"}],
        [{"index": True, "value": "x"}], [{"index": 0}], [{"index": 0, "value": ""}], [{"index": 0, "value": 7}],
        [{"index": 0, "value": "\ud800"}], [{"index": 0, "value": "nul\0"}], [{"index": 0, "value": "too long"}],
        [{"index": 1, "value": "3"}], [{"index": 1, "value": "Basel"}],
        [{"index": 0, "value": "a"}, {"index": 0, "value": "b"}], [{"index": 0, "value": "a", "remember": 1}],
    ]  # fmt: skip
    assert {code(each, asked) for each in wrong} == {"bad_parameters"}


@pytest.mark.parametrize("decision", [Decision.SECRET, Decision.OBSTACLE, Decision.NOT_A_FIELD])
def test_what_is_never_filled_is_refused_whoever_asks(decision: Decision) -> None:
    asked = proposal("b1", row(0), row(1, decision, None))
    assert code([{"index": 0, "value": "Bern"}, {"index": 1, "value": "hunter2"}], asked) == "refused"


def test_what_a_browser_answers_is_read_strictly() -> None:
    fields = (FilledField(0, None, "a"), FilledField(3, None, "b"), FilledField(4, None, "c"))
    sent = Fill("p", AT, "https://shop.example", "", "b1", "Chromium", fields)
    told = [
        {"index": 0, "ok": True},
        {"index": 3, "ok": 1},
        {"index": 9, "ok": True},
        "x",
        {"ok": True},
        None,
    ]
    assert results_of(sent, told) == {0: True, 3: False, 4: False}
    assert word_of("page_changed") == "page_changed"
    assert word_of("") == word_of(None) == word_of(7) == ""
    assert word_of("<script>") == word_of("x" * 200) == "unknown"


def test_the_answer_to_a_wish_is_a_message() -> None:
    assert Proposed(None, "never_here").message(4) == {
        "kind": "proposed", "request": 4, "proposal": None, "code": "never_here",
    }  # fmt: skip
    assert not NoBrowsers().send("b1", {"kind": "fill"})


SAID = datetime(2024, 6, 10, 10, 0)


def known(kind: str | None, value: str, quote: str, before: str = "", **more: Any) -> Row:
    shape: dict[str, Any] = {"decision": Decision.FILL, "said_at": SAID, "ticked": True, **more}
    return Row(0, "", Typed(kind, 1), value=value, sources=("m",), quote=quote, before=before, **shape)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (known("given-name", "Jonas", "My name is Jonas de Vries."), "name, you, 2024"),
        (known("bday", "14-03-1987", "born on Pi Day 87"), "“born on Pi Day 87”, 2024"),
        (known("street-address", "Oudegracht 12", "x", "Lisbon"), "moved, 10 June 2024 · before: Lisbon"),
        (known("email", "a@b.example", "x", "c@d.example"), "changed, 10 June 2024 · before: c@d.example"),
        (known(None, "K-7", "x", reason="learned"), "given here before, 2024"),
        (known(None, "K-7", "x", reason="learned_elsewhere"), "given on another site, 2024"),
        (known("tel", "1", "call 1", said_at=None), "phone number, you"),
        (
            known("tel", "1", "call 1", ticked=False, reason="unsure"),
            "phone number, you, 2024 · I am not sure that this is asked for",
        ),
        (
            known("tel", "1", "call 1", ticked=False, reason="other_kind"),
            "phone number, you, 2024 · another kind is asked for",
        ),
        (
            known("tel", "1", "call 1", decision=Decision.OCCUPIED, ticked=False),
            "phone number, you, 2024 · the field holds something already",
        ),
        (
            known("allergy", "nuts", "nuts", decision=Decision.WITHHELD, said_at=None, ticked=False),
            "allergy, you · tick it to tell this site",
        ),
        (
            Row(0, "", Typed(None, 1), Decision.DRAFT, "I like tea.", "", ("m", "n"), "I like tea.", SAID),
            "a draft from 2 memories",
        ),
        (Row(0, "", Typed("tel", 1), Decision.UNKNOWN, reason="somebody_else"), "asks about somebody else"),
        (Row(0, "", Typed(None, 1), Decision.UNKNOWN), "I don't know that about you"),
        (Row(0, "", Typed("cc-number", 1), Decision.SECRET), "kept by your password manager"),
        (Row(0, "", Typed("email", 1), Decision.OBSTACLE, reason="hidden"), "cannot be seen on the page"),
        (Row(0, "", Typed(None, 1), Decision.NOT_A_FIELD, reason="search"), "a search box"),
    ],
)
def test_why_in_words(row: Row, words: str) -> None:
    assert reason_words(row) == words


@pytest.mark.parametrize(
    ("chance", "reason", "word"),
    [(0.95, "", "sure"), (TICKED_FROM, "", "likely"), (0.4, "unsure", "unsure"), (0.4, "learned", "sure")],
)
def test_what_is_ticked_from_the_start_is_likely_at_least(chance: float, reason: str, word: str) -> None:
    item = Row(0, "Street", Typed("street-address", chance), Decision.FILL, "Gasse 1", reason=reason)
    assert shapes.row(Form(fields=(Field(0),)), item)["word"] == word
