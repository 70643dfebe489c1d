"""More kinds of mixtures, of the same parts as those of `kinds.py`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.models.experts.kinds import (
    APART,
    ATTENTION,
    BIAS,
    DELTA,
    DELTA_FIGURES,
    DENSE,
    FUSED,
    HEAD,
    HEAD_NORMS,
    NEXT,
    NORM,
    OUTPUT,
    PLAIN,
    SHARED,
    SHARED_FEED,
    SIGMOID,
    VALUES,
    WIDTH,
    Kind,
    Layer,
    delta_net,
)

_BIASES: Layer = {f"attn_{name}.bias": (WIDTH,) for name in ("q", "k", "v")}
_WIDE_NORMS: Layer = {"attn_q_norm": (WIDTH,), "attn_k_norm": (WIDTH,)}
_FRONT = {"leading_dense_block_count": 1, "expert_shared_count": 1}
_SIGMOID = {"expert_gating_func": SIGMOID, "expert_weights_norm": True, "expert_weights_scale": 2.5}

# Qwen 3 Next: as Qwen 3.5, with two small matrices as one.
_NEXT_DELTA: Layer = {
    **{name: shape for name, shape in DELTA.items() if name not in ("ssm_beta", "ssm_alpha")},
    "ssm_ba": (2 * VALUES, WIDTH),
}
_NEXT_FIGURES = {
    **{key: value for key, value in DELTA_FIGURES.items() if key != "rope.dimension_sections"},
    "rope.dimension_count": HEAD,
}

# GLM 4: the norm between attention and experts has attention's name.
_GLM: Layer = {**ATTENTION, **_BIASES, "post_attention_norm": (WIDTH,)}
_GLM_MIXED: Layer = {**_GLM, **APART, **SHARED, **BIAS}
_GLM_FIGURES = {**_FRONT, **_SIGMOID, "rope.dimension_count": HEAD // 2}

# Bailing: queries, keys and values are one matrix.
_ONE: Layer = {
    **{name: shape for name, shape in ATTENTION.items() if name not in ("attn_q", "attn_k", "attn_v")},
    "attn_qkv": (3 * WIDTH, WIDTH), **HEAD_NORMS, **NORM,
}  # fmt: skip

# Phi: biases, also of the norms and of the output.
_PHI: Layer = {
    **PLAIN, **_BIASES, **{f"{name}.bias": (WIDTH,) for name in ("attn_output", "attn_norm", "ffn_norm")},
}  # fmt: skip

MORE: Mapping[str, Kind] = {
    "qwen2moe": Kind(
        "qwen2moe", ({**PLAIN, **_BIASES, **SHARED, "ffn_gate_inp_shexp": (WIDTH,)},) * 3, SHARED_FEED, OUTPUT
    ),
    "qwen3vlmoe": Kind(
        "qwen3vlmoe", ({**HEAD_NORMS, **PLAIN},) * 3,
        {"rope.dimension_sections": [3, 3, 2, 0], "n_deepstack_layers": 0},
    ),
    "qwen3next": Kind("qwen3next", delta_net(APART, _NEXT_DELTA), _NEXT_FIGURES),
    "qwen3next fused": Kind("qwen3next", delta_net(FUSED, _NEXT_DELTA), _NEXT_FIGURES),
    "glm4moe": Kind("glm4moe", ({**_GLM, **DENSE}, *(_GLM_MIXED,) * 3), _GLM_FIGURES, OUTPUT),
    "glm4moe with its next token's layer": Kind(
        "glm4moe",
        ({**_GLM, **DENSE}, *(_GLM_MIXED,) * 3, {**_GLM_MIXED, **NEXT, "nextn.shared_head_norm": (WIDTH,)}),
        {**_GLM_FIGURES, "nextn_predict_layers": 1},
        OUTPUT,
        idle=1,
    ),
    "ernie4_5-moe": Kind(
        "ernie4_5-moe", ({**ATTENTION, **NORM, **DENSE}, *({**PLAIN, **SHARED, **BIAS},) * 3),
        {**_FRONT, **SHARED_FEED, "interleave_moe_layer_step": 1},
    ),
    "minimax-m2": Kind(
        "minimax-m2", ({**PLAIN, **BIAS, **_WIDE_NORMS},) * 3,
        {"expert_gating_func": SIGMOID, "rope.dimension_count": HEAD}, OUTPUT,
    ),
    "bailingmoe2": Kind(
        "bailingmoe2", ({**_ONE, **DENSE}, *({**_ONE, **APART, **SHARED, **BIAS},) * 3),
        {**_FRONT, **_SIGMOID, **SHARED_FEED, "expert_group_count": 4, "expert_group_used_count": 2}, OUTPUT,
    ),
    "phimoe": Kind(
        "phimoe", (_PHI,) * 3, {"attention.layer_norm_epsilon": 1e-5, "rope.scaling.attn_factor": 1.0},
        {**OUTPUT, "output.bias": (0,), "output_norm.bias": (WIDTH,)},
    ),
    "hunyuan-moe": Kind("hunyuan-moe", ({**HEAD_NORMS, **PLAIN, **SHARED},) * 3, SHARED_FEED),
    "dots1": Kind(
        "dots1", ({**HEAD_NORMS, **ATTENTION, **NORM, **DENSE}, *({**HEAD_NORMS, **PLAIN, **SHARED, **BIAS},) * 3),
        {**_FRONT, **_SIGMOID}, OUTPUT,
    ),
    "deepseek": Kind(
        "deepseek", ({**ATTENTION, **NORM, **DENSE}, *({**PLAIN, **SHARED},) * 3),
        {**_FRONT, "expert_weights_scale": 1.0}, OUTPUT,
    ),
}  # fmt: skip
"""By what they are called in the tests."""
