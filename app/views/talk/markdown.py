"""Answers as blocks of the rich text that Qt shows. HTML in the text stays text; `[1]` becomes a link."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

_CITATION = re.compile(r"\[(\d{1,3})\]")
_FLUSH = ' style="margin-top:0px;margin-bottom:0px;line-height:140%;"'
_LIST = ' style="margin-top:0px;margin-bottom:0px;margin-left:18px;-qt-list-indent:0;"'
_OFF = ["link", "image", "autolink", "reference", "html_block", "html_inline"]


@dataclass(frozen=True, slots=True)
class Look:
    """Colours (hex) and the size (points) of a citation, which of them there are, and which is chosen."""

    ink: str
    paper: str
    chosen_ink: str
    chosen_paper: str
    size: str
    numbers: Collection[int] = field(default=frozenset())
    chosen: int = 0


class _Renderer(RendererHTML):
    """HTML of the subset that QTextDocument knows, without margins of its own."""

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Escaped text with its citations as links."""
        look: Look | None = env.get("look")
        escaped = html.escape(tokens[idx].content)
        if look is None:
            return escaped
        return _CITATION.sub(lambda match: _link(int(match.group(1)), look), escaped)

    def paragraph_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A paragraph; its distance to the next is the layout's."""
        return "" if tokens[idx].hidden else f"<p{_FLUSH}>"

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Headings are bold lines: an answer is no document."""
        return f"<p{_FLUSH}><b>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """End of the bold line."""
        return "</b></p>"

    def bullet_list_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A list that starts near the edge."""
        return f"<ul{_LIST}>"

    def ordered_list_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A numbered list with its first number."""
        start = tokens[idx].attrGet("start") or 1
        return f'<ol start="{start}"{_LIST}>'

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """An item; Qt does not inherit the line height from the list."""
        return '<li style="line-height:140%;">'


def _link(number: int, look: Look) -> str:
    if number not in look.numbers:
        return f"[{number}]"
    ink, paper = (look.chosen_ink, look.chosen_paper) if number == look.chosen else (look.ink, look.paper)
    return (
        f'<a href="cite:{number}" style="text-decoration:none;"><span style="color:{ink};'
        f'background-color:{paper};font-weight:700;font-size:{look.size};">&nbsp;{number}&nbsp;</span></a>'
    )


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer).disable(_OFF)


def block_spans(text: str) -> list[tuple[int, int]]:
    """Where each block of the text starts and ends; a list or a quotation is one block."""
    at = [0]
    for line in text.split("\n"):
        at.append(at[-1] + len(line) + 1)
    starts = [
        at[token.map[0]]
        for token in _parser().parse(text)
        if token.level == 0 and token.map and token.nesting >= 0
    ]
    return list(zip(starts, [*starts, len(text)][1:], strict=True))


def split_blocks(text: str) -> list[str]:
    """The source of each block of the text, in order."""
    return [text[start:end].strip("\n") for start, end in block_spans(text)]


def render(block: str, look: Look | None = None) -> str:
    """One block as HTML; without a look there are no links in it."""
    return str(_parser().render(block, {"look": look}))


def plain(text: str) -> str:
    """The text without its marks, for a screen reader: `[1]` stays."""
    spaced = re.sub(r"</(p|li|pre)>", "\n", _parser().render(text, {}))
    return html.unescape(re.sub(r"<[^>]+>", "", spaced)).strip()
