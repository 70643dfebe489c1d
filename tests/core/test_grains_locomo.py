"""Grains of real talks: LoCoMo's development conversations, where they are.

They lie beside the repository (`../shared/data`) or in the folder that SECOND_ME_TEST_DATA names.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from overviews import Place, session_extracts
from recall_locomo import turns_of

from second_me.core.memory.episodes import Episode
from second_me.core.ports import Scope
from second_me.core.recall.grains import Grain, sentences_at
from second_me.core.temporal.events import read_times
from second_me.core.twin.outline import CITED, Outline
from second_me.models.client import ModelProcess
from tests.core.shipped import shipped_recall
from tests.storage.conftest import make

DATA = Path(os.environ.get("SECOND_ME_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
GREETINGS = ("hey", "hi ", "hello", "good to see you", "thanks", "bye", "how are you", "what's up")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    file = DATA / "locomo_dev.json"
    if not file.exists():
        pytest.skip(f"LoCoMo's development conversations are not at {file}")
    kit = make(tmp_path_factory.mktemp("locomo") / "vault")
    here = Place(kit.vault)
    sample = json.loads(file.read_text("utf-8"))[0]
    here.take_in([sample])
    here.make()
    assert len(turns_of(sample)) == kit.episodes.count()
    yield here
    kit.vault.close()


@pytest.mark.parametrize("grain", Grain)
def test_every_sentence_of_an_extract_is_verbatim(place: Place, grain: Grain) -> None:
    pointers = place.grains.pointers(grain, None, None, Scope(), None)
    assert pointers
    told = sentences_at(pointers, place.episodes.by_seq)
    texts = place.episodes.by_seq([each.seq for each in told])
    assert [
        each.text for each in told if each.text not in texts[each.seq].text or not each.text.strip()
    ] == []


def test_greetings_and_questions_are_no_summary(place: Place) -> None:
    told = sentences_at(
        place.grains.pointers(Grain.SESSION, None, None, Scope(), None), place.episodes.by_seq
    )
    assert [each.text for each in told if each.text.rstrip().endswith("?")] == []
    greeting = [each.text for each in told if each.text.casefold().startswith(GREETINGS)]
    assert len(greeting) <= len(told) // 20, greeting


def test_every_session_has_an_extract_of_its_own_turns(place: Place) -> None:
    extracts = session_extracts(place)
    turns: list[Episode] = list(place.episodes.timeline(None, 9999, Scope()))
    assert extracts.keys() == {turn.session for turn in turns}
    assert place.grains.segments_of([turn.seq for turn in turns]).keys() == {turn.seq for turn in turns}


def test_the_overview_of_a_month_cites_what_was_said_or_was_in_the_month(place: Place) -> None:
    nobody = ModelProcess(None, None).embedder
    recall = shipped_recall(place.vault, place.episodes, place.words, place.vectors, nobody)
    outline = Outline(place.grains, place.maker, place.episodes, recall, place.rarity)
    months = {
        turn.spoken_at.replace(day=1)
        for turn in place.episodes.timeline(None, 9999, Scope())
        if turn.spoken_at is not None
    }
    for month in months:
        answer = outline.answer(f"What happened in {month:%B %Y}?", datetime(2024, 1, 1), Scope())
        assert answer is not None
        assert 1 <= len(answer.citations) <= CITED
        for item in answer.considered:
            assert item.episode.spoken_at is not None
            said = item.episode.spoken_at
            starts = [said, *(each.span.start for each in read_times(item.episode.text, said))]
            assert (month.year, month.month) in [(each.year, each.month) for each in starts]
            assert (said.year, said.month) >= (month.year, month.month)
