from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature

from second_me.storage.files import VaultFiles
from tests.storage.conftest import Kit
from tests.storage.looking import clear_copy, clear_frames, clear_page, clear_pages, data_key, frames

CANARY = b"zanzibar quokka 7731"


def test_each_way_of_looking_finds_what_is_there(kit: Kit) -> None:
    kit.say(CANARY.decode())
    key = data_key(kit.folder)
    assert CANARY in clear_copy(kit.folder, key)
    assert CANARY in clear_frames(kit.folder, key)
    assert CANARY not in clear_pages(kit.folder, key)
    with kit.vault.reading() as db:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    assert CANARY in clear_pages(kit.folder, key)
    kit.say("one more")
    log = list(frames(VaultFiles(kit.folder).log))
    assert [each for each in log if each.current] and [each for each in log if not each.current]
    assert CANARY in clear_frames(kit.folder, key), "a frame of before the checkpoint"
    kit.vault.close()
    assert clear_frames(kit.folder, key) == b""
    assert CANARY in clear_pages(kit.folder, key)


def test_a_page_that_was_changed_is_not_read(kit: Kit) -> None:
    key, files = data_key(kit.folder), VaultFiles(kit.folder)
    page = bytearray(files.database.read_bytes()[4096:8192])
    assert clear_page(key, 2, bytes(page))
    page[100] ^= 1
    with pytest.raises(InvalidSignature):
        clear_page(key, 2, bytes(page))
