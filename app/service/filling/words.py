"""Why a row of a proposal is as it is, in words: where its value is known from, or why there is none."""

from __future__ import annotations

from functools import cache

from second_me.app.service.slot_words import slot_noun
from second_me.app.service.time_wording import date_as_told
from second_me.app.words import tr, trn
from second_me.core.acting import types
from second_me.core.acting.proposal import Decision, Row
from second_me.core.temporal.spans import Grain

LONGEST_QUOTE = 60


@cache
def _obstacles() -> dict[str, str]:
    """{obstacle of a field: why it is left alone}."""
    return {
        "hidden": tr("cannot be seen on the page"),
        "off_screen": tr("lies outside of the page"),
        "transparent": tr("cannot be seen on the page"),
        "covered": tr("something lies over it on the page"),
        "too_small": tr("too small to be seen"),
        "read_only": tr("the page lets nobody write here"),
        "disabled": tr("the page lets nobody write here"),
        "changed": tr("the page has changed since"),
        "other_origin": tr("belongs to another site"),
        "honeypot": tr("made to be left empty"),
    }


@cache
def _unknown() -> dict[str, str]:
    """{reason: why there is no value}."""
    return {
        "does_not_fit": tr("what I know does not fit in here"),
        "no_choice": tr("none of the choices is what I know"),
        "somebody_else": tr("asks about somebody else"),
        "several": tr("you have more than one of these"),
        "ambiguous": tr("what I know can be read in two ways"),
        "not_readable": tr("what I know cannot be written this way"),
        "in_part": tr("I know only a part of it"),
        "moved": tr("you have moved since you told me"),
    }


@cache
def _doubts() -> dict[str, str]:
    """{reason: why a value is not ticked}."""
    return {
        "unsure": tr("I am not sure that this is asked for"),
        "ambiguous": tr("it can be read in two ways"),
        "disputed": tr("you told this in two ways"),
        "other_kind": tr("another kind is asked for"),
        "from_sex": tr("goes by what you said of your sex"),
        "alone": tr("may be a setting of the page itself"),
    }


@cache
def _not_asked() -> dict[str, str]:
    """{reason: why a field is none that is filled}."""
    return {
        "search": tr("a search box"),
        "captcha": tr("asks whether you are a person"),
        "honeypot": tr("made to be left empty"),
        "other_choice": tr("another choice of the same question"),
        "choice": tr("yours to choose"),
    }


def reason_words(row: Row) -> str:
    """One line under the value."""
    if row.decision is Decision.SECRET:
        return tr("kept by your password manager")
    if row.decision is Decision.OBSTACLE:
        return _obstacles().get(row.reason, tr("cannot be seen on the page"))
    if row.decision is Decision.NOT_A_FIELD:
        return _not_asked().get(row.reason, tr("nothing that I fill"))
    if row.value is None:
        return _unknown().get(row.reason, tr("I don't know that about you"))
    return _known(row)


def _known(row: Row) -> str:
    source = _source(row)
    if row.decision is Decision.OCCUPIED:
        return tr("{source} · the field holds something already", source=source)
    if row.decision is Decision.WITHHELD:
        return tr("{source} · tick it to tell this site", source=source)
    if row.decision is Decision.FILL and not row.ticked:
        doubt = _doubts().get(row.reason, tr("please look at it first"))
        return tr("{source} · {doubt}", source=source, doubt=doubt)
    return source


def _source(row: Row) -> str:
    """Where the value is known from: `name, you, 2021`, or the words that it was made of."""
    if row.decision is Decision.DRAFT:
        return trn("a draft from one memory", "a draft from {n} memories", len(row.sources))
    if row.reason == "learned":
        return _dated(tr("given here before"), row)
    if row.reason == "learned_elsewhere":
        return _dated(tr("given on another site"), row)
    if row.before:
        changed = tr("moved") if row.typed.type in types.ADDRESS else tr("changed")
        return tr("{source} · before: {before}", source=_dated(changed, row, Grain.DAY), before=row.before)
    if row.quote and not _stands_in(row):
        return _dated(f"“{_short(row.quote)}”", row)
    return _dated(tr("{what}, you", what=_what(row.typed.type)), row)


def _stands_in(row: Row) -> bool:
    return (row.shown or row.value or "").casefold() in row.quote.casefold()


def _dated(text: str, row: Row, grain: Grain = Grain.YEAR) -> str:
    if row.said_at is None:
        return text
    return tr("{what}, {when}", what=text, when=date_as_told(row.said_at, grain))


def _short(quote: str) -> str:
    quote = " ".join(quote.split()).rstrip(".")
    return quote if len(quote) <= LONGEST_QUOTE else f"{quote[: LONGEST_QUOTE - 1].rstrip()}…"


def _what(kind: str | None) -> str:
    """What was told, in one or two words."""
    if kind is None:
        return tr("told")
    if kind in types.NAMES:
        return tr("name")
    if kind in types.ADDRESS:
        return tr("address")
    if kind.startswith("tel"):
        return slot_noun("tel")
    return slot_noun("birthday") if kind.startswith("bday") else slot_noun(kind)
