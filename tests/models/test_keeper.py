"""When what can be computed again is given back: others wait for memory, and there is little of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from second_me.models.keeper import Keeper
from second_me.models.llama import LoadedModel
from second_me.models.starter import CHAT_FILE
from tests.models.test_free_memory import MB, FakeMachine


@pytest.mark.parametrize(("free", "waits"), [(6000, False), (900, True)])
def test_stalls_count_where_memory_is_scarce(
    starter_models: Path, tmp_path: Path, free: int, waits: bool
) -> None:
    machine = FakeMachine(tmp_path, available=free * MB)
    model = LoadedModel(starter_models / CHAT_FILE)
    machine.stalls(machine.proc / "pressure/memory", total=0)
    keeper = Keeper(model, None, None, machine.reader(), lambda: None)
    keeper.tick(0.0)
    assert not keeper.pressed
    machine.seconds = 1.0
    machine.stalls(machine.proc / "pressure/memory", total=500_000, average=50.0)
    keeper.tick(1.0)
    assert keeper.pressed is waits
    model.close()
