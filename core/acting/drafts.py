"""Drafts for questions in free text: what is known of their topic, joined, or what recall finds of them, quoted. Each
names its memories; nothing is put into words of our own, and nothing is cut short."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from second_me.core.acting.forms import Field
from second_me.core.acting.values.asked import of_somebody_else
from second_me.core.acting.values.fitting import fits
from second_me.core.acting.values.known import Person
from second_me.core.memory.facts.claims import Fact
from second_me.core.memory.facts.slots import Slot

MOST_QUOTED = 3
"""Memories that a draft quotes."""
MOST_LISTED = 12
"""Values that a draft lists."""
LONGEST_LISTED = 6
"""Words of a question that asks for a list and nothing beside it."""
FEWEST_WORDS = 3
"""Words of a question that recall is asked for."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A memory that recall found: what was said, by the person."""

    memory_id: str
    text: str
    said_at: datetime | None


Recall = Callable[[str], Sequence[Recalled]]
"""Memories that answer a question, the best first; () for none that is good enough."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text for a field, and where it comes from: facts or memories. `listed`: a short question in one line is
    answered by a list of facts as they are, which is no draft."""

    text: str
    facts: tuple[Fact, ...] = ()
    memories: tuple[Recalled, ...] = ()
    listed: bool = False


_TOPICS: tuple[tuple[re.Pattern[str], tuple[Slot, ...]], ...] = tuple(
    (re.compile(rf"\b(?:{words})", re.IGNORECASE), slots)
    for words, slots in (
        (r"allerg|intoleran|unverträglichkeit|alergi|алерг", (Slot.ALLERGY,)),
        (r"diet(?:ary|s)?\b|ernährung|régime alimentaire|dieta|dieet|essgewohnheit|meal preference|food preference",
         (Slot.HABIT, Slot.ALLERGY)),
        (r"medical|health|condition|medication|(?:vor)?erkrank|krankheit|gesundheit|santé|salud|medisch"
         r"|gezondheid|salute|saúde",
         (Slot.HEALTH,)),
        (r"hobb|interest|spare time|free time|leisure|what do you (?:like|enjoy)|passion|freizeit|loisirs|aficion"
         r"|vrije tijd|intere[sz]|tempo libero|zainteresowania", (Slot.LIKES,)),
        (r"dislike|what don'?t you like|abneigung", (Slot.DISLIKES,)),
        (r"pets?\b|animals?\b|haustier|animal de compagnie|animaux|mascota|huisdier|animali domestici|zwierz",
         (Slot.PET,)),
        (r"languages? (?:you )?(?:can )?(?:spoken|speak|known?|skills)|(?:which|spoken) languages|sprachkenntnis"
         r"|(?:gesprochene|welche) sprachen|fremdsprachen|langues (?:parlées|maîtrisées|étrangères)"
         r"|idiomas\b|lenguas"
         r"|(?:welke|gesproken) talen|talenkennis|lingue\b|línguas|języki\b|znajomość języków|språkkunskaper|språk du"
         r"|sprogkundskaber|sprogfærdigheder|språkkunnskaper|kielitaito|jazykové znalosti|nyelvtudás|limbi străine"
         r"|yabancı diller|владение языками|знание языков"
         r"|^(?:languages|sprachen|langues|talen)\W*$", (Slot.SPEAKS,)),
        (r"occupation|profession|what do you do|beruf\b|métier|ocupación|beroep|professione|zawód|profissão",
         (Slot.JOB,)),
        (r"^(?:your )?(?:current |present )?(?:position|role|job)(?: title)?\W*$", (Slot.JOB,)),
        # the whole question: "employer's address" asks for something else
        (r"^(?:your )?(?:current |present )?employer(?: name)?\W*$"
         r"|^(?:arbeitgeber|employeur|empleador|werkgever|pracodawca|empregador|datore di lavoro)\W*$",
         (Slot.EMPLOYER,)),
        (r"^(?:school|university|college|universität|hochschule|université|universidad|universiteit|università)\W*$",
         (Slot.SCHOOL,)),
    )
)  # fmt: skip
_DIETS = frozenset(
    """vegetarian vegan pescatarian pescetarian gluten-free lactose-free halal kosher vegetarisch végétarien végane
    vegetariano vegano teetotal keto""".split()
)
_OF_CONTRACTS = re.compile(
    r"insur|versicher|kasse|assur|mutuelle|segur|verzeker|ubezpiecz|polic[ey]|conditions of|terms",
    re.IGNORECASE,
)
"""A health insurer and terms and conditions are asked for beside health, and are none of it."""
NEAR = 60
"""Characters before a field without a label that may be its question."""
_QUESTION = re.compile(
    r"\?|^(?:tell|describe|why|what|how|when|where|who|which|introduce|share|explain|list|about (?:you|yourself)"
    r"|erzähl\w*|beschreib\w*|warum|wieso|was|wie|über dich|stell\w* dich|pourquoi|décri\w*|parlez|présentez|qu['e]"
    r"|cuénta\w*|describ\w*|por ?qué|qué|háble\w*|vertel|waarom|beschrijf|wat|hoe|perché|descriv\w*|parla\w*"
    r"|raccont\w*"
    r"|opisz|dlaczego|opowiedz|conte|descreva|por que)\b",
    re.IGNORECASE,
)


def question_of(field: Field) -> str:
    """What a field asks in its own words."""
    for text in (field.label, field.aria, field.placeholder, field.title, field.before[-NEAR:]):
        if text.strip():
            return " ".join(text.split())
    return ""


def draft_for(field: Field, person: Person, recall: Recall | None) -> Draft | None:
    """A draft for a field of which no type is known; None where nothing is known, or nothing personal is asked."""
    question = question_of(field)
    if _OF_CONTRACTS.search(question):
        return None
    if field.options or field.kind not in ("text", "textarea", "search") or of_somebody_else(field):
        return None
    for words, slots in _TOPICS:
        if words.search(question):
            found = _of_facts(field, person, slots)
            listed = (
                field.tag == "input" and slots == (Slot.SPEAKS,) and len(question.split()) <= LONGEST_LISTED
            )
            return found and replace(found, listed=listed)
    if field.tag != "textarea" or recall is None or not _asks(question):
        return None
    return _of_memories(field, recall(question))


def _asks(question: str) -> bool:
    return len(question.split()) >= FEWEST_WORDS and bool(_QUESTION.search(question))


def _of_facts(field: Field, person: Person, slots: Iterable[Slot]) -> Draft | None:
    """What is known of a topic, joined; values that do not fit any more are left out whole, the earliest first."""
    known = [fact for slot in slots for fact in person.all(slot) if slot is not Slot.HABIT or _is_diet(fact)]
    chosen = {" ".join(fact.kept.value.casefold().split()): fact for fact in known}
    facts = list(chosen.values())[-MOST_LISTED:]
    while facts:
        text = ", ".join(fact.kept.value for fact in facts)
        if fits(field, text):
            return Draft(text, tuple(facts))
        facts = facts[1:]
    return None


def _is_diet(fact: Fact) -> bool:
    return fact.kept.value.casefold() in _DIETS


def _of_memories(field: Field, found: Sequence[Recalled]) -> Draft | None:
    """Whole memories as they were said, as many as fit."""
    memories = list(found[:MOST_QUOTED])
    while memories:
        text = "\n".join(memory.text.strip() for memory in memories)
        if text and fits(field, text):
            return Draft(text, memories=tuple(memories))
        memories.pop()
    return None
