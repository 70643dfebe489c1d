"""Every word that a person reads goes through `tr`, so that one catalogue a language can replace it."""

from __future__ import annotations

import gettext as _gettext
from functools import cache
from pathlib import Path


@cache
def _catalogue() -> _gettext.NullTranslations:
    folder = Path(__file__).parent.parent / "resources" / "locale"
    return _gettext.translation("second_me", localedir=folder, fallback=True)


def tr(text: str, **values: object) -> str:
    """The text in the person's language, with `{name}` places filled from `values`."""
    translated = _catalogue().gettext(text)
    return translated.format(**values) if values else translated


def trn(one: str, many: str, n: int, **values: object) -> str:
    """As `tr`, choosing between one and many; `{n}` is the number."""
    return _catalogue().ngettext(one, many, n).format(n=n, **values)
