"""Whether the person's next words object to what was answered. Pure, by how they begin."""

from __future__ import annotations

import re

_OBJECTION = re.compile(
    r"^\W*(?:no(?:pe)?(?=\s*[,.;:!–—-]|\s+(?:it|that|this|he|she|they|i|we|my|not)\b|\s*$)"
    r"|(?:that(?:'s| is)|it(?:'s| is)|this is|you(?:'re| are)) (?:not (?:right|true|correct)|wrong|incorrect|false)\b"
    r"|wrong\b|not true\b|incorrect\b|nein\b|(?:das )?stimmt nicht\b|non\b(?=\s*[,.!])|no es (?:así|verdad)\b)",
    re.IGNORECASE,
)
_POLITE = re.compile(r"^\W*no[,.\s]+(?:thanks|thank you|problem|worries|need|idea)\b", re.IGNORECASE)


def objects(text: str) -> bool:
    """True for "No, it is in Bergen" and "That's wrong"; false for "no thanks"."""
    said = text.replace("’", "'")
    return bool(_OBJECTION.match(said)) and not _POLITE.match(said)
