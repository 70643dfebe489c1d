"""The sentences of a text as the reader takes them: "der 3. Mai" and "New number! 07700 ..." are one."""

from __future__ import annotations

import re

from second_me.core.memory.sentences import sentence_spans

_ORDINAL = re.compile(r"\d\.$")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|ul|os|al|pl|av|ap|bd|apt|ste|co|mt|ft|st|c)|\w{3,}str)\.$", re.IGNORECASE
)
_STREET = re.compile(r"(?:str|ave|rd)\.$", re.IGNORECASE)
_SMALL = re.compile(r"[a-zäöü]|(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|May|Mar|Oct|Dec)")
_LABEL = re.compile(
    r"\W*(?:(?:i(?:['’]ve)?|we(?:['’]ve)?) )?(?:(?:have|got|finally|just) ){0,2}(?:a |my |our )?new "
    r"(?:(?:phone|mobile|cell|home|work|private) )?(?:number|mobile|cell|phone|e-?mail(?: address)?)[.!:]*",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:it['’]s |it is )?(?:\+?[\d(][\d ()/.–-]{5,24}\d|[\w.+%-]{1,64}@[\w.-]{3,80})[.!]*")


def sentences_of(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a text in code points."""
    found: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        last = text[max(found[-1][1] - 12, 0) : found[-1][1]] if found else ""
        numbered = _STREET.search(last) and text[start].isdigit()
        goes_on = (_ORDINAL.search(last) and _SMALL.match(text, start)) or _SHORT.search(last) or numbered
        if goes_on or (found and _is_labelled(text[slice(*found[-1])], text[start:end])):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_labelled(label: str, value: str) -> bool:
    """ "New number!" and the number behind it."""
    return bool(_LABEL.fullmatch(label) and _BARE.fullmatch(value))
