"""Whether a question asks for a fact, and for which: "where do I live", "what was Anna's address in 2021".

None unless the whole question is one of `core.twin.fact_phrases`, with its time and some polite words around it: "why
do I live here" asks for no fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from second_me.core.memory.facts.claims import ME, Qualifier
from second_me.core.memory.facts.slots import Slot
from second_me.core.temporal.find import expressions
from second_me.core.temporal.spans import Expression, ExpressionKind, Grain, Span
from second_me.core.twin.fact_phrases import NOUNS, SAYS_NO_PAST, SENTENCES, TIMELESS, Noun

Known = Callable[[str], str | None]
"""A name, or a relation behind "my" ("my sister"), in any case -> the subject that it stands for; None: nobody that
the memories know."""

LONGEST = 120
"""Characters of a question that is looked at: one that asks for a fact is short."""

_WHO = r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3}"
_POSSESSIVE = "my|our|your|his|her|their"
_PLACES = {
    "{who}": rf"(?P<who>{_WHO})",
    "{own}": rf"(?:(?P<mine>{_POSSESSIVE})|(?P<whose>{_WHO})['’]s?)",
    "{do}": r"(?:do|does|(?P<did>did))",
    "{be}": r"(?:am|is|are|['’]?(?:s|re)|(?P<did>was|were))",
    "{a}": r"(?:an?|any)",
}
_OLD = r"(?:(?P<old>old|former|previous|last|earlier|ex[- ])\s?|(?:current|present|new|actual) )?"
_LEAD = re.compile(
    r"^[¿\s]*(?:(?:and|so|hey|hi|hello|ok(?:ay)?|well|please|sorry|um|but|also|und|et|y)[\s,]+)*"
    r"(?P<asking>(?:(?:can|could|would) you (?:please )?(?:tell me|remind me(?: of)?)|(?:please )?tell me"
    r"|(?:please )?(?:remind me(?: of)?|(?:give|show|send) me)|do you have|do you (?:still )?(?:know|remember)"
    r"|i (?:forgot|(?:don['’]?t|can['’]?t|cannot|do not|can not) (?:know|remember|recall)|wonder"
    r"|(?:want|need) to know)|i need)[\s,:]+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]+(?P<word>now|right now|currently|at the moment|at present|these days|nowadays|today|please|exactly"
    r"|anyway|actually|by the way|again|jetzt|bitte|s['’]il te plaît|por favor))?[\s?.!]*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"[\s,]+(?:before|previously|earlier|in the past|formerly|früher|avant|antes)$", re.IGNORECASE
)
_AT_A_TIME = re.compile(
    r"(?:^|[\s,]+)(?:(?:back )?(?:in|on|at|during|around|as of)(?: the)?|back|en|im|(?P<until>before))?\s*$",
    re.IGNORECASE,
)
_IN_CONTEXT = re.compile(r"\s*\((?P<names>[^()]*)\)\s*$")
_AND_THEN = re.compile(r"\?\s+(?:(?:and|und|et|y)|(?:what|how) about)\s+", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\s])[A-Z][\w-]+")
_DID_USE = re.compile(r"\b(do|does|did) (.+?) used? to (?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedFact:
    """The fact that a question asks for.

    `subject` is "me" or a name that the memories know; `slots` where the answer may stand, the best first; `span` the
    time that is asked about (None: now). `past`: of what holds no more ("before", "my old number"). `qualifier` other
    than NONE: only of that ("my work number"). `word`: the fact tells of it ("my dog's name"), `name`: and
    says more than that it is one.
    """

    subject: str
    slots: tuple[Slot, ...]
    span: Span | None = None
    past: bool = False
    qualifier: Qualifier = Qualifier.NONE
    word: str = ""
    name: bool = False

    @property
    def when(self) -> datetime | None:
        """The middle of the time that is asked about."""
        return self.span.start + (self.span.end - self.span.start) / 2 if self.span else None


def asked_fact(question: str, now: datetime | None, known: Known, asker: bool = True) -> AskedFact | None:
    """The fact that a question asks for, or None. `now` (naive) is when it is asked; without it only times with their
    year count. `asker`: the person asks; else somebody else does, to whom the person is "you"."""
    if len(question) > LONGEST:
        return None
    context = _IN_CONTEXT.search(question)
    if context is not None:
        question, known = question[: context.start()], _with_pronouns(known, context["names"])
    elif (then := _AND_THEN.search(question)) is not None:
        names = " ".join(_NAME.findall(question[: then.start()]))
        reader = _Reader(_with_person(_with_pronouns(known, names), asker))
        later = question[then.end() :]  # "Where does Anna live? And when was she born?"
        if (found := reader.plain(later) or reader.timed(later, now)) is not None:
            return found
    reader = _Reader(_with_person(known, asker))
    return reader.plain(question) or reader.timed(question, now)


_FIRST_PERSON = frozenset("i we my our mein meine meiner mon ma mes mi mis".split())
_SECOND_PERSON = frozenset({"you", "your"})


def _with_person(known: Known, asker: bool) -> Known:
    """First person of the person who asks, second person of whoever is asked about by others."""
    mine = _FIRST_PERSON if asker else _SECOND_PERSON
    nobody = _SECOND_PERSON if asker else _FIRST_PERSON

    def subject(words: str) -> str | None:
        said = words.casefold().split()
        if said in ([each] for each in mine):
            return ME
        if not said or said[0] in nobody or (said[0] in mine and not asker and len(said) < 2):
            return None
        if said[0] not in mine:
            return known(words)
        rest = " ".join(words.split()[1:])
        return known(f"my {rest}") or (known(" ".join(words.split()[2:])) if len(said) > 2 else None)

    return subject


def _with_pronouns(known: Known, names: str) -> Known:
    """ "her" is whom the turn before names, when that is one."""
    found = {subject for name in names.split() if (subject := known(name)) is not None}
    one = known(names) or (found.pop() if len(found) == 1 else None)
    return lambda words: one if words.casefold() in _PRONOUNS else known(words)


_PRONOUNS = frozenset("he she they his her their him them".split())


class _Reader:
    """Reads questions; `subject` knows who is who."""

    def __init__(self, subject: Known) -> None:
        self._subject = subject

    def plain(self, question: str) -> AskedFact | None:
        """A question that names no time."""
        lead = _LEAD.match(question)
        said = question[lead.end() if lead else 0 :]
        tail = _TAIL.search(said)
        word = (tail["word"] or "").casefold() if tail else ""
        said = said[: tail.start()] if tail else said
        before = _BEFORE.search(said)
        said = said[: before.start()] if before else said
        used = _DID_USE.sub(r"\1 \2 ", said)
        behind = bool(lead and lead["asking"])
        for asked, match in self._readings(used, behind):
            groups = match.groupdict()
            was = bool(groups.get("did")) and word != "again" and asked.slots[0] not in SAYS_NO_PAST
            past = bool(before or groups.get("old") or used != said)
            if past and asked.slots[0] in TIMELESS:
                continue
            return replace(
                asked, past=past or was, word=(groups.get("word") or "").casefold(), name="name" in groups
            )
        return None

    def timed(self, question: str, now: datetime | None) -> AskedFact | None:
        """A question that names one time; None where it lies ahead, or where the fact has none."""
        question = _AND_THEN.sub(" ", question, count=1)  # "Where do I live? And in 2021?"
        found = [
            each
            for each in expressions(question, now or datetime(2000, 1, 1))
            if now is not None or each.absolute
        ]
        if len(found) != 1 or not _is_stretch(found[0]):
            return None
        (span,), lead = found[0].spans, _AT_A_TIME.search(question[: found[0].start])
        if lead is None or (now is not None and span.start > now):
            return None
        asked = self.plain(f"{question[: lead.start()]} {question[found[0].end :].lstrip(' ,')}".strip())
        if asked is None or asked.slots[0] in (*TIMELESS, Slot.PLAN):
            return None
        if lead["until"]:
            span = Span(span.start - timedelta(days=1), span.start, Grain.DAY)
        return replace(asked, span=span, past=False)

    def _readings(self, said: str, behind: bool) -> Iterator[tuple[AskedFact, re.Match[str]]]:
        for noun in NOUNS:
            for form in _noun_forms(noun, behind):
                if (match := form.fullmatch(said)) and (subject := self._of(match, noun.slots)):
                    yield AskedFact(subject, _of_name(noun.slots, match), qualifier=noun.qualifier), match
        for sentence in SENTENCES:
            if sentence.indirect and not behind:
                continue
            for words in sentence.words.split(" | "):
                match = _compiled(words).fullmatch(said)
                if match and (subject := self._of(match, sentence.slots)):
                    yield AskedFact(subject, sentence.slots), match

    def _of(self, match: re.Match[str], slots: tuple[Slot, ...]) -> str | None:
        groups = match.groupdict()
        who = next((groups[name] for name in ("who", "mine", "whose") if groups.get(name)), None)
        if who is None:
            return ME
        subject = self._subject(who)
        return None if subject == ME and slots[0] is Slot.RELATION else subject


def _of_name(slots: tuple[Slot, ...], match: re.Match[str]) -> tuple[Slot, ...]:
    """ "My sister's name" is told by who she is; "Anna's name" is her full one."""
    groups = match.groupdict()
    whose = groups.get("whose") or groups.get("who") or ""
    return (Slot.RELATION, *slots) if slots[0] is Slot.NAME and whose.casefold().startswith("my ") else slots


def _is_stretch(expression: Expression) -> bool:
    kinds = (ExpressionKind.POINT, ExpressionKind.RANGE)
    open_end = expression.quote.casefold().startswith(("since", "seit", "depuis", "desde"))
    return expression.kind in kinds and len(expression.spans) == 1 and not open_end


@cache
def _compiled(words: str) -> re.Pattern[str]:
    words = words.replace(" {be}", r"\s?{be}")  # "what's"
    for place, form in _PLACES.items():
        words = words.replace(place, form)
    return re.compile(words, re.IGNORECASE)


@cache
def _noun_forms(noun: Noun, behind: bool) -> tuple[re.Pattern[str], ...]:
    """ "What is my number", "what is the number of Anna", "my number", "what my number is"."""
    asks = rf"(?:{noun.asked_by})"
    forms = [
        rf"{asks} {{be}} {{own}} {_OLD}(?:{noun.words})",
        rf"{asks} {{be}} the {_OLD}(?:{noun.words}) of {{who}}",
    ]
    if noun.alone:
        forms += [rf"{{own}} {_OLD}(?:{noun.words})", rf"the {_OLD}(?:{noun.words}) of {{who}}"]
    if behind:
        forms.append(rf"{asks} {{own}} {_OLD}(?:{noun.words}) (?:is|are|(?P<did>was|were))")
    return tuple(_compiled(form) for form in forms)
