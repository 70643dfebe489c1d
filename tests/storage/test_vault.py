from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from second_me.core.ports import EnvironmentFault, Scope
from second_me.storage import migrate
from second_me.storage.files import VaultFiles
from second_me.storage.migrate import Migration
from second_me.storage.vault import (
    change_passphrase,
    create_vault,
    open_vault,
    renew_recovery_key,
    vault_exists,
    verify_passphrase,
)
from tests.storage.conftest import PASSPHRASE, QUICK, START, Kit, make

NEXT = Migration(
    migrate.shipped()[-1].number + 1, "CREATE TABLE later (x INTEGER); INSERT INTO later VALUES (1)"
)


def contents(folder: Path) -> dict[str, bytes]:
    """What the files hold; an empty log or lock holds nothing."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.stat().st_size}


def refused(code: str, folder: Path, **credentials: str) -> None:
    before = contents(folder) if folder.exists() else {}
    with pytest.raises(EnvironmentFault) as error:
        open_vault(folder, **({"passphrase": PASSPHRASE} | credentials))  # type: ignore[arg-type]
    assert error.value.code == code
    assert error.value.what
    assert error.value.action
    after = contents(folder) if folder.exists() else {}
    assert after == before


def test_what_was_stored_is_there_again(kit: Kit) -> None:
    said = kit.say("I moved to Bern")
    kit.settings.set("me", "Anna")
    kit.audit.record("looked", {"n": 1}, START)
    kit = kit.again()
    assert kit.episodes.get(said.memory_id) == said
    assert kit.settings.get("me") == "Anna"
    assert [entry["action"] for entry in kit.audit.entries(9)] == ["looked"]
    assert kit.notices.standing() == []
    kit.vault.close()


def test_files_are_for_this_user_alone_and_few(kit: Kit) -> None:
    kit.say("hello")
    names = {path.name for path in kit.folder.iterdir()}
    assert names == {"vault.db", "vault.db-wal", "vault.keys.json", "vault.counter", "vault.lock"}
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in kit.folder.iterdir()} == {0o600}
        assert stat.S_IMODE(kit.folder.stat().st_mode) == 0o700


def test_the_database_is_set_up_as_designed(kit: Kit) -> None:
    with kit.vault.reading() as db:
        read = {
            name: db.pragma(name) for name in ("journal_mode", "synchronous", "secure_delete", "mmap_size")
        }
        fts = db.execute("SELECT v FROM words_config WHERE k = 'secure-delete'").fetchall()
    assert read == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "mmap_size": 0}
    assert fts == [(1,)]


def test_wrong_keys(kit: Kit) -> None:
    kit.vault.close()
    refused("wrong_passphrase", kit.folder, passphrase="incorrect horse")
    refused("mistyped_recovery_key", kit.folder, passphrase=None, recovery_key="AAAAA-BBBBB")  # type: ignore[arg-type]
    verify_passphrase(kit.folder, PASSPHRASE)
    with pytest.raises(EnvironmentFault, match="not the passphrase"):
        verify_passphrase(kit.folder, "incorrect horse")


def test_the_recovery_key_opens_and_sets_a_new_passphrase(kit: Kit) -> None:
    said = kit.say("hello")
    kit.vault.close()
    change_passphrase(kit.folder, "a new passphrase", recovery_key=kit.recovery_key.lower(), kdf=QUICK)
    refused("wrong_passphrase", kit.folder)
    with open_vault(kit.folder, passphrase="a new passphrase") as vault:
        assert Kit(vault).episodes.get(said.memory_id) == said


def test_changing_the_passphrase_rewraps_only(kit: Kit) -> None:
    kit.say("hello")
    kit.vault.close()
    before = contents(kit.folder)
    change_passphrase(kit.folder, "a new passphrase", passphrase=PASSPHRASE, kdf=QUICK)
    after = contents(kit.folder)
    assert {name for name in before if before[name] != after[name]} == {"vault.keys.json"}
    refused("wrong_passphrase", kit.folder)
    open_vault(kit.folder, passphrase="a new passphrase").close()
    open_vault(kit.folder, recovery_key=kit.recovery_key).close()


def test_a_weak_passphrase_is_refused_when_made_and_when_changed(kit: Kit, tmp_path: Path) -> None:
    for attempt in (
        lambda: create_vault(tmp_path / "other", "short", QUICK),
        lambda: change_passphrase(kit.folder, "short", passphrase=PASSPHRASE),
    ):
        with pytest.raises(EnvironmentFault) as error:
            attempt()
        assert error.value.code == "weak_passphrase"
    assert not (tmp_path / "other").exists()


def test_a_renewed_recovery_key_replaces_the_old_one(kit: Kit) -> None:
    renewed = renew_recovery_key(kit.folder, PASSPHRASE)
    kit.vault.close()
    refused("wrong_recovery_key", kit.folder, passphrase=None, recovery_key=kit.recovery_key)  # type: ignore[arg-type]
    open_vault(kit.folder, recovery_key=renewed).close()


def test_a_second_opener_is_told_in_this_process_and_in_another(kit: Kit) -> None:
    with pytest.raises(EnvironmentFault) as error:
        open_vault(kit.folder, passphrase=PASSPHRASE)
    assert error.value.code == "in_use"
    script = (
        "import sys; from pathlib import Path; from second_me.storage.vault import open_vault\n"
        "from second_me.core.ports import EnvironmentFault\n"
        "try: open_vault(Path(sys.argv[1]), passphrase=sys.argv[2])\n"
        "except EnvironmentFault as fault: print(fault.code)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(kit.folder), PASSPHRASE],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "in_use"
    kit.say("still works")


def test_a_closed_vault_is_locked(kit: Kit) -> None:
    kit.vault.close()
    kit.vault.close()
    with pytest.raises(EnvironmentFault) as error:
        kit.episodes.count()
    assert error.value.code == "locked"


def test_no_vault_and_halves_of_one(kit: Kit, tmp_path: Path) -> None:
    refused("no_vault", tmp_path / "nowhere")
    kit.vault.close()
    files = VaultFiles(kit.folder)
    for lost in (files.keys, files.database):
        content = lost.read_bytes()
        lost.unlink()
        refused("damaged", kit.folder)
        before = contents(kit.folder)
        with pytest.raises(EnvironmentFault) as error:
            create_vault(kit.folder, PASSPHRASE, QUICK)
        assert error.value.code == "damaged"
        assert contents(kit.folder) == before
        assert vault_exists(kit.folder)
        lost.write_bytes(content)
    open_vault(kit.folder, passphrase=PASSPHRASE).close()


def test_a_vault_is_not_made_over_another(kit: Kit) -> None:
    kit.vault.close()
    with pytest.raises(EnvironmentFault) as error:
        create_vault(kit.folder, PASSPHRASE, QUICK)
    assert error.value.code == "vault_exists"


def test_a_making_that_was_cut_short_is_made_anew_or_completed(kit: Kit) -> None:
    kit.vault.close()
    files = VaultFiles(kit.folder)
    files.database.rename(files.unfinished)
    assert not vault_exists(kit.folder)
    completed = open_vault(kit.folder, passphrase=PASSPHRASE)
    completed.close()
    assert vault_exists(kit.folder)
    files.database.rename(files.unfinished)
    again = make(kit.folder)
    again.say("hello")
    again.vault.close()
    refused("wrong_recovery_key", kit.folder, passphrase=None, recovery_key=kit.recovery_key)  # type: ignore[arg-type]
    files.keys.unlink()
    files.database.rename(files.unfinished)
    make(kit.folder).vault.close()


def test_a_newer_vault_is_left_alone(kit: Kit) -> None:
    kit.say("hello")
    kit.vault.close()
    newer = open_vault(kit.folder, passphrase=PASSPHRASE, migrations=[*migrate.shipped(), NEXT])
    newer.close()
    refused("newer_version", kit.folder)


def test_a_migration_keeps_a_copy_that_the_old_version_opens(kit: Kit, tmp_path: Path) -> None:
    said = kit.say("before the migration")
    kit.vault.close()
    vault = open_vault(kit.folder, passphrase=PASSPHRASE, migrations=[*migrate.shipped(), NEXT])
    with vault.reading() as db:
        assert db.execute("SELECT x FROM later").fetchall() == [(1,)]
    assert Kit(vault).episodes.get(said.memory_id) == said
    vault.close()
    files = VaultFiles(kit.folder)
    assert files.copies() == [files.copy_before(NEXT.number)]
    files.copies()[0].replace(files.database)
    with open_vault(kit.folder, passphrase=PASSPHRASE) as old:
        assert Kit(old).episodes.get(said.memory_id) == said


def test_a_migration_that_fails_changes_nothing(kit: Kit) -> None:
    said = kit.say("hello")
    kit.vault.close()
    broken = Migration(NEXT.number, NEXT.sql + "; SELECT nonsense")
    with pytest.raises(Exception, match="nonsense"):
        open_vault(kit.folder, passphrase=PASSPHRASE, migrations=[*migrate.shipped(), broken])
    with open_vault(kit.folder, passphrase=PASSPHRASE) as vault:
        assert Kit(vault).episodes.get(said.memory_id) == said


def test_a_transaction_that_raises_is_undone_also_when_joined(kit: Kit) -> None:
    with pytest.raises(RuntimeError, match="no"), kit.vault.writing():
        kit.say("gone")
        with kit.vault.writing():
            kit.settings.set("a", "b")
        raise RuntimeError("no")
    assert kit.episodes.count() == 0
    assert kit.settings.get("a") is None
    kit.say("kept")
    assert [each.text for each in kit.episodes.timeline(None, 9, Scope())] == ["kept"]
