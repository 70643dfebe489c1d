"""Kinds of mixtures of experts, each as small as llama.cpp loads it: what its header says, and its layers' tensors.

A layer is a mapping of names to lengths, the slowest first; `.weight` is left out. The layers differ on purpose where
an architecture lets them: dense ones in front, recurrent ones between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gguf import GGMLQuantizationType

WIDTH, FEED, HEADS, EXPERTS, USED, WINDOW = 64, 96, 4, 8, 2, 32
HEAD = WIDTH // HEADS
SIGMOID = 2
"""`expert_gating_func`: `LLAMA_EXPERT_GATING_FUNC_TYPE_SIGMOID`."""

Layer = Mapping[str, tuple[int, ...]]

ATTENTION: Layer = {
    "attn_norm": (WIDTH,),
    **{f"attn_{name}": (WIDTH, WIDTH) for name in ("q", "k", "v", "output")},
}
HEAD_NORMS: Layer = {"attn_q_norm": (HEAD,), "attn_k_norm": (HEAD,)}
NORM: Layer = {"ffn_norm": (WIDTH,)}
ROUTER: Layer = {"ffn_gate_inp": (EXPERTS, WIDTH)}
UP: Layer = {f"ffn_{name}_exps": (EXPERTS, FEED, WIDTH) for name in ("gate", "up")}
DOWN: Layer = {"ffn_down_exps": (EXPERTS, WIDTH, FEED)}
APART: Layer = {**ROUTER, **UP, **DOWN}
FUSED: Layer = {**ROUTER, "ffn_gate_up_exps": (EXPERTS, 2 * FEED, WIDTH), **DOWN}
DENSE: Layer = {"ffn_gate": (FEED, WIDTH), "ffn_up": (FEED, WIDTH), "ffn_down": (WIDTH, FEED)}
SHARED: Layer = {f"{name}_shexp": shape for name, shape in DENSE.items()}
BIAS: Layer = {"exp_probs_b.bias": (EXPERTS,)}


@dataclass(frozen=True)
class Kind:
    """`figures`: keys of the architecture, over the common ones. `beside`: tensors of no layer, over the common
    ones. `experts_in`: the type of the experts, all other matrices being Q8_0. `idle`: layers at the end that the
    graph leaves out."""

    architecture: str
    layers: tuple[Layer, ...]
    figures: Mapping[str, Any] = field(default_factory=dict)
    beside: Layer = field(default_factory=dict)
    norm: str = "output_norm"
    experts_in: GGMLQuantizationType = GGMLQuantizationType.Q8_0
    idle: int = 0

    @property
    def mixed(self) -> list[int]:
        """The layers that have experts in use."""
        used = self.layers[: len(self.layers) - self.idle]
        return [index for index, layer in enumerate(used) if "ffn_down_exps" in layer]


PLAIN: Layer = {**ATTENTION, **NORM, **APART}
OUTPUT: Layer = {"output": (0, WIDTH)}
"""A length of 0 is the vocabulary's."""

QWEN3 = Kind("qwen3moe", ({**HEAD_NORMS, **PLAIN},) * 3)
"""A layer's experts are the last of it, and so of the file: tests cut them off."""

# gpt-oss: biases wherever they can be, sinks, windows in every second layer.
_GPT: Layer = {
    **ATTENTION, **APART, "post_attention_norm": (WIDTH,), "attn_sinks": (HEADS,), "ffn_gate_inp.bias": (EXPERTS,),
    **{f"attn_{name}.bias": (WIDTH,) for name in ("q", "k", "v", "output")},
    "ffn_gate_exps.bias": (EXPERTS, FEED), "ffn_up_exps.bias": (EXPERTS, FEED), "ffn_down_exps.bias": (EXPERTS, WIDTH),
}  # fmt: skip
_GPT_FIGURES = {"attention.sliding_window": WINDOW, "rope.dimension_count": HEAD}

