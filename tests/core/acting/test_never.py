"""What is never filled: secrets, what cannot be seen, what is no question to a person."""

from __future__ import annotations

from typing import Any

import pytest

from second_me.core.acting.forms import OBSTACLES
from second_me.core.acting.proposal import Decision
from second_me.core.acting.types import SECRETS
from tests.core.acting.life import JONAS, asked, life, of

TOLD = life(*JONAS, "My website is https://jonas.example.")
SEEN = {"x": 10, "y": 10, "width": 200, "height": 30}


def decided(*fields: dict[str, Any]) -> list[tuple[Decision, str]]:
    rows = asked(TOLD, *fields)
    assert all(row.value is None and not row.ticked for row in rows if row.decision is not Decision.FILL)
    return [(row.decision, row.reason) for row in rows]


@pytest.mark.parametrize("kind", sorted(SECRETS))
def test_secrets_are_left_to_a_password_manager(kind: str) -> None:
    assert decided(of(kind)) == [(Decision.SECRET, "secret")]


@pytest.mark.parametrize(
    "field",
    [
        of("email", kind="password"),
        of("name", autocomplete="section-a billing cc-name"),
        of("tel", autocomplete="one-time-code"),
        of("name", autocomplete="new-password"),
        of(None, label="Kreditkartennummer"),
        of(None, label="CVV"),
        of(None, label="Mot de passe"),
        of(None, label="IBAN"),
        of(None, label="", name="userPassword"),
        of(None, label="Security question: your first pet?", tag="textarea", kind="textarea"),
    ],
)
def test_secrets_by_any_sign(field: dict[str, Any]) -> None:
    assert decided(field) == [(Decision.SECRET, "secret")]


def test_a_page_that_calls_every_field_a_password_keeps_browsers_away() -> None:
    fields = [of(kind, autocomplete="new-password") for kind in ("given-name", "family-name", "email")]
    assert [row.ticked for row in asked(TOLD, *fields)] == [True, True, True]


@pytest.mark.parametrize("obstacle", sorted(OBSTACLES - {""}))
def test_obstacles(obstacle: str) -> None:
    assert decided(of("email", obstacle=obstacle)) == [(Decision.OBSTACLE, obstacle)]


def test_a_frame_of_another_origin_is_left_alone() -> None:
    assert decided(of("email", frame="https://ads.example")) == [(Decision.OBSTACLE, "other_origin")]


def test_read_only_and_disabled_fields() -> None:
    assert decided(of("email", readonly=True), of("email", disabled=True)) == [
        (Decision.OBSTACLE, "read_only"), (Decision.OBSTACLE, "disabled"),
    ]  # fmt: skip


def test_on_a_page_that_was_drawn_a_field_has_a_size_and_a_place() -> None:
    tiny, far = SEEN | {"width": 1, "height": 1}, SEEN | {"x": -9999}
    assert decided(of("email", **SEEN), of("email", **tiny), of("email", **far), of("email")) == [
        (Decision.FILL, ""), (Decision.OBSTACLE, "too_small"), (Decision.OBSTACLE, "off_screen"),
        (Decision.OBSTACLE, "too_small"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "field",
    [
        of("email", label="Leave this field empty"),
        of("tel", label="Phone", hint="This field is for validation purposes and should be left unchanged."),
        of("name", label="Name", name="wpforms[hp]"),
        of("email", label="", name="b_49b5094c3b2d005fef18af843_6ee68ba837"),
        of("email", label="Bitte nicht ausfüllen"),
        of("email", label="Ne pas remplir ce champ"),
        of("email", label="No rellenar"),
        of("name", label="Deixe em branco, não preencha"),
        of("email", label="If you are human, leave this"),
        of("email", label="E-mail", section="Please leave this blank"),
        of("url", label="", name="website"),
        of("email", label="", name="honeypot_email"),
        of("email", label="", before="Do not fill in:"),
    ],
)
def test_traps_for_programs(field: dict[str, Any]) -> None:
    assert decided(field) == [(Decision.NOT_A_FIELD, "honeypot")]


def test_the_silent_twin_of_a_field_is_a_trap() -> None:
    assert decided(of("email", label="E-mail"), of("email", label="", name="email_again")) == [
        (Decision.FILL, ""), (Decision.NOT_A_FIELD, "honeypot"),
    ]  # fmt: skip
    assert decided(of("email", label="E-mail", name="email1"), of("email", label="Repeat", name="email2")) == [
        (Decision.FILL, ""), (Decision.FILL, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        (of("address-level2", kind="search"), "search"),
        (of("address-lookup", label="Find your address"), "search"),
        (of(None, label="Suche"), "search"),
        (of("name", name="q"), "search"),
        (of(None, label="What is 3 + 4 = ?"), "captcha"),
        (of("name", label="Type the characters you see"), "captcha"),
        (of("name", label="", name="g-recaptcha-response"), "captcha"),
        (of("photo", kind="file"), "no_text"),
        (of("email", kind="range"), "no_text"),
        (of(None, label="Shoe size"), "no_type"),
        (of("email", kind="checkbox", options=["on=Newsletter"]), "choice"),
    ],
)
def test_no_questions(field: dict[str, Any], reason: str) -> None:
    assert decided(field) == [(Decision.NOT_A_FIELD, reason)]
