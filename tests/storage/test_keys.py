from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.ports import EnvironmentFault
from second_me.storage.keys import (
    Envelope,
    KdfParameters,
    check_strength,
    derive,
    new_data_key,
    new_recovery_key,
    parse_recovery_key,
)
from tests.storage.conftest import PASSPHRASE, QUICK

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def code_of(error: pytest.ExceptionInfo[EnvironmentFault]) -> str:
    return error.value.code


def envelope(data_key: bytes) -> tuple[Envelope, str]:
    recovery_key = new_recovery_key()
    made = Envelope.new().with_passphrase(data_key, PASSPHRASE, QUICK)
    return made.with_recovery_key(data_key, recovery_key), recovery_key


def test_both_slots_give_the_data_key_also_from_disk(tmp_path: Path) -> None:
    data_key = new_data_key()
    made, recovery_key = envelope(data_key)
    made.write(tmp_path / "keys")
    read = Envelope.read(tmp_path / "keys")
    assert read.open_with_passphrase(PASSPHRASE) == data_key
    assert read.open_with_recovery_key(recovery_key) == data_key
    assert data_key.hex() not in (tmp_path / "keys").read_text()


def test_the_unicode_form_of_a_passphrase_does_not_matter() -> None:
    made = Envelope.new().with_passphrase(key := new_data_key(), "caf\u00e9 au lait", QUICK)
    assert made.open_with_passphrase("cafe\u0301 au lait") == key


def test_wrong_passphrase_and_wrong_recovery_key_are_told_apart_from_a_typo() -> None:
    made, recovery_key = envelope(new_data_key())
    with pytest.raises(EnvironmentFault) as wrong:
        made.open_with_passphrase("incorrect horse")
    assert code_of(wrong) == "wrong_passphrase"
    with pytest.raises(EnvironmentFault) as wrong:
        made.open_with_recovery_key(new_recovery_key())
    assert code_of(wrong) == "wrong_recovery_key"
    typo = ("A" if recovery_key[0] != "A" else "B") + recovery_key[1:]
    with pytest.raises(EnvironmentFault) as wrong:
        made.open_with_recovery_key(typo)
    assert code_of(wrong) == "mistyped_recovery_key"


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaa", "12121212", "1234567"])
def test_weak_passphrases(weak: str) -> None:
    with pytest.raises(EnvironmentFault) as error:
        check_strength(weak)
    assert code_of(error) == "weak_passphrase"


def test_a_slot_cannot_be_moved_to_another_vault_or_weakened() -> None:
    made, _ = envelope(new_data_key())
    moved = Envelope(Envelope.new().vault_id, made.slots)
    with pytest.raises(EnvironmentFault):
        moved.open_with_passphrase(PASSPHRASE)
    slot = json.loads(json.dumps(made.slots[0]))
    slot["note"], slot["kdf"]["note"] = "harmless", "bound"
    with pytest.raises(EnvironmentFault):
        Envelope(made.vault_id, (slot,)).open_with_passphrase(PASSPHRASE)


def test_slots_of_unknown_kinds_survive_a_change(tmp_path: Path) -> None:
    made, _ = envelope(key := new_data_key())
    keyring = {"kind": "keyring", "wrapped": "something"}
    Envelope(made.vault_id, (*made.slots, keyring)).write(tmp_path / "keys")
    Envelope.read(tmp_path / "keys").with_passphrase(key, "another horse", QUICK).write(tmp_path / "keys")
    assert keyring in Envelope.read(tmp_path / "keys").slots


def test_every_damaged_byte_of_the_keys_file_is_damage_and_not_a_wrong_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    made, _ = envelope(key := new_data_key())
    made.write(path)
    good = path.read_bytes()
    for place in range(0, len(good), 3):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x04]) + good[place + 1 :])
        try:
            same = Envelope.read(path)
        except EnvironmentFault as error:
            assert error.code in ("damaged", "newer_version")
        else:
            assert same.open_with_passphrase(PASSPHRASE) == key
    path.write_bytes(good[: len(good) // 2])
    with pytest.raises(EnvironmentFault, match=r"keys\.json is damaged"):
        Envelope.read(path)


def test_absurd_costs_are_damage(tmp_path: Path) -> None:
    made, _ = envelope(new_data_key())
    slot = {**made.slots[0], "kdf": {**made.slots[0]["kdf"], "memory_kib": 1 << 40}}
    with pytest.raises(EnvironmentFault) as error:
        Envelope(made.vault_id, (slot,)).open_with_passphrase(PASSPHRASE)
    assert code_of(error) == "damaged"


def test_calibrated_costs_are_never_below_the_minimum() -> None:
    cost = KdfParameters.calibrated(seconds=0.0)
    assert cost.memory_kib >= 64 * 1024
    assert cost.iterations >= 3
    assert cost.believable()


def test_derived_keys_differ_by_purpose() -> None:
    key = new_data_key()
    assert len({derive(key, "a"), derive(key, "b"), derive(new_data_key(), "a"), key}) == 4
    assert derive(key, "a") == derive(key, "a")


def test_a_recovery_key_may_be_typed_carelessly() -> None:
    key = new_recovery_key()
    assert [len(group) for group in key.split("-")] == [5] * 6
    careless = key.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert parse_recovery_key(careless) == parse_recovery_key(key)
    assert parse_recovery_key(key.replace("1", "I").replace("-", "")) == parse_recovery_key(key)


keys = st.builds(new_recovery_key)


@given(keys, st.integers(0, 29), st.sampled_from(LETTERS))
def test_any_wrong_letter_is_a_typo(key: str, place: int, letter: str) -> None:
    plain = key.replace("-", "")
    if plain[place] == letter:
        return
    with pytest.raises(EnvironmentFault) as error:
        parse_recovery_key(plain[:place] + letter + plain[place + 1 :])
    assert code_of(error) == "mistyped_recovery_key"


@given(keys, st.integers(0, 28))
def test_any_two_letters_swapped_are_a_typo(key: str, place: int) -> None:
    plain = key.replace("-", "")
    swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
    if swapped == plain:
        return
    with pytest.raises(EnvironmentFault) as error:
        parse_recovery_key(swapped)
    assert code_of(error) == "mistyped_recovery_key"


@given(st.text(max_size=40))
def test_nonsense_is_a_typo(text: str) -> None:
    try:
        parse_recovery_key(text)
    except EnvironmentFault as error:
        assert error.code == "mistyped_recovery_key"
