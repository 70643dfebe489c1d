"""Rules over tags, tried one after the other: what a rule matches becomes one node.

A rule is a pattern over the tags of the nodes and a builder; the builder gives the new tag and value, or None
when what stands there is no time after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from second_me.core.memory.sentences import SENTENCE_END
from second_me.core.temporal.lexer import Lexicon, Node, Tagged
from second_me.core.temporal.moments import Tense


@dataclass(slots=True)
class Scan:
    """One text on its way through the rules."""

    text: str
    lexicon: Lexicon
    nodes: list[Node]
    _verbs: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def tags(self) -> str:
        """The tags of all nodes, one letter each."""
        return "".join(node.tag for node in self.nodes)

    def tense(self, start: int, end: int) -> Tense:
        """The tense of the sentence around a place: of the nearest verb that shows one."""
        first = max((m.end() for m in SENTENCE_END.finditer(self.text, 0, start)), default=0)
        after = SENTENCE_END.search(self.text, end)
        last = after.start() if after else len(self.text)
        place = (first, last, start, end)
        future = self._nearest(self.lexicon.future, place)
        past = self._nearest(self.lexicon.past, place)
        if future == past:
            return Tense.UNKNOWN
        return Tense.FUTURE if future < past else Tense.PAST

    def _nearest(self, pattern: str, place: tuple[int, int, int, int]) -> int:
        first, last, start, end = place
        best = 1 << 30
        for begins, ends in self._places(pattern):
            if first <= begins and ends <= last and not (begins < end and start < ends):
                best = min(best, start - ends if ends <= start else begins - end)
        return best

    def _places(self, pattern: str) -> list[tuple[int, int]]:
        """Where the verbs of a tense stand; looked for once a text."""
        if pattern not in self._verbs:
            found = re.compile(pattern, re.IGNORECASE).finditer(self.text.replace("’", "'"))
            spared = self.lexicon.not_past
            self._verbs[pattern] = [m.span() for m in found if m.group().casefold() not in spared]
        return self._verbs[pattern]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule matched."""

    scan: Scan
    match: re.Match[str]

    def node(self, name: str) -> Node | None:
        """The node of a named group; None when the group is empty."""
        at = self.match.start(name) if name in self.match.re.groupindex else -1
        return self.scan.nodes[at] if at >= 0 and self.match.end(name) > at else None

    def value(self, name: str, default: Any = None) -> Any:
        """The value of a named group's node."""
        node = self.node(name)
        return default if node is None else node.value

    def has(self, name: str) -> bool:
        """Whether the named group matched something."""
        return self.node(name) is not None

    @property
    def start(self) -> int:
        """Where it starts in the text."""
        return self.scan.nodes[self.match.start()].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.scan.nodes[self.match.end() - 1].end

    def following(self, offset: int = 0) -> Node | None:
        """The node after the match."""
        at = self.match.end() + offset
        return self.scan.nodes[at] if at < len(self.scan.nodes) else None


Builder = Callable[[Hit], Tagged | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over tags and what it makes."""

    pattern: re.Pattern[str]
    build: Builder
    languages: frozenset[str]


def rule(pattern: str, build: Builder, only: str = "") -> Rule:
    """A rule, of all languages or `only` of some."""
    return Rule(re.compile(pattern), build, frozenset(only.split()))


def run(scan: Scan, rules: Sequence[Rule]) -> None:
    """Apply the rules in order, each from left to right."""
    tags = scan.tags
    for each in rules:
        if each.languages and scan.lexicon.language not in each.languages:
            continue
        at = 0
        while (match := each.pattern.search(tags, at)) is not None:
            made = _built(each, Hit(scan, match))
            at = match.start() + 1
            if made is None:
                continue
            first, last = scan.nodes[match.start()], scan.nodes[match.end() - 1]
            scan.nodes[match.start() : match.end()] = [Node(*made, first.start, last.end)]
            tags = tags[: match.start()] + made[0] + tags[match.end() :]


def _built(each: Rule, hit: Hit) -> Tagged | None:
    try:
        return each.build(hit)
    except (ValueError, OverflowError):
        return None
