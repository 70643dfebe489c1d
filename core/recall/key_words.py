"""What a stated preference is called when it is asked for: words that the search key holds beside the text's own.

LongMemEval: keys may be richer than values; what comes back is the text. Kept to what grammar makes certain: "I
love hiking" is a preference, "I'd love to" is not. English; a later language adds rows. (Numbers in both spellings
were tried in the same place and gave nothing: docs/recall.md.)
"""

from __future__ import annotations

import re

_ADVERBS = r"(?:(?:really|absolutely|totally|always|just|also|still|do|truly|especially|so|very much) )*"
_AIMLESS = r"(?!to (?:hear|see|know)\b|it\b|that\b|how\b|your\b|this\b)"
_LIKES = re.compile(
    rf"\b(?:i|we) {_ADVERBS}(?:love|like|enjoy|adore|prefer)d? {_AIMLESS}"
    r"|\b(?:i|we)(?:'m| am|'re| are) (?:\w+ )?(?:into|fond of|crazy about|passionate about|a (?:big |huge )?fan of)\b"
    r"|\bmy (?:all-time |absolute )?favou?rite\b",
    re.IGNORECASE,
)
_DISLIKES = re.compile(
    rf"\b(?:i|we) {_ADVERBS}(?:hate|dislike|detest|can't stand|cannot stand|don't (?:really )?like)\b"
    r"|\b(?:i'm|i am) not (?:a (?:big )?fan of|into|fond of)\b",
    re.IGNORECASE,
)
_LIKED, _DISLIKED = "likes favourite preference hobby", "dislikes hates preference"


def preference_words(text: str) -> str:
    """What is added to the key of a text; empty for most."""
    plain = text.replace("’", "'")
    if _DISLIKES.search(plain):
        return _DISLIKED
    return _LIKED if _LIKES.search(plain) else ""
