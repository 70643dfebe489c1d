"""The greedy choice is made in numpy: it must be the one of llama.cpp's own samplers."""

from __future__ import annotations

from pathlib import Path

import llama_cpp
import pytest

from second_me.core.ports import Message, Sampling
from second_me.models.context import Context
from second_me.models.llama import LoadedModel
from second_me.models.sampler import Sampler
from second_me.models.starter import CHAT_FILE

ASK = [Message("user", "Count the ships and count them again.")]


@pytest.mark.parametrize("penalty", [1.0, 1.1, 1.6])
def test_the_greedy_choice_is_that_of_the_native_chain(starter_models: Path, penalty: float) -> None:
    model = LoadedModel(starter_models / CHAT_FILE)
    context = Context(model, 512, 64)
    sampling = Sampling(repeat_penalty=penalty)
    ours, native = Sampler(model, sampling), Sampler(model, sampling)
    prompt = model.prompt(ASK).tokens
    context.decode(prompt, 0)
    for position in range(len(prompt), len(prompt) + 100):  # beyond the reach of the penalty
        expected = llama_cpp.llama_sampler_sample(native.handle, context.handle, -1)
        assert ours.draw(context) == expected
        context.decode([expected], position)
    for owner in (ours, native, context, model):
        owner.close()
