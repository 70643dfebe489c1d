"""Who is who: the people and animals that a speaker names by a relation, so that a question may use either word.

"My sister Anna came" makes Anna and "sister" one for that speaker; "What does my sister do?" then also looks for
Anna. Only grammar that leaves no choice counts (an apposition, a naming verb), and nothing is merged on a guess:
a name that is spelled otherwise counts only with the same relation, and when it is near to one name alone.

German nouns are capitals too ("meiner Katze Futter"), so there, and in French and Spanish, only an apposition in
commas and a naming verb count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from second_me.core.recall.asked import Asked
from second_me.core.recall.keys import STOP_WORDS, spellings, words

SAME_NAME = 88.0
"""rapidfuzz ratio (0..100) from which two spellings may be one name; Catherine and Katherine have 88.9."""

_WORDS = {
    "mother": "mother mom mum mama mommy mutter mère madre",
    "father": "father dad papa daddy vater père padre",
    "sister": "sister sis schwester sœur soeur hermana",
    "brother": "brother bro bruder frère hermano",
    "daughter": "daughter tochter fille hija",
    "son": "son sohn fils hijo",
    "wife": "wife ehefrau épouse esposa",
    "husband": "husband ehemann mari esposo",
    "partner": "partner partnerin fiancé fiancée girlfriend boyfriend freundin compagne compagnon novia novio",
    "grandmother": "grandmother grandma granny oma großmutter abuela",
    "grandfather": "grandfather grandpa granddad opa großvater abuelo",
    "aunt": "aunt auntie tante tía",
    "uncle": "uncle onkel oncle tío",
    "cousin": "cousin cousine primo prima",
    "niece": "niece nichte nièce sobrina",
    "nephew": "nephew neffe neveu sobrino",
    "friend": "friend buddy freund ami amie amigo amiga",
    "colleague": "colleague coworker workmate kollege kollegin collègue colega",
    "boss": "boss manager chef chefin jefe jefa",
    "mentor": "mentor coach mentorin",
    "teacher": "teacher lehrer lehrerin professeur profesor profesora",
    "neighbour": "neighbour neighbor nachbar nachbarin voisin voisine vecino vecina",
    "roommate": "roommate flatmate mitbewohner mitbewohnerin colocataire",
    "dog": "dog puppy pup hund chien perro",
    "cat": "cat kitten kitty katze kater chat gato",
    "horse": "horse pony pferd cheval caballo",
    "rabbit": "rabbit bunny kaninchen lapin conejo",
    "bird": "bird parrot budgie vogel oiseau pájaro",
    "hamster": "hamster hámster",
    "turtle": "turtle tortoise schildkröte tortue tortuga",
}
_KINDS = {
    "parent": ("mother", "father"),
    "sibling": ("sister", "brother"),
    "child": ("daughter", "son"),
    "kid": ("daughter", "son"),
    "grandparent": ("grandmother", "grandfather"),
    "spouse": ("wife", "husband"),
    "pet": ("dog", "cat", "horse", "rabbit", "bird", "hamster", "turtle"),
    "haustier": ("dog", "cat", "horse", "rabbit", "bird", "hamster", "turtle"),
}
_RELATION = {word: relation for relation, row in _WORDS.items() for word in row.split()}
_PLURALS = {"children": "child", "wives": "wife", "puppies": "puppy", "ponies": "pony", "bunnies": "bunny"}

_REL = "(?P<relation>" + "|".join(sorted(_RELATION, key=len, reverse=True)) + ")"
_NAME = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]+"
_MINE = (
    r"(?:[Mm]y|[Oo]ur|[Mm]ein(?:e[mnrs]?)?|[Uu]nser(?:e[mnrs]?)?|[Mm]on|[Mm]a|[Nn]otre|[Mm]i|[Nn]uestr[oa])"
)
_OF = rf"(?:\w+ )?(?i:{_REL})"
_NAMING = r"(?:is|was) (?:named|called)|named|heißt|hieß|s'appelle|se llama"
_MINE_IS = re.compile(
    rf"\b(?P<mine>{_MINE}) {_OF}"
    rf"(?: (?P<bare>{_NAME})|, (?P<apposed>{_NAME}),"
    rf"|(?: (?:{_NAMING})|'s (?:named|called|name (?:is|was))) (?P<named>{_NAME}))"
)
_IS_MINE = re.compile(rf"(?<=[^\W\d_] )(?P<first>{_NAME})(?:,| is) {_MINE} {_OF}(?=[,.!?;:]|$)")
_ONE_NAMED = re.compile(
    rf"\b(?:[Aa]n?|[Aa]nother|[Ee]inen?|[Uu]ne?|[Uu]na?) {_OF} (?:named|namens|nommée?|llamad[oa]) (?P<named>{_NAME})"
)
_NAMES = ("bare", "apposed", "named", "first")
_SOME = "(?P<word>(?i:" + "|".join(sorted({*_RELATION, *_KINDS, *_PLURALS}, key=len, reverse=True)) + ")s?)"
_SOMEBODYS = re.compile(
    rf"(?:\b{_MINE}|\b(?i:his|her|their|seine?[rnms]?|ihre?[rnms]?|leurs?|ses|mes|sa|sus?|mis)|'s|s')"
    rf" (?:[\w-]+ ){{0,2}}?{_SOME}\b"
)
_HAD = re.compile(rf"^(?i:what|which|how many) {_SOME}\b.*\b(?:has|have|had)\b")
_GIVING = frozenset(
    """give gave given giving buy bought buying get got getting feed fed feeding show showed showing teach taught
    send sent sending make made making bring brought read cook cooked offer offered owe lent lend wish wished""".split()
)
"""After these the noun that follows may be a gift: "I gave my dog Benadryl"."""
_NO_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter halloween thanksgiving god facebook instagram ok""".split()
)


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone whom a speaker calls by a name and a relation; all in lower case."""

    speaker: str
    relation: str
    name: str


def entities(speaker: str, text: str) -> frozenset[Entity]:
    """Those that one turn names for certain."""
    plain = text.replace("’", "'")
    found = (match for form in (_MINE_IS, _IS_MINE, _ONE_NAMED) for match in form.finditer(plain))
    return frozenset(
        Entity(speaker.lower(), _RELATION[match["relation"].lower()], _name_of(match).lower())
        for match in found
        if _is_certain(match)
    )


def _name_of(match: re.Match[str]) -> str:
    return next(name for kind, name in match.groupdict().items() if kind in _NAMES and name)


def _is_certain(match: re.Match[str]) -> bool:
    name, parts = _name_of(match).lower(), match.groupdict()
    if name in _NO_NAMES or name in _RELATION or name in STOP_WORDS:
        return False
    before = match.string[: match.start()].split()[-1:] or [""]
    if parts.get("first"):  # else its capital may be that of a sentence, or of somebody addressed
        return before[0].islower()
    if parts.get("bare"):
        return parts["mine"].lower() in ("my", "our") and before[0].lower() not in _GIVING
    return True


def relation_of(word: str) -> str | None:
    """The relation that a word names, in any of its words: "mum" -> "mother"; None: it names none."""
    return _RELATION.get(word.casefold())


def may_have_aliases(asked: Asked) -> bool:
    """Whether a second search is likely to help: somebody's relation is asked for, or a name that is no speaker."""
    return bool(_asked_words(asked))


