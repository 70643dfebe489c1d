"""What running a model takes, told from its head before anything is loaded, and whether that fits.

Follows what llama.cpp 0.3.36's library allocates (`llama-kv-cache*.cpp`, `llama-hparams.cpp`): keys and values
by layer, windows that slide, layers that keep a state instead of keys, layers that share another's keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from second_me.models.experts.layout import spared_by_window
from second_me.models.header import TYPES, Header, TensorInfo

F32, F16 = 0, 1
Q2_K, Q4_0, Q8_0 = 10, 2, 8

CONTEXT = 4096
"""Tokens of a conversation that a model is judged by. It may be longer (`chat.py`), and costs what is used."""

BATCH = 64
"""Tokens of a prompt between two looks at the queue: a third of a second on the starter with two cores. With
flash attention llama.cpp computes 32 at once half as fast again after 1,000 tokens of context (6.4 against 4.2 s
of 500), and 64 as fast as without."""

EXPERTS_BATCH = 512
"""The same for a model whose experts may have to be read: a batch of 64 needs nearly all experts of a layer, as
one of 512 does, so the model would be read eight times as often."""

SCORED = 32
"""Tokens whose likelihood is asked for at once: a vocabulary's scores of each are kept."""

WHOLE_WINDOWS = True
"""Whether layers with a sliding window keep the keys of the whole context: llama.cpp's default (`swa_full`)."""

AMPLE = 0.9
"""A model that takes more of the room than this share fits, but tightly."""
WORTH = 0.95
"""A ladder whose lowest plan is larger than this share of the source's weights is not worth its disk."""

ROUND_CELLS = 256
"""llama.cpp makes places for tokens in steps of so many."""

PERIODS: Mapping[str, tuple[int, bool]] = {
    **dict.fromkeys(("gemma2", "gpt-oss"), (2, False)),
    **dict.fromkeys(("gemma3", "gemma-embedding"), (6, False)),
    **dict.fromkeys(
        ("cohere2", "exaone4", "exaone-moe", "olmo2", "afmoe", "mellum", "muse-glimmer"), (4, False)
    ),
    **dict.fromkeys(("cohere2moe", "smallthinker", "laguna"), (4, True)),
    "llama4": (4, False),
    "gemma3n": (5, False),
    "modern-bert": (3, True),
    "plamo3": (8, False),
}
"""One layer in so many sees everything where a file does not say; whether it is the first of them or the last."""
WINDOWS: Mapping[str, int] = {"llama4": 8192, "gemma2": 4096}
"""Tokens, where a file does not say."""
SHARED_FROM: Mapping[str, int] = {"gemma3n": 20}
NO_CACHE = frozenset(
    ("bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3",
     "eurobert", "gemma-embedding", "t5encoder", "dream", "llada", "llada-moe")
)  # fmt: skip
ALL_RECURRENT = frozenset(("mamba", "mamba2", "rwkv6", "rwkv6qwen2", "rwkv7", "arwkv7"))
MOSTLY_RECURRENT = frozenset(("qwen3next", "qwen35", "qwen35moe", "minimax-01"))
"""All layers but every fourth keep a state, where a file does not say."""


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes that a running model holds. `state`: of recurrent layers; `compute`: estimated."""

    weights: int
    kv: int
    state: int
    compute: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.weights + self.kv + self.state + self.compute


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a model fits. `verdict`: "full", "by experts", "by ladder", "tight", "no". `lowest`: bytes with a
    ladder; `experts`: bytes with the least window of experts, all of them where there is no window."""

    verdict: str
    need: Need
    lowest: int
    experts: int
    room: int

    @property
    def least(self) -> int:
        """Bytes from which the model runs, in the way of the verdict."""
        return {"by experts": self.experts, "by ladder": self.lowest}.get(self.verdict, self.need.total)


