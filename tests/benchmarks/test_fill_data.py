"""The sets of forms are whole: each field of a form is expected to hold something, each key is somebody's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "benchmarks" / "data"
PERSON = DATA / "fill_person"
SPECIAL = {"-", "secret", "hidden", "search", "consent", "captcha", "as-it-was", "draft"}
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
NO_FIELD = re.compile(r'type="(?:hidden|submit|reset|button)"')


def read(*parts: str) -> Any:
    return json.loads(PERSON.joinpath(*parts).read_text("utf-8"))


def names(html: str) -> list[str]:
    """Names of the fields of a form in their order, each once."""
    found = [re.search(r'\bname="([^"]+)"', tag) for tag in FIELD.findall(html) if not NO_FIELD.search(tag)]
    return list(dict.fromkeys(each.group(1) for each in found if each))


@pytest.mark.parametrize("half", ["even", "odd", "more"])
def test_every_field_of_every_form_is_expected(half: str) -> None:
    expected = read(half, "expected.json")
    pages = {page.stem: page.read_text("utf-8") for page in (PERSON / half / "forms").glob("*.html")}
    assert len(pages) == 5
    assert {form: names(html) for form, html in pages.items()} == {
        form: list(fields) for form, fields in expected.items()
    }
    assert not [form for form, html in pages.items() if re.search(r"(?:src|href)=[\"']?(?:https?:)?//", html)]


@pytest.mark.parametrize(("folders", "count"), [(("even", "odd"), 60), (("b",), 60), (("c",), 56)])
def test_every_key_rests_on_what_is_told(folders: tuple[str, ...], count: int) -> None:
    values: dict[str, Any] = {}
    facts: dict[str, list[str]] = {}
    told: set[str] = set()
    for folder in folders:
        table = read(folder, "values.json")
        values |= table["values"]
        facts |= table["facts"]
        told |= {row["id"] for row in read(folder, "person.json")}
    assert told == {f"{number:02}" for number in range(1, count + 1)}
    assert {each for numbers in facts.values() for each in numbers} <= told
    assert {key for key, value in values.items() if value is not None} <= set(facts)
    for half in ("even", "odd", "more"):
        keys = {part for fields in read(half, "expected.json").values() for key in fields.values()
                for part in key.rstrip("?").split("|")}  # fmt: skip
        assert keys - SPECIAL <= set(values)


@pytest.mark.parametrize(("kind", "pages"), [("hiding", 48), ("hostile", 22)])
def test_every_attack_says_what_must_hold(kind: str, pages: int) -> None:
    expected: dict[str, Any] = {}
    for half in ("even", "odd"):
        table = json.loads((DATA / kind / half / "expected.json").read_text("utf-8"))
        assert set(table) == {page.stem for page in (DATA / kind / half).glob("*.html")}
        expected |= table
    assert len(expected) == pages
    for name, case in expected.items():
        lists = [set(case.get(each, ())) for each in ("fill", "empty", "may")]
        assert sum(map(len, lists)) == len(set().union(*lists)) > 0, name
        html = next((DATA / kind).glob(f"*/{name}.html")).read_text("utf-8")
        assert ("window.afterRead" in html) == case.get("after", False), name
