"""The work of the background makes searching quick, on a real vault with the real small model."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from second_me.app.paths import HomeLayout
from second_me.app.service.jobs import VectorJobs
from second_me.app.wiring import HomeDoor, SystemClock
from second_me.core.memory.episodes import NewEpisode
from second_me.core.ports import Scope


def test_what_is_held_in_memory_is_made_in_the_background(tmp_path: Path, starter_models: Path) -> None:
    layout = HomeLayout(tmp_path / "home")
    shutil.copytree(starter_models, layout.models)
    house, _ = HomeDoor(layout, SystemClock(), lambda _: None).create("correct horse")
    said = [
        house.episodes.append(NewEpisode("talk", "Anna", text, None), datetime(2024, 3, 1))
        for text in ("I have a dog", "The sea is cold")
    ]
    jobs = VectorJobs(house, lambda _: None)
    try:
        jobs.wake()
        assert jobs.drain(60)
        assert jobs.pending() == 0
        assert house.vectors.nbytes() > 0
        hits = house.vectors.search(house.recall.embed("What pet is there?"), Scope(), 5)
        assert [hit.seq for hit in hits] == [each.seq for each in said]
        assert house.placement.placement().seqs.tolist() == [each.seq for each in said]
    finally:
        jobs.close()
        house.model.close()
        house.close()
