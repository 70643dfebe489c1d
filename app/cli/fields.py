"""`second-me fields`: what the fields of a page ask for. It needs no vault and changes nothing."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from second_me.app.cli.common import emit, say
from second_me.app.cli.pages import named, run_pages
from second_me.app.field_types import FieldTypes
from second_me.app.service.filling.shapes import confidence_word
from second_me.app.words import tr
from second_me.core.acting.forms import Field, Form

HELP = "what the fields of a page ask for"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("pages", nargs="+", metavar="PAGE", help="a file of HTML; - reads stdin")
    parser.add_argument("--json", action="store_true", help="JSON on stdout, one object a field")


def run(arguments: argparse.Namespace) -> int:
    """List the fields of each page."""
    types = FieldTypes()

    def show(path: str, form: Form) -> None:
        if not form.fields:
            say(tr("{path} has no fields.", path=path))
        for field, typed in zip(form.fields, types(form), strict=True):
            shape = {
                "index": field.index, "id": field.id, "name": field.name, "type": typed.type,
                "confidence": round(typed.confidence, 3), **named(path, arguments.pages),
            }  # fmt: skip
            if arguments.json:
                emit(shape)
            else:
                print(line(field, shape))

    return run_pages(arguments.pages, show)


def line(field: Field, shape: Mapping[str, object]) -> str:
    """A field for people."""
    if shape["type"] is None:
        return f"{field.index:>3}  {called(field)}: {tr('nothing that is known')}"
    word = _words()[confidence_word(float(str(shape["confidence"])))]
    return f"{field.index:>3}  {called(field)}: {shape['type']} ({word})"


def called(field: Field) -> str:
    """What a field is called on its page."""
    for text in (field.label, field.aria, field.placeholder, field.before, field.name, field.id):
        if text.strip():
            return " ".join(text.split())[:60]
    return tr("without a name")


def _words() -> dict[str, str]:
    return {"sure": tr("sure"), "likely": tr("likely"), "unsure": tr("unsure")}
