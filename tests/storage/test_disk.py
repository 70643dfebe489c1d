from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from second_me.core.ports import EnvironmentFault
from second_me.storage import migrate
from second_me.storage.files import VaultFiles
from second_me.storage.states import States
from second_me.storage.vault import change_passphrase, create_vault, open_vault
from tests.storage.conftest import PASSPHRASE, QUICK, START, Kit, make, turn
from tests.storage.test_vault import NEXT


def _run(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    disk = tmp_path / "disk"
    disk.mkdir()
    if not _run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)):
        pytest.skip("this machine does not let root mount a tmpfs")
    yield disk
    _run("umount", "-l", str(disk))


def fill(disk: Path, leave: int = 0) -> Path:
    """A file that takes all room but `leave` bytes."""
    ballast = disk / "ballast"
    room = shutil.disk_usage(disk).free - leave
    with ballast.open("wb") as file:
        file.write(bytes(max(room, 0)))
    return ballast


def test_a_full_disk_loses_nothing_that_was_acknowledged(small_disk: Path) -> None:
    kit = make(small_disk / "vault")
    ballast = fill(small_disk, leave=600_000)
    stored = []
    with pytest.raises(EnvironmentFault) as error:
        for number in range(10_000):
            stored.append(kit.say(f"number {number} " + "lorem ipsum " * 30, minutes=number).memory_id)
    assert error.value.code == "disk_full"
    assert stored
    assert kit.episodes.count() == len(stored)
    with pytest.raises(EnvironmentFault) as error:
        kit.episodes.append_many([turn("x" * 100_000) for _ in range(20)], START)
    assert error.value.code == "disk_full"
    assert kit.episodes.count() == len(stored)
    ballast.unlink()
    stored.append(kit.say("there is room again").memory_id)
    kit = kit.again()
    assert [each for each in stored if kit.episodes.get(each) is None] == []
    assert kit.notices.standing() == []
    with kit.vault.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    kit.vault.close()


def test_a_full_disk_keeps_no_state_and_nothing_else_happens(small_disk: Path) -> None:
    kit = make(small_disk / "vault")
    states = States(kit.vault, free=lambda _folder: 1 << 30)  # as if it were larger than it is
    states.keep("talk/a", bytes(10_000))
    fill(small_disk, leave=200_000)
    states.keep("talk/b", bytes(1_000_000))
    states.close()
    said = kit.say("hello")
    again = States(kit.vault)
    assert again.find("talk/b") is None
    again.close()
    assert kit.episodes.get(said.memory_id) == said
    assert [path for path in kit.vault.files.states.iterdir() if path.suffix != ".state"] == []
    kit.vault.close()


def test_a_vault_on_a_full_disk_opens_and_reads(small_disk: Path) -> None:
    kit = make(small_disk / "vault")
    said = kit.say("hello")
    kit.vault.close()
    fill(small_disk)
    with open_vault(small_disk / "vault", passphrase=PASSPHRASE) as vault:
        assert Kit(vault).episodes.get(said.memory_id) == said
        with pytest.raises(EnvironmentFault) as error:
            Kit(vault).say("no room")
        assert error.value.code == "disk_full"


def test_a_full_disk_while_keys_or_vault_are_made(small_disk: Path) -> None:
    kit = make(small_disk / "vault")
    kit.vault.close()
    ballast = fill(small_disk)
    with pytest.raises(EnvironmentFault) as error:
        change_passphrase(kit.folder, "a new passphrase", passphrase=PASSPHRASE, kdf=QUICK)
    assert error.value.code == "disk_full"
    open_vault(kit.folder, passphrase=PASSPHRASE).close()
    with pytest.raises(EnvironmentFault) as error:
        create_vault(small_disk / "other", PASSPHRASE, QUICK)
    assert error.value.code == "disk_full"
    ballast.unlink()
    create_vault(small_disk / "other", PASSPHRASE, QUICK)[0].close()


def test_a_full_disk_before_a_migration_leaves_the_old_version(small_disk: Path) -> None:
    kit = make(small_disk / "vault")
    said = kit.say("hello")
    kit.vault.close()
    ballast = fill(small_disk)
    with pytest.raises(EnvironmentFault) as error:
        open_vault(kit.folder, passphrase=PASSPHRASE, migrations=[*migrate.shipped(), NEXT])
    assert error.value.code == "disk_full"
    assert VaultFiles(kit.folder).copies() == []
    ballast.unlink()
    with open_vault(kit.folder, passphrase=PASSPHRASE) as vault:
        assert Kit(vault).episodes.get(said.memory_id) == said


def test_an_erasure_on_a_full_disk_goes_on_later(small_disk: Path) -> None:
    kit = make(small_disk / "vault")
    gone = kit.say("the zanzibarian secret")
    kit.episodes.append_many(
        [turn(f"number {n} " + "lorem ipsum " * 40, minutes=n) for n in range(200)], START
    )
    kit = kit.again()
    ballast = fill(small_disk, leave=60_000)
    with pytest.raises(EnvironmentFault) as error:
        kit.episodes.erase([gone.memory_id])
    assert error.value.code == "disk_full"
    ballast.unlink()
    kit = kit.again()
    kit.episodes.erase([gone.memory_id])
    assert kit.episodes.get(gone.memory_id) is None
    assert b"zanzibarian" not in kit.pages()
    with kit.vault.reading() as db:
        assert db.execute("SELECT count(*) FROM unfinished_erasure").fetchall() == [(0,)]
    kit.vault.close()


def _refused_as_read_only(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for attempt in (
        lambda: open_vault(folder, passphrase=PASSPHRASE),
        lambda: change_passphrase(folder, "a new passphrase", passphrase=PASSPHRASE, kdf=QUICK),
        lambda: create_vault(folder / "new", PASSPHRASE, QUICK),
    ):
        with pytest.raises(EnvironmentFault) as error:
            attempt()
        assert error.value.code == "read_only"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_read_only_disk(small_disk: Path) -> None:
    kit = make(small_disk / "vault")
    said = kit.say("hello")
    kit.vault.close()
    if not _run("mount", "-o", "remount,ro", str(small_disk)):
        pytest.skip("this machine does not let root remount")
    _refused_as_read_only(kit.folder)
    _run("mount", "-o", "remount,rw", str(small_disk))
    with open_vault(kit.folder, passphrase=PASSPHRASE) as vault:
        assert Kit(vault).episodes.get(said.memory_id) == said


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root and Windows write to folders without the right"
)
def test_a_read_only_folder(kit: Kit) -> None:
    kit.vault.close()
    VaultFiles(kit.folder).lock.unlink()
    kit.folder.chmod(0o500)
    try:
        _refused_as_read_only(kit.folder)
    finally:
        kit.folder.chmod(0o700)
