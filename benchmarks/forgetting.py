"""Forgetting: its curves as a figure beside MemoryBank's, and what it costs recall.

    python benchmarks/forgetting.py [DATA] [--models FOLDER] [--vault FOLDER] [--figure OUT.svg] [--seeds 4] [--json]

Without DATA only the curves. MemoryBank (Zhong et al. 2024) publishes R = exp(-t/S), S beginning at 1 and growing by 1
with each recall, which also sets t to 0. Its code computes `math.exp(-t / 5*S)`, which is exp(-t S / 5): what was
recalled more often fades faster. Both are drawn.

DATA is a file in the form of LoCoMo's `locomo10.json`. Its conversations go into one vault, the product rates all
memories, and every question is asked within its conversation, by the weights that ship (fitted on DATA if that is the
development data: what counts is the difference). *Off*: the order of the scores. *On*, the same scores with the
product's own ties (`core/recall/ties.py`) after DAYS days of use: *unused*: nothing was ever recalled; *used*: three
quarters of the questions were asked before, on random days, and what was cited was copied where it held evidence
and sometimes corrected where not (the other quarter is measured, each in its turn); *worst*: all evidence has been
let go, everything else is pinned.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from filled_vault import filled_vault
from forgetting_figure import curves, draw
from locomo import CUTS, questions_of, recall_at, turns_of

from second_me.app.service.house import House
from second_me.app.service.lives import tend
from second_me.core.memory.forgetting import Grade, Life, Use, strength
from second_me.core.ports import Scope
from second_me.core.recall.found import Found
from second_me.core.recall.ties import by_strength, tied

DAYS, QUARTERS, CITED = 300, 4, 3
SHOWN = (1, *CUTS)
"""Ties are at the top: what they cost shows first in R@1."""
COPIED, CORRECTED = 0.5, 0.25
"""How often a person copies an answer that holds evidence, and corrects one that does not."""

Ordered = dict[str, list[Found]]
"""{question id: what recall found, by score}."""
Lives = dict[int, Life]
"""{seq: its life}."""


def asked_of(house: House, questions: Sequence[Mapping[str, Any]]) -> Ordered:
    """The product's recall of every question, in the order of the scores."""
    found: Ordered = {}
    for number, question in enumerate(questions, 1):
        text, scope = question["question"], Scope(question["conversation"])
        listed = house.recall.find(text, max(CUTS), scope, house.recall.embed(text)).found
        found[question["id"]] = sorted(listed, key=lambda item: -item.score)
        if number % 100 == 0:
            print(f"{number} of {len(questions)} questions", file=sys.stderr, flush=True)
    return found


def rated(house: House, found: Ordered) -> Lives:
    """The lives of all that was found, as the product rates them, born on day 1."""
    tend(house, lambda: False)
    lives: Lives = {}
    for item in (item for listed in found.values() for item in listed):
        kept = house.lives.get(item.episode.memory_id)
        assert kept is not None
        lives[item.episode.seq] = replace(kept.life, born=1, uses=())
    return lives


def used(lives: Lives, found: Ordered, questions: Sequence[Mapping[str, Any]], dice: random.Random) -> Lives:
    """The lives after these questions were asked, on random days in order."""
    lives = dict(lives)
    days = sorted(dice.randrange(2, DAYS) for _ in questions)
    for day, question in zip(days, dice.sample(list(questions), len(questions)), strict=True):
        cited = found[question["id"]][:CITED]
        good = any(item.episode.source_id in question["evidence"] for item in cited)
        if dice.random() < (COPIED if good else CORRECTED):
            use = Use(day, Grade.GOOD if good else Grade.LAPSE)
            for item in cited:
                life = lives[item.episode.seq]
                lives[item.episode.seq] = replace(life, uses=(*life.uses, use))
    return lives