def need(
    header: Header,
    context: int = CONTEXT,
    kv_kind: int = F16,
    batch: int | None = None,
    whole_windows: bool = WHOLE_WINDOWS,
) -> Need:
    """What a model holds with so many tokens of conversation, as many as it was trained on at most. `batch`:
    tokens that are computed and scored at once; what `chat.py` does unless it is given."""
    trained = header.number("context_length")
    context = min(context, trained) if trained else context
    scored = batch or SCORED
    batch = batch or (EXPERTS_BATCH if spared_by_window(header) else BATCH)
    return Need(
        weights=header.weight_bytes,
        kv=_kv_bytes(header, context, kv_kind, batch, whole_windows),
        state=_state_bytes(header),
        compute=_compute_bytes(header, context, batch, scored),
    )


def judge(header: Header, room: int) -> Fit:
    """Whether a model fits into `room` bytes: whole, with its experts on the disk (nothing has to be made for
    that, and the answers are the same), or with a ladder."""
    needed = need(header)
    lowest = needed.total - needed.weights + lowest_weights(header)
    experts = needed.total - spared_by_window(header)
    verdict = "no"
    if needed.total <= room * AMPLE:
        verdict = "full"
    elif experts < needed.total and experts <= room * AMPLE:
        verdict = "by experts"
    elif lowest <= room * AMPLE and ladder_helps(header):
        verdict = "by ladder"
    elif needed.total <= room:
        verdict = "tight"
    return Fit(verdict, needed, lowest, experts, room)


def lowest_weights(header: Header) -> int:
    """About what the weights take at the bottom of a ladder: 2.6 bits where rows admit it, else 4.5."""
    return sum(_lowest(tensor) for tensor in header.tensors)


def ladder_helps(header: Header) -> bool:
    """Whether there are rungs enough below the source's own."""
    return lowest_weights(header) < WORTH * header.weight_bytes


