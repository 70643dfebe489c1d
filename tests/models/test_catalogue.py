"""The catalogue is whole, and its addresses can be moved."""

from __future__ import annotations

import re

import pytest

from second_me.core.ports import EnvironmentFault
from second_me.models.catalogue import HUB_VARIABLE, catalogue, find_entry

ROLES = {"chat", "mixture of experts", "embedding"}


def test_every_row_is_whole() -> None:
    rows = catalogue()
    assert len(rows) == len({row.name for row in rows}) == len({row.file for row in rows}) == 20
    for row in rows:
        assert re.fullmatch(r"[0-9a-f]{64}", row.sha256), row.name
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", row.repo), row.name
        assert re.fullmatch(r"[\w.-]+\.gguf", row.file), row.name
        assert row.role in ROLES and row.licence
        assert row.url == f"https://huggingface.co/{row.repo}/resolve/main/{row.file}"


def test_names_are_found_in_any_case() -> None:
    entry = find_entry("QWEN3-0.6B")
    assert entry is not None and entry.name == "qwen3-0.6b"
    assert find_entry("nothing like it") is None


def test_the_hub_can_be_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HUB_VARIABLE, "http://127.0.0.1:9/{repo}/{file}")
    assert catalogue()[0].url == "http://127.0.0.1:9/MaziyarPanahi/Qwen3-0.6B-GGUF/Qwen3-0.6B.Q4_K_M.gguf"


@pytest.mark.parametrize("template", ["http://x/{file}", "ftp://x/{repo}/{file}", "x", "https://x/{repo}"])
def test_a_hub_that_is_no_address(monkeypatch: pytest.MonkeyPatch, template: str) -> None:
    monkeypatch.setenv(HUB_VARIABLE, template)
    with pytest.raises(EnvironmentFault, match=HUB_VARIABLE) as fault:
        catalogue()
    assert fault.value.code == "bad_parameters"
