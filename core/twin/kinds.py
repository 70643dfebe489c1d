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
_POLITE = r"^(?:(?:please|actually|ok(?:ay)?|never ?mind|can you|could you|would you|will you|bitte|kannst du)[\s,]+)*"
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
        rf"^(?:(?:ok(?:ay)?|no|great|perfect|many|vielen|muchas)[\s,.!]+)?(?:thanks|thank you|thx|cheers"
        r"|danke?|merci|gracias|谢谢|धन्यवाद)(?: (?:a lot|so much|very much|again|you|schön|beaucoup|for .{1,40}))?"
        rf"(?:[\s,.!]+that(?:'s| is) (?:all|it))?{_NAME}{_END}"
    ),
    Courtesy.FAREWELL: _compiled(
        rf"^(?:bye(?: bye)?|goodbye|good night|see you(?: (?:later|tomorrow|soon))?|tschüss"
        rf"|au revoir|adiós){_NAME}{_END}"
    ),
    Courtesy.CHATTER: _compiled(
        rf"^(?:i see|got it|i understand|makes sense|well done|good (?:job|idea|point|to know)|no (?:problem|worries)"
        rf"|(?:you(?:'re| are)|that(?:'s| is)) (?:so |very )?(?:all|fine|good|great|nice|right|funny|kind|sweet)){_END}"
    ),
}

_FORGET_LAST = _compiled(
    rf"{_POLITE}(?:forget|delete|erase|remove|don'?t remember|do not remember|scratch)"
    r" (?:that|this|(?:about )?it|what i (?:just )?(?:said|told you)|the last (?:thing|one|message|memory))"
    rf"(?: (?:please|again|i said|i told you|i just said))*{_END}"
    rf"|{_POLITE}(?:vergiss|lösche?) (?:das|es)(?: wieder| bitte)?{_END}"
    rf"|^oublie (?:ça|cela)|^oublie-le{_END}|^olvida (?:eso|esto){_END}|^olvídalo{_END}|^忘了(?:它|吧|这个){_END}"
)
_FORGET_ABOUT = (
    _compiled(
        rf"{_POLITE}(?:forget|delete|erase|remove)\s+(?:(?:everything|all|anything|what(?:ever)?)\s+)?"
        r"(?:(?:i|that i|you know|i (?:told|said)(?: you)?)\s+)*"
        r"(?:about|that|my|the memory about|regarding)\s+(?P<rest>.+)$"
    ),
    _compiled(
        rf"{_POLITE}vergiss,? (?:alles|was ich)(?:,? was ich)? über (?P<rest>.+?)(?: gesagt habe| erzählt habe)?{_END}"
    ),
    _compiled(r"^oublie (?:tout|ce que j'ai dit) (?:sur|de) (?P<rest>.+)$"),
    _compiled(r"^olvida (?:todo|lo que dije) (?:sobre|de) (?P<rest>.+)$"),
)
_REMIND = _compiled(
    rf"{_POLITE}remind me\b(?! (?:of|what|who|whose|where|which|why|how)\b)|^erinner(?:e)? mich\b|^rappelle[- ]moi\b"
)
_REMEMBER = _compiled(
    rf"{_POLITE}(?:remember|don'?t forget|note(?: down)?|write down|save|keep in mind|merk dir)"
    r"(?: this| that)?[:,]?\s+(?!(?:when|how|what|who|where|(?:the|that) (?:time|day|night|summer|evening))\b)"
    r"(?P<rest>.+)$"
)
_PLEASE_REMEMBER = _compiled(
    r"^(?:can|could|will|would) you (?:please )?(?:remember|note|save)(?: this:| that)\s+"
    r"(?!(?:time|day|night|summer|evening|one)\b)"
)
# "Was at the dentist", "Had a good day", "Will is my brother", "May 3rd": no subject follows, nothing is asked
_NO_SUBJECT = r"been|to|not|at|in|on|with|so|too|very|really|just|is|was|has|had|got|no|and|\d+\w*"
_AUXILIARY = (
    rf"(?:is|are|am|were|do|does|did|has|can|could|will|would|should|may|might)(?! (?:{_NO_SUBJECT})\b)"
    rf"|(?:had|have|was)(?! (?:an?|{_NO_SUBJECT})\b)"
)
_ASKS = _compiled(
    r"^¿?(?:(?:so|and|but|well|ok(?:ay)?|hey|hi|please|sorry)[\s,]+)*"
    rf"(?:{_AUXILIARY}|who|whose|whom|what|when|where|which|why|how|what's|who's|where's|when's|how's|"
    r"wer|wann|wo|wohin|woher|wie|warum|welche[rsmn]?|habe ich|qui|que|quoi|quand|où|comment|pourquoi|quel(?:le)?s?"
    r"|quién|qué|cuándo|dónde|cómo|por qué|cuál)\b"
    r"|什么|谁|哪|几[点岁个]|多少|怎么|吗$|क्या|कौन|कहाँ|कब |क्यों|कैसे|कितन"
)
_TOLD = _compiled(
    r"^(?:(?:when|what|where|how|who|which|why) (?:i|we|my|our|he|she|they|it|the|a)\b"
    r"(?:.*[.!。]$|.*\b(?:i|we|he|she|they)\b)|what (?:i|we) .* (?:is|was) |which is why\b|.*。$)"
)
_WONDERS = _compiled(
    r"^(?:(?:so|and|but|well|sorry)[\s,]+)*"
    r"i (?:wonder|forgot|forget|(?:can ?not|can't|don'?t|do not) (?:remember|recall)"
    r"|(?:want|need|would like|'d like) to know)"
    r" (?:what|where|when|who|whose|which|why|how|if|whether)\b(?! to\b)"
)
_ABOUT = _compiled(
    rf"{_POLITE}(?:tell me|show me|list|find|search(?: for)?|look up|remind me|recall"
    r"|remember (?=when|how|what|who|where|(?:the|that) (?:time|day|night|summer|evening)))\b"
    r"(?!\s+(?:a|an|some|another|one)\b(?!.*\b(?:i|my|me)\b.*\b(?:said|told|wrote)\b))"
)
_LOOKS_UP = _compiled(
    rf"{_POLITE}(?:give me|describe|explain|summari[sz]e)\b(?! (?:an?|some|another|\d+|two|three|four|five|ten)\b)"
)
_REQUEST = _compiled(
    rf"{_POLITE}(?:write|explain|translate|give me|tell me (?:a|an|some|another)|summari[sz]e"
    r"|define|calculate|compute|suggest|recommend|compose|draft|describe|convert|spell|make (?:me )?(?:a|up)"
    r"|name (?:a|an|some|one|two|three|four|five)|sing|play|help me (?:to |with )?\w+"
    r"|schreibe?|erzähle? mir|erkläre?|übersetze?|écris|raconte|explique|traduis"
    r"|escribe|cuéntame|explica|traduce)\b|^(?:请|帮我)?(?:写|讲|翻译|解释)"
)
_CHATTER = frozenset(
    "ok okay yes no yeah nope sure fine great cool nice wow hm hmm lol haha good right true perfect interesting"
    " really awesome sorry please ja nein oui non sí".split()
)
_YES_OR_NO = frozenset("yes no yeah nope ja nein oui non sí".split())
_PERSONAL = frozenset(
    "i my me mine myself we our us ours ich mein meine meinen meiner mir mich wir unser je mon ma mes moi nous"
    " notre yo mi mis nosotros nuestro 我 我的".split()
)
_ADDRESSED = frozenset("me us mir mich moi nous".split())
"""Personal words that say nothing of what is wanted: "explain it to me"."""
_SAID = _compiled(
    r"\b(?:did|have|had) (?:i|we)\b|\b(?:i|we) (?:said|told|mentioned|wrote)\b|\b[jm]['’]|我|मे|मैं|मुझ"
)


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
    for pattern in _FORGET_ABOUT:
        if match := pattern.match(plain):
            return Command.FORGET_ABOUT, match["rest"].rstrip(" .!?")
    if _REMIND.match(plain):
        return Command.REMIND, plain
    return None


