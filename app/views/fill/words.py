"""What the proposal and the Fill place say. Texts of a page are shown as texts: on one line, and as they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from second_me.app.views.memory import phrases
from second_me.app.words import tr, trn

Row = Mapping[str, Any]
Proposal = Mapping[str, Any]
"""In the protocol's shapes (docs/protocol.md)."""

FOLDED = ("obstacle", "not_a_field")
"""Decisions that are told in one line each."""
AUDIENCES = ("shop", "stranger", "colleague", "family", "partner", "me")
CHOICES = ("radio", "checkbox")
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def plain(text: object, most: int = 300) -> str:
    """A page's text on one line, without the characters that would turn or hide what stands beside it."""
    kept = (c for c in str(text or "") if unicodedata.bidirectional(c) not in _TURNING)
    line = " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in kept).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def site_name(site: str) -> str:
    """A site as one reads it: its host, the scheme too where that is not the usual one."""
    scheme, _, host = plain(site).partition("://")
    if scheme == "file":
        return tr("a file on this computer")
    return host if scheme == "https" and host else plain(site)


def is_open(site: str) -> bool:
    """Whether others on the way can read what is filled there."""
    scheme, _, host = site.partition("://")
    return scheme == "http" and host.split(":")[0] not in _LOCAL and not host.startswith(_LOCAL[2])


def heading(ticked: int, fields: int) -> str:
    """`Fill 5 of 7 fields`."""
    return trn("Fill {ticked} of {n} field", "Fill {ticked} of {n} fields", fields, ticked=ticked)


def page_title(proposal: Proposal) -> str:
    """What the page calls itself."""
    return plain(proposal.get("title"), 120)


def browser_name(proposal: Proposal) -> str:
    """The browser, short enough to stand beside the site."""
    return plain(proposal.get("browser"), 32)


def field_name(row: Row) -> str:
    """What a person would call the field."""
    return plain(row.get("label") or row.get("name") or row.get("id"), 80) or tr("Field without a name")


def sections(rows: Sequence[Row]) -> list[str]:
    """The heading above each row; none at all where no two fields are called the same, for then nobody needs them."""
    names = [field_name(row) for row in rows]
    needed = len(set(names)) < len(names)
    found = [plain(row.get("section"), 80) if needed else "" for row in rows]
    return ["" if n and section == found[n - 1] else section for n, section in enumerate(found)]


def confidence(row: Row) -> str:
    """How sure it is that the field means this; nothing where it is, or where the line beside it says so."""
    word = {"likely": tr("likely"), "unsure": tr("not sure")}.get(str(row.get("word") or ""), "")
    told = row["decision"] in ("unknown", "secret") or word in str(row.get("why") or "")
    return "" if told else word


def doubt(row: Row) -> str:
    """The look of that word."""
    return "warn" if row.get("word") == "unsure" else "muted"


def note(row: Row, today: date) -> str:
    """The line under a value: where it is known from, or why there is none."""
    if why := plain(row.get("why")):
        return why
    known = {
        "unknown": tr("I don't know that about you"),
        "secret": tr("kept by your password manager"),
        "withheld": tr("private: tick to tell this site"),
        "occupied": tr("holds something already: tick to replace it"),
        "draft": tr("a draft: read it first"),
    }
    return known.get(str(row["decision"])) or _told(row, today)


def _told(row: Row, today: date) -> str:
    quote, said = plain(row.get("quote"), 80), phrases.moment(row.get("said_at"))
    parts = [phrases.quoted(quote)] if quote else []
    return ", ".join([*parts, phrases.day(said, today)] if said else parts)


def source(row: Row) -> str:
    """All that was said, and when: what F1 and the tooltip tell."""
    quote, said = str(row.get("quote") or ""), phrases.moment(row.get("said_at"))
    if not quote:
        return ""
    return (
        tr("{quote}, {day}", quote=phrases.quoted(quote), day=phrases.full_day(said))
        if said
        else phrases.quoted(quote)
    )


def is_folded(row: Row) -> bool:
    """Whether it is told in one line with others: nothing can be done with it here."""
    choice = str(row.get("kind") or "") in CHOICES and row.get("value") is None
    return row["decision"] in FOLDED or (choice and row["decision"] != "secret")


def left_alone(rows: Sequence[Row]) -> str:
    """One line over fields of one decision of `FOLDED`."""
    n = len(rows)
    if rows[0]["decision"] == "obstacle":
        return trn(
            "{n} field that cannot be seen or changed is left alone",
            "{n} fields that cannot be seen or changed are left alone",
            n,
        )
    return trn("{n} other field is left to you", "{n} other fields are left to you", n)


def obstacle(row: Row) -> str:
    """Why one of them is left alone."""
    return plain(row.get("why")) or (
        tr("cannot be seen on the page") if row["decision"] == "obstacle" else tr("not asked about you")
    )


def audience(word: str) -> str:
    """Who a site is."""
    return {
        "shop": tr("a shop"),
        "stranger": tr("a stranger"),
        "colleague": tr("a colleague"),
        "family": tr("family"),
        "partner": tr("your partner"),
        "me": tr("you: everything"),
    }.get(word, word)


def rule(word: str) -> str:
    """What is allowed on a site."""
    return tr("never") if word == "never" else tr("ask each time")


def done(filled: int, failed: Sequence[str], stopped: str) -> str:
    """How a fill went: `5 fields filled`, and what could not be."""
    if stopped and not filled:
        return tr("{why} Nothing was filled.", why=stop(stopped))
    said = trn("{n} field filled", "{n} fields filled", filled)
    if failed:
        names = ", ".join(failed[:3]) + ("…" if len(failed) > 3 else "")
        said = tr("{said}. Not taken by the page: {names}", said=said, names=names)
    return tr("{said}. {why}", said=said, why=stop(stopped)) if stopped else said


def stop(word: str) -> str:
    """Why filling stopped."""
    return {
        "page_changed": tr("The page has changed."),
        "tab_left": tr("The tab was left."),
        "too_slow": tr("The page was too slow. What was filled until then can be undone."),
        "page_gone": tr("The page is gone."),
        "browser_gone": tr("The browser is gone."),
        "timeout": tr("The browser did not say how it went."),
    }.get(word, tr("The browser stopped."))


def undone(restored: int, left: int) -> str:
    """How an undo went."""
    said = trn("{n} field is as it was before", "{n} fields are as they were before", restored)
    if not left:
        return said
    more = trn("{n} was changed since and is left", "{n} were changed since and are left", left)
    return tr("{said}, {more}", said=said, more=more)


def state(fill: Mapping[str, Any]) -> str:
    """What became of a fill, from the list of the last ones."""
    fields = fill.get("fields") or ()
    taken = sum(1 for each in fields if each.get("ok"))
    words = {
        "sent": tr("on its way"),
        "stopped": tr("nothing filled"),
        "unknown": tr("the browser did not say how it went"),
        "undone": tr("undone"),
    }
    known = words.get(str(fill.get("state")))
    if known is not None:
        return known
    if taken < len(fields):
        return tr("{taken} of {all} fields filled", taken=taken, all=len(fields))
    return trn("{n} field filled", "{n} fields filled", taken)
