"""The proposal for a form: what each field asks for, what is known of it, and whether it may be told there.

Nothing is made up and nothing is decided by words of the page but which of the person's own values is meant. What the
audience of the site may not know is shown to the person in our own window, and not ticked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from second_me.core.acting.drafts import Draft, Recall, draft_for
from second_me.core.acting.forms import Field, Form, Option
from second_me.core.acting.groups import Group, groups_of
from second_me.core.acting.labels import label_key, label_of, shortened
from second_me.core.acting.never import refusal
from second_me.core.acting.proposal import Decision, Row, Typed
from second_me.core.acting.values.asked import Asked, plain
from second_me.core.acting.values.asking import all_asked
from second_me.core.acting.values.fitting import fits
from second_me.core.acting.values.known import Known, Person
from second_me.core.acting.values.lookup import Lookup, Value
from second_me.core.memory.facts.claims import Fact

TICKED_FROM = 0.5
"""Chance that a field is what we take it for from which its row is ticked; below it is shown and left to the person."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What the person once typed or changed at a field of this site, with the memory that keeps it."""

    value: str
    memory_id: str
    quote: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that a proposal is made of.

    `facts`: all facts of the book, ended ones and those of others too. `gate`: whether the site's audience may know a
    fact. `learned`: {`labels.label_key`: what was learned at this site}. `recall` (None: no drafts of memories).
    """

    facts: Sequence[Fact]
    gate: Callable[[Fact], bool]
    today: date
    learned: Mapping[str, Learned] = field(default_factory=dict)
    recall: Recall | None = None


def propose(form: Form, typed: Sequence[Typed], knowledge: Knowledge) -> tuple[Row, ...]:
    """A row a field, in order. Raises ValueError when there is not one type a field."""
    if len(typed) != len(form.fields):
        raise ValueError("one type a field")
    return _Proposer(form, typed, knowledge).rows()


class _Proposer:
    """Makes the rows of one form."""

    def __init__(self, form: Form, typed: Sequence[Typed], knowledge: Knowledge) -> None:
        self._given, form = form, shortened(form)
        self._groups = groups_of(form, typed)
        self._typed = tuple(
            typed[at] if group is None else group.typed for at, group in enumerate(self._groups)
        )
        self._form, self._knowledge = form, knowledge
        self._asked = all_asked(form, self._typed)
        self._person = Person(knowledge.facts, knowledge.today)
        self._lookup = Lookup(self._person)
        self._values: dict[int, Value] = {}

    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return tuple(self._row(each) for each in self._form.fields)

    def _row(self, one: Field) -> Row:
        blank = self._blank(one)
        refused = refusal(self._form, self._typed, one)
        if refused is not None:
            return replace(blank, decision=refused[0], reason=refused[1])
        group = self._groups[one.index]
        learned = self._learned(one) if group is None else self._learned_of(group)
        if group is not None and one.index != self._chosen(group, learned):
            return replace(blank, decision=Decision.NOT_A_FIELD, reason="other_choice")
        row = (learned and _of_learned(blank, one, learned)) or self._looked_up(blank, one)
        return _occupied(row, one)

    def _learned(self, one: Field) -> Learned | None:
        return self._knowledge.learned.get(label_key(self._given.fields[one.index]))

    def _learned_of(self, group: Group) -> Learned | None:
        """What was learned at any button of a question, if there still is a button for it."""
        for index in group.indices:
            learned = self._learned(self._form.fields[index])
            if learned is not None and _option_of(group.options, learned.value) is not None:
                return learned
        return None

    def _blank(self, one: Field) -> Row:
        group = self._groups[one.index]
        options = one.options if group is None else group.options
        label = label_of(one) if group is None else group.label
        return Row(one.index, label, self._typed[one.index], Decision.UNKNOWN, options=options)

    def _chosen(self, group: Group, learned: Learned | None) -> int:
        """Which button of a group the row stands at: the one to be pressed, else the first."""
        option = None if learned is None else _option_of(group.options, learned.value)
        if option is not None:
            return group.index_of(option.value)
        value = self._value(group.field.index, replace(self._asked[group.field.index], field=group.field))
        return group.index_of(value.text)

    def _value(self, index: int, asked: Asked) -> Value:
        if index not in self._values:
            self._values[index] = self._lookup.value(asked)
        return self._values[index]

    def _looked_up(self, blank: Row, one: Field) -> Row:
        asked = self._asked[one.index]
        if not asked.type:
            return self._free(blank, one)
        group = self._groups[one.index]
        if group is None:
            value = self._value(one.index, asked)
        else:
            value = self._value(group.field.index, replace(asked, field=group.field))
        if value.text is None:
            return replace(blank, reason=value.known.reason or "not_known", before=self._lookup.before(value))
        return self._of_value(blank, value, "alone" if _steers_the_page(asked) else "")

    def _of_value(self, blank: Row, value: Value, doubt: str) -> Row:
        facts = value.known.facts
        row = replace(
            _cited(blank, facts), value=value.text, shown=value.shown, before=self._lookup.before(value)
        )
        if not all(self._knowledge.gate(fact) for fact in facts):
            return replace(row, decision=Decision.WITHHELD, reason="withheld")
        unsure = "unsure" if row.typed.confidence < TICKED_FROM else ""
        doubt = value.known.doubt or unsure or doubt
        reason = doubt or value.known.reason
        return replace(row, decision=Decision.FILL, cleared=True, ticked=not doubt, reason=reason)

    def _free(self, blank: Row, one: Field) -> Row:
        """A field of no type: a draft where it asks something in free text."""
        draft = draft_for(one, self._person, self._knowledge.recall)
        if draft is None:
            return replace(blank, decision=Decision.NOT_A_FIELD, reason="no_type")
        if draft.listed:
            return self._of_value(
                blank, Value(draft.text, draft.text, Known((draft.text,), draft.facts, "joined")), ""
            )
        return self._of_draft(blank, draft)

    def _of_draft(self, blank: Row, draft: Draft) -> Row:
        row = replace(
            blank, decision=Decision.DRAFT, value=draft.text, shown=draft.text, reason="from_memories"
        )
        if draft.facts:
            cleared = all(self._knowledge.gate(fact) for fact in draft.facts)
            return replace(_cited(row, draft.facts), cleared=cleared, reason="from_facts")
        first = draft.memories[0]
        sources = tuple(each.memory_id for each in draft.memories)
        return replace(row, sources=sources, quote=first.text, said_at=first.said_at)


def _steers_the_page(asked: Asked) -> bool:
    """Whether a list of languages or countries stands by itself: it is the page's own, and to change it loads another
    page."""
    return bool(asked.field.options) and asked.type in _STEERING and asked.kinds <= _STEERING


_STEERING = frozenset({"language", "country", "country-name"})


def _cited(row: Row, facts: Sequence[Fact]) -> Row:
    first = facts[0].kept
    sources = tuple(dict.fromkeys(fact.kept.memory_id for fact in facts))
    return replace(row, sources=sources, quote=first.quote, said_at=first.said_at)


def _of_learned(blank: Row, one: Field, learned: Learned) -> Row | None:
    """What was learned at this site, where it still fits: it was given to this very site, so it is cleared."""
    option = _option_of(blank.options, learned.value)
    if (blank.options and option is None) or (option is None and not fits(one, learned.value)):
        return None
    shown = learned.value if option is None else _text(option)
    return replace(
        blank, decision=Decision.FILL, value=option.value if option else learned.value, shown=shown,
        sources=(learned.memory_id,), quote=learned.quote, said_at=learned.said_at, cleared=True, ticked=True,
        reason="learned",
    )  # fmt: skip


def _option_of(options: Sequence[Option], value: str) -> Option | None:
    """The option of a value, or of the words that stand for it."""
    by_value = next((each for each in options if each.value == value), None)
    return by_value or next(
        (each for each in options if each.value and plain(each.text) == plain(value)), None
    )


def _text(option: Option) -> str:
    return option.text or option.value


def _occupied(row: Row, one: Field) -> Row:
    """A field that holds something is left as it is unless the person ticks it. A list always shows one of its
    options, which nobody need have chosen."""
    if not one.filled or one.options or row.value is None:
        return row
    return replace(row, decision=Decision.OCCUPIED, ticked=False, reason="occupied")
