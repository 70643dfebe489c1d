"""What the person agreed to, checked against the proposal: nothing else is sent, however the request came to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from second_me.app.service.filling.given import Given
from second_me.app.service.filling.open import Proposal
from second_me.app.service.house import House
from second_me.app.words import tr
from second_me.core.acting.forms import Field
from second_me.core.acting.proposal import Decision, Row
from second_me.core.ports import EnvironmentFault

LONGEST_VALUE = 20_000
_BUTTONS = frozenset({"radio", "checkbox"})
_NEVER = frozenset({Decision.SECRET, Decision.OBSTACLE, Decision.NOT_A_FIELD})


def agreed(proposal: Proposal, rows: object) -> tuple[Given, ...]:
    """The rows of a request, in the order of the form. Raises EnvironmentFault("bad_parameters" or "refused")."""
    if not isinstance(rows, list) or not rows or not all(isinstance(each, Mapping) for each in rows):
        raise _bad(tr("Name at least one field to fill."))
    given = [_given(proposal, each) for each in rows]
    if len({each.row.index for each in given}) != len(given):
        raise _bad(tr("A field is named twice."))
    return tuple(sorted(given, key=lambda each: each.row.index))


def still_known(house: House, proposal: Proposal) -> bool:
    """Whether every memory that a proposal was made of is still there: what was erased or deleted is not filled."""
    return all(_shown(house, each) for row in proposal.rows for each in row.sources)


def _shown(house: House, memory_id: str) -> bool:
    episode = house.episodes.get(memory_id)
    if episode is None or episode.hidden_at is not None or not episode.remembered:
        return False
    conversation = house.conversations.get(episode.conversation)
    return conversation is not None and conversation.hidden_at is None


def _given(proposal: Proposal, asked: Mapping[str, Any]) -> Given:
    index, value, remember = asked.get("index"), asked.get("value"), asked.get("remember")
    if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(proposal.rows):
        raise _bad(tr("There is no field of this number."))
    row, field = proposal.rows[index], proposal.form.fields[index]
    if remember is not None and not isinstance(remember, bool):
        raise _bad(tr("{name} is true or false.", name="remember"))
    if row.decision in _NEVER:
        raise EnvironmentFault("refused", tr("Second Me does not fill this field: {label}.", label=row.label))
    text = _value(field, row, value)
    if field.kind in _BUTTONS:
        field = _button(proposal, field, text)
    return Given(row, field, text, remember)


def _button(proposal: Proposal, field: Field, value: str) -> Field:
    """The button of a group that stands for a value: the person may choose another than was proposed."""
    group = (field.form, field.kind, field.name)
    for each in proposal.form.fields:
        same = (each.form, each.kind, each.name) == group and (each is field or field.name)
        if same and value == next((option.value for option in each.options), "on"):
            if each.obstacle or each.disabled:
                break
            return each
    raise EnvironmentFault("refused", tr("This choice cannot be made on the page."))


def _value(field: Field, row: Row, value: object) -> str:
    """A value that the field can hold."""
    if not isinstance(value, str) or not value or "\0" in value:
        raise _bad(tr("There is no text in {name}.", name="value"))
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _bad(tr("The text is not valid Unicode.")) from None
    if field.tag != "textarea":
        value = " ".join(value.splitlines())
    choices = row.options or field.options
    if choices and value not in {each.value for each in choices}:
        raise _bad(tr("This is none of the choices of the field."))
    longest = LONGEST_VALUE if field.maxlength is None or field.maxlength < 1 else field.maxlength
    if len(value) > longest:
        raise _bad(tr("The field takes at most {n} characters.", n=longest))
    return value


def _bad(what: str) -> EnvironmentFault:
    return EnvironmentFault("bad_parameters", what)
