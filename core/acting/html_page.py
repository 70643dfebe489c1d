"""A page's HTML text, read into a form: one parse, by the HTML standard, of what stands in the file.

The texts of a field are made by the rules of docs/fields.md, which the extension follows too. Nothing is drawn here:
what only a browser can see (colours, what lies over what) is not told.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from second_me.core.acting.forms import Field, Form, Option
from second_me.core.acting.page_hiding import Attributes, Hiding, Sheets
from second_me.core.acting.page_texts import BARE, SILENT, Labels, collapsed, text_of

SKIPPED_KINDS = frozenset({"hidden", "submit", "button", "reset", "image"})
"""Inputs that are no fields."""
KINDS = SKIPPED_KINDS | frozenset(
    (
        "text", "search", "tel", "url", "email", "password", "date", "month", "week", "time", "datetime-local",
        "number", "range", "color", "checkbox", "radio", "file",
    )
)  # fmt: skip
"""What an input can be; any other word is "text"."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend"})
BUTTON_KINDS = frozenset({"submit", "button", "reset"})
BEFORE_LONGEST = 200
AFTER_LONGEST = 120
SECTION_LONGEST = 120
WRAPPERS_WITH_TITLE = 3
"""How many elements above a field are asked for a title."""


@dataclass(slots=True)
class _Gap:
    """The texts between two fields: all of them, and those that can be seen."""

    every: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def text(self, hidden: bool) -> str:
        return " ".join(self.every if hidden else self.seen)


@dataclass(frozen=True, slots=True)
class _Above:
    """What an element hands down to those in it: how it is hidden, its titles, whether fields in it are disabled,
    the number of its form, whether its texts are no texts of the page."""

    hiding: str = ""
    titles: tuple[str, ...] = ()
    disabled: bool = False
    form: int = -1
    silent: bool = False


def read_page(html: str) -> Form:
    """The form of a page: all its fields in the order of the document. Any text is a page."""
    parser = LexborHTMLParser(html)
    root = parser.root
    if root is None:
        return Form()
    reader = _Reader(Labels.of(parser), Sheets.of(parser), _forms(parser))
    reader.walk(root)
    title = parser.css_first("title")
    top = parser.css_first("html")
    language = "" if top is None else (top.attributes.get("lang") or "").strip()
    return Form(
        title=collapsed(title.text())[:BEFORE_LONGEST] if title is not None else "",
        language=language[:35],
        fields=tuple(reader.finished()),
    )


def _forms(parser: LexborHTMLParser) -> tuple[dict[int, int], dict[str, int]]:
    """Number of each form element by its identity and by its id."""
    numbers: dict[int, int] = {}
    ids: dict[str, int] = {}
    for number, node in enumerate(parser.css("form")):
        numbers[node.mem_id] = number
        ids.setdefault(node.attributes.get("id") or "", number)
    ids.pop("", None)
    return numbers, ids


