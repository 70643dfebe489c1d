from __future__ import annotations

import pytest

from second_me.core.recall.asked import read_question
from second_me.core.recall.entities import aliases, entities, may_have_aliases, with_aliases


@pytest.mark.parametrize(
    ("text", "relation", "name"),
    [
        ("Yesterday my sister Anna came to dinner.", "sister", "anna"),
        ("My older sister Anna came.", "sister", "anna"),
        ("My mum, Ruth, is well.", "mother", "ruth"),
        ("I went to Bern with Anna, my sister.", "sister", "anna"),
        ("My dog is called Bailey.", "dog", "bailey"),
        ("Our puppy's name is Coco!", "dog", "coco"),
        ("My puppy’s named Coco!", "dog", "coco"),
        ("I bought a cat named Oliver.", "cat", "oliver"),
        ("We met when Paul is my boss.", "boss", "paul"),
        ("Meine Schwester heißt Zoë.", "sister", "zoë"),
        ("Gestern war ich mit Anna, meiner Schwester, im Kino.", "sister", "anna"),
        ("Ma sœur s'appelle Chloé.", "sister", "chloé"),
        ("Mi hermana se llama Lucía.", "sister", "lucía"),
    ],
)
def test_grammar_that_leaves_no_choice_names_somebody(text: str, relation: str, name: str) -> None:
    assert [(each.relation, each.name) for each in entities("me", text)] == [(relation, name)]


@pytest.mark.parametrize(
    "text",
    [
        "Hey John, my dog is ill.",
        "Thanks, my friend!",
        "I gave my dog Benadryl.",
        "My sister called Anna yesterday.",
        "I saw my sister Monday.",
        "This is my sister.",
        "Ich gab meiner Katze Futter.",
        "My sister and Anna came.",
        "My sister saw Anna.",
        "My dad, Mom, and I went out.",
        "Anna is my sister's friend.",
        "My sister works.",
    ],
)
def test_what_may_be_read_otherwise_names_nobody(text: str) -> None:
    assert not entities("me", text)


TOLD = [("me", "My sister Anna moved to Thun."), ("me", "Anna bakes."), ("Olga", "My sister Eva sings.")]


def found(question: str, told: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    return aliases(read_question(question, ("me", "Olga", "John"), None), told)


def test_a_relation_stands_for_the_names_of_the_speaker_who_is_meant() -> None:
    assert found("What does my sister do?", TOLD) == {"sister": ("anna",)}
    assert found("What does Olga's sister do?", TOLD) == {"sister": ("eva",)}


def test_a_kind_stands_for_the_names_of_all_its_relations() -> None:
    told = [("me", "My dog Rex barks."), ("me", "My cat Tom sleeps."), ("me", "My son Max reads.")]
    assert found("What are my pets' names?", told) == {"pets": ("rex", "tom")}
    assert found("How many pets do I have?", told) == {"pets": ("rex", "tom")}


def test_a_name_stands_for_a_relation_that_it_has_alone() -> None:
    assert found("Where does my friend Anna live?", TOLD)["anna"] == ("sister",)
    assert "anna" not in found("Where is my Anna?", [*TOLD, ("me", "My sister Eva came.")])


def test_a_question_that_names_nobody_gets_no_choice_between_speakers() -> None:
    assert found("Does Anna sing?", TOLD) == {"anna": ("sister",)}
    assert found("Does Anna sing?", [*TOLD, ("Olga", "My dog Anna barks.")]) == {}


def test_a_speaker_who_is_addressed_is_no_alias() -> None:
    told = [("me", "My dog, John, is well."), ("John", "Good.")]
    assert found("What does my dog eat?", told) == {}


def test_a_relation_that_is_nobodys_is_not_looked_up() -> None:
    assert found("What did I like as a child?", [("me", "My son Max reads.")]) == {}


def test_another_spelling_counts_with_the_same_relation_only() -> None:
    told = [("me", "My sister Katherine moved.")]
    assert found("Where did my sister Catherine go?", told)["catherine"] == ("katherine",)
    assert "catherine" not in found("Where did my aunt Catherine go?", told)
    assert "catherine" not in found("Where did Catherine go with my sister?", told)


def test_two_names_that_are_near_are_not_merged_on_a_guess() -> None:
    told = [("me", "My sister Katherine moved."), ("me", "My sister Katharine stayed.")]
    assert "kathérine" not in found("Where is my sister Kathérine?", told)
    assert "katherine" not in found("Where is my sister Katherine?", told)


def test_the_names_are_spelled_as_the_index_holds_them() -> None:
    asked = read_question("What does my sister do?", ("me",), None)
    more = with_aliases(asked, {"sister": ("anna",)})
    assert set(more.groups["sister"]) == {*asked.groups["sister"], "anna"}
    assert more.question == asked.question


def test_a_second_search_is_thought_of_only_where_it_may_help() -> None:
    def likely(question: str) -> bool:
        return may_have_aliases(read_question(question, ("me", "John"), None))

    assert likely("What does my sister do?")
    assert likely("What does Anna do?")
    assert not likely("What does John do?")
    assert not likely("Where did I go in August?")
