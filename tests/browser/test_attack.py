"""The browsers' way in under attack: a sample of `benchmarks/relay_attack.py`, and all of it with --soak."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from relay_attack import Tally, attack, sound

from second_me.app.service.browsers import secrets as secret
from tests.browser.extension import Session, SocketWire
from tests.service.kit import Seat

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the starter is a shell script here")


def test_a_sample_of_the_attack_is_refused(tmp_path: Path) -> None:
    counts = attack(tmp_path, messages=2_000, processes=3, seed=8)
    assert sound(counts), counts
    assert counts["messages"] >= 2_000
    assert len(counts["by_kind"]) >= 12
    assert counts["proposals"] > 0, "who is paired was shown to the person, and told nothing"
    assert set(counts["ends"]) <= {"bad_message", "too_large", "not_paired", "busy", "cut off"}


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_the_whole_attack_is_refused(tmp_path: Path) -> None:
    counts = attack(tmp_path, messages=100_000, processes=60, seed=1)
    assert sound(counts), counts
    print(json.dumps(counts))


def test_a_word_that_comes_back_is_seen_also_inside_of_a_sealed_frame(house: Seat) -> None:
    wire = SocketWire(house)
    session = Session(wire, secret.new_nonce(), secret.new_nonce())
    box = secret.encoded(secret.sealed(session.to_extension, 0, b'{"value": "Quxolwimber"}'))
    for heard, found in (
        ([{"n": 0, "box": box}], 1),
        ([{"kind": "refused", "code": "Veldergasse"}], 1),
        ([{"kind": "refused", "code": "bad_message"}], 0),
    ):
        tally = Tally()
        tally.count("told", 1, heard, session)
        assert len(tally.disclosed) == found
    wire.close()
