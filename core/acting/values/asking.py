"""What all fields of a form ask for: which of them are of one address, which go on with somebody else, and of which
country the page is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from second_me.core.acting.forms import Field, Form
from second_me.core.acting.near import near
from second_me.core.acting.proposal import Typed
from second_me.core.acting.types import ADDRESS, NAMES, TYPES
from second_me.core.acting.values.asked import Asked, asks_particle, of_somebody_else
from second_me.core.acting.values.parties import goes_on, has_child, has_sender, is_of_another

_HOUSE = frozenset((*NAMES, *ADDRESS)) - {"address-lookup", "postal-code-lookup"}
"""Types that stand once in an address block; where one comes again, another block begins."""

_COUNTRY_ENDS = {"uk": "GB", "eu": "", "io": "", "co": "", "me": "", "tv": "", "ai": "", "app": ""}


def all_asked(form: Form, typed: Sequence[Typed]) -> tuple[Asked, ...]:
    """What every field asks for, in order; a field without a type has the type ""."""
    types = [each.type if each.type in TYPES else None for each in typed]
    language = re.split(r"[-_]", form.language.strip().casefold())[0]
    country, blocks, sent = country_of_page(form), _blocks(form, types), has_sender(form)
    kinds = {
        number: frozenset(
            one for field, one in zip(form.fields, types, strict=True) if one and field.form == number
        )
        for number in {field.form for field in form.fields}
    }
    others = _others(form, types, sent)
    parental = has_child(form)
    particled = any(asks_particle(field) for field in form.fields)
    return tuple(
        Asked(
            field,
            one or "",
            blocks[at],
            kinds[field.form],
            language,
            country,
            others[at],
            particled,
            parental,
        )
        for at, (field, one) in enumerate(zip(form.fields, types, strict=True))
    )


def country_of_page(form: Form) -> str:
    """The country that a page says it is of: by its language's region, else by the end of its host's name."""
    region = re.search(r"[-_]([A-Za-z]{2})\b", form.language)
    if region:
        return region[1].upper()
    host = re.match(r"[a-z]+://(?:[^/@]*@)?([^/:?#]+)", form.url.casefold())
    end = host[1].rpartition(".")[2] if host else ""
    return _COUNTRY_ENDS.get(end, end.upper() if re.fullmatch(r"[a-z]{2}", end) else "")


def _blocks(form: Form, types: Sequence[str | None]) -> list[frozenset[str]]:
    """Of every field the types of its block: fields of one form until a part of an address comes again."""
    found: list[set[str]] = []
    open_blocks: dict[int, set[str]] = {}
    chosen: set[tuple[int, str]] = set()
    for field, one in zip(form.fields, types, strict=True):
        block = open_blocks.setdefault(field.form, set())
        again = one in _HOUSE and one in block and (field.form, field.name) not in chosen
        if again:
            block = open_blocks[field.form] = set()
        if field.kind in ("radio", "checkbox"):
            chosen.add((field.form, field.name))
        if one:
            block.add(one)
        found.append(block)
    return [frozenset(block) for block in found]


_FORMER_NAME = re.compile(r"geburtsname|maiden|birth name", re.IGNORECASE)
"""Another's as far as the value goes, and still about the person."""


def _called(field: Field) -> str:
    """What a field is called, by whatever calls it so."""
    return " ".join((field.label, field.aria, field.placeholder, near(field)))


def _others(form: Form, types: Sequence[str | None], sent: bool) -> list[bool]:
    """Of every field whether it asks about the other one of two."""
    bare = [replace(field, section="") for field in form.fields]
    theirs = [
        (of_somebody_else(field) or is_of_another(field, sent)) and not _FORMER_NAME.search(_called(field))
        for field in bare
    ]
    found: list[bool] = []
    seen: set[str] = set()
    for field, one in zip(form.fields, types, strict=True):
        about = _about(one)
        other = is_of_another(field, sent) or goes_on(form, field, theirs, about in seen)
        found.append(other)
        if about and not other and not theirs[field.index]:
            seen.add(about)
    return found


def _about(kind: str | None) -> str:
    """What of a person a type is of: all parts of a name are one."""
    if kind is None:
        return ""
    return "name" if kind in NAMES else kind.partition("-")[0] if kind.startswith(("tel", "bday")) else kind
