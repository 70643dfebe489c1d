"""Which experts should stay: policies compared on the choices that a router really made, without reading anything.

    python benchmarks/expert_policies.py MODEL [--stays 0 .85 1] [--tokens 512] [--shares 15 25 33 50 75] [--json]

MODEL comes from `benchmarks/mixture.py`, or is any mixture of experts. Its choices are noted while it reads a text one
token after the other; then each policy keeps `share` percent of the experts, and what a token chooses and does not
find counts as missing. The first half of the text warms up (and gives the fixed list), the second half counts.
"recency" is the least recently chosen; "decay d" is what ships (`window.py`, d = 0.95): counts that lose 1 - d a
token; "fixed" is the hottest of the first half, the rest read each time; "one pool" is decay 0.95 over all layers
together, without a quota a layer; "optimum" is Belady's, which knows the future.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from experts import Watching
from mixture import STAY, tokens

from second_me.models.context import Context
from second_me.models.elastic.live import LiveModel
from second_me.models.experts.window import LayerWindow
from second_me.models.header import read_header
from second_me.models.llama import LoadedModel
from second_me.models.threads import FreeCores

Choices = npt.NDArray[np.int32]
"""(tokens, layers, used)."""

DECAYS = (0.5, 0.8, 0.9, 0.95, 0.98, 1.0)


def noted(path: Path, stay: float, count: int) -> tuple[Choices, int]:
    """A router's choices, and the number of experts a layer."""
    model, header = LoadedModel(path, FreeCores(2)), read_header(path)
    window = Watching(LiveModel(model, header), header)
    context = Context(model, count + 1, 8, observer=window, outputs=1)
    window.choices = []
    for at, token in enumerate(tokens(count, model.vocabulary_size, stay)):
        context.decode([token], at)
    layers, used = len(window.experts.layers), window.experts.used
    choices = np.stack([choice[-1] for choice in window.choices]).reshape(count, layers, used)
    context.close()
    model.close()
    return choices, window.experts.layers[0].count


def kept_by_window(choices: Choices, experts: int, quota: int, decay: float) -> float:
    """Share missing with the windows that ship."""
    half, missing = len(choices) // 2, 0
    windows = [LayerWindow(experts, quota, decay) for _ in range(choices.shape[1])]
    for at, token in enumerate(choices):
        for window, chosen in zip(windows, token, strict=True):
            change = window.choose(chosen[None])
            window.resident[change.drop] = False
            window.resident[change.read] = True
            missing += len(change.read) if at >= half else 0
    return missing / choices[half:].size


def kept_by(choices: Choices, experts: int, quota: int, value: Callable[[int, int, int], float]) -> float:
    """Share missing where the expert of the least `value(token, layer, expert)` goes first."""
    half, missing = len(choices) // 2, 0
    resident: list[set[int]] = [set() for _ in range(choices.shape[1])]
    for at, token in enumerate(choices):
        for layer, chosen in enumerate(token.tolist()):
            held = resident[layer]
            absent = set(chosen) - held
            missing += len(absent) if at >= half else 0
            held |= absent
            while len(held) > quota:
                rest = held - set(chosen)
                held.remove(min(rest, key=lambda expert: value(at, layer, expert)))
    return missing / choices[half:].size


def recency(choices: Choices, experts: int, quota: int) -> float:
    """The least recently chosen goes."""
    last = np.full(choices.shape[1:2] + (experts,), -1)
    noted_until = -1

    def value(at: int, layer: int, expert: int) -> float:
        nonlocal noted_until
        while noted_until < at:  # everything chosen before now; what is chosen now never goes
            noted_until += 1
            for each, chosen in enumerate(choices[noted_until]):
                last[each, chosen] = noted_until
        return float(last[layer, expert])

    return kept_by(choices, experts, quota, value)


def optimum(choices: Choices, experts: int, quota: int) -> float:
    """The one that is needed last goes (Belady)."""
    count, layers, _ = choices.shape
    following = np.full((count + 1, layers, experts), count)
    for at in range(count - 1, -1, -1):
        following[at] = following[at + 1]
        for layer, chosen in enumerate(choices[at]):
            following[at, layer, chosen] = at
    return kept_by(
        choices, experts, quota, lambda at, layer, expert: -float(following[at + 1, layer, expert])
    )


def fixed(choices: Choices, experts: int, quota: int) -> float:
    """The hottest of the first half stay, nothing else."""
    half, missing = len(choices) // 2, 0
    for layer in range(choices.shape[1]):
        counts = np.bincount(choices[:half, layer].reshape(-1), minlength=experts)
        hot = np.argsort(-counts, kind="stable")[:quota]
        missing += int((~np.isin(choices[half:, layer], hot)).sum())
    return missing / choices[half:].size


def one_pool(choices: Choices, experts: int, quota: int) -> float:
    """Decayed counts over all layers together."""
    count, layers, _ = choices.shape
    worth, resident = np.zeros((layers, experts)), np.zeros((layers, experts), np.bool_)
    missing = 0
    for at in range(count):
        for layer in range(layers):
            chosen = choices[at, layer]
            worth[layer] *= 0.95
            worth[layer, chosen] += 1
            absent = chosen[~resident[layer, chosen]]
            missing += len(absent) if at >= count // 2 else 0
            resident[layer, absent] = True
            over = int(resident.sum()) - quota * layers
            if over > 0:
                candidates = np.where(resident, worth, np.inf)
                candidates[layer, chosen] = np.inf
                resident.flat[np.argpartition(candidates.reshape(-1), over)[:over]] = False
    return missing / (choices[count // 2 :].size)


def compared(choices: Choices, experts: int, share: float) -> dict[str, float]:
    """Share missing by policy, with `share` percent of the experts."""
    quota = max(choices.shape[2], round(experts * share / 100))
    rows = {f"decay {decay}": kept_by_window(choices, experts, quota, decay) for decay in DECAYS}
    return {
        "recency": recency(choices, experts, quota),
        **rows,
        "fixed": fixed(choices, experts, quota),
        "one pool": one_pool(choices, experts, quota),
        "optimum": optimum(choices, experts, quota),
    }


def show(result: Sequence[dict[str, Any]]) -> None:
    """For people."""
    names = list(result[0]["missing"])
    print("stay  share  " + "  ".join(f"{name:>10}" for name in names))
    for row in result:
        figures = "  ".join(f"{row['missing'][name]:10.1%}" for name in names)
        print(f"{row['stay']:4}  {row['share']:4.0f} %  {figures}")


def main() -> int:
    """Note, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--stays", type=float, nargs="+", default=[0.0, STAY, 1.0])
    parser.add_argument("--shares", type=float, nargs="+", default=[15, 25, 33, 50, 75])
    parser.add_argument("--tokens", type=int, default=512)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    result = []
    for stay in options.stays:
        choices, experts = noted(options.model, stay, options.tokens)
        result += [
            {"stay": stay, "share": share, "missing": compared(choices, experts, share)}
            for share in options.shares
        ]
    print(json.dumps(result)) if options.json else show(result)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
