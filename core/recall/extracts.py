"""Extractive summaries: which sentences of a text stand for the rest. Pointers, never new text.

Biased LexRank (Otterbacher, Erkan and Radev 2009): sentences that share rare words recommend each other in a
random walk (`rustworkx.pagerank`), which begins anew at sentences that tell something. What a sentence tells
is a rule, not learned: rare words, names, numbers, times and the first person count; questions, greetings, what
is only said to the other and what begins with "they" or "that" do not, or less. Then the
best are taken that repeat each other least.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import rustworkx

from second_me.core.memory.episodes import Episode, Role
from second_me.core.memory.sentences import sentence_spans
from second_me.core.recall.keys import query_terms, words
from second_me.core.recall.quotes import stem
from second_me.core.recall.related import FIRST_PERSON

Floats = npt.NDArray[np.float64]
RarityOf = Callable[[Iterable[str]], Mapping[str, float]]
"""Words -> nats, 0 for those of every day (`core.recall.rarity`)."""

LONGEST = 300
"""Code points; a sentence without an end is cut at a space."""
MOST_SENTENCES = 300
"""Of a longer text only the sentences that tell most compete: the walk's time grows with the square."""
DAMPING = 0.5
REPEATING = 0.7
"""Weight of being like what was taken, against being good. Both are 0..1."""
SAME_GROUP = 0.3
"""How alike two sentences of one group are at least: an extract spreads over its sources."""
FULL = 6
"""So many telling words make half of a sentence's full weight."""
FEW_WORDS = 3

_SECOND = frozenset(
    """you you're you've you'll you'd your yours du dich dir dein deine deinen deiner ihr euch tu te toi ton ta tes
    vous votre vos tú ti tu tus usted su आप आपका आपकी आपके तुम तुम्हारा""".split()
)
_WIDE_FIRST = re.compile("我|俺|私|僕|나는|내가|제가|저는")
_WIDE_SECOND = re.compile("你|您|あなた|당신")
_LEANS = frozenset(
    """he she it it's they they're they've them this that that's these those there so but er sie es das dies diese
    dieser il elle ils elles c'est ça cela ceux él ella ellos ellas eso esto esos esa वह वे यह ये""".split()
)
_WIDE_LEANS = re.compile(r"\W*(?:他|她|它|这|那|それ|これ|彼)")
_ASKS = re.compile(r"[?？؟]|[吗呢][。！!.]?$")
_CONCRETE = re.compile(
    r"\d|(?<=[\w,;:] )(?!I\b|I')[A-ZÀ-ÖØ-ÞА-Я][\w'’-]+|\b(?:yesterday|ago|last (?:night|week(?:end)?|month|year|summer"
    r"|autumn|fall|winter|spring)|gestern|vorgestern|letzte[nrsm]?|hier|dernier|dernière|ayer|pasad[oa])\b"
    "|昨|上(?:个|個)?(?:周|週|月)|去年|कल|पिछल"
)
"""A name, a number, a time: what pins an event down."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an episode: `text` is the episode's text from `start` to `end` (code points), verbatim.

    Sentences of one `group` (a segment, a session) come from one source. `mine`: the person said it.
    """

    seq: int
    start: int
    end: int
    text: str
    group: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a sentence stands: code points of the text of an episode."""

    seq: int
    start: int
    end: int


def sentences_of(episode: Episode, group: int) -> list[Sentence]:
    """The sentences of an episode, in order; one without an end is cut at spaces."""
    spans = [piece for span in sentence_spans(episode.text) for piece in _pieces(episode.text, *span)]
    return [sentence_at(episode, Pointer(episode.seq, start, end), group) for start, end in spans]


def sentence_at(episode: Episode, pointer: Pointer, group: int) -> Sentence:
    """The sentence to which a pointer points."""
    text = episode.text[pointer.start : pointer.end]
    return Sentence(episode.seq, pointer.start, pointer.end, text, group, episode.role is Role.PERSON)


def _pieces(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield start, cut
        start = cut + (space > 0)
    if start < end:
        yield start, end


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sentences that compete. `tells` (sentences,): how much each tells by itself, no unit, never negative;
    `alike` (sentences, sentences): cosines of their rare words, the diagonal 0."""

    sentences: tuple[Sentence, ...]
    tells: Floats
    alike: Floats


