"""Clauses: a sentence's words, cut where a new statement begins.

A comma or an "and" begins one only when a subject with a verb follows, or a verb of the same form ("I live in Kraków
and work in a bakery"); in a list they stay inside the clause ("peanuts, shellfish and eggs").
"""

from __future__ import annotations

from dataclasses import dataclass

from second_me.core.memory.facts.reading.verbs import ADVERBS, BE, MODAL, NEGATIVE, VERBS
from second_me.core.memory.facts.reading.words import Kind, Word

LEADS = frozenset(
    """if unless because although though while whereas when whenever until till where which who whose whom whether
    but so wherever except cause""".split()
)
"""Words that begin a clause wherever they stand."""
JOINS = frozenset({"and", "or", "then", "plus", "yet", ",", "nor"})
_IN_LINE = frozenset({",", "'", "/", "*", "_", "#", "%", "$", "€", "£", "+", "."})
"""Marks that end no clause."""
_SUBJECTS = frozenset({"i", "we", "he", "she", "they", "you", "it", "there"})
_OWNERS = frozenset(
    {"my", "our", "his", "her", "their", "your", "the", "this", "that", "these", "those", "a", "an"}
)
_HELPERS = (
    BE
    | MODAL
    | frozenset({"have", "'ve", "has", "had", "do", "does", "did", "will", "'ll", "can", "ca", "wo"})
)
_ASKING = frozenset(
    "what how why any which where when who whats can could do does did is are should would will".split()
)
_FILLERS = ADVERBS | frozenset(
    """well anyway anyways btw oh omg yeah yep yes ok okay hi hey hello lol haha fyi no nope nah hmm um uh so
    and but like wait sorry thanks too honestly listen look damn wow ah dear please also plus then afterwards
    meanwhile man dude mate guys folks gosh eh""".split()
)
_PREPOSITIONS = frozenset(
    "of in on at with for to by from about like than without between and or near as".split()
)
_ING_CLAUSES = frozenset({"living", "working", "studying", "teaching", "planning", "training"})
_EMBEDDING = frozenset(
    """think thought guess believe suppose wish hope say said says told tell know knew mean meant mentioned
    mention me you him her them claims claim imagine pretend forgot remember if that once feel swear heard
    admit""".split()
)
"""Words after which "my" may begin a statement."""
WINDOW = 7
"""Words within which the verb of a subject must come."""


@dataclass(slots=True)
class Clause:
    """`lead` is the word or mark that it began with ("" at the start), `before` the word in front of it."""

    words: list[Word]
    lead: str = ""
    before: str = ""


def clauses_of(words: list[Word]) -> list[Clause]:
    """The clauses of a sentence, in order; none is empty."""
    found = [Clause([])]
    at = 0
    while at < len(words):
        step, lead = _boundary(words, at, found[-1])
        if lead is None:
            found[-1].words.append(words[at])
            at += 1
            continue
        found.append(Clause([], lead, words[at - 1].low if at else ""))
        at += step
    return [clause for clause in found if clause.words]


def _boundary(words: list[Word], at: int, open_clause: Clause) -> tuple[int, str | None]:
    """(words that the boundary takes, how the new clause begins); (0, None) where none begins."""
    word = words[at]
    if (
        word.low == ":"
        and 0 < at < len(words) - 1
        and words[at - 1].end == word.start
        and words[at + 1].start == word.end
    ):
        return 0, None
    if word.low in ("-", "–") and _in_address(words, at):
        return 0, None
    if word.kind is Kind.MARK and word.low not in _IN_LINE:
        return (0, None) if _is_label(words, at, open_clause) else (1, word.low)
    if word.low in LEADS:
        return 1, word.low
    if word.low in ("since", "as", "that", "cause") and begins(words, at + 1, None):
        told = word.low == "as" and words[at + 1].low in ("a", "an")  # "my job as a florist is ..."
        return (0, None) if told else (1, word.low)
    if word.low in JOINS:
        return _join(words, at, open_clause)
    if open_clause.words and word.low in ("i", "we", "he", "she", "they") and _after_verb(words, at):
        return 0, _inner(words, at)
    if (
        word.low in ("my", "our")
        and open_clause.words
        and words[at - 1].low in _EMBEDDING
        and _has_verb(words, at + 1)
    ):
        return 0, _inner(words, at)
    return 0, None


