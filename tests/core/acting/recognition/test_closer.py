"""What a field is called settles what the models guess: dates, numbers of customers, whole names."""

from __future__ import annotations

import pytest

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.proposal import Typed
from second_me.core.acting.recognition.closer import looked_closer

NAME = Field(index=0, label="Name", name="n")


def kind(field: str | dict[str, object], guessed: str | None, beside: str = "name") -> str | None:
    """The type of a field behind another of a form, for what was guessed of it."""
    told = {"label": field} if isinstance(field, str) else field
    form = Form(fields=(NAME, Field(index=1, **told)))  # type: ignore[arg-type]
    return looked_closer(form, [Typed(beside, 0.9), Typed(guessed, 0.6)])[1].type


@pytest.mark.parametrize(
    "label",
    [
        "Delivery date", "Liefertermin", "Date de retrait", "Fecha de entrega", "Data di consegna", "Ophaaldatum",
        "Data odbioru", "Data de entrega", "Leveransdatum", "Wedding date", "Start", "Date", "Date of appointment",
    ],
)  # fmt: skip
def test_a_date_that_does_not_speak_of_birth_is_none_of_ours(label: str) -> None:
    assert kind(label, "bday") is None


@pytest.mark.parametrize(
    "label",
    [
        "Date of birth", "DOB", "Geburtsdatum", "Geb.", "Geboren am", "Né(e) le", "Date de naissance", "Nato il",
        "Fecha de nacimiento", "Data di nascita", "Geboortedatum", "Data urodzenia", "Data de nascimento",
        "Födelsedatum", "Fødselsdag", "Fødselsdato", "Syntymäaika", "Datum narození", "Születési idő", "Data nașterii",
        "Doğum tarihi",
        "D.O.B.", "Data ur.",
        "Fecha nac.", "Дата рождения", "Ημερομηνία γέννησης", "生年月日", "생년월일", "Verjaardag",
    ],
)  # fmt: skip
def test_a_date_of_birth_stays(label: str) -> None:
    assert kind(label, "bday") == "bday"


def test_the_name_of_a_field_and_the_heading_tell_of_birth() -> None:
    assert kind({"label": "Date", "name": "birthDate"}, "bday") == "bday"
    assert kind({"label": "Date", "section": "When were you born?"}, "bday") == "bday"
    assert kind({"label": "Party date", "section": "Birthday parties"}, "bday") is None


def test_parts_of_a_date_are_told_by_the_first() -> None:
    fields = (
        Field(index=0, before="Geburtsdatum", maxlength=2),
        Field(index=1, maxlength=2),
        Field(index=2, maxlength=4),
        Field(index=3, label="Arrival", kind="date"),
    )
    typed = [Typed(each, 0.6) for each in ("bday-day", "bday-month", "bday-year", "bday")]
    found = [each.type for each in looked_closer(Form(fields=fields), typed)]
    assert found == ["bday-day", "bday-month", "bday-year", None]


@pytest.mark.parametrize(
    "label",
    [
        "Customer number", "Member ID", "Policy no.", "Promo code", "Voucher", "Kundennummer", "Versicherungsnr.",
        "Gutscheincode", "Vertragsnummer (falls vorhanden)", "N° client", "Numéro de contrat", "Code promo",
        "Número de póliza", "Código de descuento", "Codice sconto", "Codice cliente", "Numero tessera", "Klantnummer",
        "Kortingscode", "Polisnummer", "Numer klienta", "Kod rabatowy", "Número de cliente", "Código promocional",
        "Kundnummer", "Rabattkod", "Medlemsnummer", "Asiakasnumero", "Číslo smlouvy", "Slevový kód", "Промокод",
        "Birth name", "Maiden name", "Place of birth", "Geburtsname", "Geburtsort", "Lieu de naissance",
        "Nom de naissance", "Lugar de nacimiento", "Luogo di nascita", "Geboorteplaats", "Miejsce urodzenia",
        "Nazwisko rodowe", "Naturalidade", "Födelseort", "Nationality", "Staatsangehörigkeit", "Nationalité",
        "Nacionalidad", "Cittadinanza", "Obywatelstwo", "Previous employer", "Frühere Anschrift",
        "Indirizzo precedente", "Pet's name", "Name des Hundes", "Nom de l'animal", "Team name",
        "Referred by", "Empfohlen von", "Company website",
    ],
)  # fmt: skip
@pytest.mark.parametrize("guessed", ["organization", "family-name", "address-level2", None])
def test_what_is_on_nobodys_card_has_no_type(label: str, guessed: str | None) -> None:
    assert kind(label, guessed) is None


@pytest.mark.parametrize(
    ("label", "guessed"),
    [
        ("Last name", "family-name"), ("House number", "address-housenumber"), ("Hausnummer", "address-housenumber"),
        ("Phone number", "tel"), ("Codice postale", "postal-code"), ("Código postal", "postal-code"),
        ("Numéro de téléphone", "tel"), ("Numer telefonu", "tel"), ("Company name", "organization"),
        ("Firmenname", "organization"), ("Bank street 5", "street-address"), ("User name", "username"),
        ("Name of contact person", "name"), ("Numero civico", "address-housenumber"), ("Membership e-mail", "email"),
        ("Country code", "tel-country-code"), ("Nome", "given-name"), ("Versand: Ort", "address-level2"),
    ],
)  # fmt: skip
def test_what_is_on_a_card_stays(label: str, guessed: str) -> None:
    assert kind(label, guessed) == guessed


@pytest.mark.parametrize("label", ["Insurance company", "Name der Bank", "Krankenkasse", "Mutuelle", "Banco"])
def test_another_firm_is_not_where_one_works(label: str) -> None:
    assert kind(label, "organization") is None