def worst(lives: Lives, found: Sequence[Found], evidence: set[str]) -> Lives:
    """Evidence let go, all else pinned."""
    told = {item.episode.seq for item in found if item.episode.source_id in evidence}
    return {
        item.episode.seq: replace(
            lives[item.episode.seq],
            let_go=(1, 0) if item.episode.seq in told else None,
            pinned=item.episode.seq not in told,
        )
        for item in found
    }


def shares(
    found: Ordered,
    questions: Sequence[Mapping[str, Any]],
    lives_of: Callable[[Mapping[str, Any]], Lives] | None,
) -> dict[str, float]:
    """{"R@5": share} of all questions; without lives forgetting is off."""
    ranked: dict[str, list[str]] = {}
    for question in questions:
        listed = found[question["id"]]
        if lives_of is not None:
            lives = lives_of(question)
            listed = by_strength(
                listed, lambda seqs, lives=lives: {seq: strength(lives[seq], DAYS) for seq in seqs}
            )
        ranked[question["id"]] = [str(item.episode.source_id) for item in listed]
    return {f"R@{cut}": recall_at(ranked, [dict(each) for each in questions], cut, None) for cut in SHOWN}


def in_use(
    found: Ordered, questions: Sequence[Mapping[str, Any]], lives: Lives, seeds: int
) -> dict[str, float]:
    """Every quarter after the three others were asked, mean over seeds, weighted by the quarters' sizes."""
    sums = dict.fromkeys((f"R@{cut}" for cut in SHOWN), 0.0)
    for seed in range(seeds):
        dice = random.Random(seed)
        mixed = dice.sample(list(questions), len(questions))
        for quarter in range(QUARTERS):
            held = mixed[quarter::QUARTERS]
            before = [each for number, each in enumerate(mixed) if number % QUARTERS != quarter]
            after = used(lives, found, before, dice)
            for name, share in shares(found, held, lambda _question, after=after: after).items():
                sums[name] += share * len(held) / len(questions) / seeds
    return sums


def measured(house: House, questions: Sequence[Mapping[str, Any]], seeds: int) -> dict[str, Any]:
    """Recall without forgetting and with it."""
    found = asked_of(house, questions)
    lives = rated(house, found)
    ties = [tied([item.score for item in listed]) for listed in found.values()]
    return {
        "questions": len(questions),
        "tied": sum(count > 1 for count in ties) / len(ties),
        "recall": {
            "off": shares(found, questions, None),
            "on, unused": shares(found, questions, lambda _question: lives),
            "on, used": in_use(found, questions, lives, seeds),
            "on, worst": shares(
                found, questions, lambda each: worst(lives, found[each["id"]], each["evidence"])
            ),
        },
    }


def show(result: Mapping[str, Any]) -> None:
    """Both tables."""
    print(f"{'strength after days of use':44}" + "".join(f"{day:>7}" for day in result["days"]))
    for name, heights in result["curves"].items():
        print(f"{name:44}" + "".join(f"{height:7.2f}" for height in heights))
    if "recall" not in result:
        return
    print(f"\n{result['questions']} questions; a tie with the best in {result['tied']:.1%} of them")
    off = result["recall"]["off"]
    for name, found in result["recall"].items():
        cells = "  ".join(
            f"{cut} {share:.4f} ({100 * (share - off[cut]):+.2f})" for cut, share in found.items()
        )
        print(f"{name:12}{cells}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--vault", type=Path, help="a folder in which the filled vault is kept")
    parser.add_argument("--figure", type=Path, help="where to write the figure")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    result: dict[str, Any] = curves()
    if arguments.figure:
        arguments.figure.write_text(draw(), encoding="utf-8")
    if arguments.data:
        samples = json.loads(arguments.data.read_text("utf-8"))
        lines = [line for sample in samples for line in turns_of(sample)]
        questions = [question for sample in samples for question in questions_of(sample)]
        with filled_vault(lines, arguments.models, arguments.vault) as house:
            result |= measured(house, questions, arguments.seeds)
    print(json.dumps(result)) if arguments.json else show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
