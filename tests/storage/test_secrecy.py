from __future__ import annotations

import base64
from pathlib import Path

import pytest

from second_me.core.memory.episodes import AnswerRecord, Citation, Role
from second_me.storage import migrate
from second_me.storage.vault import open_vault
from tests.scanner import occurrences, spellings
from tests.storage.conftest import PASSPHRASE, START, Kit, turn
from tests.storage.test_vault import NEXT

CANARY = "zanzibar quokka 7731"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_scanner_finds_what_is_planted(tmp_path: Path, encoding: str, before: str) -> None:
    text = before + CANARY + " and more"
    (tmp_path / "plain").write_bytes(b"\0\1" + text.encode(encoding))
    (tmp_path / "base64").write_bytes(base64.b64encode(before.encode() + (CANARY + " and").encode(encoding)))
    assert {path.name for path, _ in occurrences(tmp_path, CANARY)} == {"plain", "base64"}
    assert len(spellings(CANARY)) == 12


def test_the_scanner_finds_names(tmp_path: Path) -> None:
    (tmp_path / CANARY).mkdir()
    assert [path.name for path, _ in occurrences(tmp_path, CANARY)] == [CANARY]


def test_nothing_is_in_clear_in_any_file(kit: Kit) -> None:
    said = kit.say(CANARY, conversation=CANARY, speaker=CANARY, source_id=CANARY)
    kit.episodes.append_many([turn(f"{CANARY} {n} " + "x " * 400, CANARY, n) for n in range(200)], START)
    answer = kit.say(CANARY, role=Role.ASSISTANT)
    record = AnswerRecord(
        answer.memory_id, None, "question", "model", False, False, CANARY, 1,
        (Citation(1, said.memory_id, CANARY),),
    )  # fmt: skip
    kit.conversations.keep_answer(record, [])
    kit.conversations.rename(CANARY, CANARY, said.memory_id)
    kit.settings.set(CANARY, CANARY)
    kit.embed_all()
    kit.episodes.hide(said.memory_id, START)
    assert CANARY.encode() in kit.pages()
    assert list(occurrences(kit.folder.parent, CANARY)) == []
    assert list(occurrences(kit.folder.parent, PASSPHRASE)) == []
    assert list(occurrences(kit.folder.parent, kit.recovery_key)) == []
    kit.vault.close()
    assert list(occurrences(kit.folder.parent, CANARY)) == []
    open_vault(kit.folder, passphrase=PASSPHRASE, migrations=[*migrate.shipped(), NEXT]).close()
    assert list(occurrences(kit.folder.parent, CANARY)) == []
