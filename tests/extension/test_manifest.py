"""The extension's files fit together: one manifest for Chromium and Firefox, what it asks for, what it names."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest

from tests.extension.chromium import EXTENSION, IDS

MANIFEST: dict[str, Any] = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
MESSAGES: dict[str, Any] = json.loads((EXTENSION / "_locales/en/messages.json").read_text("utf-8"))
SCRIPTS = sorted(EXTENSION.rglob("*.js"))
MOST_LINES = 300


def test_the_ids_are_those_of_the_manifest() -> None:
    digest = hashlib.sha256(base64.b64decode(MANIFEST["key"])).hexdigest()[:32]
    assert IDS["chromium"] == "".join(chr(ord("a") + int(digit, 16)) for digit in digest)
    assert IDS["firefox"] == MANIFEST["browser_specific_settings"]["gecko"]["id"]


def test_it_asks_for_no_site_and_nothing_else_than_it_needs() -> None:
    assert set(MANIFEST["permissions"]) == {"activeTab", "scripting", "nativeMessaging", "storage"}
    for absent in (
        "host_permissions",
        "optional_host_permissions",
        "content_scripts",
        "web_accessible_resources",
    ):
        assert absent not in MANIFEST
    assert "externally_connectable" not in MANIFEST  # pages could speak to it


def test_both_kinds_of_background_are_the_same_file() -> None:
    assert MANIFEST["background"] == {
        "service_worker": "background.js", "scripts": ["background.js"], "type": "module",
    }  # fmt: skip


def test_files_that_are_named_are_there() -> None:
    named = {*MANIFEST["icons"].values(), *MANIFEST["action"]["default_icon"].values()}
    named |= {MANIFEST["action"]["default_popup"], MANIFEST["background"]["service_worker"]}
    tabs = (EXTENSION / "tabs.js").read_text("utf-8")
    pages = re.search(r"const FILES = \[(.*)\]\.map", tabs)
    assert pages is not None
    injected = {f"page/{name}.js" for name in re.findall(r'"(\w+)"', pages[1])}
    assert injected == {f"page/{each.name}" for each in (EXTENSION / "page").glob("*.js")}
    assert [each for each in named | injected if not (EXTENSION / each).is_file()] == []


def test_every_word_is_there_and_none_too_many() -> None:
    popup = (EXTENSION / "popup.js").read_text("utf-8")
    text = "".join(each.read_text("utf-8") for each in SCRIPTS)
    used = set(re.findall(r"__MSG_(\w+)__", json.dumps(MANIFEST)))
    used |= {"fill", "undo"} | set(re.findall(r'word\("(\w+)"', popup))
    advice = re.search(r"const ADVICE = new Set\(\[(.*?)\]\)", popup, re.DOTALL)
    assert advice is not None
    used |= {f"advice_{each}" for each in re.findall(r'"(\w+)"', advice[1])}
    link = (EXTENSION / "link.js").read_text("utf-8")
    words = set(re.findall(r'"(\w+)"', re.search(r"const WORDS = new Set\(\[(.*)\]", link)[1]))  # type: ignore[index]
    used |= {
        f"link_{each}"
        for each in words | {"idle", "ready", "connecting", "pairing", "closed", "not_installed"}
    }
    notes = {"waiting", "filled", "restored", "page_changed", "tab_left", "too_slow",
             "unreadable", "nothing", "never_here",
             "busy", "locked", "bad_message", "nothing_to_undo"}  # fmt: skip
    assert all(f'"{each}"' in text for each in notes - {"nothing", "never_here", "locked", "bad_message"})
    assert used | {f"note_{each}" for each in notes} <= set(MESSAGES)
    assert set(MESSAGES) - used - {f"note_{each}" for each in notes} == set()


@pytest.mark.parametrize("name", [str(each.relative_to(EXTENSION)) for each in SCRIPTS])
def test_scripts_are_short_and_carry_no_code_from_elsewhere(name: str) -> None:
    text = (EXTENSION / name).read_text("utf-8")
    assert len([line for line in text.splitlines() if line.strip()]) < MOST_LINES
    assert not re.search(
        r"\beval\(|new Function|innerHTML|https?://(?!www\.w3\.org)|\bfetch\(|XMLHttpRequest", text
    )
    assert text.startswith("/* ")


def test_no_label_of_the_popup_is_unsaid() -> None:
    assert all(each["message"].strip() and "!" not in each["message"] for each in MESSAGES.values())
