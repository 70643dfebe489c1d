"""Labelled pages for field typing: a folder or a zip of HTML files whose fields carry `data-moz-autofill-type`.

The label is read here, by the number of the field, and nowhere else: what types a field never sees it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from second_me.core.acting.forms import Form
from second_me.core.acting.html_page import SKIPPED_KINDS, read_page

LABEL = "data-moz-autofill-type"
SOURCES = {"CC_": "crawl", "GEN_": "generated", "NA_": "negative"}
"""What a file's name begins with, and what it is; all others are pages of shops that people labelled."""
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "edu", "gov", "ac"})
NO_TYPE = frozenset({"", "other"})
_PREFIX = re.compile(r"^(QA_)?([A-Z]{2}_)?(QA_)?([A-Z]{2}_)?")


@dataclass(frozen=True)
class Page:
    """A page: its name without the ending, its kind and site, its form, and a label (or None) a field."""

    name: str
    source: str
    site: str
    form: Form
    labels: tuple[str | None, ...]

    @property
    def region(self) -> str:
        """The country or language that the name begins with, "other" where there is none."""
        found = re.match(r"^(?:QA_|GEN_)?([A-Za-z]{2})[_-]", self.name)
        return found.group(1).upper() if found and self.source in ("train", "generated") else "other"


def pages_of(path: Path) -> list[Page]:
    """All pages of a folder or a zip, by name. Raises FileNotFoundError where there are none."""
    pages = [_page(name, text) for name, text in sorted(_files(path))]
    if not pages:
        raise FileNotFoundError(f"no HTML files in {path}")
    return pages


def _files(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        for each in path.rglob("*.html"):
            yield each.stem, each.read_text("utf-8", "replace")
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".html"):
                yield Path(name).stem, archive.read(name).decode("utf-8", "replace")


def _page(name: str, text: str) -> Page:
    source = next((kind for prefix, kind in SOURCES.items() if name.startswith(prefix)), "train")
    form = read_page(text)
    labels = labels_of(text)
    if len(labels) != len(form.fields):
        raise ValueError(f"{name}: {len(labels)} controls, {len(form.fields)} fields")
    return Page(name, source, site_of(source, name), form, labels)


def labels_of(text: str) -> tuple[str | None, ...]:
    """The label of each field, None where it has none."""
    found: list[str | None] = []
    for node in LexborHTMLParser(text).css("input, select, textarea"):
        if node.tag != "input" or (node.attributes.get("type") or "").lower() not in SKIPPED_KINDS:
            label = node.attributes.get(LABEL) or ""
            found.append(None if label in NO_TYPE else label)
    return tuple(found)


def site_of(source: str, name: str) -> str:
    """The name of the firm in a file's name: pages of one shop in several countries are one site."""
    if source in ("generated", "negative"):
        return name
    if source == "crawl":
        return name.split("_")[1]
    host = _PREFIX.sub("", name).split(".")
    parts = host[:-1] or host
    while len(parts) > 1 and parts[-1] in SECOND_LEVEL:
        parts = parts[:-1]
    return parts[-1]