def weigh(sentences: Sequence[Sentence], rarity_of: RarityOf) -> Weighed:
    """Lay sentences out for `best`; of very many only those that tell most, in order."""
    bags = [query_terms(sentence.text) for sentence in sentences]
    rarity = rarity_of(term for bag in bags for term in bag)
    tells = np.array(
        [_weight(each, [rarity[term] for term in bag]) for each, bag in zip(sentences, bags, strict=True)],
        dtype=np.float64,
    )
    kept = np.sort(np.argsort(-tells, kind="stable")[:MOST_SENTENCES])
    bags = [bags[at] for at in kept]
    return Weighed(tuple(sentences[at] for at in kept), tells[kept], _alike(bags, rarity))


def _weight(sentence: Sentence, nats: Sequence[float]) -> float:
    rare = [value for value in nats if value > 0]
    weight = sum(rare) / (FULL + len(rare))
    if len(rare) < FEW_WORDS:
        weight *= 0.3
    if _ASKS.search(sentence.text):
        weight *= 0.1
    return (
        weight
        * _person(sentence)
        * _leaning(sentence.text)
        * (1.3 if _CONCRETE.search(sentence.text) else 1.0)
    )


def _person(sentence: Sentence) -> float:
    """What somebody tells of themselves counts more than what is said of the other."""
    said = set(words(sentence.text))
    first = bool(said & FIRST_PERSON or _WIDE_FIRST.search(sentence.text))
    second = bool(said & _SECOND or _WIDE_SECOND.search(sentence.text))
    own = 1.2 if sentence.mine else 1.0
    if first:
        return own * (1.0 if second else 1.5)
    return own * (0.3 if second else 1.0)


def _leaning(text: str) -> float:
    """What begins with a pronoun of what was said before tells less without it."""
    said = words(text)
    return 0.5 if (said and said[0] in _LEANS) or _WIDE_LEANS.match(text) else 1.0


def extract(sentences: Sequence[Sentence], most: int, rarity_of: RarityOf) -> list[Sentence]:
    """The sentences that stand for all of them, best first; at most `most`, none that tells nothing."""
    return best(weigh(sentences, rarity_of), most)


def best(weighed: Weighed, most: int, group: int | None = None) -> list[Sentence]:
    """As `extract`, of what is weighed; of one group alone where one is named."""
    competing = [
        at
        for at, each in enumerate(weighed.sentences)
        if weighed.tells[at] > 0 and group in (None, each.group)
    ]
    if not competing or most <= 0:
        return []
    tells, alike = weighed.tells[competing], weighed.alike[np.ix_(competing, competing)]
    scores = _walk(alike, tells) * tells
    groups = np.array([weighed.sentences[at].group for at in competing])
    chosen = _diverse(groups, scores / scores.max(), alike, most)
    return [weighed.sentences[competing[at]] for at in chosen]


def _alike(bags: Sequence[Sequence[str]], rarity: Mapping[str, float]) -> Floats:
    stems = {term: stem(term) for bag in bags for term in bag}
    columns = {each: at for at, each in enumerate(dict.fromkeys(stems.values()))}
    rows = np.zeros((len(bags), max(len(columns), 1)))
    for row, bag in enumerate(bags):
        for term in bag:
            rows[row, columns[stems[term]]] = rarity[term]
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    alike: Floats = rows @ rows.T
    np.fill_diagonal(alike, 0.0)
    return alike


def _walk(alike: Floats, tells: Floats) -> Floats:
    """Share of a random walk's time at each sentence. Shape (sentences,)."""
    graph = rustworkx.PyDiGraph.from_adjacency_matrix(alike)
    ranks = rustworkx.pagerank(graph, DAMPING, float, personalization=dict(enumerate(tells.tolist())))
    return np.array([ranks[at] for at in range(len(tells))])


def _diverse(groups: npt.NDArray[np.int64], scores: Floats, alike: Floats, most: int) -> list[int]:
    """Maximal marginal relevance: indices, best first."""
    left, repeats = scores.copy(), np.zeros(len(scores))
    chosen: list[int] = []
    while len(chosen) < min(most, len(scores)):
        at = int(np.argmax(left - REPEATING * repeats))
        chosen.append(at)
        left[at] = -np.inf
        repeats = np.maximum(repeats, np.maximum(alike[at], SAME_GROUP * (groups == groups[at])))
    return chosen