@pytest.mark.parametrize(
    "label",
    [
        "First and last name", "Last name, first name", "Vor- und Nachname", "Name, Vorname *", "Nom et prénom",
        "Prénom / Nom", "Nombre y apellidos", "Apellidos y nombre", "Nome e cognome", "Cognome e nome",
        "Voor- en achternaam", "Imię i nazwisko", "Nome e sobrenome", "Nome e apelido", "För- och efternamn",
        "Fornavn og etternavn", "Jméno a příjmení", "Etu- ja sukunimi", "Фамилия, имя", "Ad Soyad",
    ],
)  # fmt: skip
@pytest.mark.parametrize("guessed", ["given-name", "family-name", "name"])
def test_a_label_of_both_names_asks_for_the_whole(label: str, guessed: str) -> None:
    assert kind(label, guessed) == "name"


@pytest.mark.parametrize(
    "label", ["First name", "Vorname", "Nombre", "Prénom", "Nome", "Apellidos", "Imię", "Nom"]
)
def test_a_label_of_one_name_asks_for_it(label: str) -> None:
    assert kind(label, "given-name") == "given-name"


@pytest.mark.parametrize(
    ("label", "type_"),
    [
        ("Place of work", "organization"), ("Arbeitgeber", "organization"), ("Miejsce pracy", "organization"),
        ("Datore di lavoro", "organization"), ("Lugar de trabajo", "organization"), ("Beroep", "organization-title"),
        ("Profesión", "organization-title"), ("Zawód", "organization-title"), ("Rufname", "nickname"),
        ("Langue de correspondance", "language"), ("Język kontaktu", "language"), ("Titel", "honorific-prefix"),
    ],
)  # fmt: skip
def test_a_whole_name_tells_a_type_that_models_do_not_know(label: str, type_: str) -> None:
    assert kind(label, None) == type_
    assert kind({"before": label}, None) == type_


def test_a_title_without_a_name_beside_it_is_no_form_of_address() -> None:
    assert kind("Title", "honorific-prefix", beside="email") is None


@pytest.mark.parametrize(
    "label",
    [
        "Ville de départ",
        "Destination",
        "Pick-up location",
        "Reiseziel",
        "Città di arrivo",
        "Abholort",
        "à (ville)",
    ],
)
def test_where_one_goes_is_not_where_one_lives(label: str) -> None:
    assert kind(label, "address-level2") is None


@pytest.mark.parametrize("label", ["Segundo apellido", "Apellido materno", "Mother's maiden name"])
def test_a_second_surname_is_no_second_given_name(label: str) -> None:
    assert kind(label, "additional-name") is None


@pytest.mark.parametrize(
    "label", ["Unterschrift (Ort, Datum)", "Ort, Datum", "Lieu et date", "Place and date"]
)
def test_what_stands_beside_a_signature_is_left(label: str) -> None:
    assert kind(label, "address-level2") is None


@pytest.mark.parametrize(
    "label", ["Practice name", "Name des Hundes", "Djurets namn", "Nombre de la mascota"]
)
def test_a_creature_and_a_house_have_other_names(label: str) -> None:
    assert kind(label, "name") is None


@pytest.mark.parametrize(
    "label",
    ["Straße/Hausnummer/Stiege/Tür", "Calle y número", "Rue et n°", "Via e n. civico", "Ulica i numer domu"],
)
def test_street_and_number_in_one_field_are_the_street(label: str) -> None:
    assert kind(label, "address-extra") == "street-address"


def test_an_area_code_has_the_number_beside_it() -> None:
    assert kind({"before": "Tel. privat"}, "tel-area-code") == "tel"
    assert kind({"before": "Cell"}, "tel-country-code") == "tel"
    assert kind("Vorwahl", "tel-area-code") == "tel-area-code"
    fields = (Field(index=0, before="Telefon"), Field(index=1))
    typed = [Typed("tel-area-code", 0.6), Typed("tel-local", 0.6)]
    found = looked_closer(Form(fields=fields), typed)
    assert [each.type for each in found] == ["tel-area-code", "tel-local"]


@pytest.mark.parametrize("label", ["Språk du talar", "Languages you speak", "Talenkennis", "Lingue parlate"])
def test_languages_that_one_speaks_are_not_the_one_to_write_in(label: str) -> None:
    assert kind(label, "language") is None
    assert kind("Preferred language", "language") == "language"


@pytest.mark.parametrize(
    "label", ["PLZ / Ort", "CP - Localité", "Postcode + woonplaats", "City, ZIP code", "CAP e comune"]
)
def test_code_and_town_in_one_field(label: str) -> None:
    assert kind(label, "postal-code") == "postal-code-and-city"
    fields = (Field(index=0, before=label), Field(index=1))
    typed = [Typed("postal-code", 0.9), Typed("address-level2", 0.9)]
    assert [each.type for each in looked_closer(Form(fields=fields), typed)] == [
        "postal-code",
        "address-level2",
    ]


@pytest.mark.parametrize("label", ["Event title", "Titolo di studio", "Title of abstract", "N.º de cliente"])
def test_titles_of_things_are_no_form_of_address(label: str) -> None:
    assert kind(label, "honorific-prefix") is None
    assert kind("Your title (optional)", "honorific-prefix") == "honorific-prefix"


def test_numbers_with_names_of_their_own_are_whole_ones() -> None:
    fields = tuple(
        Field(index=at, label=text) for at, text in enumerate(("Tel. thuis", "Tel. mobiel", "Tel. werk"))
    )
    typed = [Typed(each, 0.4) for each in ("tel-area-code", "tel-local", "tel-local-suffix")]
    assert {each.type for each in looked_closer(Form(fields=fields), typed)} == {"tel"}
