"""How an element of a page is hidden, as far as its file says: attributes, inline style, rules of its own `<style>`.

A file is not a browser: scripts, linked sheets and what lies over what are not seen. What is told here is a reason to
leave a field alone, the lack of it is no promise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

Attributes = Mapping[str, str | None]
CONTROLS = frozenset({"input", "select", "textarea"})
MOST_RULES = 400
LONGEST_SHEET = 200_000
AWAY = 900
"""CSS pixels to the left or the top from which on a place is off the screen."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NOTHING = re.compile(r"^(0|0?\.0+|0%)$")
_ZERO = re.compile(r"^[01](\.\d+)?(px)?$")
_PIXELS = re.compile(r"(-?\d+(?:\.\d+)?)(px|r?em|vw|vh|%)?")
_TELLING = re.compile(
    r"display|visibility|opacity|clip|left|right|top|bottom|text-indent|width|height|margin|transform|font-size"
)


class Hiding:
    """Why an element cannot be seen."""

    @staticmethod
    def of(tag: str, attributes: Attributes, sheet: Mapping[str, str]) -> str:
        """One of the obstacles of `forms.OBSTACLES`, "" where nothing says so."""
        if "hidden" in attributes or tag == "noscript":
            return "hidden"
        style = attributes.get("style")
        said = {**sheet, **declarations(style)} if style else sheet
        return hidden_by(said, tag in CONTROLS) if said else ""


def declarations(style: str) -> dict[str, str]:
    """Property to value, in lower case, without `!important`; the last one counts."""
    found = {}
    for each in style[:2000].split(";"):
        name, colon, value = each.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def hidden_by(style: Mapping[str, str], control: bool) -> str:
    """The obstacle that declarations of one element make for it (a control) or for what is in it."""
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return "hidden"
    if _NOTHING.match(style.get("opacity", "")) or "opacity(0" in style.get("filter", ""):
        return "transparent"
    if _clipped(style) or _away(style):
        return "off_screen"
    return "too_small" if _tiny(style, control) else ""


def _clipped(style: Mapping[str, str]) -> bool:
    clip = style.get("clip", "").replace(" ", "")
    path = style.get("clip-path", "").replace(" ", "")
    return clip.startswith(("rect(0,0,0,0", "rect(000", "rect(1px,1px", "rect(0000")) or path.startswith(
        ("inset(50%", "inset(100%", "circle(0", "polygon(000")
    )


def _away(style: Mapping[str, str]) -> bool:
    """Whether it is moved far out to the left or up, where nothing scrolls to."""
    moved = [style.get(name, "") for name in ("left", "top", "margin-left", "margin-top", "text-indent")]
    moved += re.findall(r"translate[xy3d]*\(([^)]*)\)", style.get("transform", ""))
    sizes = {"": 1.0, "px": 1.0, "em": 16.0, "rem": 16.0, "vw": 12.0, "vh": 8.0, "%": 10.0}
    far = any(
        float(number) * sizes[unit] <= -AWAY for each in moved for number, unit in _PIXELS.findall(each[:100])
    )
    if far or style.get("position", "") not in ("absolute", "fixed"):
        return far or "scale(0)" in style.get("transform", "").replace(" ", "")
    right = [style.get(name, "") for name in ("left", "right", "top", "bottom")]
    return any(abs(float(n)) * sizes[u] > 4 * AWAY for each in right for n, u in _PIXELS.findall(each[:100]))


def _tiny(style: Mapping[str, str], control: bool) -> bool:
    """Whether it has no area: at most a pixel high or wide, and what is beyond that is cut off."""
    sizes = ("width", "height", "max-width", "max-height")
    none = any(_ZERO.match(style.get(name, "")) for name in sizes)
    return none and (control or style.get("overflow", "visible") in ("hidden", "clip"))


@dataclass(frozen=True, slots=True)
class Sheets:
    """Declarations of the page's own style elements by the identity of the element that they meet."""

    by_node: Mapping[int, Mapping[str, str]]

    @classmethod
    def of(cls, parser: LexborHTMLParser) -> Sheets:
        """Reads at most `MOST_RULES` rules that could hide something; later ones win (no specificity)."""
        text = "\n".join(node.text() or "" for node in parser.css("style"))[:LONGEST_SHEET]
        met: dict[int, dict[str, str]] = {}
        rules = [rule for rule in _RULE.findall(_COMMENT.sub("", text)) if _TELLING.search(rule[1])]
        for selector, body in rules[:MOST_RULES]:
            said = declarations(body)
            for node in _matches(parser, selector.strip()):
                met.setdefault(node.mem_id, {}).update(said)
        return cls(met)

    def of_node(self, node: LexborNode) -> Mapping[str, str]:
        """What the sheets say of an element."""
        return self.by_node.get(node.mem_id, {}) if self.by_node else {}


def _matches(parser: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that a selector meets; none for one that this parser does not know."""
    if not selector or "@" in selector or ":" in selector:
        return []
    try:
        return list(parser.css(selector))
    except (SelectolaxError, ValueError):
        return []
