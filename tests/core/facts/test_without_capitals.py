"""Everyday chat without capitals and apostrophes, and what is told there that is not so."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.memory.facts.claims import ME
from second_me.core.memory.facts.reading import read_claims

SAID = datetime(2026, 5, 1)


def read(text: str) -> set[tuple[str, str, str, str]]:
    return {
        (
            claim.named.of(text) if claim.named else ME,
            claim.slot.value,
            claim.value.of(text),
            claim.stance.value,
        )
        for claim in read_claims(text, SAID)
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my boss priya loves karaoke", ("priya", "likes", "karaoke", "holds")),
        ("dave hates olives", ("dave", "dislikes", "olives", "holds")),
        ("carol's my mum", ("carol", "relation", "mum", "holds")),
        ("our dog rex is limping", (ME, "pet", "rex", "holds")),
        ("my cats are called salt and pepper", (ME, "pet", "pepper", "holds")),
        ("left tesco in june", (ME, "employer", "tesco", "ended")),
        ("i do nights at asda", (ME, "employer", "asda", "holds")),
        ("late shift again at asda", (ME, "employer", "asda", "holds")),
        ("studied at leeds uni", (ME, "school", "leeds uni", "ended")),
        ("we've moved, its bristol now", (ME, "home", "bristol", "holds")),
        ("my surname is van der meer", (ME, "family-name", "van der meer", "holds")),
        ("my name is john smith", (ME, "name", "john smith", "holds")),
        ("i work for nordwind logistics", (ME, "employer", "nordwind logistics", "holds")),
        ("i live in cape town", (ME, "home", "cape town", "holds")),
        ("my postcode is LS1 4AB if the driver asks", (ME, "postal-code", "LS1 4AB", "holds")),
        ("type 2 diabetic here", (ME, "health", "type 2 diabetic", "holds")),
        ("severe nut allergy, tell the chef", (ME, "allergy", "nut", "holds")),
        ("likes: jazz, chess, old maps.", (ME, "likes", "old maps", "holds")),
        ("dentist on tuesday at half 9, ugh", (ME, "plan", "dentist on tuesday at half 9", "holds")),
        ("turning 30 on 3 may", (ME, "birthday", "3 may", "holds")),
        ("im 34, she/her, from oz", (ME, "pronouns", "she/her", "holds")),
        ("which is why i, as a nurse, never trust an app", (ME, "job", "nurse", "holds")),
        ("the twins are called ada and iris", ("iris", "relation", "twins", "holds")),
        ("wife's name is helen", ("helen", "relation", "wife", "holds")),
        ("cat's called noodle", (ME, "pet", "noodle", "holds")),
        ("insta is jo.paints", (ME, "username", "jo.paints", "holds")),
        ("my mate chloe who just qualified as a vet", ("chloe", "job", "vet", "holds")),
        ("im a paramedic w the nhs", (ME, "employer", "nhs", "holds")),
        ("im in sales at oracle", (ME, "employer", "oracle", "holds")),
        ("garys bday is 3 may", ("gary", "birthday", "3 may", "holds")),
        ("dr shah is my gp", ("dr shah", "relation", "gp", "holds")),
        ("my teacher mr holt lives in hull", ("mr holt", "home", "hull", "holds")),
        ("gary from work drives a tesla", ("gary", "owns", "tesla", "holds")),
        ("That's why I love volunteering.", (ME, "likes", "volunteering", "holds")),
        ("not gonna lie i love karaoke", (ME, "likes", "karaoke", "holds")),
        ("im not vegan anymore", (ME, "habit", "vegan", "ended")),
        ("my name's kirsty", (ME, "name", "kirsty", "holds")),
        ("I speak French and no German.", (ME, "speaks", "German", "denied")),
    ],
)
def test_small_letters_tell_as_much(text: str, told: tuple[str, str, str, str]) -> None:
    assert told in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "singing i own a tractor at the top of my lungs",
        "chapter two: i live in a lighthouse and i speak latin",
        "fancy dress party, im a nurse",
        "in my larp group im a dwarf and i hate elves",
        "playing shops with my niece, i own the bakery",
        "on duolingo today: i am a doctor and i live in berlin",
        "in gta i drive a ferrari",
        "he goes i live in leeds mate and i said good for you",
        "the captcha made me type i am human, my name is robot",
        "on my cv i put that i speak french lol",
        "fake profile i made: name is gary, lives in hull, loves golf",
        "me: i hate drama. also me: texts ex",
        "guy on the bus: i work at nasa",
        "tom: i live in glasgow",
        "call me crazy but i liked it",
        "my doctor is called away",
        "my name is mud if she finds out",
        "left tesco without milk",
        "i live for fridays",
        "insta is down again",
        "my starbucks name is zoe",
        "our team name is quizzy rascal",
        "my plant is called gary",
        "wife beater vest",
        "i drive a hard bargain",
        "When I'm a doctor I'll be rich.",
        "I'm a vegan (not).",
        "My name is Inigo Montoya.",
        "I hate to bother you.",
        "my brother moans",
        "my boss wants it friday",
        "nut allergy awareness week",
        "any plumber here?",
        "dentist was nice",
    ],
)
def test_what_is_not_so_is_not_taken(text: str) -> None:
    assert not read(text)


def test_what_a_name_owns_is_not_the_one_who_bears_it() -> None:
    assert read("My neighbour Tom's dog bit the postman.") == {("Tom", "relation", "neighbour", "holds")}
