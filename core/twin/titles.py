"""A conversation's title from its first turn."""

from __future__ import annotations

import re

LONGEST = 40
_OPENING = re.compile(
    r"^(?:(?:hi|hello|hey|please|so|and|ok|well)[\s,!.]+)*"
    r"(?:(?:can|could|would) you (?:please )?)?"
    r"(?:(?:please )?tell me (?:about )?|do you (?:know|remember) |remember (?:that )?"
    r"|what (?:did i|have i|i) (?:say|said|tell you|told you) about "
    r"|(?:who|what|when|where|which|how) (?:is|are|was|were) (?!(?:i|you|he|she|it|we|they)\b))?",
    re.IGNORECASE,
)


def title_of(text: str) -> str:
    """The first words that carry meaning, at most 40 characters, cut at a word. Empty for empty text."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    plain = _OPENING.sub("", line).strip(" ?!.,;:…\"'") or line
    if len(plain) > LONGEST:
        cut = plain[:LONGEST].rpartition(" ")[0]
        plain = (cut if len(cut) > LONGEST // 2 else plain[: LONGEST - 1]).rstrip(" ,;:") + "…"
    return plain[:1].upper() + plain[1:]