def _lowest(tensor: TensorInfo) -> int:
    if len(tensor.shape) < 2 or not tensor.name.endswith(".weight"):
        return tensor.size
    for kind in (Q2_K, Q4_0):
        _name, block, size = TYPES[kind]
        if tensor.shape[0] % block == 0:
            return min(tensor.size, tensor.weights // block * size)
    return tensor.size


@dataclass(frozen=True, slots=True)
class _Layer:
    """How a layer remembers. `window`: tokens that it sees, 0 for all; `keys`, `values`: numbers a token."""

    keys: int
    values: int
    window: int
    recurrent: bool


def _kv_bytes(header: Header, context: int, kind: int, batch: int, whole_windows: bool) -> int:
    if header.architecture in NO_CACHE | ALL_RECURRENT:
        return 0
    layers = [layer for layer in _layers(header) if layer.keys]
    _name, block, size = TYPES[kind]
    numbers = 0
    for layer in layers:
        cells = _cells(context)
        if layer.window and not whole_windows:
            cells = min(cells, _cells(layer.window + batch))
        numbers += cells * (layer.keys + layer.values)
    return numbers // block * size


def _cells(tokens: int) -> int:
    return -(-tokens // ROUND_CELLS) * ROUND_CELLS


def _layers(header: Header) -> list[_Layer]:
    count = min(header.number("block_count") or 0, len(header.tensors))
    heads = _each(header, "attention.head_count", count, 0)
    groups = _each(header, "attention.head_count_kv", count, None)
    sliding, recurrent = _sliding(header, count), _recurrent(header, count)
    kept = count - (header.number("attention.shared_kv_layers") or 0)
    kept = min(kept, SHARED_FROM.get(header.architecture, kept))
    latent = header.number("attention.key_length_mla") is not None  # values are made of the keys
    window = header.number("attention.sliding_window") or WINDOWS.get(header.architecture, 0)
    found = []
    for index in range(count):
        group = heads[index] if groups[index] is None else groups[index]
        silent = (recurrent[index] and header.architecture != "falcon-h1") or index >= kept
        ending = "_swa" if sliding[index] else ""
        keys = 0 if silent else (group or 0) * _width(header, "key", ending)
        values = 0 if silent or latent else (group or 0) * _width(header, "value", ending)
        found.append(_Layer(keys, values, window if sliding[index] else 0, recurrent[index]))
    return found


def _each(header: Header, key: str, count: int, default: int | None) -> list[int | None]:
    """A figure for each layer, from a list or one number for all."""
    listed = header.by_layer(key)
    if listed is None:
        return [default if (one := header.number(key)) is None else one] * count
    figures: list[int | None] = [max(0, int(figure)) for figure in listed[:count]]
    return figures + [default] * (count - len(figures))


def _width(header: Header, which: str, ending: str) -> int:
    """Numbers of a head's key or value."""
    for key in dict.fromkeys((f"attention.{which}_length{ending}", f"attention.{which}_length")):
        said = header.number(key)
        if said is not None:
            return max(0, said)
    heads = max((head or 0 for head in _each(header, "attention.head_count", 1, 0)), default=0)
    return (header.number("embedding_length") or 0) // heads if heads > 0 else 0


def _sliding(header: Header, count: int) -> list[bool]:
    """Which layers see a window only."""
    period, first = PERIODS.get(header.architecture, (1, False))
    if header.number("attention.sliding_window") is None and header.architecture not in WINDOWS:
        return [False] * count
    if header.number("attention.sliding_window") == 0:
        return [False] * count
    key = "attention.sliding_window_pattern"
    listed = header.by_layer(key)
    if listed is not None:
        return [index < len(listed) and bool(listed[index]) for index in range(count)]
    said = header.number(key)
    period = period if said is None or header.architecture not in PERIODS else said
    if period <= 0:
        return [True] * count
    whole = 0 if first else period - 1
    return [index % period != whole for index in range(count)]


def _recurrent(header: Header, count: int) -> list[bool]:
    """Which layers keep a state."""
    name = header.architecture
    if name in ALL_RECURRENT or name == "falcon-h1":
        return [True] * count
    listed = header.by_layer("attention.recurrent_layers")
    if listed is not None:
        return [index < len(listed) and bool(listed[index]) for index in range(count)]
    if name in MOSTLY_RECURRENT:
        interval = header.number("full_attention_interval") or 4
        return [(index + 1) % max(1, interval) != 0 for index in range(count)]
    groups = _each(header, "attention.head_count_kv", count, None)
    feeds = _each(header, "feed_forward_length", count, None)
    only_feeds = name.startswith("nemotron_h")
    return [group == 0 and not (only_feeds and feed) for group, feed in zip(groups, feeds, strict=True)]


def _state_bytes(header: Header) -> int:
    """States of recurrent layers, in F32: of Mamba's, RWKV's, LFM2's and linear attention's kinds."""
    layers = sum(_recurrent(header, min(header.number("block_count") or 0, len(header.tensors))))
    width = header.number("embedding_length") or 0
    figure = {
        key: max(0, header.number(key) or 0)
        for key in ("ssm.conv_kernel", "ssm.inner_size", "ssm.state_size", "ssm.group_count",
                    "wkv.head_size", "shortconv.l_cache", "token_shift_count")
    }  # fmt: skip
    if figure["wkv.head_size"]:
        numbers = width * (figure["wkv.head_size"] + (figure["token_shift_count"] or 2))
    elif figure["shortconv.l_cache"]:
        numbers = width * (figure["shortconv.l_cache"] - 1)
    else:
        inner, state = figure["ssm.inner_size"], figure["ssm.state_size"]
        seen = max(0, figure["ssm.conv_kernel"] - 1)
        numbers = seen * (inner + 2 * figure["ssm.group_count"] * state) + state * inner
    return 4 * layers * numbers


def _compute_bytes(header: Header, context: int, batch: int, scored: int) -> int:
    """Scores of every token of the vocabulary, or what a layer needs with flash attention: whichever is larger.

    Within 1 % of what llama.cpp reserves for the starter and for a mixture of `qwen3moe` with 64 and 512 tokens at
    once and 512 to 32,768 of context; other architectures were not measured.
    """
    width = header.number("embedding_length") or 0
    words = max(
        (
            tensor.shape[1]
            for tensor in header.tensors
            if len(tensor.shape) > 1 and "token_embd" in tensor.name
        ),
        default=0,
    )
    if header.architecture in NO_CACHE:
        words = 0
    feed = max((each or 0 for each in _each(header, "feed_forward_length", 1, 0)), default=0)
    experts = (header.number("expert_feed_forward_length") or 0) * (header.number("expert_used_count") or 0)
    layer = context // 2 + 3 * max(feed, experts) + 4 * width
    return 4 * (max(scored * (words + 3 * width), batch * layer) + words)
