"""A conversation's state: what is restored is what would have been computed, or it is computed anew."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.ports import Message, Sampling
from second_me.models.chat import ChatContext
from second_me.models.fit import BATCH, F16, Q8_0
from second_me.models.kept_state import MAGIC, Prefixes, head_of, parse
from second_me.models.llama import LoadedModel
from second_me.models.prompt import Prompt
from second_me.models.starter import CHAT_FILE

SHORT = Sampling(max_tokens=12)
SYSTEM = Message("system", "You answer in one short sentence, and you are never rude to anybody. " * 3)
FIRST = [SYSTEM, Message("user", "Where is Bern, and which river flows around its old town?")]
SECOND = [*FIRST, Message("assistant", "In Switzerland, on the Aare."), Message("user", "And where is Rome?")]
OTHER = [SYSTEM, Message("user", "Name three animals that live in water.")]


@pytest.fixture(scope="module")
def loaded(starter_models: Path) -> Iterator[LoadedModel]:
    model = LoadedModel(starter_models / CHAT_FILE)
    yield model
    model.close()


@pytest.fixture
def chat(loaded: LoadedModel) -> Iterator[ChatContext]:
    made = ChatContext(loaded, 1024)
    yield made
    made.close()


def told(chat: ChatContext, messages: Sequence[Message], sampling: Sampling = SHORT) -> tuple[str, int]:
    """The answer, and how many steps its prompt took to read."""
    pieces = list(chat.answer(messages, sampling))
    return "".join(pieces), len(list(itertools.takewhile(lambda piece: not piece, pieces)))


def logits(chat: ChatContext, messages: Sequence[Message]) -> np.ndarray:
    """Scores of the first token of an answer."""
    list(chat.answer(messages, Sampling(max_tokens=1)))
    return chat._context.logits(-1).copy()


Fresh = Callable[[Sequence[Message]], tuple[np.ndarray, str, int]]


@pytest.fixture(scope="module")
def fresh(loaded: LoadedModel) -> Fresh:
    """What a context that has read nothing else gives: the first scores, the answer, steps of reading."""
    known: dict[tuple[Message, ...], tuple[np.ndarray, str, int]] = {}

    def look(messages: Sequence[Message]) -> tuple[np.ndarray, str, int]:
        key = tuple(messages)
        if key not in known:
            made = ChatContext(loaded, 1024)
            answer, steps = told(made, messages)
            made.close()
            made = ChatContext(loaded, 1024)
            known[key] = logits(made, messages), answer, steps
            made.close()
        return known[key]

    return look


def saved(chat: ChatContext) -> bytes:
    state = chat.to_save()
    assert state is not None
    return bytes(state)


def test_after_a_switch_every_bit_is_that_of_a_conversation_that_was_never_left(
    fresh: Fresh, chat: ChatContext
) -> None:
    chat.enter("a")
    told(chat, FIRST)
    state = saved(chat)
    uninterrupted = logits(chat, SECOND)
    chat.enter("b")
    told(chat, OTHER)
    assert chat.enter("a", state)
    restored = logits(chat, SECOND)
    scores, answer, steps = fresh(SECOND)
    assert np.array_equal(restored, scores)
    assert np.array_equal(uninterrupted, scores)
    chat.enter("b")
    told(chat, OTHER)
    assert chat.enter("a", state)
    after, less = told(chat, SECOND)
    assert after == answer
    assert less <= 2 < steps, "only the answer and the new question were read"


def test_a_state_is_that_of_another_context_of_the_same_kind_too(
    fresh: Fresh, loaded: LoadedModel, chat: ChatContext
) -> None:
    chat.enter("a")
    told(chat, FIRST)
    state = saved(chat)
    later = ChatContext(loaded, 1024)
    try:
        assert later.enter("a", state)
        assert np.array_equal(logits(later, SECOND), fresh(SECOND)[0])
    finally:
        later.close()


@pytest.mark.parametrize("lengths", [(3,), (1, 1, 1), (40, 2, 33), (5, 70, 64, 1)])
def test_any_prompts_in_any_order_give_the_bits_of_a_fresh_context(
    fresh: Fresh, chat: ChatContext, lengths: tuple[int, ...]
) -> None:
    talk = [Message(("user", "assistant")[n % 2], f"w{n} " * length) for n, length in enumerate(lengths)]
    prompts = [[SYSTEM, *talk[:count]] for count in range(1, len(talk) + 1)]
    wanted = [(prompt, fresh(prompt)[0]) for prompt in (*prompts, talk)]
    *there, last = wanted
    for prompt, bits in (*there, *reversed(there), last):
        assert np.array_equal(logits(chat, prompt), bits)


def test_the_instructions_are_computed_once_for_all_conversations(
    fresh: Fresh, loaded: LoadedModel, chat: ChatContext
) -> None:
    without = [Message("user", "Hello there, how are you today?")]
    told(chat, FIRST)
    told(chat, without)
    again = logits(chat, OTHER)
    assert np.array_equal(again, fresh(OTHER)[0])
    told(chat, without)
    _, less = told(chat, OTHER)
    chat.forget()
    _, more = told(chat, OTHER)
    assert more - less == sum(cut <= loaded.prompt(OTHER).shared for cut in loaded.prompt(OTHER).cuts(BATCH))


def test_instructions_that_cannot_be_put_back_are_read(
    fresh: Fresh, loaded: LoadedModel, chat: ChatContext
) -> None:
    told(chat, FIRST)
    told(chat, [Message("user", "Something else.")])
    shared = loaded.prompt(OTHER).tokens[: loaded.prompt(OTHER).shared]
    chat._prefixes.keep(shared, memoryview(b"no state at all"))
    assert np.array_equal(logits(chat, OTHER), fresh(OTHER)[0])


def test_nothing_new_is_nothing_to_save(chat: ChatContext) -> None:
    told(chat, FIRST)
    assert chat.to_save() is None, "it is in no conversation"
    chat.enter("a")
    assert chat.to_save() is None, "nothing was read in it"
    told(chat, FIRST)
    state = saved(chat)
    assert chat.to_save() is None, "it is saved"
    chat.enter("b")
    assert chat.to_save() is None
    assert chat.enter("a", state)
    assert chat.to_save() is None, "it is as it was entered"


def broken(state: bytes, damage: str) -> bytes:
    return {
        "cut off": state[:-1],
        "cut off in the head": state[:20],
        "longer": state + b"\0",
        "another beginning": b"X" + state[1:],
        "not JSON": state[:8] + b"[" + state[9:],
        "another model": state.replace(b'"mark": "', b'"mark":"x', 1),
        "empty": b"",
    }[damage]


@pytest.mark.parametrize(
    "damage",
    ["cut off", "cut off in the head", "longer", "another beginning", "not JSON", "another model", "empty"],
)
def test_a_damaged_state_is_read_anew(fresh: Fresh, chat: ChatContext, damage: str) -> None:
    chat.enter("a")
    told(chat, FIRST)
    state = saved(chat)
    chat.enter("b")
    told(chat, OTHER)
    assert not chat.enter("a", broken(state, damage))
    assert np.array_equal(logits(chat, SECOND), fresh(SECOND)[0])


def test_kv_that_llama_cpp_refuses_is_read_anew(fresh: Fresh, chat: ChatContext) -> None:
    chat.enter("a")
    told(chat, FIRST)
    kept = parse(saved(chat), chat._mark())
    assert kept is not None
    fewer = (
        kept.tokens[:-1],
        [*[cut for cut in kept.cuts if cut < len(kept.tokens) - 1], len(kept.tokens) - 1],
    )
    lies = {
        "not KV": (kept.tokens, kept.cuts, bytes(len(kept.kv))),
        "of more tokens": (*fewer, bytes(kept.kv)),
        "nothing": (kept.tokens, kept.cuts, b""),
    }
    for tokens, cuts, kv in lies.values():
        assert not chat.enter("b", head_of(chat._mark(), tokens, cuts, len(kv)) + kv)
        assert np.array_equal(logits(chat, SECOND), fresh(SECOND)[0])
        chat.enter("a")


def test_a_state_of_other_types_of_kv_is_none_and_of_the_same_is_right(loaded: LoadedModel) -> None:
    kinds = [F16]
    chat = ChatContext(loaded, 1024, kv_kind=lambda: kinds[-1])
    plain = ChatContext(loaded, 1024, kv_kind=lambda: Q8_0)
    try:
        chat.enter("a")
        told(chat, FIRST)
        state = saved(chat)
        kinds.append(Q8_0)  # the budget has become small
        assert not chat.enter("a", state)
        told(chat, FIRST)
        small = saved(chat)
        assert len(small) < 0.6 * len(state)
        chat.enter("b")
        told(chat, OTHER)
        assert chat.enter("a", small)
        assert np.array_equal(logits(chat, SECOND), logits(plain, SECOND))
    finally:
        chat.close()
        plain.close()


def test_a_state_of_another_length_of_context_is_none(loaded: LoadedModel, chat: ChatContext) -> None:
    chat.enter("a")
    told(chat, FIRST)
    longer = ChatContext(loaded, 2048)
    try:
        assert not longer.enter("a", saved(chat))
    finally:
        longer.close()


def test_what_was_forgotten_is_not_saved_and_not_reused(fresh: Fresh, chat: ChatContext) -> None:
    chat.enter("a")
    _, steps = told(chat, FIRST)
    chat.forget()
    assert chat.to_save() is None
    assert told(chat, FIRST) == (fresh(FIRST)[1], steps)


def test_forgetting_in_mid_answer_leaves_the_answer_whole_and_keeps_nothing(
    fresh: Fresh, chat: ChatContext
) -> None:
    whole, steps = fresh(FIRST)[1:]
    for after in (1, steps, steps + 4):  # while the prompt is read, before the first word, between words
        chat.enter("a")
        answer = chat.answer(FIRST, SHORT)
        begun = [next(answer) for _ in range(after)]
        chat.forget()
        assert chat.to_save() is None
        assert "".join([*begun, *answer]) == whole
        assert chat.to_save() is None
        assert told(chat, FIRST)[1] == steps, "something was kept"
        chat.forget()


def test_nothing_of_an_unkept_conversation_stays_when_another_is_entered(chat: ChatContext) -> None:
    told(chat, FIRST)
    assert chat._tokens
    chat.enter("a")
    assert not chat._tokens


@given(st.lists(st.integers(0, 90), max_size=5), st.integers(1, 60), st.sampled_from([1, 7, 32]))
def test_cuts_depend_on_what_comes_before_alone(lengths: list[int], rest: int, batch: int) -> None:
    ends = tuple(itertools.accumulate(lengths))
    tokens = list(range((ends[-1] if ends else 0) + rest))
    cuts = Prompt(tokens, ends).cuts(batch)
    assert cuts[-1] == len(tokens)
    assert all(0 < b - a <= batch for a, b in itertools.pairwise([0, *cuts]))
    assert set(ends) - {0} <= set(cuts)
    for end in ends:
        shorter = Prompt(tokens[:end], tuple(e for e in ends if e < end)).cuts(batch)
        assert shorter == [cut for cut in cuts if cut <= end]


@given(
    st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=20), st.binary(max_size=20), st.integers(0, 300)
)
def test_a_state_is_parsed_as_it_was_made_or_not_at_all(tokens: list[int], kv: bytes, length: int) -> None:
    state = head_of("mark", tokens, [len(tokens)], len(kv)) + kv
    kept = parse(state, "mark")
    assert kept is not None
    assert (kept.tokens, kept.cuts, bytes(kept.kv)) == (tokens, [len(tokens)], kv)
    assert parse(state, "other") is None
    if length < len(state):
        assert parse(state[:length], "mark") is None


@given(st.binary(max_size=60))
def test_noise_is_no_state(noise: bytes) -> None:
    assert parse(noise, "mark") is None
    assert parse(MAGIC + noise, "mark") is None


def test_few_instructions_are_kept_the_last_used_ones() -> None:
    kept = Prefixes(most=2, most_bytes=100)
    kept.keep([1], memoryview(bytes(10)))
    kept.keep([2], memoryview(bytes(10)))
    assert kept.find([1]) is not None
    kept.keep([3], memoryview(bytes(10)))
    assert [kept.find([n]) is not None for n in (1, 2, 3)] == [True, False, True]
    kept.keep([4], memoryview(bytes(95)))
    assert [kept.find([n]) is not None for n in (1, 3, 4)] == [False, False, True]
    kept.keep([5], memoryview(bytes(101)))
    assert kept.find([5]) is None
