"""The drafts of the prompt-lookup benchmark are what it says they are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from lookup import LENGTH, Way, copies, draft_of, episode, read, write

from second_me.models.context import Context
from second_me.models.fit import BATCH
from second_me.models.llama import LoadedModel
from second_me.models.starter import CHAT_FILE
from second_me.models.threads import FreeCores

PLAIN = Way(0, 0)


def test_a_draft_is_what_followed_the_last_time() -> None:
    assert draft_of([1, 2, 3, 1, 2, 4, 5, 1, 2], Way(2, 2)) == [4, 5]
    assert draft_of([1, 2, 3, 1, 2, 4, 5, 1, 2], Way(8, 2)) == [4, 5, 1, 2]
    assert draft_of([7, 7, 7], Way(2, 2)) == [7]
    assert draft_of([1, 2, 3], Way(2, 2)) == draft_of([1], Way(2, 2)) == []


def test_an_answer_copies_when_it_repeats_words_in_a_row() -> None:
    line = {"conversation": "c", "id": "1", "speaker": "Mara", "time": datetime(2024, 5, 3).isoformat()}
    memory = episode(0, {**line, "text": "My dentist is Doctor Frei, she is on Market Street."})
    assert copies("Your dentist is called Doctor Frei.", [memory]) is False
    assert copies("Your DENTIST is doctor Frei, yes.", [memory]) is True


def test_drafting_goes_on_where_a_draft_was_refused(starter_models: Path) -> None:
    model = LoadedModel(starter_models / CHAT_FILE, FreeCores(1))
    context = Context(model, LENGTH, BATCH)
    prompt = model.beginning() + model.tokenize("one two three four, one two three five, one two three")
    first = read(context, prompt)
    plain = write(context, prompt, first, PLAIN)
    context.forget(len(prompt))
    drafted = write(context, prompt, first, Way(3, 2))
    assert drafted.drafted > drafted.accepted > 0, "some stood and some did not"
    assert plain.drafted == 0
    same = next(
        (at for at, (a, b) in enumerate(zip(plain.tokens, drafted.tokens, strict=False)) if a != b), 99
    )
    assert same > 8, "only rounding tells them apart"
    context.close()
    model.close()
