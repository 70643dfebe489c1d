"""The rows of a proposal: what a form asks for, what is known of it, and what its site may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from second_me.app.service.filling.learned import learned_for
from second_me.app.service.house import House
from second_me.core.acting.drafts import Recalled
from second_me.core.acting.forms import Field, Form
from second_me.core.acting.labels import label_key
from second_me.core.acting.proposal import Decision, Row, Typed
from second_me.core.acting.proposing import Knowledge, propose
from second_me.core.acting.proposing import Learned as LearnedHere
from second_me.core.acting.store import Learned, Site
from second_me.core.disclosure.gate import Gate, Rules, episode_level
from second_me.core.disclosure.levels import Audience
from second_me.core.memory.episodes import Episode, Role
from second_me.core.ports import EnvironmentFault, Scope
from second_me.core.recall.spelling import folded

_SHOWN = frozenset({Decision.FILL, Decision.DRAFT, Decision.UNKNOWN, Decision.OCCUPIED, Decision.WITHHELD})
"""Decisions for which a proposal is worth showing."""
_ANSWERED_IN_WORDS = frozenset(
    {"text", "email", "tel", "url", "number", "date", "month", "textarea", "select-one"}
)
_RECALLED = 5
_STRONG = 0.5
"""The chance that a memory holds the answer from which a draft may quote it: the threshold of weak evidence."""


class FillMaking:
    """Makes rows from a vault. Nothing is kept."""

    def __init__(self, house: House) -> None:
        self._house = house

    def types(self, form: Form) -> tuple[Typed, ...]:
        """What every field asks for."""
        return tuple(self._house.type_fields(form))

    def rows(self, form: Form, typed: Sequence[Typed], site: Site) -> tuple[Row, ...]:
        """A row a field, for a site that counts as its audience; "" is the person's own."""
        house = self._house
        facts, rules = house.book.all(), house.disclosure.rules()
        learned = learned_for(house.fills, form, typed, site.site, facts)
        knowledge = Knowledge(
            facts=facts,
            gate=Gate(facts, [site.audience], rules),
            today=house.clock.now().date(),
            learned={
                label_key(form.fields[at]): _here(form.fields[at], each) for at, each in learned.items()
            },
            recall=self._recalled,
        )
        seen = _Seen(site, learned, house.fills.cleared_by_hand(site.site), rules)
        return tuple(seen(form.fields[row.index], row) for row in propose(form, typed, knowledge))

    def _recalled(self, question: str) -> Sequence[Recalled]:
        """What the person said that holds the answer to a question."""
        recall, now = self._house.recall, self._house.clock.now()
        try:
            vector = recall.embed(question)
        except EnvironmentFault:
            vector = None
        found = recall.find(question, _RECALLED, Scope(), vector, now).found
        return [
            _quoted(each.episode)
            for each in found
            if each.strength >= _STRONG and each.episode.role is Role.PERSON
        ]


def worth_showing(rows: Iterable[Row]) -> bool:
    """Whether there is anything that the person could fill."""
    return any(row.decision in _SHOWN for row in rows)


@dataclass(frozen=True)
class _Seen:
    """A row in the light of what the person decided about the site, and of where a value was given before."""

    site: Site
    learned: dict[int, Learned]
    by_hand: frozenset[tuple[str, str | None]]
    rules: Rules

    def __call__(self, field: Field, row: Row) -> Row:
        if row.decision is Decision.NOT_A_FIELD and row.reason == "no_type":
            return _asked_once(field, row)
        if row.reason == "learned" and row.index in self.learned:
            row = self._given_before(row, self.learned[row.index])
        if row.decision is Decision.WITHHELD and self._ticked_before(row):
            reason = row.reason if row.reason == "learned_elsewhere" else "by_hand"
            return replace(row, decision=Decision.FILL, cleared=True, ticked=True, reason=reason)
        return row

    def _ticked_before(self, row: Row) -> bool:
        return bool(row.sources) and all((each, row.typed.type) in self.by_hand for each in row.sources)

    def _given_before(self, row: Row, learned: Learned) -> Row:
        """What was given to another site is not yet this one's to know."""
        if learned.site == self.site.site:
            return row
        if self._may_know(learned):
            return replace(row, reason="learned_elsewhere")
        return replace(
            row, decision=Decision.WITHHELD, cleared=False, ticked=False, reason="learned_elsewhere"
        )

    def _may_know(self, learned: Learned) -> bool:
        who = self.site.audience
        if who is Audience.ME:
            return True
        level, _ = episode_level(learned.memory_id, learned.quote, self.rules)
        clearance = self.rules.clearance(who)
        return clearance.level is not None and level <= clearance.level


def _asked_once(field: Field, row: Row) -> Row:
    """Nobody knows what it asks for, but the person may: it is asked once, if it is a question in words."""
    if row.label and field.kind in _ANSWERED_IN_WORDS:
        return replace(row, decision=Decision.UNKNOWN, reason="not_known")
    return row


def _here(field: Field, learned: Learned) -> LearnedHere:
    """As the field takes it: a choice was kept by its words."""
    said = folded(learned.value)
    chosen = (each.value for each in field.options if said in (folded(each.text), folded(each.value)))
    value = next(chosen, learned.value)
    return LearnedHere(value, learned.memory_id, learned.quote, learned.said_at)


def _quoted(episode: Episode) -> Recalled:
    return Recalled(episode.memory_id, episode.text, episode.spoken_at)
