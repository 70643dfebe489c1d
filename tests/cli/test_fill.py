"""`fields` and `fill` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell

PAGE = (
    "<form><label for=a>Family name</label><input id=a><input type=hidden name=h>"
    "<label>Town <input name=city></label><select name=country><option>NL<option>BE</select>"
    "<label>Password <input type=password name=p></label><input type=search name=q><input type=submit></form>"
)


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return str(path)


def rows(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def test_fields_need_no_vault_and_make_none(bare: Shell, page: str) -> None:
    done = bare("fields", page, "--json", passphrase=None)
    found = rows(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert [set(row) for row in found] == [{"index", "id", "name", "type", "confidence"}] * 5
    assert [row["index"] for row in found] == [0, 1, 2, 3, 4]
    assert [row["name"] for row in found] == ["", "city", "country", "p", "q"]
    assert (found[0]["type"], found[1]["type"], found[4]["type"]) == ("family-name", "address-level2", None)
    assert all(0 <= row["confidence"] <= 1 for row in found)
    assert not bare.home.exists()
    plain = bare("fields", page, passphrase=None).stdout.splitlines()
    assert len(plain) == 5
    assert "Family name: family-name" in plain[0]
    assert plain[4].endswith("q: nothing that is known")


def test_fill_gives_the_facts_with_their_source_and_invents_nothing(run: Shell, page: str) -> None:
    memory = run(
        "remember", "I live in Utrecht, Oudegracht 12.", "--time", "2024-06-10T10:00:00"
    ).stdout.split()[-1]
    done = run("fill", page, "--json")
    found = rows(done.stdout)
    assert done.returncode == 0
    assert [set(row) for row in found] == [
        {"index", "id", "name", "type", "confidence", "label", "value", "source_ids", "why"}
    ] * 5
    assert (found[1]["value"], found[1]["source_ids"], found[1]["label"]) == ("Utrecht", [memory], "Town")
    assert [row["value"] for row in found[2:]] == [None, None, None]
    assert found[0]["value"] is None and found[0]["source_ids"] == []
    assert found[3]["why"] == "kept by your password manager"
    plain = run("fill", page).stdout.splitlines()
    assert plain[1].strip().startswith("1  Town: Utrecht  (")
    assert "2024" in plain[1]
    run("remember", "I moved to Lisbon.", "--time", "2026-05-10T10:00:00")
    assert rows(run("fill", page, "--json").stdout)[1]["value"] == "Lisbon"


def test_a_page_comes_from_stdin_and_several_are_told_apart(bare: Shell, page: str) -> None:
    piped = bare("fields", "-", "--json", passphrase=None, stdin=PAGE)
    assert [row["name"] for row in rows(piped.stdout)] == ["", "city", "country", "p", "q"]
    both = bare("fields", page, page, "--json", passphrase=None)
    assert both.returncode == 0
    assert {row["page"] for row in rows(both.stdout)} == {page} and len(rows(both.stdout)) == 10
    nothing = bare("fields", "-", "--json", passphrase=None, stdin="")
    assert (nothing.returncode, nothing.stdout) == (0, "") and "no fields" in nothing.stderr


def test_what_is_no_page_is_named(bare: Shell, page: str, tmp_path: Path) -> None:
    picture, large = tmp_path / "picture.png", tmp_path / "large.html"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    with large.open("wb") as file:
        file.truncate(30_000_000)
    for wrong in (str(tmp_path / "absent.html"), str(tmp_path), str(picture), str(large)):
        done = bare("fields", wrong, "--json", passphrase=None)
        assert (done.returncode, done.stdout) == (2, ""), wrong
        assert wrong in done.stderr
        assert len(done.stderr.splitlines()) == 1
    part = bare("fields", page, str(picture), "--json", passphrase=None)
    assert (part.returncode, len(rows(part.stdout))) == (1, 5)


@pytest.mark.parametrize(
    ("content", "label"),
    [
        ("<label>Straße <input></label>".encode(), "Straße"),
        ("<label>Straße <input></label>".encode("utf-16"), "Straße"),
        ("<meta charset=iso-8859-1><label>Straße <input></label>".encode("latin-1"), "Straße"),
        ("<meta charset='nonsense'><label>Straße <input></label>".encode(), "Straße"),
        ("<label>Straße <input></label>".encode("latin-1"), "Straße"),
        ("<meta charset=shift_jis><label>住所 <input></label>".encode("shift_jis"), "住所"),
    ],
)
def test_a_page_is_read_in_its_encoding(bare: Shell, tmp_path: Path, content: bytes, label: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(content)
    done = bare("fields", str(path), passphrase=None)
    assert done.returncode == 0 and label in done.stdout


def test_wrong_use(bare: Shell, page: str) -> None:
    assert bare("fields", passphrase=None).returncode == 2
    assert bare("fill", page, passphrase=None).returncode == 3
