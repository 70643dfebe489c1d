"""Overviews over a real vault; without an embedder, as on a machine without models."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from second_me.app.service.wording import answer_text
from second_me.core.memory.episodes import Role
from second_me.core.ports import Scope
from second_me.core.recall.grains import GrainMaker
from second_me.core.recall.rarity import Rarity
from second_me.core.twin.answers import Answer, MessageId, Source
from second_me.core.twin.outline import CITED, Outline
from second_me.models.client import ModelProcess
from second_me.storage.repositories.grains import Grains
from second_me.storage.repositories.life import Lives
from tests.core.shipped import shipped_recall
from tests.storage.conftest import Kit, make

NOW = datetime(2024, 5, 15, 10)
LIFE = {
    "2024-03-02T09:00": ("I moved into a flat in Bern with my sister Anna.", "Hello!", "How are you?"),
    "2024-03-11T09:00": (
        "I repaired the bicycle of our neighbour Mr Keller.",
        "The bicycle had a flat tyre.",
    ),
    "2024-03-20T09:00": ("I planted tomatoes and beans in the garden.", "Thanks, you are kind!"),
    "2024-03-28T09:00": ("My boss offered me the project in Geneva.", "Did you hear that?"),
    "2024-04-07T09:00": ("The tomatoes in the garden froze last night.", "I planted the tomatoes again."),
    "2024-05-08T09:00": ("I ran the half marathon in Lausanne in two hours.",),
}
TALKS = {
    "2024-03-05T20:00": ("We should sail to Corsica in August, said my cousin.", "Zoe"),
    "2024-03-06T20:00": ("My violin teacher retired and left me her bow.", "Zoe"),
}


class Place:
    """A vault with a life in it, its grains made."""

    def __init__(self, kit: Kit) -> None:
        self.kit, store, rarity = kit, Grains(kit.vault), Rarity(kit.words)
        self.maker = GrainMaker(store, kit.episodes.by_seq, rarity)
        nobody = ModelProcess(None, None).embedder
        recall = shipped_recall(kit.vault, kit.episodes, kit.words, kit.vectors, nobody)
        self.lives = Lives(kit.vault)
        self.outline = Outline(store, self.maker, kit.episodes, recall, rarity, self.lives.strengths)

    def tell(self, at: str, text: str, conversation: str, speaker: str, role: Role) -> None:
        minutes = (datetime.fromisoformat(at) - datetime(2024, 3, 1, 9)).total_seconds() / 60
        self.kit.say(text, conversation, minutes, speaker=speaker, role=role)

    def live(self) -> Place:
        for at, texts in LIFE.items():
            for text in texts:
                self.tell(at, text, "talk-1", "me", Role.PERSON)
        for at, (text, speaker) in TALKS.items():
            self.tell(at, text, "chat/zoe", speaker, Role.OTHER)
        while self.maker.make_next(NOW):
            pass
        return self

    def ask(self, question: str, now: datetime | None = NOW, scope: Scope | None = None) -> Answer | None:
        return self.outline.answer(question, now, scope or Scope())

    def quotes(self, question: str, scope: Scope | None = None) -> list[str]:
        answer = self.ask(question, scope=scope)
        assert answer is not None
        assert (answer.source, answer.message) == (Source.MEMORIES, MessageId.OVERVIEW)
        assert [each.n for each in answer.citations] == list(range(1, len(answer.citations) + 1))
        assert len(answer.citations) <= CITED
        times = [item.episode.spoken_at for item in answer.considered if item.episode.spoken_at]
        assert times == sorted(times)
        for cited in answer.citations:
            episode = self.kit.episodes.get(cited.memory_id)
            assert episode is not None
            assert cited.quote in episode.text
        return [each.quote for each in answer.citations]


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(make(tmp_path_factory.mktemp("life") / "vault")).live()
    yield place
    place.kit.vault.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Place]:
    place = Place(make(tmp_path / "vault"))
    yield place
    place.kit.vault.close()


def test_a_month_is_told_by_what_happened_in_it(life: Place) -> None:
    quotes = life.quotes("What happened in March?")
    assert len(quotes) == CITED
    said = {text for at, texts in LIFE.items() if "-03-" in at for text in texts}
    assert set(quotes) <= said | {text for text, _ in TALKS.values()}
    assert not {"Hello!", "How are you?", "Thanks, you are kind!", "Did you hear that?"} & set(quotes)


def test_a_week_and_a_day(life: Place) -> None:
    assert life.quotes("What did I do last week?") == [LIFE["2024-05-08T09:00"][0]]
    there = life.ask("What happened yesterday?")
    assert there is not None
    assert (there.message, there.abstained, there.citations) == (MessageId.NOTHING_THEN, True, ())


def test_lately(life: Place) -> None:
    assert life.quotes("What have I been up to?") == [LIFE["2024-05-08T09:00"][0]]


def test_talks_with_somebody(life: Place) -> None:
    assert life.quotes("Tell me about my conversations with Zoe") == [text for text, _ in TALKS.values()]
    nothing = life.ask("Tell me about my conversations with Zoe in April")
    assert nothing is not None
    assert nothing.abstained


def test_a_topic_over_all_time_and_within_one(life: Place) -> None:
    quotes = life.quotes("Summarize what I told you about my garden")
    assert quotes[0] == "I planted tomatoes and beans in the garden."
    assert "The tomatoes in the garden froze last night." in quotes
    april = life.quotes("Summarize what I told you about my garden in April")
    assert april[0] == "The tomatoes in the garden froze last night."
    assert "I planted tomatoes and beans in the garden." not in april


def test_what_i_told_is_of_the_person_alone(life: Place) -> None:
    cousins = "Summarize what I told you about sailing to Corsica with my cousin"
    assert life.quotes(cousins) == [TALKS["2024-03-05T20:00"][0]]  # nothing else is there
    life.tell("2024-05-09T09:00", "I sail to Corsica with my cousin in August.", "talk-1", "me", Role.PERSON)
    assert life.quotes(cousins) == ["I sail to Corsica with my cousin in August."]


def test_ignorance_is_said_where_only_memories_could_know(life: Place) -> None:
    unknown = life.ask("Summarize what I told you about my submarine")
    assert unknown is not None
    assert (unknown.message, unknown.abstained, unknown.source) == (MessageId.UNKNOWN, True, Source.WORDS)
    assert life.ask("Summarize the plot of Hamlet") is None
    assert life.ask("Where do I live?") is None
    assert life.ask("What happened in March?", now=None) is None


def test_a_scope_and_what_is_excluded(life: Place) -> None:
    zoe = life.quotes("What happened in March?", Scope(conversation="chat/zoe"))
    assert zoe == [text for text, _ in TALKS.values()]
    first = next(each for each in life.kit.conversations.turns("chat/zoe"))
    left = life.quotes("What happened in March?", Scope("chat/zoe", exclude=frozenset([first.memory_id])))
    assert left == [TALKS["2024-03-06T20:00"][0]]


def test_what_goes_on_is_told_before_it_is_summarised(empty: Place) -> None:
    empty.tell("2024-05-15T09:50", "I lost my keys in the library this morning.", "talk-1", "me", Role.PERSON)
    assert not empty.maker.make_next(NOW)
    assert empty.quotes("What did I do today?") == ["I lost my keys in the library this morning."]
    late = empty.ask("What did I do yesterday?")
    assert late is not None
    assert late.abstained


def test_what_is_told_later_of_a_time_belongs_to_it(empty: Place) -> None:
    climbed, sailed = "On Saturday we climbed the Rigi.", "We sailed to Corsica last weekend."
    empty.tell("2024-05-13T09:00", f"It rains today. {climbed}", "talk-1", "me", Role.PERSON)
    empty.tell("2024-05-14T09:00", sailed, "chat/zoe", "Zoe", Role.OTHER)
    empty.tell("2024-05-06T09:00", "We want to see Geneva on the 11th of May.", "talk-1", "me", Role.PERSON)
    empty.tell("2024-05-14T10:00", "I grew up in the nineties.", "talk-1", "me", Role.PERSON)
    for _ in range(2):
        assert empty.quotes("What did I do last weekend?") == [climbed, sailed]
        while empty.maker.make_next(NOW):
            pass
    assert empty.quotes("What did I do last weekend?", Scope(conversation="chat")) == [sailed]
    (second,) = empty.kit.conversations.turns("chat/zoe")
    left = Scope(exclude=frozenset([second.memory_id]))
    assert empty.quotes("What did I do last weekend?", left) == [climbed]
    early = Scope(before=datetime(2024, 5, 13, 12))
    assert empty.quotes("What did I do last weekend?", early) == [climbed]
    empty.kit.episodes.hide(second.memory_id, NOW)
    assert empty.quotes("What did I do last weekend?") == [climbed]


def test_an_empty_vault(empty: Place) -> None:
    for question in ("What happened in March?", "Summarize what I told you about my garden"):
        answer = empty.ask(question)
        assert answer is not None
        assert answer.abstained
    assert empty.ask("Tell me about my conversations with Zoe") is not None


def test_a_year_spreads_over_its_talks(empty: Place) -> None:
    for month in range(1, 13):
        for at in range(4):
            text = (
                f"In month {month} I visited the museum number {month * 10 + at} in Basel with friend{month}."
            )
            empty.tell(f"2023-{month:02d}-05T09:{at:02d}", text, "talk-1", "me", Role.PERSON)
    while empty.maker.make_next(NOW):
        pass
    answer = empty.ask("Give me an overview of 2023")
    assert answer is not None
    assert len({item.episode.session for item in answer.considered}) == CITED


def test_the_words_of_an_overview(life: Place) -> None:
    answer = life.ask("What did I do last week?")
    assert answer is not None
    text = answer_text(answer, {item.episode.memory_id: item.episode for item in answer.considered})
    assert text.splitlines()[0] == "This is what stands out:"
    assert "You, 8 May 2024: “I ran the half marathon in Lausanne in two hours.” [1]" in text
    assert answer_text(Answer(answer.kind, Source.MEMORIES, message=MessageId.OVERVIEW), {}) == ""
    nothing = life.ask("What happened in 1999?")
    assert nothing is not None
    assert answer_text(nothing, {}) == "I hold no memory of that time."


def test_hidden_memories_are_not_told(empty: Place) -> None:
    place = empty.live()
    gone = next(each for each in place.kit.conversations.turns("talk-1") if "marathon" in each.text)
    place.kit.episodes.hide(gone.memory_id, NOW + timedelta(days=1))
    answer = place.ask("What did I do last week?")
    assert answer is not None
    assert answer.abstained


def test_what_has_faded_is_left_out_first(life: Place) -> None:
    before = life.quotes("What did I do in March 2024?")
    shown = life.ask("What did I do in March 2024?")
    assert shown is not None and len(before) == CITED
    gone = shown.citations[0]
    life.lives.let_go(gone.memory_id, True)
    after = life.quotes("What did I do in March 2024?")
    assert gone.quote not in after and len(after) == CITED
    for each in shown.citations[1:]:
        life.lives.let_go(each.memory_id, True)
    assert len(life.quotes("What did I do in March 2024?")) == CITED  # there is not enough else
