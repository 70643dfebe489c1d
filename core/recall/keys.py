"""What a memory is found by, and what a question asks for: words, in one spelling.

The key of an episode holds its text, its speaker, its date and the dates it tells of in words (LongMemEval: keys
may be richer than values). Scripts without spaces are cut into bigrams, on both sides, because a word index sees
a whole run of them as one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from second_me.core.temporal.events import read_times
from second_me.core.temporal.spans import Grain, Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_WIDE = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
_WIDE_RUN = re.compile(f"[{_WIDE}]+")
_SEAM = re.compile(rf"(?<=[{_WIDE}])(?=[^\W_{_WIDE}])|(?<=[^\W_{_WIDE}])(?=[{_WIDE}])")
_MONTHS = ("January February March April May June July August September October November December").split()
_SEASONS = ("winter", "spring", "summer", "autumn")

STOP_WORDS = frozenset(
    """a about after again all am an and any are aren't as at be because been before being between both but by
    can can't could couldn't did didn't do does doesn't doing don't down during each few for from further had
    hadn't has hasn't have haven't having he he'd he'll he's her here hers herself him himself his how how's i
    i'd i'll i'm i've if in into is isn't it it's its itself let's me more most my myself no nor not of off on
    once only or other ought our ours out over own same she she'd she'll she's should shouldn't so some such
    than that that's the their theirs them then there there's these they they'd they'll they're they've this
    those through to too under until up very was wasn't we we'd we'll we're we've were weren't what what's when
    when's where where's which while who who's whom why why's will with won't would wouldn't you you'd you'll
    you're you've your yours yourself
    der die das ein eine und oder ist sind war ich du er sie es wir ihr mein dein nicht mit von zu im in auf
    was wer wann wo wie warum le la les un une des et ou est sont je tu il elle nous vous mon ma mes ne pas
    de du que qui quand où comment el los las una y o es son yo tú mi mis no con por para qué quién cuándo
    dónde cómo""".split()
)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> list[str]:
    """Words of a text in lower case, possessive endings dropped, wide scripts left as runs."""
    return [word.removesuffix("'s") for word in _WORD.findall(_folded(text).replace("’", "'"))]


def bigrams(text: str) -> list[str]:
    """Neighbouring letters of every run of a script without spaces (a run of one letter stays as it is)."""
    found: list[str] = []
    for run in _WIDE_RUN.findall(_folded(text)):
        found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return found


def date_words(time: datetime | None) -> str:
    """A date as people write it in questions: `7 May 2023`."""
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year}" if time else ""


def time_words(spans: Iterable[Span], spoken_at: datetime | None = None) -> str:
    """The dates of spans as people write them: `7 May 2023`, `May 2023`, `summer 2023`, `2023`, `1990s`.

    What `date_words(spoken_at)` says already is left out; a stretch says its first and its last month.
    """
    said = dict.fromkeys(part for span in spans for part in _span_words(span))
    return " ".join(part for part in said if part != date_words(spoken_at))


def _span_words(span: Span) -> list[str]:
    first, last = span.start, span.end - timedelta(minutes=1)
    months = [f"{_MONTHS[at.month - 1]} {at.year}" for at in (first, last)]
    if span.grain in (Grain.MINUTE, Grain.HOUR, Grain.PART, Grain.DAY):
        return (
            [date_words(first)] if last - first < timedelta(days=2) else [date_words(first), date_words(last)]
        )
    if span.grain is Grain.SEASON:
        return [f"{_SEASONS[first.month % 12 // 3]} {first.year}"]
    if span.grain is Grain.DECADE:
        return [f"{first.year}s"]
    return [str(at.year) for at in (first, last)] if span.grain is Grain.YEAR else months


def search_key(text: str, speaker: str, spoken_at: datetime | None) -> str:
    """The text under which the word index holds an episode, in the spelling of `query_terms`.

    The index folds neither "Straße" nor wide digits, and takes "我的iPhone" for one word.
    """
    told = time_words((each.span for each in read_times(text, spoken_at)), spoken_at)
    parts = [speaker, date_words(spoken_at), _SEAM.sub(" ", _folded(text)), *bigrams(text), told]
    return " ".join(part for part in parts if part)


def query_terms(question: str) -> list[str]:
    """Distinct words to look for, without stop words; all words when nothing else is left."""
    plain = words(_WIDE_RUN.sub(" ", _folded(question)))
    content = [word for word in plain if word not in STOP_WORDS and "'" not in word]
    return list(dict.fromkeys((content or plain) + bigrams(question)))
