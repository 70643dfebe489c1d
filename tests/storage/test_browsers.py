"""Paired browsers and our own key towards them, kept in a vault."""

from __future__ import annotations

from datetime import timedelta

from second_me.storage.repositories.browsers import Browsers
from tests.storage.conftest import START, Kit

KEY, OTHER = b"\4" + b"k" * 64, b"\4" + b"o" * 64
LATER = START + timedelta(days=1)


def test_a_browser_is_kept_found_seen_and_forgotten(kit: Kit) -> None:
    browsers = Browsers(kit.vault)
    assert (browsers.listing(), browsers.by_key(KEY)) == ([], None)
    first, second = browsers.pair("Chromium 156", KEY, START), browsers.pair("Firefox 130", OTHER, LATER)
    assert browsers.listing() == [first, second]
    assert (first.name, first.key, first.paired_at, first.seen_at) == ("Chromium 156", KEY, START, None)
    browsers.seen(first.browser_id, LATER)
    found = browsers.by_key(KEY)
    assert found is not None
    assert (found.browser_id, found.seen_at) == (first.browser_id, LATER)
    assert browsers.forget(first.browser_id)
    assert not browsers.forget(first.browser_id)
    assert browsers.listing() == [second]


def test_a_browser_that_is_paired_again_keeps_its_id(kit: Kit) -> None:
    browsers = Browsers(kit.vault)
    first = browsers.pair("Chromium 156", KEY, START)
    again = browsers.pair("Chromium 157", KEY, LATER)
    assert (again.browser_id, again.name, again.paired_at) == (first.browser_id, "Chromium 157", LATER)
    assert browsers.listing() == [again]


def test_there_is_one_identity_and_the_first_stays(kit: Kit) -> None:
    browsers = Browsers(kit.vault)
    assert browsers.identity() is None
    assert browsers.keep_identity(b"a" * 32) == b"a" * 32
    assert browsers.keep_identity(b"b" * 32) == b"a" * 32
    assert browsers.identity() == b"a" * 32
