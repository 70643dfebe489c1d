"""Made-up answers of `budget.status` and `models.list`, for the windows and the words."""

from __future__ import annotations

from typing import Any

MB = 1_000_000
BITS = (3.4, 3.4, 2.7, 4.5, 4.5, 3.4, 2.7, 2.7, 4.5, 5.0)


def layers(bits: tuple[float, ...] = BITS, count: int = 30) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"name": "embedding", "bits": 8.5, "full_bits": 8.5, "bytes": 30 * MB, "held": 30 * MB},
    ]
    for number in range(count):
        each = 5.0 if number in (0, 1, count - 1) else bits[number % len(bits)]
        size = int(each * 0.44 * MB)
        rows.append({"name": str(number), "bits": each, "full_bits": 5.0, "bytes": size, "held": size})
    return rows


FIXED: dict[str, Any] = {
    "mode": "fixed",
    "bytes": 84 * MB,
    "allowed": 84 * MB,
    "held": {"weights": 72 * MB, "kv": 8 * MB, "compute": 4 * MB},
    "resident": {"weights": 72 * MB, "kv": 8 * MB, "compute": 4 * MB},
    "lowest": 83 * MB,
    "full": 108 * MB,
    "step": {"bytes": 3 * MB, "tensor": "blk.3.ffn_down.weight"},
    "embedding": {"bytes": 4 * MB},
    "quality": 0.9712,
    "curve": [[83 * MB, 0.97], [88 * MB, 0.978], [96 * MB, 0.991], [108 * MB, 1.0]],
    "layers": layers(),
    "experts": None,
    "free": 3_100 * MB,
    "short": 0,
    "pressure": 0.0,
    "ladder": "ready",
    "why": None,
    "state": "ready",
}
FOLLOWING = {
    **FIXED,
    "mode": "auto",
    "bytes": None,
    "allowed": 108 * MB,
    "held": {"weights": 96 * MB, "kv": 8 * MB, "compute": 4 * MB},
    "resident": {"weights": 95 * MB, "kv": 2 * MB, "compute": 4 * MB},
    "quality": 1.0,
    "layers": layers((5.0,)),
}
NOTHING = {"weights": 0, "kv": 0, "compute": 0}
RESTING = {**FOLLOWING, "state": "idle", "held": NOTHING, "resident": NOTHING}
ONE_SIZE = {**FOLLOWING, "lowest": 108 * MB, "curve": [], "step": None, "quality": None, "ladder": "none"}
USELESS = {
    **ONE_SIZE,
    "ladder": "useless",
    "why": "Smaller versions of it would take away less than a twentieth, so none are made.",
}
REFUSED = {
    **ONE_SIZE,
    "ladder": "refused",
    "why": "The size ladder of it cannot be used: Q2_K.rungs is missing. The model runs at its full size.",
}
# Of a chosen number that is smaller than the model, and of a model that is larger than what can be spared.
OVER = {**ONE_SIZE, "mode": "fixed", "bytes": 60 * MB}
TOO_LARGE: dict[str, Any] = {
    **ONE_SIZE,
    "allowed": 5_200 * MB,
    "held": {"weights": 4_700 * MB, "kv": 400 * MB, "compute": 100 * MB},
    "resident": {"weights": 2_600 * MB, "kv": 60 * MB, "compute": 100 * MB},
    "lowest": 5_200 * MB,
    "full": 5_200 * MB,
    "free": 2_900 * MB,
    "short": 2_600 * MB,
    "why": "Even at its smallest the model needs 2600 MB more than can be spared now.",
}
# Of the smallest size of a model with size steps.
SMALLEST = {**FIXED, "mode": "auto", "bytes": None, "short": 20 * MB,
            "why": "Even at its smallest the model needs 20 MB more than can be spared now."}  # fmt: skip


def experts(state: str, **more: Any) -> dict[str, Any]:
    """`experts` of a mixture of 1.4 GB."""
    size = 1_359 * MB
    return {"state": state, "bytes": size, "window": size, "resident": None, "missing": None, "read_bytes": 0,
            **more}  # fmt: skip


