"""One Chromium for the tests of a module: it takes seconds to start, and is closed at the end."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest
from playwright.sync_api import Page

from tests.extension.chromium import Browser, chromium_path, running


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Chromium starts and ends processes as it likes while it runs; what is left is looked at when it has ended."""
    yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium with the extension, without a native host."""
    if chromium_path() is None:
        pytest.skip("Chromium is not installed")
    with running() as started:
        yield started
    assert [each for each in psutil.Process().children(recursive=True) if "chrom" in each.name()] == []


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Page:
    """One tab for the tests of a module that look at many small pages."""
    return browser.context.pages[0]


@pytest.fixture(autouse=True)
def no_page_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test finds an empty browser."""
    yield
    if "browser" in request.fixturenames:
        started: Browser = request.getfixturevalue("browser")
        for page in started.context.pages[1:]:
            page.close()
