"""A vault that is filled through the product, and questions that its own recall examines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from filled_vault import filled_vault
from fit_reranker import deviations, examined, fit
from recall_locomo import turns_of

from second_me.app.weights import reranker_weights

TEXTS = ("Good morning, Mara!", "I painted the green lantern.", "It rained all day.", "See you, Jon!")
SAMPLES: list[dict[str, Any]] = [
    {
        "sample_id": name,
        "conversation": {
            "session_1_date_time": "1:00 pm on 8 May, 2023",
            "session_1": [
                {"dia_id": f"D1:{n}", "speaker": ("Jon", "Mara")[n % 2], "text": text}
                for n, text in enumerate(TEXTS, 1)
            ],
        },
        "qa": [
            {"question": f"Which lantern did Mara paint {when}?", "evidence": evidence, "category": 4}
            for when, evidence in (
                ("then", ["D1:2"]),
                ("later", ["D1:2; D7:9"]),
                ("never", ["D7:9"]),
                ("x", []),
            )
        ],
    }
    for name in ("one", "two")
]


def test_what_is_fitted_is_what_recall_sees(starter_models: Path, tmp_path: Path) -> None:
    """Evidence that the vault does not hold counts as wanted and is marked nowhere; a kept vault is filled once."""
    lines = [line for sample in SAMPLES for line in turns_of(sample)]
    with filled_vault(lines, starter_models, tmp_path) as house:
        names, asked = examined(house, SAMPLES)
        assert house.episodes.count() == 8
    assert [each.fold for each in asked] == [0, 0, 0, 1, 1, 1]
    assert [each.evidence for each in asked] == [1, 2, 1] * 2
    assert [int(each.holds.sum()) for each in asked] == [1, 1, 0] * 2
    assert {each.features.shape for each in asked} == {(4, len(names))}  # of her own conversation alone
    assert names == sorted(names)
    assert set(reranker_weights().weights) <= set(names)
    for each in asked[:2]:
        words = each.features[:, names.index("words")]
        assert int(words.argmax()) == int(each.holds.argmax()) == 1
    assert fit(asked, deviations(asked)).shape == (len(names),)
    with filled_vault([], None, tmp_path) as house:
        assert house.episodes.count() == 8
        again = examined(house, SAMPLES[:1])[1]
    assert [each.features.tolist() for each in again] == [each.features.tolist() for each in asked[:3]]
