"""The KV costs what is used of it: nothing before the first word, nothing at the peak, the same bits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from second_me.core.ports import Message, Sampling
from second_me.models import kv, pages
from second_me.models.chat import CONTEXT, HELD, PLAIN_CONTEXT, ChatContext
from second_me.models.context import Context
from second_me.models.fit import BATCH, F16, Q4_0, Q8_0
from second_me.models.llama import LoadedModel
from second_me.models.starter import CHAT_FILE
from second_me.models.threads import FreeCores

MB = 1 << 20
ASK = [Message("user", "Tell me about the sea.")]


@pytest.fixture(scope="module")
def model(starter_models: Path) -> Iterator[LoadedModel]:
    """The starter."""
    loaded = LoadedModel(starter_models / CHAT_FILE, FreeCores(1))
    yield loaded
    loaded.close()


def highest() -> int:
    """Most bytes that this process had in memory since the peak was last set back."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def now() -> int:
    """Bytes of this process that are in memory, the peak set back to them."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return highest()


def logits(context: Context, tokens: list[int]) -> np.typing.NDArray[np.float32]:
    """Scores after a text, from a fresh KV."""
    context.forget(0)
    for start in range(0, len(tokens), context.batch):
        context.decode(tokens[start : start + context.batch], start)
    return context.logits(-1).copy()


@pytest.mark.skipif(not pages.LINUX, reason="the KV grows on Linux only")
@pytest.mark.parametrize("flash", [False, True])
def test_a_long_context_costs_nothing_before_it_is_used_and_nothing_at_the_peak(
    model: LoadedModel, flash: bool
) -> None:
    before = now()
    context = Context(model, 32_768, BATCH, outputs=1, flash=flash)
    assert context.state_bytes > 700 * MB
    assert context.cache.size > context.state_bytes - MB
    assert highest() - before < 10 * MB
    assert context.cache.resident == 0
    context.decode(model.tokenize("The sea is wide."), 0)
    assert 0 < context.cache.resident < (30 * MB if not flash else 4 * MB)
    context.close()


@pytest.mark.parametrize("flash", [False, True])
def test_scores_are_those_of_a_kv_that_was_written_at_once(
    model: LoadedModel, flash: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = model.tokenize("The quick brown fox jumps over the lazy dog. " * 20)
    context = Context(model, 1024, BATCH, outputs=1, flash=flash)
    ours = [logits(context, text), logits(context, text[:70])]
    context.close()
    monkeypatch.setattr(kv, "grows", lambda: False)
    context = Context(model, 1024, BATCH, outputs=1, flash=flash)
    assert context.cache.stretches == []
    theirs = [logits(context, text), logits(context, text[:70])]
    context.close()
    assert all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True))


@pytest.mark.skipif(not pages.LINUX, reason="the KV grows on Linux only")
def test_only_the_kv_is_taken_for_it(model: LoadedModel) -> None:
    """The buffer of the scores is cleared by the same call, and made anew when it must be larger."""
    contexts = [Context(model, 512, BATCH, outputs=BATCH, flash=True) for _ in range(2)]
    for context in contexts:
        assert context.cache.size <= context.state_bytes
    text = model.tokenize("The quick brown fox jumps over the lazy dog. " * 6)[:BATCH]
    for _ in range(20):
        for context in contexts:
            context.forget(0)
            context.decode(text, 0, every=True)
    assert np.array_equal(contexts[0].logits(3), contexts[1].logits(3))
    for context in contexts:
        context.close()


@pytest.mark.skipif(not pages.LINUX, reason="the KV grows on Linux only")
def test_a_cleared_kv_is_given_back(model: LoadedModel) -> None:
    chat = ChatContext(model)
    assert chat.length == min(CONTEXT, model.trained_context)
    written = "".join(chat.answer(ASK, Sampling(max_tokens=8)))
    used = chat.resident_bytes
    assert 0 < used <= chat.held_bytes + MB
    chat.give_back()
    assert chat.resident_bytes == 0
    assert "".join(chat.answer(ASK, Sampling(max_tokens=8))) == written
    chat.close()


def test_what_is_held_grows_with_the_conversation(model: LoadedModel) -> None:
    chat = ChatContext(model)
    step = chat.held_bytes
    long = [Message("user", "The sea is wide and the ships are small. " * 80)]
    for _ in chat.answer(long, Sampling(max_tokens=1)):
        pass
    assert chat.held_bytes == 2 * step
    assert step == pytest.approx(HELD * chat.model.dimensions / 3 * 2 * 2 * 30, rel=0.01)
    chat.close()


@pytest.mark.skipif(not pages.LINUX, reason="the KV grows on Linux only")
def test_a_short_conversation_after_a_long_one_with_the_same_instructions_holds_little(
    model: LoadedModel,
) -> None:
    chat = ChatContext(model)
    system = Message("system", "You are calm and honest.")
    long = [system, Message("user", "The sea is wide and the ships are small. " * 80)]
    short = [system, Message("user", "What is a ship?")]
    first = "".join(chat.answer(short, Sampling(max_tokens=8)))
    for _ in chat.answer(long, Sampling(max_tokens=1)):
        pass
    after_long = chat.resident_bytes
    assert "".join(chat.answer(short, Sampling(max_tokens=8))) == first
    assert chat.resident_bytes < after_long / 4
    chat.close()


def test_a_tight_budget_makes_less_exact_keys_and_values_when_a_conversation_begins(
    model: LoadedModel,
) -> None:
    kinds = [F16]
    chat = ChatContext(model, kv_kind=lambda: kinds[0])
    exact, size = "".join(chat.answer(ASK, Sampling(max_tokens=8))), chat.held_bytes
    for kind, share in ((Q8_0, 34 / 64), (Q4_0, 18 / 64)):
        kinds[0] = kind
        assert "".join(chat.answer(ASK, Sampling(max_tokens=8))) == exact, "a conversation keeps its kind"
        other = [Message("system", "Answer."), Message("user", "What is a ship?")]
        assert "".join(chat.answer(other, Sampling(max_tokens=8)))
        assert chat.held_bytes == pytest.approx(size * share, rel=0.02)
        kinds[0] = F16
        assert "".join(chat.answer(ASK, Sampling(max_tokens=8))) == exact
    chat.close()


def test_types_that_a_model_does_not_allow_are_not_tried_again(model: LoadedModel) -> None:
    q6_k = 14  # 576 is no multiple of its 256
    chat = ChatContext(model, kv_kind=lambda: q6_k)
    assert "".join(chat.answer(ASK, Sampling(max_tokens=4)))
    assert chat.held_bytes > 0
    chat.close()


def test_a_context_that_is_too_short_to_grow_is_the_plain_one(
    model: LoadedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("second_me.models.chat.grows", lambda: False)
    chat = ChatContext(model)
    assert chat.length == PLAIN_CONTEXT
    chat.close()
