"""Words that may stand for a word.

Two kinds. Groups, for questions in the first person only: "where do I live" is answered by "I moved to Bern"; a
word of the group counts as the asked one. And a table of nearness in meaning, for every question, as one sign
among many. English first; a later language adds rows.
"""

from __future__ import annotations

from collections.abc import Mapping

_GROUPS = (
    "live lives living home moved address flat apartment house street residence",
    "job work works working profession occupation employer company hired career",
    "car drive vehicle drove automobile",
    "birthday born birth turns turn turned",
    "phone number mobile telephone",
    "name called named",
    "wife husband spouse married partner",
    "mother mom mum mama",
    "father dad papa",
    "doctor physician gp dr",
    "eat food meal diet eats",
    "allergic allergy allergies intolerant",
    "pet cat dog hamster rabbit parrot",
    "child children kid kids son daughter",
    "brother sister sibling siblings",
    "study studied school university college degree graduated",
    "holiday vacation trip travel travelled",
    "hobby hobbies pastime free",
    "favourite favorite like love best prefer",
    "old age years birthday turns",
    "buy bought purchase purchased",
    "begin began start started",
)
_RELATED: dict[str, frozenset[str]] = {}
for _group in _GROUPS:
    _words = frozenset(_group.split())
    for _word in _words:
        _RELATED[_word] = _RELATED.get(_word, frozenset()) | _words

ENGLISH_FIRST_PERSON = frozenset(
    "i i'm i've i'll i'd me my mine myself we we're we've we'll us our ours ourselves".split()
)
FIRST_PERSON = ENGLISH_FIRST_PERSON | frozenset(
    """ich mich mir mein meine meinen meinem meiner wir uns unser unsere je j'ai moi mon ma mes nous notre nos
    yo mí mi mis nuestro nuestra मैं मैंने मुझे मेरा मेरी मेरे हम हमने हमारा""".split()
)
"""Words in which people speak of themselves, as `core.recall.keys.words` gives them."""


class NearWords:
    """The table: `word near:tenths near:tenths ...` a line, `#` begins a remark.

    Lines are taken apart when their word is asked for: ten thousand of them cost a start nothing.
    """

    def __init__(self, text: str) -> None:
        lines = (line.partition(" ") for line in text.splitlines() if not line.startswith("#"))
        self._lines = {word: rest for word, _, rest in lines}

    def __call__(self, word: str) -> Mapping[str, float]:
        """{word: how near, 0..1}; empty for a word that is not in the table."""
        pairs = (part.rpartition(":") for part in self._lines.get(word, "").split())
        return {near: int(tenths) / 10 for near, _, tenths in pairs}


def related(term: str) -> frozenset[str]:
    """The words that may stand for a term, without itself."""
    return _RELATED.get(term, frozenset()) - {term}
