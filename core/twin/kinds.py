"""The kind of a turn, by rules: question, open question, statement, small talk, general request, command.

An *open* question names nothing of the person's: whether the memories answer it decides where it goes
(`core.twin.twin`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from second_me.core.recall.keys import words


class TurnKind(StrEnum):
    """What a turn wants. OPEN never leaves the twin: it becomes QUESTION or GENERAL."""

    QUESTION = "question"
    OPEN = "open"
    STATEMENT = "statement"
    SMALLTALK = "smalltalk"
    GENERAL = "general"
    COMMAND = "command"


class Command(StrEnum):
    """What a command asks for."""

    FORGET_LAST = "forget_last"
    FORGET_ABOUT = "forget_about"
    REMIND = "remind"


class Courtesy(StrEnum):
    """Small talk that has one right answer."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    HOW_ARE_YOU = "how_are_you"
    WHO_ARE_YOU = "who_are_you"
    WHAT_CAN_YOU_DO = "what_can_you_do"
    CHATTER = "chatter"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_END = r"[\s.!,?…)]*$"
_NAME = r"(?:[\s,]+(?:there|second me|everyone|again))?"

_COURTESIES = {
    Courtesy.WHO_ARE_YOU: _compiled(
        rf"^(?:so |and )?(?:who|what) (?:are you|is second me)(?: exactly)?{_END}|^what'?s your name{_END}"
    ),
    Courtesy.WHAT_CAN_YOU_DO: _compiled(
        rf"^(?:help|what can you (?:do|help (?:me )?with)(?: for me)?|how (?:do you|does this) work){_END}"
    ),
    Courtesy.HOW_ARE_YOU: _compiled(
        rf"^(?:(?:hi|hello|hey){_NAME}[\s,!.]*)?(?:how are (?:you|things)(?: doing)?(?: today)?"
        rf"|how'?s it going|what'?s up|wie geht'?s(?: dir)?|ça va){_END}"
    ),
    Courtesy.GREETING: _compiled(
        rf"^(?:hi|hello|hey|hiya|good (?:morning|evening|afternoon|day)|hallo|guten (?:tag|morgen|abend)"
        rf"|bonjour|salut|hola|buenos días|你好|नमस्ते){_NAME}{_END}"
    ),
    Courtesy.THANKS: _compiled(
        rf"^(?:ok(?:ay)?[\s,.!]*|great[\s,.!]*|perfect[\s,.!]*)?(?:thanks|thank you|thx|cheers|danke"
        r"|merci|gracias|谢谢)"
        rf"(?: (?:a lot|so much|very much|again|you|for .{{1,40}}))?{_NAME}{_END}"
    ),
    Courtesy.FAREWELL: _compiled(
        rf"^(?:bye(?: bye)?|goodbye|good night|see you(?: (?:later|tomorrow|soon))?|tschüss"
        rf"|au revoir|adiós){_NAME}{_END}"
    ),
}

