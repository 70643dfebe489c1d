"""What is stated is read, as it was said; what is asked, wished, quoted, made up or told of others is not."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from second_me.core.memory.facts.claims import ME, Qualifier, Stance
from second_me.core.memory.facts.reading import READER_VERSION, read_claims
from second_me.core.memory.facts.slots import Slot

NOW = datetime(2024, 6, 10, 10, 0)


def read(text: str, previous: str | None = None) -> list[tuple[str, str, str, str]]:
    return benchmark.rules(text, NOW, previous)


def test_the_dev_set_is_read_exactly_and_no_trap_of_it_is_taken() -> None:
    items = list(benchmark.rows("dev"))
    assert sum(bool(item["facts"]) for item in items) >= 160
    assert sum(bool(item["trap"]) for item in items) >= 50
    figures = benchmark.judge(items, benchmark.rules)
    assert figures["precision"] >= 0.95
    assert figures["recall"] >= 0.9
    assert (figures["taken"], figures["fabricated"]) == (0, 0)
    right, told = benchmark.times(items)
    assert right == told >= 4


def test_the_judge_counts_a_wrong_stance_or_value_against_the_reader() -> None:
    fact = {"subject": ME, "slot": "home", "value": "Bern", "stance": "holds"}
    item = {
        "id": "x",
        "text": "I used to live in Bern.",
        "said_at": NOW.isoformat(),
        "facts": [fact],
        "trap": None,
    }
    figures = benchmark.judge([item], benchmark.rules)
    assert (figures["hits"], figures["found"], figures["precision"], figures["recall"]) == (0, 1, 0.0, 0.0)
    made_up = benchmark.judge([item], lambda text, said_at, previous: [(ME, "home", "Basel", "holds")])
    assert made_up["fabricated"] == 1


def test_the_contracts_address_gives_street_and_town() -> None:
    assert read("I live in Utrecht, Oudegracht 12.") == [
        (ME, "street-address", "Oudegracht 12", "holds"),
        (ME, "home", "Utrecht", "holds"),
    ]


def test_the_address_of_work_is_not_the_home() -> None:
    text = "My work address is Herengracht 100, 1015 BS Amsterdam."
    read_as = {claim.slot: claim.qualifier for claim in read_claims(text, NOW)}
    assert read_as == dict.fromkeys((Slot.STREET_ADDRESS, Slot.POSTAL_CODE, Slot.HOME), Qualifier.WORK)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I live at Hauptstr. 5, 10115 Berlin.", ["Hauptstr. 5", "10115", "Berlin"]),
        ("I live in Berlin, Hauptstr. 5.", ["Hauptstr. 5", "Berlin"]),
        ("I live at 5 Elm St., Austin, Texas 78701.", ["5 Elm St.", "Texas", "78701", "Austin"]),
        ("My address is Av. Paulista 1000, São Paulo.", ["Av. Paulista 1000", "São Paulo"]),
        ("I live on Hauptstr. I like it.", ["Hauptstr"]),
    ],
)
def test_a_street_that_is_written_short_keeps_its_number(text: str, values: list[str]) -> None:
    assert [claim.value.of(text) for claim in read_claims(text, NOW)] == values


def test_a_portuguese_postal_code_is_one() -> None:
    assert read("I moved to Rua Augusta 25, 1100-053 Lisbon, Portugal.")[1:3] == [
        (ME, "postal-code", "1100-053", "holds"),
        (ME, "home", "Lisbon", "holds"),
    ]


def test_a_value_lies_in_its_quote_and_a_name_in_the_text() -> None:
    text = "Hello! My brother Tom visited. He works at Siemens."
    employer = next(claim for claim in read_claims(text, NOW) if claim.slot is Slot.EMPLOYER)
    assert employer.value.of(text) == "Siemens"
    assert employer.quote.of(text) == "He works at Siemens."
    assert employer.named is not None
    assert employer.named.of(text) == "Tom"
    with pytest.raises(ValueError, match="another text"):
        employer.value.of("Hello! My brother Tom visited. He works at Siemans.")


@pytest.mark.parametrize(
    ("text", "slot", "value", "stance"),
    [
        ("I've never had a dog.", "pet", "dog", "denied"),
        ("I don't like olives.", "dislikes", "olives", "holds"),
        ("I no longer eat meat.", "habit", "eat meat", "ended"),
        ("I'm not allergic to nuts.", "allergy", "nuts", "denied"),
        ("I quit my job at Walmart.", "employer", "Walmart", "ended"),
        ("I used to live in Bern.", "home", "Bern", "ended"),
        ("I don't live in Ghent any more", "home", "Ghent", "ended"),
        ("Our old cat Whiskers died.", "pet", "Whiskers", "ended"),
    ],
)
def test_negation_and_the_past_are_a_stance(text: str, slot: str, value: str, stance: str) -> None:
    assert read(text) == [(ME, slot, value, stance)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I'm allergic to eggs, milk and soy.", ["eggs", "milk", "soy"]),
        ("I love sushi, best food ever", ["sushi"]),
        ("I love dogs and my wife loves cats", ["dogs"]),
        ("I speak Dutch, English and a bit of Polish", ["Dutch", "English", "Polish"]),
        ("We have two kids, Nora and Emil.", ["kids", "kids"]),
    ],
)
def test_lists_end_where_something_else_begins(text: str, values: list[str]) -> None:
    assert [value for _, _, value, _ in read(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "Do I live in Leeds?",
        "I work at Google, right?",
        "If I lived in Rome, I'd eat gelato daily.",
        "I wish I had a cat called Felix.",
        "I think I'm allergic to wheat.",
        "I might move to Lisbon.",
        '"I live in Dublin," she said.',
        "She says I work at Tesco.",
        "And then he goes: I work at NASA.",
        "Yeah right, I love Mondays.",
        "I just LOVE waiting at the dentist /s",
        "I love being ignored. Not.",
        "Let's role-play. I'm Captain Nemo. I live in the sea.",
        "Translate this: My name is Pierre and I live in Nantes.",
        "In the dream I had a dog called Spot.",
        "You should move to Lyon.",
        "My brother works at IKEA.",
        "My doctor's number is 555-1212",
        "The places I love make me happy.",
        "I'm Batman.",
        "> I live in Oslo",
        "Tom: I live in Glasgow. Me: nice!",
    ],
)
def test_what_is_not_stated_of_the_person_is_not_taken(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "My password is Hunter2!x",
        "The PIN of my card is 4821, my number is 020 7946 0958",
        "my card number is 4111 1111 1111 1111",
        "My IBAN is DE89 3704 0044 0532 0130 00.",
        "My social security number is 078-05-1120.",
        "my bank account number is 12345678",
        "The code they texted me is 884213",
    ],
)
def test_secrets_are_never_claims(text: str) -> None:
    assert read(text) == []


def test_a_question_after_a_statement_leaves_the_statement() -> None:
    assert read("I'm allergic to eggs, what can I bake?") == [(ME, "allergy", "eggs", "holds")]
    assert read("I'm a carpenter, and you?") == [(ME, "job", "carpenter", "holds")]
    assert read("If you need me, my email is ann@post.example") == [
        (ME, "email", "ann@post.example", "holds")
    ]


def test_a_correction_says_so_and_denies_what_was_wrong() -> None:
    text = "No, actually I live in Leeds, not London."
    claims = read_claims(text, NOW)
    assert [(claim.value.of(text), claim.stance, claim.corrects) for claim in claims] == [
        ("Leeds", Stance.HOLDS, True),
        ("London", Stance.DENIED, True),
    ]
    assert not read_claims("I live in Leeds.", NOW)[0].corrects


def test_times_say_since_when_and_until_when() -> None:
    assert read_claims("I've worked for Nestlé since 2016.", NOW)[0].since == datetime(2016, 1, 1)
    assert read_claims("I've been living in Oslo for three years.", NOW)[0].since == datetime(2021, 6, 10)
    assert read_claims("I got laid off from Twitter last month", NOW)[0].until == datetime(2024, 5, 1)
    assert read_claims("I used to live in Bern.", NOW)[0].until is None
    assert read_claims("I've worked for Nestlé since 2016.", None)[0].since is None


def test_numbers_carry_what_they_are_for() -> None:
    text = "my work number is (212) 555-0147 and my mobile is 917-555-0123"
    claims = read_claims(text, NOW)
    assert [claim.qualifier for claim in claims] == [Qualifier.WORK, Qualifier.MOBILE]


def test_he_and_she_are_whom_the_text_named_last() -> None:
    assert ("Eva", "home", "Graz", "holds") in read("My sister Eva called. She lives in Graz.")
    assert not [found for found in read("My sister Eva called. He lives in Graz.") if found[1] == "home"]
    assert not [found for found in read("She lives in Graz.") if found[1] == "home"]


def test_a_pet_that_is_named_later_goes_by_its_name() -> None:
    assert read("We adopted a grey cat, she is called Biscuit.") == [(ME, "pet", "Biscuit", "holds")]
    assert read("I got a puppy. His name is Bo.") == [(ME, "pet", "Bo", "holds")]
    assert read("I got a puppy. My name is Bo.") == [
        (ME, "pet", "puppy", "holds"),
        (ME, "name", "Bo", "holds"),
    ]


def test_what_is_asked_to_be_remembered_is_stated() -> None:
    assert read("Could you remember that I'm allergic to nuts?") == [(ME, "allergy", "nuts", "holds")]
    assert read("Could you tell me whether I'm allergic to nuts?") == []


def test_a_title_is_one_value_and_a_list_is_several() -> None:
    assert read("My favourite film is Bread and Tulips.") == [(ME, "likes", "Bread and Tulips", "holds")]
    assert [value for _, _, value, _ in read("My favourite foods are Pizza and Sushi")] == ["Pizza", "Sushi"]


def test_german_basics_are_read_and_german_wishes_are_not() -> None:
    assert read("Ich wohne in München und arbeite bei Bosch.") == [
        (ME, "home", "München", "holds"),
        (ME, "employer", "Bosch", "holds"),
    ]
    assert read("Mein Geburtstag ist der 3. Mai 1982") == [(ME, "birthday", "3. Mai 1982", "holds")]
    assert read("Wenn ich in München wohne, kaufe ich ein Rad.") == []
    assert read("Ich würde gern in Rom wohnen.") == []


_PIECES = st.sampled_from(
    ["I", "I'm", "my", "we", "live", "in", "Leeds", ",", "and", "not", "a", "dog", "called", "Bo", ".", "?", '"', "if",
     "love", "work", "at", "Siemens", "brother", "Tom", "'s", "name", "is", "12", "Street", "since", "2019", "never",
     ":", "ich", "heiße", "wohne", "@x", "a@b.example", "+49 30 1234567", "\n", "the", "allergic",
     "to", "used", "no longer"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=30).map(" ".join) | st.text(max_size=200))
def test_any_text_is_read_without_a_fault_and_nothing_is_made_up(text: str) -> None:
    for claim in read_claims(text, NOW):
        value, quote = claim.value.of(text), claim.quote.of(text)
        assert value in quote
        assert quote in text
        assert value == value.strip() != ""
        assert claim.named is None or claim.named.of(text) in text


@pytest.mark.parametrize(
    "text",
    [
        "\x00I live in Bern\x00",
        "I live in \ud800Bern",
        "😀 I live in Bern 😀",
        "\u202eI live in Bern\u202c",
        "I " * 3000,
    ],
)
def test_odd_characters_do_no_harm(text: str) -> None:
    for claim in read_claims(text, NOW):
        assert claim.value.of(text) in text


def _work(text: str) -> int:
    """How many words of our files run while a text is read: lines as the tracer counts them."""
    import sys

    lines = 0

    def count(frame: object, event: str, arg: object) -> object:
        nonlocal lines
        lines += event == "line"
        return count

    sys.settrace(count)  # type: ignore[arg-type]
    try:
        read_claims(text, NOW)
    finally:
        sys.settrace(None)
    return lines


@pytest.mark.parametrize(
    "unit", ["I'm ", "a, ", "my brother ", "I love a, b, ", "'a b c ", "(", "if I ", "1.1.", "I work\n"]
)
def test_the_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    short, long = _work(unit * 300), _work(unit * 1200)
    assert long < 6 * short + 2000


def test_the_version_is_a_number() -> None:
    assert READER_VERSION >= 1


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        ("What is your phone number?", "030 1234567", [(ME, "tel", "030 1234567", "holds")]),
        ("Nice! Where do you live?", "in Leeds", [(ME, "home", "Leeds", "holds")]),
        ("When is your birthday?", "It's 4 May", [(ME, "birthday", "4 May", "holds")]),
        ("What do you do for a living?", "a plumber", [(ME, "job", "plumber", "holds")]),
        ("What's your name?", "Priya", [(ME, "name", "Priya", "holds")]),
        ("What are you allergic to?", "eggs", [(ME, "allergy", "eggs", "holds")]),
        ("What's your favourite colour?", "green", [(ME, "likes", "green", "holds")]),
        ("What's your email?", "ann@post.example", [(ME, "email", "ann@post.example", "holds")]),
        ("What is your password?", "030 1234567", []),
        ("What are you allergic to?", "nothing", []),
        ("Where do you live?", "why do you ask?", []),
        ("I like Leeds.", "Leeds", []),
        ("What is your phone number?", "I'd rather not say", []),
    ],
)  # fmt: skip
def test_a_bare_answer_is_read_with_its_question(
    question: str, answer: str, found: list[tuple[str, str, str, str]]
) -> None:
    assert read(answer, question) == found
    assert read(answer) == []