# Granite hybrid: Mamba 2, whose inner width is shared by heads; layers without KV heads are recurrent.
_INNER, _STATE, _GROUPS, _RANK, _KERNEL = 128, 16, 1, 8, 4
_WIDE = _INNER + 2 * _GROUPS * _STATE
_MAMBA: Layer = {
    "attn_norm": (WIDTH,), "ssm_in": (_INNER + _WIDE + _RANK, WIDTH), "ssm_conv1d": (_WIDE, _KERNEL),
    "ssm_conv1d.bias": (_WIDE,), "ssm_dt.bias": (_RANK,), "ssm_a": (_RANK, 1), "ssm_d": (_RANK, 1),
    "ssm_norm": (_GROUPS, _INNER // _GROUPS), "ssm_out": (WIDTH, _INNER),
}  # fmt: skip
_MAMBA_FIGURES = {"ssm.conv_kernel": _KERNEL, "ssm.inner_size": _INNER, "ssm.state_size": _STATE,
                  "ssm.group_count": _GROUPS, "ssm.time_step_rank": _RANK}  # fmt: skip
SHARED_FEED = {"expert_shared_feed_forward_length": FEED}

# LFM2: short convolutions.
_SHORT: Layer = {"attn_norm": (WIDTH,), "shortconv.conv": (WIDTH, 3), "shortconv.in_proj": (3 * WIDTH, WIDTH),
                 "shortconv.out_proj": (WIDTH, WIDTH)}  # fmt: skip

# DeepSeek: latent attention; `_NOPE` and `_ROPE` are a head's channels without and with positions.
_LATENT, _NOPE, _ROPE = 32, 8, 8
_MLA: Layer = {
    "attn_norm": (WIDTH,), "attn_q_a": (_LATENT, WIDTH), "attn_q_a_norm": (_LATENT,),
    "attn_q_b": (HEADS * (_NOPE + _ROPE), _LATENT), "attn_kv_a_mqa": (_LATENT + _ROPE, WIDTH),
    "attn_kv_a_norm": (_LATENT,), "attn_k_b": (HEADS, _LATENT, _NOPE), "attn_v_b": (HEADS, HEAD, _LATENT),
    "attn_output": (WIDTH, HEADS * HEAD),
}  # fmt: skip
_MLA_FIGURES = {
    "attention.q_lora_rank": _LATENT, "attention.kv_lora_rank": _LATENT, "attention.key_length": _LATENT + _ROPE,
    "attention.value_length": _LATENT, "attention.key_length_mla": _NOPE + _ROPE, "attention.value_length_mla": HEAD,
    "rope.dimension_count": _ROPE, "attention.head_count_kv": 1, "leading_dense_block_count": 1,
    "expert_shared_count": 1, "expert_group_count": 4, "expert_group_used_count": 2, "expert_gating_func": SIGMOID,
    "expert_weights_norm": True, "expert_weights_scale": 2.5,
}  # fmt: skip

# Qwen 3.5: gated delta nets, every second layer full attention whose queries carry their gate.
_DELTA_STATE, _KEYS, VALUES = 32, 2, 4
_DELTA_WIDE = _DELTA_STATE * (2 * _KEYS + VALUES)
DELTA: Layer = {
    "attn_norm": (WIDTH,), "attn_qkv": (_DELTA_WIDE, WIDTH), "attn_gate": (_DELTA_STATE * VALUES, WIDTH),
    "ssm_conv1d": (_DELTA_WIDE, _KERNEL), "ssm_dt.bias": (VALUES,), "ssm_a": (VALUES,),
    "ssm_beta": (VALUES, WIDTH), "ssm_alpha": (VALUES, WIDTH), "ssm_norm": (_DELTA_STATE,),
    "ssm_out": (WIDTH, _DELTA_STATE * VALUES),
}  # fmt: skip
GATED: Layer = {**ATTENTION, **HEAD_NORMS, "attn_q": (2 * WIDTH, WIDTH)}
GATED_FEED: Layer = {"post_attention_norm": (WIDTH,), **SHARED, "ffn_gate_inp_shexp": (WIDTH,)}
DELTA_FIGURES = {
    "ssm.conv_kernel": _KERNEL, "ssm.inner_size": _DELTA_STATE * VALUES, "ssm.state_size": _DELTA_STATE,
    "ssm.group_count": _KEYS, "ssm.time_step_rank": VALUES, "full_attention_interval": 2,
    "rope.dimension_sections": [3, 3, 2, 0], **SHARED_FEED,
}  # fmt: skip
NEXT: Layer = {"nextn.eh_proj": (WIDTH, 2 * WIDTH), "nextn.enorm": (WIDTH,), "nextn.hnorm": (WIDTH,)}


def delta_net(experts: Layer, mixer: Layer = DELTA) -> tuple[Layer, ...]:
    """Four layers, two of them with full attention."""
    feed = {**GATED_FEED, **experts}
    return ({**mixer, **feed}, {**GATED, **feed}) * 2


# Gemma 4: a dense layer beside the experts, norms all around, windows.
_GEMMA: Layer = {
    **ATTENTION, **HEAD_NORMS, **NORM, **DENSE, "ffn_gate_inp.scale": (WIDTH,), "ffn_down_exps.scale": (EXPERTS,),
    "layer_output_scale": (1,),
    **{name: (WIDTH,) for name in ("post_attention_norm", "post_ffw_norm", "pre_ffw_norm_2", "post_ffw_norm_1",
                                   "post_ffw_norm_2")},
}  # fmt: skip
_GEMMA_FIGURES = {
    "attention.sliding_window": WINDOW, "attention.sliding_window_pattern": [True, False, True],
    "attention.key_length_swa": HEAD, "attention.value_length_swa": HEAD, "embedding_length_per_layer_input": 0,
    "rope.freq_base_swa": 10000.0, "final_logit_softcapping": 30.0,
}  # fmt: skip

KINDS: Mapping[str, Kind] = {
    "qwen3moe": QWEN3,
    "olmoe": Kind("olmoe", ({**PLAIN, "attn_q_norm": (WIDTH,), "attn_k_norm": (WIDTH,)},) * 3, beside=OUTPUT),
    "llama": Kind("llama", (PLAIN,) * 3),
    "granitemoe": Kind("granitemoe", ({**PLAIN, **SHARED},) * 3, {"logit_scale": 2.0, **SHARED_FEED}),
    "granitehybrid": Kind(
        "granitehybrid",
        tuple({**mixer, **NORM, **APART, **SHARED} for mixer in (_MAMBA, ATTENTION, _MAMBA)),
        {**_MAMBA_FIGURES, **SHARED_FEED, "attention.head_count_kv": [0, HEADS, 0], "logit_scale": 2.0},
    ),
    "gpt-oss": Kind("gpt-oss", (_GPT,) * 3, _GPT_FIGURES, OUTPUT, experts_in=GGMLQuantizationType.MXFP4),
    "lfm2moe": Kind(
        "lfm2moe",
        ({**_SHORT, **NORM, **DENSE}, *({**mixer, **NORM, **APART, **BIAS}
                                        for mixer in (_SHORT, {**ATTENTION, **HEAD_NORMS}, _SHORT))),
        {"shortconv.l_cache": 3, "attention.head_count_kv": [0, 0, HEADS, 0], "leading_dense_block_count": 1,
         "expert_gating_func": SIGMOID},
        norm="token_embd_norm",
    ),
    "deepseek2": Kind(
        "deepseek2",
        ({**_MLA, **NORM, **DENSE}, *({**_MLA, **NORM, **APART, **SHARED, **BIAS},) * 3), _MLA_FIGURES, OUTPUT
    ),
    "deepseek2 fused": Kind(
        "deepseek2",
        ({**_MLA, **NORM, **DENSE}, *({**_MLA, **NORM, **FUSED, **SHARED, **BIAS},) * 3), _MLA_FIGURES, OUTPUT
    ),
    "qwen35moe": Kind("qwen35moe", delta_net(APART), DELTA_FIGURES),
    "qwen35moe fused": Kind("qwen35moe", delta_net(FUSED), DELTA_FIGURES),
    "qwen35moe with its next token's layer": Kind(
        "qwen35moe",
        (*delta_net(APART), {**GATED, **GATED_FEED, **APART, **NEXT}),
        {**DELTA_FIGURES, "nextn_predict_layers": 1},
        idle=1,
    ),
    "gemma4": Kind("gemma4", ({**_GEMMA, **FUSED},) * 3, _GEMMA_FIGURES, {"rope_freqs": (HEAD // 2,)}),
    "gemma4 apart": Kind("gemma4", ({**_GEMMA, **APART},) * 3, _GEMMA_FIGURES, {"rope_freqs": (HEAD // 2,)}),
}  # fmt: skip
"""By what they are called in the tests."""
