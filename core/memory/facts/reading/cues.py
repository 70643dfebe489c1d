"""Cues: how sentences begin that correct, greet, or tell of a move, a promotion or another name."""

from __future__ import annotations

import re

CORRECTION = re.compile(
    r"^\W*(?:(?:oh |oops,? |wait,? |ah,? |sorry,? )?no,? (?:actually|wait|sorry|i|it|my|that|we)\b"
    r"|correction\b|typo\b|(?:scrap|strike) that\b|(?:sorry|no|oops),? i mean\b"
    r"|korrektur\b|(?:sorry|oops|whoops|wait)[,.:!]? (?:no|not|i meant|wrong|it'?s|that'?s|that was|my \w+ is"
    r"|actually)\b"
    r"|actually,? (?:no|it'?s not|that'?s (?:wrong|not)|not|i (?:don'?t|never))\b|scratch that|my mistake"
    r"|i (?:was wrong|misspoke|meant|lied)|that(?:'s| is| was) (?:wrong|not right|incorrect|outdated)"
    r"|\*(?=\w))",
    re.IGNORECASE,
)
"""How a sentence that takes something back begins."""
TOLD_WRONG = re.compile(
    r"\b(?:told|gave|wrote|typed|said) (?:you |it |them )?(?:the )?wrong\b|\bi (?:mistyped|misspelled)\b",
    re.I,
)
"""What was told was wrong."""
PROMOTED = re.compile(
    r"\b(?:i|i['’]ve|i have|me)(?: \w+)? (?:got |been |was )?promoted\b|\bpromoted me\b|\bmy promotion\b"
    r"|\bi(?:['’]ve)? (?:just )?got (?:the|a|my) promotion\b",
    re.IGNORECASE,
)
"""The person has been promoted."""
RENAMED = re.compile(
    r"\b(?:i|we|i['’]ve|we['’]ve)(?: have| just| legally)? (?:changed|took|kept|taken)"
    r" (?:\w+ )?(?:\w+['’]s )?(?:\w+ )?name\b",
    re.IGNORECASE,
)
"""The person has another name now, or kept theirs."""
MOVED = re.compile(
    r"\b(?:we|i)(?:['’]ve| have)? (?:just |finally |now )?(?:got the keys|swapped (?:flats|houses|apartments))\b"
    r"|^\W*(?:just |finally )?moved (?:house|flat|in|yesterday|last|at|on \w+day)\b"
    r"|\b(?:we|i)(?:['’]ve| have)? (?:just |finally |now )?(?:moved|relocated)\b(?! (?:on(?! \w+day)|my"
    r"|the|our|his|her|it)\b)",
    re.IGNORECASE,
)
"""The person has moved."""
THATS_MINE = re.compile(
    r"^\W*(?:that|this|it)(?:'s| is|’s) (?:mine|my (?:\w+ )?(?:number|mobile|cell|email|phone)\b)", re.I
)
"""The sentence behind a number says whose it is."""
GREETING = re.compile(
    r"\bintro\b|new (?:to|in) (?:the|this) (?:group|forum|team|class|channel|server)|\b(?:hi|hello"
    r"|hey|hiya|howdy|greetings|good (?:morning|evening|afternoon|day)|nice to meet"
    r"|pleased to meet"
    r"|introduc\w+|my name|call me|new here|years old|by the way|btw|speaking)\b",
    re.IGNORECASE,
)
"""Somebody introduces themselves."""
