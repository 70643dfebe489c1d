"""The texts of a page: labels of fields, and what an element says without the controls in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

Attributes = Mapping[str, str | None]
SILENT = frozenset(
    {"script", "style", "template", "head", "title", "svg", "math", "datalist", "iframe", "object"}
)
"""Elements in which there is neither text nor field."""
BARE = frozenset({"select", "textarea", "option"})
"""Elements whose text is a value, not a text about it."""
LABELABLE = frozenset({"button", "input", "meter", "output", "progress", "select", "textarea"})
LABEL_LONGEST = 200
MOST_NODES = 200
MOST_LABELS = 5000
"""Of a page that are looked at."""


def collapsed(text: str) -> str:
    """With single spaces, and none around it."""
    return " ".join(text.split())


def text_of(node: LexborNode) -> str:
    """What is written in an element, but for scripts and the values of controls."""
    return collapsed(" ".join(text for text, _ in _inside(node)))


def _inside(root: LexborNode) -> list[tuple[str, LexborNode]]:
    """Texts in an element with their nodes, of at most `MOST_NODES` nodes: labels can be nested without end."""
    found = []
    left = MOST_NODES
    node: LexborNode | None = root.child
    while node is not None and left:
        left -= 1
        if node.is_text_node:
            found.append((node.text_content or "", node))
        elif node.tag not in SILENT and node.tag not in BARE and node.child is not None:
            node = node.child
            continue
        node = _following(node, root)
    return found


def _following(node: LexborNode, root: LexborNode) -> LexborNode | None:
    """The next node that is not inside this one; None at the end of `root`."""
    at: LexborNode | None = node
    while at is not None and at.mem_id != root.mem_id:
        if at.next is not None:
            return at.next
        at = at.parent
    return None


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by the identity of their field, and elements by their id (the first that has it)."""

    by_field: Mapping[int, str]
    by_id: Mapping[str, LexborNode]

    @classmethod
    def of(cls, parser: LexborHTMLParser) -> Labels:
        """All labels of a page: a label is its `for`'s, without `for` that of the first control in it."""
        by_id: dict[str, LexborNode] = {}
        for node in parser.css("[id]"):
            by_id.setdefault(node.attributes.get("id") or "", node)
        found: dict[int, list[str]] = {}
        for label in parser.css("label")[:MOST_LABELS]:
            aim = _aim(label, by_id)
            text = text_of(label)
            if aim is not None and text:
                found.setdefault(aim.mem_id, []).append(text)
        return cls({key: " ".join(texts)[:LABEL_LONGEST] for key, texts in found.items()}, by_id)

    def label(self, node: LexborNode, attributes: Attributes) -> str:
        """The text of a field's labels, or of those that `aria-labelledby` names."""
        return self.by_field.get(node.mem_id) or self.named(attributes.get("aria-labelledby"))

    def named(self, ids: str | None) -> str:
        """The texts of elements that are named by id, in the order of the ids."""
        nodes = [self.by_id[each] for each in (ids or "").split()[:8] if each in self.by_id]
        return " ".join(filter(None, map(text_of, nodes)))[:LABEL_LONGEST]


def _aim(label: LexborNode, by_id: Mapping[str, LexborNode]) -> LexborNode | None:
    """The control that a label is for."""
    wanted = label.attributes.get("for", "")
    if "for" in label.attributes:
        return by_id.get(wanted or "")
    for node in label.css("input, select, textarea, button, meter, output, progress"):
        if node.tag != "input" or (node.attributes.get("type") or "").lower() != "hidden":
            return node
    return None