def aliases(asked: Asked, told: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """{term of the question: other words for it} by what (speaker, text) pairs say of the speakers it names.

    A question that names nobody gets aliases only where a single speaker has them. A speaker's own name is no
    alias: "my dog, John, is well" addresses John.
    """
    turns = list(told)
    asked_words = _asked_words(asked)
    known = _of_those_meant(asked, _entities_of(turns, _ways_to_say(asked_words)))
    if by_name := {each for each in known if each.name in asked_words}:  # who else has the same relation?
        speakers = {each.speaker for each in by_name}
        others = _entities_of(turns, _ways_to_say(each.relation for each in by_name))
        known |= {each for each in others if each.speaker in speakers}
    own = entities("", asked.question)
    found = {}
    for term in asked.groups:
        related = _names_of(term, known) if term in asked_words else set()
        more = (related | _relations_of(term, known) | _respelled(term, own, known)) - set(asked.said)
        if more:
            found[term] = tuple(sorted(more))
    return found


def _asked_words(asked: Asked) -> frozenset[str]:
    """The relations of somebody and the names that a question asks about, as its words."""
    question = asked.question.replace("’", "'")
    relations = {match["word"].lower() for form in (_SOMEBODYS, _HAD) for match in form.finditer(question)}
    names = {name.lower() for name in re.findall(rf"(?<=\s){_NAME}", question)}
    speakers = asked.named | _NO_NAMES | STOP_WORDS
    return frozenset({word for word in relations if _relations(word)} | (names - speakers))


def _ways_to_say(asked_words: Iterable[str]) -> frozenset[str]:
    """Words of which a text that tells who they are holds one."""
    relations = {relation for word in asked_words for relation in _relations(word)}
    said = {word for relation in relations for word in _WORDS[relation].split()}
    return frozenset(said | {word for word in asked_words if not _relations(word)})


def _entities_of(turns: Iterable[tuple[str, str]], said: frozenset[str]) -> set[Entity]:
    """The entities of those turns that say one of these words, but those that have a speaker's name."""
    speakers: set[str] = set()
    found: set[Entity] = set()
    one_of = re.compile("|".join(map(re.escape, sorted(said))))
    for speaker, text in turns:
        speakers.add(speaker)
        if one_of.search(text.lower()):
            found |= entities(speaker, text)
    names = {word for speaker in speakers for word in words(speaker)}
    return {each for each in found if each.name not in names}


def with_aliases(asked: Asked, found: Mapping[str, tuple[str, ...]]) -> Asked:
    """The question with more spellings of its terms."""
    held_as = spellings(asked.question, [word for more in found.values() for word in more])
    groups = {
        term: (*group, *(spelled for word in found.get(term, ()) for spelled in held_as[word]))
        for term, group in asked.groups.items()
    }
    return replace(asked, groups=groups)


def _of_those_meant(asked: Asked, known: set[Entity]) -> set[Entity]:
    if asked.named:
        return {each for each in known if not asked.named.isdisjoint(words(each.speaker))}
    return known if len({each.speaker for each in known}) == 1 else set()


def _relations(word: str) -> tuple[str, ...]:
    """The relations that a word of a question stands for; several for a kind ("pets")."""
    for form in (word, _PLURALS.get(word, word.removesuffix("s"))):
        if form in _RELATION:
            return (_RELATION[form],)
        if form in _KINDS:
            return _KINDS[form]
    return ()


def _names_of(term: str, known: set[Entity]) -> set[str]:
    return {each.name for each in known if each.relation in _relations(term)}


def _relations_of(term: str, known: set[Entity]) -> set[str]:
    """The relation of a name, when it has one only and is the only name in it."""
    of_name = {each for each in known if each.name == term}
    if len(of_name) != 1:
        return set()
    (one,) = of_name
    others = [each for each in known if (each.speaker, each.relation) == (one.speaker, one.relation)]
    return {one.relation} if len(others) == 1 else set()


def _respelled(term: str, own: frozenset[Entity], known: set[Entity]) -> set[str]:
    """The name that a misspelled one stands for: the question says its relation, and one name alone is near."""
    relations = {each.relation for each in own if each.name == term}
    names = {each.name for each in known if each.relation in relations}
    near = {name for name in names if fuzz.ratio(name, term) >= SAME_NAME}
    return near if len(near) == 1 and term not in names else set()
