"""`fill.*` of a real service process: previews, sites, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from second_me.app.service.client import Client
from second_me.app.service.protocol import RemoteFault
from tests.service.filling import form, text
from tests.service.kit import PASSPHRASE, Ear, Seat

TOWN, JOB = text("Town", autocomplete="address-level2"), text("Job", autocomplete="organization-title")
PASSWORD = {**text("Password"), "kind": "password"}


@pytest.fixture
def client(bare_place: Seat) -> Iterator[Client]:
    made = bare_place.unlocked()
    made.call("facts.add", slot="address-level2", value="Utrecht")
    made.call("facts.add", slot="organization-title", value="beekeeper")
    yield made


def rows(client: Client, *fields: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.call("fill.preview", form=form(*fields), **more)["rows"]
    return found


def code_of(client: Client, method: str, **params: Any) -> str:
    with pytest.raises(RemoteFault) as caught:
        client.call(method, **params)
    assert caught.value.what
    return caught.value.code


def test_a_preview_is_the_persons_own_unless_a_site_is_named(client: Client) -> None:
    town, job, secret = rows(client, TOWN, JOB, PASSWORD)
    assert (town["value"], town["decision"], town["ticked"], len(town["source_ids"])) == (
        "Utrecht",
        "fill",
        True,
        1,
    )
    assert (job["value"], job["ticked"]) == ("beekeeper", True)
    assert (secret["value"], secret["decision"], secret["why"]) == (
        None,
        "secret",
        "kept by your password manager",
    )
    assert set(town) == {
        "index", "id", "name", "label", "type", "confidence", "word", "decision", "value", "shown", "ticked", "cleared",
        "draft", "source_ids", "quote", "said_at", "before", "why", "options", "kind",
        "section",
    }  # fmt: skip
    _, job, _ = rows(client, TOWN, JOB, PASSWORD, site="https://shop.example/anything")
    assert (job["value"], job["decision"], job["ticked"]) == ("beekeeper", "withheld", False)
    assert client.call("fill.sites") == [] and client.call("fill.list") == []
    assert [entry["action"] for entry in client.call("audit.list")] == []


def test_a_site_is_decided_on(client: Client) -> None:
    ear = Ear(client)
    set_to = client.call("fill.set_site", site="https://Shop.example:443/x", audience="partner")
    assert set_to == {"site": "https://shop.example", "rule": "ask", "audience": "partner"}
    assert ear.next("fill.changed") == {}
    assert rows(client, JOB, site="https://shop.example")[0]["ticked"] is True
    client.call("fill.set_site", site="https://shop.example", rule="never")
    assert client.call("fill.sites") == [
        {"site": "https://shop.example", "rule": "never", "audience": "partner", "fills": 0, "last": None}
    ]
    assert code_of(client, "fill.set_site", site="shop") == "bad_parameters"
    assert code_of(client, "fill.set_site", site="https://shop.example", rule="always") == "bad_parameters"


def test_what_does_not_wait_cannot_be_agreed_to(client: Client) -> None:
    agreed = [{"index": 0, "value": "x"}]
    assert client.call("fill.open") == []
    assert code_of(client, "fill.proposal", proposal_id="guessed") == "not_found"
    assert code_of(client, "fill.accept", proposal_id="guessed", rows=agreed) == "not_found"
    assert code_of(client, "fill.dismiss", proposal_id="guessed") == "not_found"
    assert code_of(client, "fill.undo", fill_id=1) == "not_found"
    assert code_of(client, "fill.preview", form={"fields": "x"}) == "bad_parameters"


def test_a_locked_vault_knows_of_no_form(bare_place: Seat, client: Client) -> None:
    client.call("vault.lock")
    bare_place.leave()
    again = bare_place.client()
    assert code_of(again, "fill.preview", form=form(TOWN)) == "locked"
    assert code_of(again, "fill.sites") == "locked"
    again.call("vault.unlock", passphrase=PASSPHRASE)
    assert rows(again, TOWN)[0]["value"] == "Utrecht"
