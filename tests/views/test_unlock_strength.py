"""The passphrase hint and the caps-lock hint."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from second_me.app.views.unlock.capslock import CapsLock, told_by
from second_me.app.views.unlock.strength import Level, estimate


@pytest.mark.parametrize(
    "passphrase",
    [
        "a",
        "password",
        "Password1",
        "12345678",
        "qwerty2024",
        "aaaaaaaaaaaa",
        "abcdefgh",
        "iloveyou",
        "summer!!",
    ],
)
def test_what_is_tried_first_is_weak(passphrase: str) -> None:
    assert estimate(passphrase).level is Level.WEAK


@pytest.mark.parametrize(
    "passphrase", ["correct horse battery staple", "zebra kettle moss quarrel fig", "Wq7!pZ2#tR9&vK4$"]
)
def test_long_or_random_is_strong(passphrase: str) -> None:
    assert estimate(passphrase).level >= Level.GOOD


def test_repeating_adds_next_to_nothing() -> None:
    once, thrice = estimate("kettle"), estimate("kettle kettle kettle")
    assert thrice.bits - once.bits < 6


def test_more_is_never_weaker() -> None:
    text = "otter lamp 47 Moss!"
    bits = [estimate(text[:n]).bits for n in range(len(text) + 1)]
    assert estimate("").level is Level.NONE
    assert bits[-1] > bits[10] > bits[5] > bits[0] == 0


def test_a_common_word_is_named() -> None:
    assert estimate("Password kettle").common
    assert not estimate("otter kettle").common


@pytest.mark.parametrize(
    ("text", "shift", "told"),
    [
        ("A", False, True),
        ("a", True, True),
        ("a", False, False),
        ("A", True, False),
        ("1", False, None),
        ("愛", False, None),
        ("", True, None),
    ],
)
def test_a_letter_tells_of_caps_lock(text: str, shift: bool, told: bool | None) -> None:
    assert told_by(text, shift) is told


def test_the_key_itself_turns_it_over() -> None:
    caps = CapsLock()
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_CapsLock, Qt.KeyboardModifier.NoModifier)
    caps.learn(press)
    assert caps.on is None
    caps.learn(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A"))
    assert caps.on is True
    caps.learn(press)
    assert caps.on is False
