"""A file (core/acting/html_page.py) and an open page (the extension) are read by the same rules (docs/fields.md)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import Page

from second_me.core.acting.forms import form_of
from second_me.core.acting.html_page import read_page
from tests.extension.chromium import Browser
from tests.extension.parity_pages import PAGES

DRAWN = ("x", "y", "width", "height", "frame")
"""What only a browser knows."""

OPEN = ("", "disabled", "read_only")


def known(field: Any) -> dict[str, Any]:
    """What both know; of what hides a field only whether something does."""
    result = {name: value for name, value in asdict(field).items() if name not in DRAWN}
    return {**result, "obstacle": field.obstacle if field.obstacle in OPEN else "unseen"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_the_same_from_its_file(browser: Browser, tab: Page, name: str) -> None:
    browser.show(tab, PAGES[name])
    opened, filed = form_of(browser.read(tab)["form"]), read_page(PAGES[name])
    assert (opened.title, opened.language) == (filed.title, filed.language)
    assert [known(each) for each in opened.fields] == [known(each) for each in filed.fields]
