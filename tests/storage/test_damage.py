from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from second_me.core.ports import EnvironmentFault
from second_me.storage.files import VaultFiles
from second_me.storage.vault import open_vault
from tests.storage.conftest import PASSPHRASE, Kit, make

PAGE = 4096
FRAME = PAGE + 24
WAL_HEADER = 32

DIE_AFTER_SAYING = """
import os, sys
from pathlib import Path
from second_me.storage.vault import open_vault
from tests.storage.conftest import PASSPHRASE, Kit
kit = Kit(open_vault(Path(sys.argv[1]), passphrase=PASSPHRASE))
for number in range(10):
    kit.say(f"acknowledged {number}")
os._exit(9)
"""


def flip(path: Path, place: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def died_in_the_middle(folder: Path) -> VaultFiles:
    make(folder).vault.close()
    run = subprocess.run([sys.executable, "-c", DIE_AFTER_SAYING, str(folder)], check=False)
    assert run.returncode == 9
    return VaultFiles(folder)


@pytest.mark.parametrize("place", [0, 17, 60, PAGE - 1])
def test_a_damaged_first_page_is_damage_and_is_left_alone(tmp_path: Path, place: int) -> None:
    make(tmp_path / "vault").vault.close()
    files = VaultFiles(tmp_path / "vault")
    flip(files.database, place)
    bad = files.database.read_bytes()
    with pytest.raises(EnvironmentFault) as error:
        open_vault(files.folder, passphrase=PASSPHRASE)
    assert error.value.code == "damaged"
    assert files.database.read_bytes() == bad


@pytest.mark.parametrize("left", [0, 1, 100, PAGE, 5 * PAGE, 5 * PAGE + 7])
def test_a_cut_file_is_damage(tmp_path: Path, left: int) -> None:
    make(tmp_path / "vault").vault.close()
    files = VaultFiles(tmp_path / "vault")
    files.database.write_bytes(files.database.read_bytes()[:left])
    with pytest.raises(EnvironmentFault) as error:
        open_vault(files.folder, passphrase=PASSPHRASE)
    assert error.value.code == "damaged"
    assert files.database.stat().st_size == left


def test_an_empty_database_beside_a_log_keeps_the_log(tmp_path: Path) -> None:
    files = died_in_the_middle(tmp_path / "vault")
    log = files.log.read_bytes()
    files.database.write_bytes(b"")
    with pytest.raises(EnvironmentFault) as error:
        open_vault(files.folder, passphrase=PASSPHRASE)
    assert error.value.code == "damaged"
    assert files.log.read_bytes() == log


def test_the_log_of_a_process_that_died_is_taken_up_without_a_word(tmp_path: Path) -> None:
    files = died_in_the_middle(tmp_path / "vault")
    with open_vault(files.folder, passphrase=PASSPHRASE) as vault:
        kit = Kit(vault)
        assert kit.episodes.count() == 10
        assert kit.notices.standing() == []


@pytest.mark.parametrize("part", [0.0, 0.3, 0.7])
def test_a_flipped_bit_in_the_log_is_told(tmp_path: Path, part: float) -> None:
    """The commits after it are lost; the person hears how many. Any byte: test_flipped_bytes.py."""
    files = died_in_the_middle(tmp_path / "vault")
    frames = (files.log.stat().st_size - WAL_HEADER) // FRAME
    flip(files.log, WAL_HEADER + int(frames * part) * FRAME + 24 + 100)
    with open_vault(files.folder, passphrase=PASSPHRASE) as vault:
        kit = Kit(vault)
        (notice,) = kit.notices.standing()
        assert notice.code == "lost_commits"
        assert notice.detail["lost"] == 10 - kit.episodes.count() > 0
        kit.say("goes on")
        assert kit.notices.dismiss(notice.id)
        kit = kit.again()
        assert kit.notices.standing() == []
        kit.vault.close()


def test_a_lost_log_is_told(tmp_path: Path) -> None:
    files = died_in_the_middle(tmp_path / "vault")
    files.log.unlink()
    with open_vault(files.folder, passphrase=PASSPHRASE) as vault:
        assert [each.code for each in Kit(vault).notices.standing()] == ["lost_commits"]


@pytest.mark.parametrize("harm", ["missing", "cut", "flipped", "another vault's"])
def test_a_damaged_counter_is_told_once(tmp_path: Path, harm: str) -> None:
    make(tmp_path / "vault").vault.close()
    make(tmp_path / "other").vault.close()
    files = VaultFiles(tmp_path / "vault")
    if harm == "missing":
        files.counter.unlink()
    elif harm == "cut":
        files.counter.write_bytes(files.counter.read_bytes()[:30])
    elif harm == "flipped":
        flip(files.counter, 31)
    else:
        files.counter.write_bytes(VaultFiles(tmp_path / "other").counter.read_bytes())
    kit = Kit(open_vault(files.folder, passphrase=PASSPHRASE))
    assert [each.code for each in kit.notices.standing()] == ["counter_damaged"]
    kit = kit.again()
    assert len(kit.notices.standing()) == 1
    kit.vault.close()


def test_a_counter_that_lags_is_no_loss(kit: Kit) -> None:
    files = VaultFiles(kit.folder)
    before = files.counter.read_bytes()
    kit.say("one")
    kit.vault.close()
    files.counter.write_bytes(before)
    with open_vault(kit.folder, passphrase=PASSPHRASE) as vault:
        assert Kit(vault).notices.standing() == []


def test_an_older_vault_put_back_is_told_unless_the_counter_was_reset(kit: Kit) -> None:
    files = VaultFiles(kit.folder)
    kit.vault.close()
    old = files.database.read_bytes()
    kit = Kit(open_vault(kit.folder, passphrase=PASSPHRASE))
    kit.say("newer")
    kit.vault.close()
    files.database.write_bytes(old)
    kit = Kit(open_vault(kit.folder, passphrase=PASSPHRASE))
    assert [each.detail for each in kit.notices.standing()] == [{"lost": 1}]
    kit.vault.reset_counter()
    kit = kit.again()
    assert len(kit.notices.standing()) == 1
    kit.vault.close()
