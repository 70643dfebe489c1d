"""Labels of a form in many languages, each with what it asks for; ids; what asks for nothing; any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.acting.forms import Field, Option
from second_me.core.acting.recognition.lexicon import NONE
from second_me.core.acting.recognition.rules import Rules
from second_me.core.acting.recognition.rules_file import read_rules
from second_me.core.acting.types import TYPES

TEXT = (Path(__file__).parents[4] / "resources" / "fields" / "rules.toml").read_text("utf-8")
RULES = Rules.read(TEXT)

LABELS = {
    "en": {
        "First name *": "given-name", "Surname": "family-name", "Your full name": "name",
        "Company name (optional)": "organization", "E-mail address": "email", "ZIP / Postal code": "postal-code",
        "Town / City": "address-level2", "State / Province": "address-level1", "Mobile number": "tel",
        "Date of birth": "bday", "Name on card": "cc-name", "Card number": "cc-number", "CVV": "cc-csc",
        "House number": "address-housenumber", "Address line 2": "address-line2", "Job title": "organization-title",
        "Find your address": "address-lookup", "Country/Region": "country", "VAT number": "vat-number",
    },
    "de": {
        "Vorname": "given-name", "Nachname*": "family-name", "Straße und Hausnummer": "street-address",
        "Hausnr.": "address-housenumber", "PLZ": "postal-code", "PLZ / Ort": "postal-code-and-city",
        "Wohnort": "address-level2", "Bundesland": "address-level1", "E-Mail-Adresse": "email",
        "Handynummer (optional)": "tel", "Geburtsdatum (TT.MM.JJJJ)": "bday", "Anrede": "honorific-prefix",
        "Firma": "organization", "Karteninhaber": "cc-name", "Prüfziffer": "cc-csc", "Adresszusatz": "address-line2",
        "USt-IdNr.": "vat-number", "Ländervorwahl": "tel-country-code",
    },
    "fr": {
        "Prénom": "given-name", "Nom de famille": "family-name", "Nom et prénom": "name",
        "Complément d’adresse": "address-line2", "Code postal": "postal-code", "Ville": "address-level2",
        "Pays": "country", "Adresse e-mail": "email", "Numéro de téléphone portable": "tel",
        "Date de naissance": "bday", "Civilité": "honorific-prefix", "Raison sociale": "organization",
        "Titulaire de la carte": "cc-name", "Cryptogramme visuel": "cc-csc", "Étage": "floor",
    },
    "es": {
        "Nombre y apellidos": "name", "Apellidos": "family-name", "Correo electrónico": "email",
        "Código postal": "postal-code", "Localidad": "address-level2", "Provincia": "address-level1",
        "Teléfono móvil": "tel", "Fecha de nacimiento": "bday", "Calle y número": "street-address",
        "Empresa": "organization", "DNI": "id-number", "Colonia": "address-level3", "País": "country",
    },
    "it": {
        "Nome": "given-name", "Cognome": "family-name", "Indirizzo e numero civico": "street-address",
        "CAP": "postal-code", "Comune": "address-level2", "Provincia": "address-level1", "Cellulare": "tel",
        "Codice fiscale": "id-number", "Partita IVA": "vat-number", "Data di nascita": "bday",
        "Indirizzo e-mail": "email", "Nazione": "country", "Interno": "apartment",
    },
    "pt": {
        "Nome completo": "name", "Sobrenome": "family-name", "CEP": "postal-code", "Bairro": "address-level3",
        "Cidade": "address-level2", "Celular": "tel", "Telemóvel": "tel", "Data de nascimento": "bday",
        "CPF": "id-number", "Morada": "street-address", "Código postal": "postal-code", "Complemento": "address-line2",
    },
    "nl": {
        "Voornaam": "given-name", "Tussenvoegsel": "additional-name", "Achternaam": "family-name",
        "Huisnummer": "address-housenumber", "Toevoeging": "address-extra-housesuffix", "Postcode": "postal-code",
        "Woonplaats": "address-level2", "E-mailadres": "email", "Telefoonnummer": "tel", "Aanhef": "honorific-prefix",
        "Bedrijfsnaam": "organization", "Geboortedatum": "bday",
    },
    "pl": {
        "Imię": "given-name", "Nazwisko": "family-name", "Imię i nazwisko": "name", "Kod pocztowy": "postal-code",
        "Miejscowość": "address-level2", "Województwo": "address-level1", "Numer telefonu": "tel",
        "Ulica i numer domu": "street-address", "Nr mieszkania": "apartment", "NIP": "vat-number",
        "Nazwa firmy": "organization", "Adres e-mail": "email",
    },
    "sv": {
        "Förnamn": "given-name", "Efternamn": "family-name", "Gatuadress": "street-address",
        "Postnummer": "postal-code", "Ort": "address-level2", "E-post": "email", "Mobilnummer": "tel",
        "Personnummer": "id-number", "Län": "address-level1", "Företag": "organization",
    },
    "da": {
        "Fornavn": "given-name", "Efternavn": "family-name", "Postnr.": "postal-code", "By": "address-level2",
        "Mobiltelefon": "tel", "Fødselsdato": "bday", "Vejnavn og husnummer": "street-address", "Etage": "floor",
    },
    "no": {
        "Fornavn": "given-name", "Etternavn": "family-name", "Poststed": "address-level2", "E-postadresse": "email",
        "Fylke": "address-level1", "Gateadresse": "street-address", "Mobilnummer": "tel",
    },
    "fi": {
        "Etunimi": "given-name", "Sukunimi": "family-name", "Lähiosoite": "street-address",
        "Postinumero": "postal-code", "Postitoimipaikka": "address-level2", "Sähköposti": "email", "Puhelin": "tel",
    },
    "ru": {
        "Имя": "given-name", "Фамилия": "family-name", "Отчество": "additional-name", "ФИО": "name",
        "Почтовый индекс": "postal-code", "Город": "address-level2", "Область": "address-level1",
        "Улица, дом": "street-address", "Квартира": "apartment", "Номер телефона": "tel",
        "Электронная почта": "email", "Дата рождения": "bday", "Страна": "country", "ИНН": "vat-number",
    },
    "uk": {"Ім’я": "given-name", "Прізвище": "family-name", "Місто": "address-level2", "Електронна пошта": "email"},
    "cs": {
        "Jméno": "given-name", "Příjmení": "family-name", "Jméno a příjmení": "name", "PSČ": "postal-code",
        "Ulice a číslo popisné": "street-address", "Město": "address-level2", "Telefonní číslo": "tel",
        "Název firmy": "organization", "DIČ": "vat-number", "E-mailová adresa": "email", "Datum narození": "bday",
    },
    "hu": {
        "Vezetéknév": "family-name", "Keresztnév": "given-name", "Irányítószám": "postal-code",
        "Település": "address-level2", "Utca, házszám": "street-address", "E-mail cím": "email",
        "Adószám": "vat-number",
    },
    "ro": {
        "Prenume": "given-name", "Nume de familie": "family-name", "Județ": "address-level1",
        "Localitate": "address-level2", "Cod poștal": "postal-code", "Număr de telefon": "tel",
    },
    "el": {
        "Ονοματεπώνυμο": "name", "Επώνυμο": "family-name", "Πόλη": "address-level2", "Τ.Κ.": "postal-code",
        "Κινητό τηλέφωνο": "tel", "Οδός και αριθμός": "street-address", "ΑΦΜ": "vat-number",
    },
    "tr": {
        "Adınız": "given-name", "Soyadınız": "family-name", "Ad Soyad": "name", "Posta Kodu": "postal-code",
        "Cep Telefonu": "tel", "E-posta adresiniz": "email", "Doğum Tarihi": "bday", "T.C. Kimlik No": "id-number",
        "Firma Adı": "organization", "İlçe": "address-level2",
    },
    "ja": {
        "お名前": "name", "姓": "family-name", "名": "given-name", "セイ": "phonetic-family-name",
        "メイ": "phonetic-given-name", "郵便番号（必須）": "postal-code", "都道府県": "address-level1",
        "市区町村": "address-level2", "電話番号": "tel", "メールアドレス": "email", "会社名": "organization",
        "生年月日": "bday", "建物名・部屋番号": "address-line2", "セキュリティコード": "cc-csc",
    },
    "zh": {
        "姓名": "name", "收货人": "name", "手机号码": "tel", "详细地址": "street-address", "邮政编码": "postal-code",
        "电子邮箱": "email", "城市": "address-level2", "省份": "address-level1", "公司名称": "organization",
        "身份证号码": "id-number", "出生日期": "bday", "郵遞區號": "postal-code",
    },
    "ko": {"우편번호": "postal-code", "휴대폰 번호": "tel", "이메일 주소": "email", "상세주소": "address-line2"},
    "ar": {
        "الاسم الأول": "given-name", "اسم العائلة": "family-name", "الاسم الكامل": "name", "المدينة": "address-level2",
        "البريد الإلكتروني": "email", "رقم الجوال": "tel", "الرمز البريدي": "postal-code", "الدولة": "country",
        "تاريخ الميلاد": "bday", "اسم الشركة": "organization",
    },
    "hi": {
        "पूरा नाम": "name", "पहला नाम": "given-name", "उपनाम": "family-name", "पिन कोड": "postal-code",
        "शहर": "address-level2", "राज्य": "address-level1", "मोबाइल नंबर": "tel", "ईमेल पता": "email",
        "जन्म तिथि": "bday", "देश": "country",
    },
    "id": {"Nama Lengkap": "name", "Kode Pos": "postal-code", "No. HP": "tel", "Kecamatan": "address-level3"},
    "hr": {"Ime": "given-name", "Prezime": "family-name", "Poštanski broj": "postal-code", "Grad": "address-level2"},
}  # fmt: skip
NOTHING = {
    "en": ["Search", "Quantity", "Gift message", "Order notes", "Discount code", "I agree to the terms"],
    "de": ["Suche", "Menge", "Ihre Nachricht", "Gutscheincode", "Bemerkungen"],
    "fr": ["Rechercher", "Quantité", "Votre message", "Code promo"],
    "es": ["Buscar", "Cantidad", "Comentarios", "Cupón"],
    "it": ["Cerca", "Quantità", "Messaggio", "Codice sconto"],
    "pt": ["Pesquisar", "Quantidade", "Mensagem"],
    "nl": ["Zoeken", "Aantal", "Opmerkingen", "Kortingscode"],
    "pl": ["Szukaj", "Ilość", "Uwagi do zamówienia"],
    "ru": ["Поиск", "Количество", "Комментарий к заказу", "Промокод"],
    "tr": ["Ara", "Adet", "Mesajınız"],
    "ja": ["検索", "数量", "お問い合わせ内容"],
    "zh": ["搜索", "数量", "备注"],
    "ar": ["بحث", "الكمية", "رسالتك"],
    "hi": ["खोजें", "मात्रा", "आपका संदेश"],
}  # fmt: skip
NAMES = {
    "fname": "given-name", "billing[last_name]": "family-name", "txtFirstName": "given-name",
    "shippingAddress.postalCode": "postal-code", "address_city": "address-level2", "addr2": "address-line2",
    "ctl00_Main_txtAddress1": "address-line1", "customer_email": "email", "plz": "postal-code",
    "cardholderName": "cc-name", "ccExpMonth": "cc-exp-month", "user_phone_number": "tel", "codePostal": "postal-code",
    "hausnr": "address-housenumber", "companyName": "organization", "dob_year": "bday-year", "q": None,
    "coupon_code": None, "6c61cc9a4472b057": None, "orderComments": None,
}  # fmt: skip


@pytest.mark.parametrize("language", LABELS)
def test_labels(language: str) -> None:
    found = {text: RULES.decide(Field(0, label=text)) for text in LABELS[language]}
    assert found == LABELS[language]


@pytest.mark.parametrize("language", LABELS)
def test_placeholders_and_texts_before_say_the_same(language: str) -> None:
    shown = {text: RULES.decide(Field(0, placeholder=text)) for text in LABELS[language]}
    before = {text: RULES.decide(Field(0, before=text)) for text in LABELS[language]}
    assert shown == before == LABELS[language]


@pytest.mark.parametrize("language", NOTHING)
def test_what_asks_for_nothing(language: str) -> None:
    found = {text: RULES.decide(Field(0, label=text)) for text in NOTHING[language]}
    assert found == dict.fromkeys(NOTHING[language])


def test_names() -> None:
    assert {name: RULES.decide(Field(0, name=name)) for name in NAMES} == NAMES


@pytest.mark.parametrize(
    "label",
    [
        "Leave this field blank", "Bitte dieses Feld leer lassen", "Laissez ce champ vide", "No rellenar",
        "Laat dit veld leeg", "Не заполняйте", "请留空",
    ],
)  # fmt: skip
def test_traps_are_no_fields(label: str) -> None:
    assert RULES.decide(Field(0, label=label)) is None
    assert RULES.decide(Field(0, label=label, name="email")) is None


def test_words_within_longer_ones_do_not_count() -> None:
    kept = {
        text: RULES.decide(Field(0, label=text)) for text in ("Company name", "Email address", "User name")
    }
    assert kept == {"Company name": "organization", "Email address": "email", "User name": "username"}


def test_kinds_rule_out() -> None:
    assert RULES.decide(Field(0, kind="password", label="E-mail")) == "password"
    assert RULES.decide(Field(0, kind="checkbox", label="Company name")) is None
    assert RULES.decide(Field(0, kind="email")) == "email"
    assert RULES.decide(Field(0, tag="textarea", kind="textarea", label="Comments")) is None


@pytest.mark.parametrize(
    ("choices", "type_"),
    [
        (["Please choose", "Germany", "France", "Italy", "Spain", "Austria"], "country"),
        (["Alabama", "Alaska", "Arizona", "Arkansas"], "address-level1"),
        (["Herr", "Frau"], "honorific-prefix"),
        (["+49", "+43", "+41"], "tel-country-code"),
        ([str(day) for day in range(1, 32)], "bday-day"),
        ([str(year) for year in range(2020, 1910, -1)], "bday-year"),
        ([str(year) for year in range(2026, 2040)], "cc-exp-year"),
        (["Visa", "Mastercard", "American Express"], "cc-type"),
        (["Red", "Green", "Blue"], None),
    ],
)
def test_choices(choices: list[str], type_: str | None) -> None:
    options = tuple(Option(str(number), text) for number, text in enumerate(choices))
    assert RULES.decide(Field(0, tag="select", kind="select-one", options=options)) == type_


@pytest.mark.parametrize(
    ("example", "type_"),
    [
        ("jane@example.org", "email"),
        ("1234 5678 9012 3456", "cc-number"),
        ("MM/YY", "cc-exp"),
        ("JJ/MM/AAAA", "bday"),
        ("+41 79 123 45 67", "tel"),
        ("+49", "tel-country-code"),
        ("https://", "url"),
        ("12", None),
    ],
)
def test_examples_in_placeholders(example: str, type_: str | None) -> None:
    assert RULES.decide(Field(0, placeholder=example)) == type_


def test_small_words_may_stand_between() -> None:
    assert RULES.decide(Field(0, label="Name of your company")) == "organization"
    assert RULES.decide(Field(0, label="Nome da sua cidade")) == "address-level2"
    assert (
        RULES.decide(Field(0, label="Inserisci il comune")) == "address-level2"
    )  # "il" is a province in Turkish
    assert RULES.decide(Field(0, label="İl *")) == "address-level1"


def test_the_finer_type_wins_where_the_label_leaves_it_open() -> None:
    assert RULES.decide(Field(0, label="Address", name="address1")) == "address-line1"
    assert RULES.decide(Field(0, label="Name", name="customer_first_name")) == "given-name"
    assert RULES.decide(Field(0, label="Address", name="address")) == "street-address"


def test_places_are_told_apart() -> None:
    parts = RULES.parts(Field(0, kind="email", label="City", name="zip", before="Phone"))
    assert set(parts["label"]) == {"address-level2"}
    assert set(parts["name"]) == {"postal-code"}
    assert set(parts["before"]) == {"tel"}
    assert set(parts["kind"]) == {"email"}


def test_the_file_knows_only_types() -> None:
    file = read_rules(TEXT)
    assert len(file.languages) >= 16
    assert set().union(*file.kinds.values()) <= TYPES | {NONE}
    assert set(file.choices) - {"month"} <= TYPES
    assert set(file.examples) <= TYPES
    said = {type_ for name in LABELS for type_ in LABELS[name].values()}
    assert said <= TYPES


@pytest.mark.parametrize(
    "text",
    [
        "[en]\nshoe-size = 'shoe size'",
        "[en]\nname = 'name:7'",
        "[en]\nname = 3",
        "en = 'x'",
        "[en",
        "[patterns]\nurl = '('",
    ],
)
def test_a_file_that_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Rules.read(text)


TEXTS = st.text(max_size=80)
KINDS = st.sampled_from(
    ["text", "email", "tel", "password", "checkbox", "select-one", "textarea", "date", "number"]
)


@given(label=TEXTS, name=TEXTS, before=TEXTS, kind=KINDS, choices=st.lists(TEXTS, max_size=5))
def test_any_text_is_answered(label: str, name: str, before: str, kind: str, choices: list[str]) -> None:
    options = tuple(Option(text, text) for text in choices)
    field = Field(
        0, kind=kind, label=label, name=name, id=before, before=before, placeholder=name, options=options
    )
    scores = RULES.scores(field)
    assert set(scores) <= TYPES | {NONE}
    assert all(0.0 < score <= 1.0 for score in scores.values())
    assert RULES.decide(field) in (TYPES | {None})
