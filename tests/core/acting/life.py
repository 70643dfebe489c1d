"""A life told in sentences, read by the real reader, and the fields that ask about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from second_me.core.acting.drafts import Recall
from second_me.core.acting.forms import Field, Form, Option
from second_me.core.acting.proposal import Row, Typed
from second_me.core.acting.proposing import Knowledge, Learned, propose
from second_me.core.memory.facts.claims import ME, Fact, Kept
from second_me.core.memory.facts.reading import read_claims
from second_me.core.memory.facts.validity import facts

TODAY = date(2024, 6, 30)
JONAS = (
    "My name is Jonas de Vries.",
    "I live in Utrecht, Oudegracht 12.",
    "My postcode is 3511 AP.",
    "I live in the Netherlands.",
    "My phone number is +31 6 12345678.",
    "My email is jonas@example.org.",
    "I was born on 14 March 1987.",
)


def life(*sentences: str | tuple[str, str], now: str = "2024-06-30T12:00") -> tuple[Fact, ...]:
    """The facts of sentences: plain ones a day apart from 1 June 2024, or (ISO time, sentence)."""
    kept: list[Kept] = []
    for number, each in enumerate(sentences, 1):
        when, text = each if isinstance(each, tuple) else (f"2024-06-{number:02d}T10:00", each)
        said = datetime.fromisoformat(when)
        for claim in read_claims(text, said):
            subject = claim.named.of(text) if claim.named else ME
            value, quote = claim.value.of(text), claim.quote.of(text)
            memory, talk = f"m_{number}", f"talk-{number}"
            place = len(kept) + 1
            kept.append(
                Kept(
                    place,
                    claim,
                    subject,
                    value,
                    quote,
                    memory,
                    None,
                    talk,
                    number,
                    said,
                    said,
                    False,
                    (),
                    text,
                )
            )
    return facts(kept, now=datetime.fromisoformat(now))


def page(*fields: Mapping[str, Any], **of_page: Any) -> Form:
    """A form; options are "text" or "value=text"."""
    made = []
    for index, each in enumerate(fields):
        given = {"label": f"Field {index}"} | {
            key: each[key] for key in each if key not in ("type", "options", "sure")
        }
        options = tuple(_option(text) for text in each.get("options", ()))
        if options and "kind" not in given:
            given |= {"tag": "select", "kind": "select-one"}
        made.append(Field(index=index, options=options, **given))
    return Form(fields=tuple(made), **of_page)


def _option(text: str) -> Option:
    value, equals, shown = text.partition("=")
    return Option(value, shown if equals else value)


def asked(
    told: Sequence[Fact],
    *fields: Mapping[str, Any],
    gate: Callable[[Fact], bool] = lambda fact: True,
    learned: Mapping[str, Learned] | None = None,
    recall: Recall | None = None,
    today: date = TODAY,
    **of_page: Any,
) -> tuple[Row, ...]:
    """The rows of fields: {"type": ..., "sure": chance, and what else the field says}."""
    typed = [Typed(each.get("type"), each.get("sure", 0.99)) for each in fields]
    return propose(page(*fields, **of_page), typed, Knowledge(told, gate, today, learned or {}, recall))


def filled(told: Sequence[Fact], *fields: Mapping[str, Any], **more: Any) -> list[str | None]:
    """The values of those rows that are ticked."""
    return [row.value if row.ticked else None for row in asked(told, *fields, **more)]


def of(asks: str | None, /, **more: Any) -> dict[str, Any]:
    """A field of a type."""
    return {"type": asks, **more}
