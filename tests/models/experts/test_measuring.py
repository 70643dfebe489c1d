"""Likelihoods of a mixture of experts whose experts come from the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from second_me.models.likelihood import Likelihoods
from second_me.models.pages import LINUX
from tests.models.experts.opened import Opened, same
from tests.models.test_likelihoods import CONTEXTS, LEAD, TARGET, sums

pytestmark = pytest.mark.skipif(not LINUX, reason="windows of experts need Linux")


def test_they_are_the_whole_models_and_an_answer_goes_on_after_them(file: Path) -> None:
    opened = Opened(file)
    written = opened.written()
    measures = Likelihoods(opened.model, opened.context.batch, opened.window)
    whole = sums(measures, LEAD, CONTEXTS[:4], TARGET)
    assert len(whole) == 4
    opened.window.open(3 * opened.window.experts.largest_layer)
    assert sums(measures, LEAD, CONTEXTS[:4], TARGET) == whole
    assert opened.window.counters.missing > 0
    assert same(written, opened.written())
    opened.close()