class _Reader:
    """Walks the document once and keeps its fields, the texts between them, and the heading that was seen last."""

    def __init__(self, labels: Labels, sheets: Sheets, forms: tuple[dict[int, int], dict[str, int]]) -> None:
        self._labels, self._sheets = labels, sheets
        self._form_numbers, self._form_ids = forms
        self._fields: list[Field] = []
        self._gaps = [_Gap()]
        self._section = {True: "", False: ""}

    def walk(self, root: LexborNode) -> None:
        """Every node in the order of the document, without recursion: pages can be nested deeper than Python may."""
        above = [_Above()]
        node: LexborNode | None = root
        while node is not None:
            inner = self._enter(node, above[-1])
            child = node.child if inner is not None else None
            if inner is not None and child is not None:
                above.append(inner)
                node = child
                continue
            while node is not None and node.next is None:
                node = node.parent
                if node is None or node.mem_id == root.mem_id:
                    return
                above.pop()
            node = node.next if node is not None else None

    def finished(self) -> list[Field]:
        """The fields with the texts after them."""
        return [
            replace(each, after=self._gaps[each.index + 1].text(_unseen(each.obstacle))[:AFTER_LONGEST])
            for each in self._fields
        ]

    def _enter(self, node: LexborNode, above: _Above) -> _Above | None:
        """What holds inside a node; None where nothing inside it is looked at."""
        if node.is_text_node:
            self._text(node.text_content or "", above)
            return None
        tag = node.tag or ""
        if not node.is_element_node or tag in SILENT:
            return above if node.is_document_node else None
        attributes: Attributes = node.attributes
        inner = self._inside(node, tag, attributes, above)
        if tag in HEADINGS or attributes.get("role") == "heading":
            self._heading(node, bool(inner.hiding))
        if tag in ("input", "select", "textarea"):
            self._control(node, tag, attributes, inner)
            return None
        return inner

    def _inside(self, node: LexborNode, tag: str, attributes: Attributes, above: _Above) -> _Above:
        hiding = above.hiding or Hiding.of(tag, attributes, self._sheets.of_node(node))
        title = attributes.get("title") or ""
        form = self._form_numbers.get(node.mem_id, above.form) if tag == "form" else above.form
        disabled = above.disabled or (tag == "fieldset" and "disabled" in attributes)
        silent = above.silent or tag in BARE
        same = (hiding, disabled, form, silent) == (above.hiding, above.disabled, above.form, above.silent)
        if same and not title and not any(above.titles):
            return above
        titles = (title, *above.titles[: WRAPPERS_WITH_TITLE - 1])
        return _Above(hiding, titles, disabled, form, silent)

    def _text(self, text: str, above: _Above) -> None:
        text = collapsed(text)
        if text and not above.silent:
            self._gaps[-1].every.append(text)
            if not above.hiding:
                self._gaps[-1].seen.append(text)

    def _heading(self, node: LexborNode, hidden: bool) -> None:
        text = text_of(node)[:SECTION_LONGEST]
        if text:
            self._section[True] = text
            if not hidden:
                self._section[False] = text

    def _control(self, node: LexborNode, tag: str, attributes: Attributes, inner: _Above) -> None:
        kind = _kind(tag, attributes)
        if tag == "input" and kind in SKIPPED_KINDS:
            if kind in BUTTON_KINDS:
                self._text(attributes.get("value") or "", inner)
            return
        obstacle = inner.hiding or _closed(attributes, inner.disabled)
        hidden = _unseen(obstacle)
        made = _plain_field(len(self._fields), tag, kind, attributes)
        form = inner.form
        if attributes.get("form") is not None:
            form = self._form_ids.get(attributes["form"] or "", -1)
        self._fields.append(
            replace(
                made,
                label=self._labels.label(node, attributes),
                before=self._gaps[-1].text(hidden)[-BEFORE_LONGEST:],
                hint=self._hint(attributes, inner.titles[1:]),
                section=self._section[hidden],
                form=form,
                options=_options(node, tag, kind, attributes, self._labels.label(node, attributes)),
                disabled=made.disabled or inner.disabled,
                filled=_filled(node, tag, kind, attributes),
                obstacle=obstacle,
            )
        )
        self._gaps.append(_Gap())

    def _hint(self, attributes: Attributes, titles: tuple[str, ...]) -> str:
        described = self._labels.named(attributes.get("aria-describedby"))
        title = next((collapsed(each) for each in titles if each), "")
        return f"{described} {title}".strip()[:BEFORE_LONGEST]


def _unseen(obstacle: str) -> bool:
    return obstacle not in ("", "disabled", "read_only")


def _kind(tag: str, attributes: Attributes) -> str:
    if tag == "textarea":
        return "textarea"
    if tag == "select":
        return "select-multiple" if "multiple" in attributes else "select-one"
    kind = (attributes.get("type") or "text").lower()
    return kind if kind in KINDS else "text"


def _closed(attributes: Attributes, disabled: bool) -> str:
    """The obstacle of a field that can be seen and not be filled."""
    if disabled or "disabled" in attributes:
        return "disabled"
    return "read_only" if "readonly" in attributes else ""


def _plain_field(index: int, tag: str, kind: str, attributes: Attributes) -> Field:
    """The field with what its own attributes say."""

    def said(name: str) -> str:
        return collapsed(attributes.get(name) or "")[:BEFORE_LONGEST]

    longest = attributes.get("maxlength") or ""
    return Field(
        index=index,
        tag=tag,
        kind=kind,
        id=attributes.get("id") or "",
        name=attributes.get("name") or "",
        autocomplete=said("autocomplete"),
        placeholder=said("placeholder"),
        title=said("title"),
        aria=said("aria-label"),
        maxlength=int(longest) if longest.isascii() and longest.isdigit() and len(longest) < 8 else None,
        pattern=attributes.get("pattern") or "",
        inputmode=said("inputmode"),
        required="required" in attributes or attributes.get("aria-required") == "true",
        readonly="readonly" in attributes,
        disabled="disabled" in attributes,
    )


def _options(node: LexborNode, tag: str, kind: str, attributes: Attributes, label: str) -> tuple[Option, ...]:
    if kind in ("radio", "checkbox"):
        value = attributes.get("value")
        return (Option("on" if value is None else value, label),)
    if tag != "select":
        return ()
    options = []
    for each in node.css("option"):
        text = collapsed(each.text())
        value = each.attributes.get("value", text)
        options.append(Option(value or "", text))
    return tuple(options)


def _filled(node: LexborNode, tag: str, kind: str, attributes: Attributes) -> bool:
    """Whether a field holds a text. A choice that the page came with is nobody's answer."""
    if tag == "textarea":
        return bool((node.text() or "").strip())
    return (
        tag == "input"
        and kind not in ("radio", "checkbox", "range", "color")
        and bool(attributes.get("value"))
    )
