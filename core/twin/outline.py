"""Answers to questions that want an overview: a few sentences of the grains that fit, verbatim, dated, cited.

A time is answered from the extracts of its months, days, sessions and segments, the coarse ones first, as far as
they are needed, and from what was told later of that time ("on Saturday we were on the Rigi"). Sessions that are
not summarised yet (the one that goes on) are read as they are. A topic is
answered from what recall finds, segment by segment. The sentences are the answer: no model is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from second_me.core.memory.episodes import Citation, Episode, Role
from second_me.core.ports import EnvironmentFault, EpisodeStore, Scope
from second_me.core.recall.extracts import Pointer, RarityOf, Sentence, best, sentences_of, weigh
from second_me.core.recall.found import Found
from second_me.core.recall.grains import Grain, GrainMaker, GrainStore, sentences_at
from second_me.core.recall.keys import query_terms, words
from second_me.core.recall.quotes import stem
from second_me.core.recall.recall import Recall
from second_me.core.recall.ties import Strengths, nobody, vivid_first
from second_me.core.temporal.events import read_times
from second_me.core.temporal.spans import Span
from second_me.core.twin.answers import Answer, MessageId, Source
from second_me.core.twin.kinds import TurnKind
from second_me.core.twin.overview import Overview, overview_of

CITED = 5
ENOUGH = 4 * CITED
"""Sentences to choose from; finer grains are read until there are so many."""
RECALLED = 30
OFF_TOPIC = 0.2
"""Worth of a sentence without a word of the topic, beside 1 for one with all of them."""
TOLD_OF = 200
"""Memories that tell of a time or were said in it, of which the sentences about it are read, the latest."""
UNMADE = 12
"""Sessions without a summary that are read for one answer at most, the latest."""


class Outline:
    """Finds what an overview rests on. It changes nothing. Of a time it tells what has faded (`strengths`) only where
    there is not enough else."""

    def __init__(
        self,
        store: GrainStore,
        maker: GrainMaker,
        episodes: EpisodeStore,
        recall: Recall,
        rarity_of: RarityOf,
        strengths: Strengths = nobody,
    ) -> None:
        self._store, self._maker, self._episodes, self._recall = store, maker, episodes, recall
        self._rarity_of, self._strengths = rarity_of, strengths

    def answer(self, question: str, now: datetime | None, scope: Scope) -> Answer | None:
        """The overview that a question wants; None for other questions, and for those that the memories say
        nothing about and that may be asked of anybody."""
        asked = overview_of(question, now) if now is not None else None
        if asked is None:
            return None
        found = self.find(asked, scope)
        if found:
            cited = tuple(Citation(n, item.episode.memory_id, item.quote) for n, item in enumerate(found, 1))
            return Answer(
                TurnKind.QUESTION, Source.MEMORIES, message=MessageId.OVERVIEW, citations=cited,
                considered=tuple(found),
            )  # fmt: skip
        if not asked.certain:
            return None
        message = MessageId.NOTHING_THEN if asked.span and not asked.topic else MessageId.UNKNOWN
        return Answer(TurnKind.QUESTION, Source.WORDS, message=message, abstained=True)

    def find(self, asked: Overview, scope: Scope) -> list[Found]:
        """At most five memories, each with the sentence that is quoted, in order of time."""
        speaker = self._speaker(asked.person)
        if asked.topic or (asked.person and speaker is None):
            found = self._about(asked, scope)
        else:
            found = self._within(asked, scope, speaker)
        return sorted(found, key=lambda item: (item.episode.spoken_at or datetime.min, item.episode.seq))

    def _speaker(self, person: str) -> str | None:
        wanted = set(words(person))
        fitting = [name for name in self._episodes.speakers() if wanted and wanted <= set(words(name))]
        return min(fitting, key=len, default=None)

    def _within(self, asked: Overview, scope: Scope, speaker: str | None) -> list[Found]:
        told = sentences_at(self._pointers(asked, scope, speaker), self._episodes.by_seq)
        chosen: dict[int, Sentence] = {}
        for sentence in best(weigh(told, self._rarity_of), len(told)):
            chosen.setdefault(sentence.seq, sentence)
        picked = [chosen[seq] for seq in vivid_first(list(chosen), self._strengths)[:CITED]]
        episodes = self._episodes.by_seq([sentence.seq for sentence in picked])
        why = ("date",) if asked.span else ("session",)
        return [
            Found(episodes[each.seq], 1 / rank, 1.0, why, each.text) for rank, each in enumerate(picked, 1)
        ]

    def _pointers(self, asked: Overview, scope: Scope, speaker: str | None) -> list[Pointer]:
        after, before = (asked.span.start, asked.span.end) if asked.span else (None, None)
        found = self._unmade(after, before, scope, speaker)
        for grain in (Grain.MONTH, Grain.DAY, Grain.SESSION, Grain.SEGMENT):
            found = list(dict.fromkeys([*found, *self._store.pointers(grain, after, before, scope, speaker)]))
            if len(found) >= ENOUGH:
                break
        return [*found, *self._told_of(asked.span, scope)] if asked.span and speaker is None else found

    def _told_of(self, span: Span, scope: Scope) -> list[Pointer]:
        """The sentences that tell of a time within the span, said then or later: before it was a plan."""
        found: list[Pointer] = []
        for episode in self._episodes.by_seq(self._episodes.in_span(span.start, span.end, TOLD_OF)).values():
            if _within_scope(episode, scope):
                places = [
                    time.quote_start
                    for time in read_times(episode.text, episode.spoken_at)
                    if span.start <= time.span.start <= (episode.spoken_at or span.end)
                    and time.span.end <= span.end
                ]
                told = sentences_of(episode, 0)
                found += [
                    Pointer(each.seq, each.start, each.end)
                    for each in told
                    if any(each.start <= place < each.end for place in places)
                ]
        return found

    def _unmade(
        self, after: datetime | None, before: datetime | None, scope: Scope, speaker: str | None
    ) -> list[Pointer]:
        found: list[Pointer] = []
        for session in self._store.unmade(after, before, scope, speaker, UNMADE):
            turns, made = self._maker.session(session)
            fitting = {turn.seq for turn in turns if _fits(turn, after, before, scope)}
            found += [pointer for pointer in made.extract if pointer.seq in fitting]
        return found

    def _about(self, asked: Overview, scope: Scope) -> list[Found]:
        if asked.span is not None:
            scope = _narrowed(scope, asked.span.start, asked.span.end - timedelta(microseconds=1))
        query = f"{asked.topic} {asked.person}".strip()
        try:
            vector = self._recall.embed(query)
        except EnvironmentFault:
            vector = None  # no embedder on this machine yet: words alone decide
        found = [
            item for item in self._recall.find(query, RECALLED, scope, vector).found if item.strength >= 0.5
        ]
        told = [item for item in found if item.episode.role is Role.PERSON] if asked.mine else []
        return self._one_a_segment(self._quoted(told or found, asked.topic or asked.person))

    def _quoted(self, found: Sequence[Found], topic: str) -> list[tuple[float, Found]]:
        """Memories with the sentence that tells most about a topic, and how much; best first."""
        rarity = self._rarity_of(query_terms(topic))
        wanted = {stem(term): nats for term, nats in rarity.items()}
        held = weigh(
            [each for at, item in enumerate(found) for each in sentences_of(item.episode, at)],
            self._rarity_of,
        )
        best_of: dict[int, tuple[float, Sentence]] = {}
        for sentence, tells in zip(held.sentences, held.tells, strict=True):
            worth = float(tells) * (OFF_TOPIC + _share(wanted, sentence.text))
            if worth > best_of.get(sentence.group, (0.0, sentence))[0]:
                best_of[sentence.group] = (worth, sentence)
        quoted = [(worth, replace(found[at], quote=each.text)) for at, (worth, each) in best_of.items()]
        return sorted(quoted, key=lambda pair: -pair[0])

    def _one_a_segment(self, rated: Sequence[tuple[float, Found]]) -> list[Found]:
        """The best of each segment in turn, so that one talk does not stand for all."""
        segment = self._store.segments_of([item.episode.seq for _, item in rated])
        queues: dict[int, list[Found]] = {}
        for _, item in rated:
            queues.setdefault(segment.get(item.episode.seq, -item.episode.seq), []).append(item)
        rounds = max((len(queue) for queue in queues.values()), default=0)
        return [queue[at] for at in range(rounds) for queue in queues.values() if at < len(queue)][:CITED]


def _share(wanted: Mapping[str, float], text: str) -> float:
    """The share, 0..1, of the rarity of wanted stems that a text holds."""
    said = {stem(term) for term in query_terms(text)}
    return sum(nats for term, nats in wanted.items() if term in said) / max(sum(wanted.values()), 1e-9)


def _narrowed(scope: Scope, after: datetime, before: datetime) -> Scope:
    return replace(
        scope,
        after=max(after, scope.after) if scope.after else after,
        before=min(before, scope.before) if scope.before else before,
    )


def _within_scope(episode: Episode, scope: Scope) -> bool:
    """What `EpisodeStore.in_span` does not look at."""
    spoken, place = episode.spoken_at, (scope.conversation or "").rstrip("/")
    if episode.memory_id in scope.exclude or not f"{episode.conversation}/".startswith(
        f"{place}/" if place else ""
    ):
        return False
    if scope.after is not None and (spoken is None or spoken < scope.after):
        return False
    return scope.before is None or (spoken is not None and spoken <= scope.before)


def _fits(turn: Episode, after: datetime | None, before: datetime | None, scope: Scope) -> bool:
    """Sessions come whole; the limits hold for each of their turns."""
    spoken = turn.spoken_at
    if turn.memory_id in scope.exclude:
        return False
    if spoken is None:
        return after is None and before is None
    return (after is None or spoken >= after) and (before is None or spoken < before)