_FORGET_LAST = _compiled(
    r"^(?:please |actually,? |ok,? )*(?:forget|delete|erase|remove|don'?t remember|do not remember|scratch)"
    r" (?:that|this|it|what i (?:just )?(?:said|told you)|the last (?:thing|one|message|memory))"
    rf"(?: (?:please|again|i said|i told you|i just said))*{_END}"
)
_FORGET_ABOUT = _compiled(
    r"^(?:please )?(?:forget|delete|erase|remove)\s+(?:(?:everything|all|anything|what(?:ever)?)\s+)?"
    r"(?:(?:i|that i|you know|i (?:told|said)(?: you)?)\s+)*"
    r"(?:about|that|my|the memory about|regarding)\s+(?P<rest>.+)$"
)
_REMIND = _compiled(
    r"^(?:please |can you |could you |will you )*remind me\b|^erinner(?:e)? mich\b|^rappelle[- ]moi\b"
)
_REMEMBER = _compiled(
    r"^(?:please |can you |could you )*(?:remember|note(?: down)?|write down|save|keep in mind|merk dir)"
    r"(?: this| that)?[:,]?\s+(?!when\b|how\b|what\b|who\b|where\b|the time\b)(?P<rest>.+)$"
)
_ASKS = _compiled(
    r"^(?:(?:so|and|but|well|ok(?:ay)?|hey|hi|please|sorry)[\s,]+)*"
    r"(?:who|whose|whom|what|when|where|which|why|how|is|are|am|was|were|do|does|did|has|have|had|can|could"
    r"|will|would|should|may|might|what's|who's|where's|when's|how's|"
    r"wer|was|wann|wo|wohin|woher|wie|warum|welche[rsmn]?|habe ich|qui|que|quoi|quand|où|comment|pourquoi|quel(?:le)?s?"
    r"|quién|qué|cuándo|dónde|cómo|por qué|cuál|什么|谁|哪|几)\b"
)
_ABOUT = _compiled(
    r"^(?:please )?(?:tell me|show me|list|find|search(?: for)?|look up|remind me of|summari[sz]e|recall)\b"
    r"(?!\s+(?:a|an|some|another|one)\b(?!.*\b(?:i|my|me)\b.*\b(?:said|told|wrote)\b))"
)
_REQUEST = _compiled(
    r"^(?:please |can you |could you |would you )*(?:write|explain|translate|give me|tell me (?:a|an|some|another)"
    r"|define|calculate|compute|suggest|recommend|compose|draft|describe|convert|spell|make (?:me )?(?:a|up)"
    r"|name (?:a|an|some|one|two|three|four|five)|sing|play)\b"
)
_CHATTER = frozenset(
    "ok okay yes no yeah nope sure fine great cool nice wow hm hmm lol haha good right true perfect interesting"
    " really awesome sorry please ja nein oui non sí".split()
)
_PERSONAL = frozenset(
    "i my me mine myself we our us ours ich mein meine meinen meiner mir mich wir unser je mon ma mes moi nous"
    " notre yo mi mis nosotros nuestro 我 我的 मैं मेरा मेरी".split()
)
_SAID = _compiled(r"\b(?:did|have|had) (?:i|we)\b|\b(?:i|we) (?:said|told|mentioned|wrote)\b|我|मे")


def courtesy(text: str) -> Courtesy | None:
    """The kind of small talk with one right answer, or None."""
    plain = text.strip()
    if (said := words(plain)) and all(word in _CHATTER for word in said):
        return Courtesy.CHATTER
    return next((kind for kind, pattern in _COURTESIES.items() if pattern.match(plain)), None)


def command(text: str) -> tuple[Command, str] | None:
    """A command and what it is about, or None."""
    plain = text.strip()
    if _FORGET_LAST.match(plain):
        return Command.FORGET_LAST, ""
    if match := _FORGET_ABOUT.match(plain):
        return Command.FORGET_ABOUT, match["rest"].rstrip(" .!?")
    if _REMIND.match(plain) and not plain.lower().startswith("remind me of "):
        return Command.REMIND, plain
    return None


def statement_of(text: str) -> str:
    """A statement without its "remember that": what is kept is verbatim, this is what is read back."""
    match = _REMEMBER.match(text.strip())
    return match["rest"] if match else text.strip()


def _asks(text: str) -> bool:
    return text.rstrip(" )\"'”").endswith(("?", "？", "؟")) or bool(_ASKS.match(text) and not _told(text))


def _told(text: str) -> bool:
    """`When I was five I broke my arm.` starts like a question and is none."""
    return text.rstrip().endswith((".", "!", "。")) and bool(
        re.match(
            r"^(?:when|what|where|how|who|which|why) (?:i|we|my|our|he|she|they|it|the|a)\b",
            text,
            re.IGNORECASE,
        )
    )


def turn_kind(text: str, names: Collection[str]) -> TurnKind:
    """The kind of a turn. `names` are lower-case words of the names that the memories know."""
    plain = text.strip()
    if command(plain):
        return TurnKind.COMMAND
    if courtesy(plain):
        return TurnKind.SMALLTALK
    if _REMEMBER.match(plain) and not plain.endswith("?"):
        return TurnKind.STATEMENT
    said = words(plain)
    if not said:
        return TurnKind.SMALLTALK
    personal = bool((_PERSONAL | set(names)) & set(said)) or bool(_SAID.search(plain))
    if _REQUEST.match(plain):
        return TurnKind.GENERAL
    if _asks(plain):
        return TurnKind.QUESTION if personal else TurnKind.OPEN
    if _ABOUT.match(plain):
        return TurnKind.QUESTION
    return _told_kind(said, personal)


def _told_kind(said: list[str], personal: bool) -> TurnKind:
    if len(said) <= 4 and said[0] in _CHATTER and not personal:
        return TurnKind.SMALLTALK
    return TurnKind.STATEMENT
