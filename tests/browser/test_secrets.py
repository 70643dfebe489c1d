"""The arithmetic of the channel against the file that the extension's JavaScript is checked with, too."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.app.service.browsers import secrets as secret
from tests.browser.vectors import VECTORS, vectors

KEPT: dict[str, Any] = json.loads(VECTORS.read_text("utf-8"))


def without_proofs(kept: dict[str, Any]) -> dict[str, Any]:
    """All but the signatures, which are others each time."""
    left = copy.deepcopy(kept)
    del left["session"]["host_proof"], left["session"]["extension_proof"]
    return left


def test_the_vectors_are_what_the_code_makes() -> None:
    assert without_proofs(KEPT) == without_proofs(vectors())


def test_the_proofs_of_the_vectors_hold_for_their_side_and_digest_alone() -> None:
    digest = secret.decoded(KEPT["session"]["transcript"], 32)
    for side, word in ((secret.HOST, "host"), (secret.EXTENSION, "extension")):
        point = secret.decoded(KEPT[word]["public"], 65)
        proof = secret.decoded(KEPT["session"][f"{word}_proof"], 64)
        assert secret.proves(point, digest, side, proof)
        assert not secret.proves(point, digest, b"other", proof)
        assert not secret.proves(point, digest[::-1], side, proof)
        assert not secret.proves(point, digest, side, proof[32:] + proof[:32])
        assert not secret.proves(point, digest, side, bytes(64))
    other = secret.decoded(KEPT["extension"]["public"])
    assert not secret.proves(other, digest, secret.HOST, secret.decoded(KEPT["session"]["host_proof"]))


def test_both_ends_come_to_the_same_keys() -> None:
    extension, host = secret.new_key(), secret.new_key()
    digest = secret.new_nonce()
    ours = secret.session_keys(host, secret.point_of(extension), digest)
    assert ours == secret.session_keys(extension, secret.point_of(host), digest)
    assert ours[0] != ours[1]
    assert ours != secret.session_keys(host, secret.point_of(extension), secret.new_nonce())


def test_a_sealed_frame_opens_with_its_own_key_and_number_alone() -> None:
    key, other = secret.new_nonce(), secret.new_nonce()
    box = secret.sealed(key, 3, b"hidden")
    assert b"hidden" not in box
    assert secret.opened(key, 3, box) == b"hidden"
    for wrong in (
        (other, 3, box),
        (key, 4, box),
        (key, 3, box[:-1]),
        (key, 3, b""),
        (key, 3, b"\1" + box[1:]),
    ):
        with pytest.raises(ValueError, match="does not open"):
            secret.opened(*wrong)


@given(st.binary(max_size=80))
def test_base64url_goes_there_and_back(data: bytes) -> None:
    assert secret.decoded(secret.encoded(data)) == data


@pytest.mark.parametrize(
    "text", [None, 5, True, [], {}, "a", "ab=", "ab==", "a b", "ab\n", "a+b_", "é", "\ud800", "AB", "AAAAA"]
)
def test_what_is_no_base64url_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match=r"base64url|expected"):
        secret.decoded(text)


def test_bytes_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="expected"):
        secret.decoded("AAAA", 4)


@pytest.mark.parametrize(
    "point",
    [b"", bytes(65), b"\4" + bytes(64), b"\2" + bytes(32), b"\4" + b"\xff" * 64, b"\4" + b"\1" * 64],
    ids=["empty", "zeros", "origin", "compressed", "beyond the field", "off the curve"],
)
def test_points_that_are_not_on_the_curve_are_refused(point: bytes) -> None:
    with pytest.raises(ValueError):
        secret.public_of(point)
    with pytest.raises(ValueError):
        secret.session_keys(secret.new_key(), point, bytes(32))


def test_a_code_has_six_digits() -> None:
    codes = {secret.pairing_code(secret.new_nonce(), b"", bytes([n]), b"") for n in range(50)}
    assert all(len(code) == 7 and code[3] == " " and code.replace(" ", "").isdigit() for code in codes)
    assert len(codes) > 40
