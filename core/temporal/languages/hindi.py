"""Hindi, started. Words are kept without the nukta, which many leave out. कल is yesterday and tomorrow."""

from __future__ import annotations

from second_me.core.temporal import arithmetic as calendar
from second_me.core.temporal.languages.shared import (
    MONTHS,
    day_away,
    holiday,
    listed,
    numbered,
    same,
    units,
    weekdays,
)
from second_me.core.temporal.lexer import Lexicon, Tagged, without_nukta
from second_me.core.temporal.moments import Context, Moment, Tense
from second_me.core.temporal.spans import Grain, Span


def _either_way(days: int) -> Tagged:
    """A day that is so many days before or after now: the tense says which."""

    def make(context: Context) -> Span:
        return calendar.unit_away(context.now, days if context.tense is Tense.FUTURE else -days, Grain.DAY)

    return "Z", Moment(make, Grain.DAY)


_DECADES = tuple(enumerate("बीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे".split(), 2))

_WORDS = {
    **MONTHS["hi"],
    **weekdays("सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार"),
    **listed("W", {"इतवार": 6, "बृहस्पतिवार": 3}),
    **numbered("दो तीन चार पाँच छह सात आठ नौ दस", 2),
    **listed("N", {"पांच": 5, "छः": 6, "बारह": 12, "पंद्रह": 15, "बीस": 20, "तीस": 30}),
    **listed("A", {"एक": 1}),
    **listed("F", {"कुछ": 0, "कई": 0}),
    **units(
        {
            "मिनट मिनटों": Grain.MINUTE,
            "घंटा घंटे घंटों": Grain.HOUR,
            "दिन दिनों": Grain.DAY,
            "हफ़्ता हफ़्ते हफ़्तों सप्ताह सप्ताहों": Grain.WEEK,
            "सप्ताहांत": Grain.WEEKEND,
            "महीना महीने महीनों माह": Grain.MONTH,
            "साल सालों वर्ष वर्षों": Grain.YEAR,
            "दशक": Grain.DECADE,
        }
    ),
    **listed("P", {"सुबह": "morning", "दोपहर": "afternoon", "शाम": "evening", "रात": "night"}),
    **listed("S", {"गर्मियों": "summer", "सर्दियों": "winter", "वसंत": "spring", "पतझड़": "autumn"}),
    **listed("R", {"पिछले": -1, "पिछली": -1, "गत": -1, "इस": 0, "अगले": 1, "अगली": 1}),
    "आज": day_away(0),
    "कल": _either_way(1),
    "परसों": _either_way(2),
    "क्रिसमस": holiday(12, 25),
    **same("g", "पहले पूर्व"),
    **numbered("पहली दूसरी तीसरी चौथी", 1, "O"),
    **listed("U", {"तिमाही": Grain.QUARTER}),
    **{f"{word} के दशक": ("k", 1900 + 10 * tens) for tens, word in _DECADES},
    **listed("e", {"शुरुआत": "early", "मध्य": "mid", "अंत": "late"}),
    **same("B", "बीच"),
    **same("w", "बाद"),
    **same("z", "से"),
    **same("u", "तक"),
    **same("i", "में"),
    **same("n", "को"),
    **same("o", "का की के"),
    **same("&", "और"),
    **same("E", "हर प्रति"),
    **same("p", "मैं मैंने हम हमने वह उसने आप तुम"),
}

HINDI = Lexicon(
    language="hi",
    words={without_nukta(word): tagged for word, tagged in _WORDS.items()},
    future=r"[\u0900-\u097f]+(?:गा|गे|गी)(?=[\s।,.!?]|$)",
    past=r"(?<![\u0900-\u097f])(?:था|थी|थे|गया|गई|गए|हुआ|हुई|हुए|आया|आई|आए|किया|मिला|मिली|मिले|ने|मैंने|हमने|उसने|तुमने|आपने|उन्होंने)"
    r"(?=[\s।,.!?]|$)",
)