def statement_of(text: str) -> str:
    """A statement without its "remember that": what is kept is verbatim, this is what is read back."""
    match = _REMEMBER.match(text.strip())
    return match["rest"].rstrip(" ?") if match else text.strip()


def _asks(text: str) -> bool:
    if text.rstrip(" )\"'”").endswith(("?", "？", "؟")) or _WONDERS.match(text):
        return True
    return bool(_ASKS.search(text)) and not _TOLD.match(
        text
    )  # `When I was five I broke my arm.` asks nothing


def turn_kind(text: str, names: Collection[str]) -> TurnKind:
    """The kind of a turn. `names` are lower-case words of the names that the memories know."""
    plain = text.strip()
    if command(plain):
        return TurnKind.COMMAND
    if courtesy(plain):
        return TurnKind.SMALLTALK
    if _PLEASE_REMEMBER.match(plain) or (_REMEMBER.match(plain) and not plain.endswith("?")):
        return TurnKind.STATEMENT
    said = words(plain)
    if not said:
        return TurnKind.SMALLTALK
    own = (_PERSONAL | set(names)) & set(said)
    personal = bool(own) or bool(_SAID.search(plain))
    if _LOOKS_UP.match(plain) and own - _ADDRESSED:
        return TurnKind.QUESTION
    if _REQUEST.match(plain):
        return TurnKind.GENERAL
    if _asks(plain):
        return TurnKind.QUESTION if personal else TurnKind.OPEN
    if _ABOUT.match(plain):
        return TurnKind.QUESTION
    return _told_kind(said, personal)


def _told_kind(said: list[str], personal: bool) -> TurnKind:
    most = 2 if said[0] in _YES_OR_NO else 4  # "no, it is blue" tells something
    if len(said) <= most and said[0] in _CHATTER and not personal:
        return TurnKind.SMALLTALK
    return TurnKind.STATEMENT