def _in_address(words: list[Word], at: int) -> bool:
    """ "Mumbai - 400050", "São Paulo - SP"."""
    if not 0 < at < len(words) - 1 or not words[at - 1].cap:
        return False
    after, closed = words[at + 1], at + 2 >= len(words) or words[at + 2].kind is not Kind.WORD
    code = after.kind is Kind.NUMBER and len(after.low) in (5, 6) and after.low.isdigit()
    state = after.kind is Kind.WORD and after.cap and after.end - after.start == 2 and after.low.isalpha()
    return closed and (code or (state and after.low not in BE | {"no", "my", "we", "he", "it", "so", "ok"}))


def _is_label(words: list[Word], at: int, open_clause: Clause) -> bool:
    """ "My new number: 06 12 34 56 78": a colon that stands for "is"."""
    return words[at].low == ":" and 0 < len(open_clause.words) <= 6 and not begins(words, at + 1, None)


def _join(words: list[Word], at: int, open_clause: Clause) -> tuple[int, str | None]:
    """Whether the words after a comma or an "and" are a new clause."""
    after, lead = at, words[at].low
    while after < len(words) and words[after].low in JOINS:
        lead = words[after].low
        after += 1
    if begins(words, after, open_clause):
        return after - at, lead
    return 0, None


def _after_verb(words: list[Word], at: int) -> bool:
    """A pronoun that is a subject here, not "and I" of a list nor "than I"."""
    return words[at - 1].low not in JOINS | _PREPOSITIONS | _HELPERS and at + 1 < len(words)


def _inner(words: list[Word], at: int) -> str | None:
    return "+" + words[at - 1].low


def begins(words: list[Word], at: int, open_clause: Clause | None) -> bool:
    """Whether a clause begins at words[at]. With `open_clause` a verb without a subject may begin one too."""
    while at < len(words) - 1 and words[at].low in _FILLERS and words[at].low not in _HELPERS:
        at += 1
    if at + 1 >= len(words):
        return False
    low, following = words[at].low, words[at + 1]
    if low in _SUBJECTS:
        return following.kind is not Kind.MARK and following.low not in JOINS
    if (
        at > 1
        and words[at].cap
        and words[at - 2].cap
        and following.low in ("are", "were", "have", "both", "live", "love")
    ):
        return False
    if low in _OWNERS or (words[at].cap and low not in VERBS):
        return _has_verb(words, at + 1)
    if open_clause is None:
        return False
    if (
        low in _ING_CLAUSES
        and following.low in ("as", "at", "for", "in")
        and len(open_clause.words) < 4
        and at > 1
    ):
        return True
    if low in _ASKING and (
        following.low in _SUBJECTS | _HELPERS | _OWNERS or low in ("what", "how", "any", "which")
    ):
        return True
    return following.low not in JOINS and _same_verb(words, at, open_clause)


def _has_verb(words: list[Word], at: int) -> bool:
    """A finite verb comes before the next mark or join."""
    for place in range(at, min(at + WINDOW, len(words))):
        word = words[place]
        if word.low in JOINS or word.low in LEADS or (word.kind is Kind.MARK and word.low != "."):
            return False
        if word.low == "'s" and not _is_possessive(words, place):
            return True
        if word.low in _HELPERS - {"'s", "being", "been"}:
            return True
        known = VERBS.get(word.low)
        if known and (known[1] == "s" or (known[1] == "past" and known[0] != word.low)):
            return True
    return False


def _is_possessive(words: list[Word], place: int) -> bool:
    """Whether "'s" at this place belongs to a possessor: a noun follows that is followed by a verb."""
    following = [word.low for word in words[place + 1 : place + 4]]
    return any(low in _HELPERS for low in following)


def _same_verb(words: list[Word], at: int, open_clause: Clause) -> bool:
    """A verb whose form is that of the clause so far."""
    low = words[at].low
    if low in NEGATIVE and at + 1 < len(words):
        return low == "never" and words[at + 1].low in VERBS
    if low in _HELPERS:
        verbal = any(word.low in _HELPERS or word.low in VERBS for word in open_clause.words)
        return low not in ("'s", "'d") and verbal
    known = VERBS.get(low)
    if known is None or not open_clause.words:
        return False
    tenses = {VERBS[word.low][1] for word in open_clause.words if word.low in VERBS}
    if known[1] == "ing":
        return low in _ING_CLAUSES and any(word.low in BE for word in open_clause.words)
    helped = any(word.low in _HELPERS for word in open_clause.words)
    return (
        known[1] in tenses
        or (helped and known[1] in ("base", "s"))
        or (known[1] == "base" and "past" in tenses)
    )
