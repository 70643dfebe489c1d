"""A form about two people: what is the person's is not filled in for the other one."""

from __future__ import annotations

import pytest

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.values.asked import of_somebody_else
from second_me.core.acting.values.parties import has_child, has_sender, is_of_another
from tests.core.acting.life import asked, life, of


def form(*fields: Field) -> Form:
    return Form(fields=fields)


@pytest.mark.parametrize(
    ("sender", "receiver"),
    [
        ("Sender", "Recipient"),
        ("Absender", "Empfänger"),
        ("Mittente", "Destinatario"),
        ("Expéditeur", "Destinataire"),
        ("Remitente", "Destinatario"),
        ("Afzender", "Ontvanger"),
        ("Nadawca", "Odbiorca"),
        ("Remetente", "Destinatário"),
        ("Ship from", "Ship to"),
        ("Current address", "New address"),
        ("Aktuelle Adresse", "Neue Adresse"),
        ("Adresse de départ", "Adresse d'arrivée"),
        ("Huidig adres", "Nieuw adres"),
        ("Moving from", "Moving to"),
    ],
)
def test_who_gets_what_the_person_sends_is_another(sender: str, receiver: str) -> None:
    mine, other = Field(0, label="Name", section=sender), Field(1, label="Name", section=receiver)
    assert has_sender(form(mine, other))
    assert not is_of_another(mine, True)
    assert is_of_another(other, True)


def test_a_recipient_of_a_shop_is_the_person() -> None:
    field = Field(0, label="Recipient name")
    assert not has_sender(form(field))
    assert not is_of_another(field, False)


def test_names_of_fields_count() -> None:
    assert is_of_another(Field(0, label="Via", name="dest_via"), True)
    assert is_of_another(Field(0, label="City", name="recipientCity"), True)
    assert not is_of_another(Field(0, label="City", name="senderCity"), True)


@pytest.mark.parametrize(
    "label",
    [
        "Name of second guest", "Guest 2", "Nom du deuxième voyageur", "Begleitperson", "Nombre del acompañante",
        "Name des Nachbarn", "Supervisor's name", "Co-applicant",
    ],
)  # fmt: skip
def test_a_second_person_is_another(label: str) -> None:
    assert is_of_another(Field(0, label=label), False)


@pytest.mark.parametrize(
    "label",
    [
        "Guest name",
        "Traveller 1",
        "Destination",
        "Neighbourhood",
        "Second name",
        "Address line 2",
        "Bestellen",
    ],
)
def test_the_first_one_is_the_person(label: str) -> None:
    assert not is_of_another(Field(0, label=label), False)


@pytest.mark.parametrize(
    "section",
    ["Your pet", "Pet details", "Ihr Haustier", "Votre animal", "Mascota", "Huisdier", "Husdjur", "Second owner",
     "Previous practice", "Referees"],
)  # fmt: skip
def test_a_heading_tells_whose_name_is_asked_for(section: str) -> None:
    assert is_of_another(Field(0, label="Name", section=section), False)


@pytest.mark.parametrize(
    "section", ["Your details", "Pets allowed: book a room", "Owner", "Über Sie", "Animal rescue volunteers"]
)
def test_other_headings_are_the_persons(section: str) -> None:
    assert not is_of_another(Field(0, label="Name", section=section), False)


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("Child", "Parent / guardian"), ("L'enfant", "Parent 1"), ("Angaben zum Kind", "Erziehungsberechtigte"),
        ("Datos del alumno", "Parent or guardian"), ("Dane dziecka", "Guardian"),
    ],
)  # fmt: skip
def test_who_registers_a_child_is_its_parent(child: str, parent: str) -> None:
    of_child, own = Field(0, label="Name", section=child), Field(1, before=f"{parent} Name", section=parent)
    assert has_child(form(of_child, own)) and not has_child(form(own))
    assert not of_somebody_else(own, True)
    assert of_somebody_else(own)


@pytest.mark.parametrize("section", ["Parent 2", "Second parent", "Elternteil 2", "Genitore 2"])
def test_the_second_parent_is_another(section: str) -> None:
    assert is_of_another(Field(0, label="Name", section=section), False)


@pytest.mark.parametrize(
    ("label", "more"),
    [
        ("Emergency contact", "Relationship"),
        ("Notfallkontakt", "Verwandtschaftsgrad"),
        ("Contacto de emergencia", "Parentesco"),
    ],
)
def test_a_number_behind_somebody_elses_name_is_theirs(label: str, more: str) -> None:
    fields = [of("tel", label="Phone"), of(None, label=label), of(None, label=more), of("tel", label="Tel.")]
    rows = asked(life("My phone number is +31 6 12345678."), *fields)
    assert [row.value is not None for row in rows] == [True, False, False, False]
    (only,) = asked(life("My phone number is +31 6 12345678."), of("tel", label="Tel."))
    assert only.value is not None


def test_who_gets_a_gift_is_another() -> None:
    assert is_of_another(Field(0, label="Recipient e-mail", section="Gift options"), False)
    assert is_of_another(Field(0, label="Name des Beschenkten"), False)
    assert not is_of_another(Field(0, label="Recipient e-mail", section="Delivery"), False)


def test_a_new_address_alone_is_the_persons() -> None:
    field = Field(0, label="New address")
    assert not has_sender(form(field)) and not is_of_another(field, False)