def mixed_layers(share: float = 1.0) -> list[dict[str, Any]]:
    """The layers of that mixture, about `share` of each one's experts held."""
    rows: list[dict[str, Any]] = [
        {"name": "embedding", "bits": 16.0, "full_bits": 16.0, "bytes": 100 * MB, "held": 100 * MB},
    ]
    for number in range(24):
        some = share * (1 + 0.13 * (number % 3 - 1)) if share < 1 else 1.0
        held = int((1.7 + 56.6 * some) * MB)
        rows.append(
            {"name": str(number), "bits": 4.5, "full_bits": 4.5, "bytes": int(58.3 * MB), "held": held}
        )
    return rows


WHOLE_MIXTURE: dict[str, Any] = {
    **FOLLOWING,
    "allowed": 1_757 * MB,
    "held": {"weights": 1_502 * MB, "kv": 101 * MB, "compute": 154 * MB},
    "resident": {"weights": 1_502 * MB, "kv": 9 * MB, "compute": 3 * MB},
    "lowest": 511 * MB,
    "full": 1_757 * MB,
    "step": None,
    "embedding": None,
    "quality": None,
    "curve": [],
    "layers": mixed_layers(),
    "experts": experts("whole"),
    "free": 12_400 * MB,
    "ladder": "none",
}
ON_DEMAND = {
    **WHOLE_MIXTURE,
    "mode": "fixed",
    "bytes": 880 * MB,
    "allowed": 880 * MB,
    "held": {"weights": 625 * MB, "kv": 101 * MB, "compute": 154 * MB},
    "resident": {"weights": 553 * MB, "kv": 9 * MB, "compute": 3 * MB},
    "layers": mixed_layers(0.3),
    "experts": experts("on demand", window=482 * MB, resident=410 * MB, missing=0.34, read_bytes=5_100 * MB),
}
FRESH_MIXTURE = {
    **ON_DEMAND,
    "layers": mixed_layers(0.0),
    "experts": experts("on demand", window=482 * MB, resident=0),
}
RESTING_MIXTURE = {
    **ON_DEMAND,
    "held": NOTHING,
    "resident": NOTHING,
    "layers": mixed_layers(),
    "experts": experts("on demand", window=482 * MB),
    "state": "idle",
}
UNKNOWN_MIXTURE = {
    **WHOLE_MIXTURE,
    "lowest": 1_757 * MB,
    "experts": experts("refused"),
    "why": "This model's experts are not laid out as known here (the architecture rnd1 is not known to have "
    "experts): it stays whole.",
}
ABSENT = {
    **ONE_SIZE,
    "state": "absent",
    "held": NOTHING,
    "resident": NOTHING,
    "lowest": 0,
    "full": 0,
    "allowed": 0,
    "layers": [],
}


def model(name: str, source: str, size: int | None, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "path": None if source == "catalogue" else f"/models/{name}.gguf",
        "source": source,
        "role": "chat",
        "architecture": "llama",
        "parameters": 135_000_000,
        "quantization": "Q4_1",
        "bytes": size,
        "context": 2048,
        "needs": size and size + 40 * MB,
        "lowest": size and size + 40 * MB,
        "fits": "full" if size else None,
        "why": "",
        "in_use": False,
        "ladder": "possible" if size else None,
        "licence": "apache-2.0",
        "arrived": 0,
        "also": [],
        **more,
    }


MODELS = [
    model("SmolLM2-135M-Instruct.Q4_1", "second-me", 96 * MB, in_use=True, ladder="ready"),
    model("all-MiniLM-L6-v2.Q8_0", "second-me", 25 * MB, role="embedding", fits=None, needs=None, in_use=True),
    model("Qwen3 4B Instruct", "lm-studio", 2_500 * MB),
    model("Llama 3.1 8B", "ollama", 4_900 * MB, fits="by ladder", needs=5_600 * MB),
    model("Qwen3 30B-A3B", "hub", 18_600 * MB, role="mixture of experts", fits="by experts", needs=19_100 * MB,
          lowest=2_400 * MB),
    model("Llama 3.3 70B", "hub", 42_500 * MB, fits="no", needs=43_900 * MB),
    model(
        "broken.gguf", "gpt4all", 12 * MB, role=None, fits=None, needs=None,
        why="It cannot be used: it ends in the middle of a tensor.",
    ),
    model("qwen3-0.6b", "catalogue", None),
    model("gemma-3-1b-it", "catalogue", None, licence="gemma", arrived=212 * MB),
]  # fmt: skip
