import pytest

from second_me.core.recall.key_words import preference_words
from second_me.core.recall.keys import search_key


@pytest.mark.parametrize(
    "text",
    [
        "I love hiking in the rain.",
        "We really enjoy board games",
        "My favourite colour is green",
        "I'm a big fan of Miles Davis",
        "I’m really into pottery",
    ],
)
def test_a_preference_is_called_by_what_it_is_asked_for(text: str) -> None:
    assert {"likes", "favourite", "hobby"} <= set(preference_words(text).split())
    assert "hobby" in search_key(text, "Anna", None).words.split()


@pytest.mark.parametrize(
    "text", ["I hate olives", "I can't stand noise", "I don't like mornings", "I'm not into jazz"]
)
def test_a_dislike_is_no_liking(text: str) -> None:
    assert "dislikes" in preference_words(text).split()
    assert "likes" not in preference_words(text).split()


@pytest.mark.parametrize(
    "text",
    ["I'd love to!", "I love it", "I like that", "I would love to hear more", "It looks like rain", "", "🙂"],
)
def test_what_is_no_preference_adds_nothing(text: str) -> None:
    assert preference_words(text) == ""
