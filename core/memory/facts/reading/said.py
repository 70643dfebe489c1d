"""What the grammar passes on: a clause read as who, verb and what follows; and the drafts of claims made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from second_me.core.memory.facts.claims import Qualifier, Stance
from second_me.core.memory.facts.reading.persons import People, Subject
from second_me.core.memory.facts.reading.values import Span
from second_me.core.memory.facts.reading.verbs import Group
from second_me.core.memory.facts.reading.words import Kind, Word
from second_me.core.memory.facts.slots import Slot


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its passages are cut: `start` <= i < `end` of the text."""

    slot: Slot
    start: int
    end: int
    stance: Stance = Stance.HOLDS
    named: tuple[int, int] | None = None
    qualifier: Qualifier = Qualifier.NONE
    corrects: bool = False
    timed: bool = True
    """Whether the clause's time says since when."""


@dataclass(slots=True)
class Scene:
    """What is known while a text is read. `loose`: it is written without capitals.

    `worked`: this sentence has told of work already; `greeted`: somebody introduces themselves.
    """

    text: str
    loose: bool
    people: People = field(default_factory=People)
    worked: bool = False
    contacts: list[Kind] = field(default_factory=list)
    dropped: list[Kind] = field(default_factory=list)
    """Kinds of contacts that this sentence has given up."""
    animal: Draft | None = None
    """The animal that was told of last without its name."""
    renamed: list[Draft] = field(default_factory=list)
    """Animals whose names came later: the name stands for them."""
    greeted: bool = False
    renamed_self: bool = False
    """The person tells that their name is another one now."""
    ahead: str = ""
    """The first two words of the clause that follows a comma."""
    corrected: bool = False
    """The sentence, or the one before it, takes something back."""
    promoted: bool = False
    """This sentence, or the one before it, tells of a promotion."""
    left: bool = False
    """This sentence has told that the person left a town."""
    housed: bool = False
    """The sentence before this one tells where the person lives now."""
    moved: bool = False
    """A sentence before this one tells that the person has moved: "the address" is theirs."""


@dataclass(slots=True)
class Said:
    """One clause that states something. `at` is the first word after the verb; `prefix` the words of time before."""

    scene: Scene
    words: list[Word]
    at: int
    group: Group
    subject: Subject
    prefix: list[Word] = field(default_factory=list)

    @property
    def named(self) -> tuple[int, int] | None:
        """Where the name of the one it is about stands; None: the person."""
        return self.subject.named

    @property
    def loose(self) -> bool:
        """Whether small letters may be names here."""
        return self.scene.loose

    def low(self, at: int) -> str:
        """The word at a place, "" outside."""
        return self.words[at].low if 0 <= at < len(self.words) else ""

    def has(self, *lows: str) -> bool:
        """Whether one of these words stands in the clause."""
        return any(word.low in lows for word in self.words)

    def given_up(self) -> bool:
        """ "used to", "no longer", "not ... any more"."""
        tail = " ".join(word.low for word in self.words[self.at :])
        late = "anymore" in tail or "any more" in tail or "any longer" in tail or "no longer" in tail
        return self.group.ended or (self.group.negated and late)

    def stance(self) -> Stance:
        """What the verb's group says of the value."""
        if self.given_up():
            return Stance.ENDED
        return Stance.DENIED if self.group.negated else Stance.HOLDS

    def lasting(self) -> Stance | None:
        """The stance of a state ("live", "work"): over when told in the past, unclear for "I have lived in A"."""
        if self.group.past and not self.group.negated:
            return Stance.ENDED
        if self.group.perfect and self.group.tense == "past" and not self.group.negated:
            held = self.has("since", "for", "always", "years", "now", "life")
            return Stance.HOLDS if held else None
        return self.stance()

    def draft(self, slot: Slot, span: Span, stance: Stance | None = None, *, timed: bool = True) -> Draft:
        """A draft of the words of a span."""
        first, last = span
        start, end = self.words[first].start, self.words[last - 1].end
        if self.scene.text[end : end + 1] == "." and self.scene.text[end - 3 : end - 1].endswith("."):
            end += 1  # the last letter of "D.C."
        inside = self.scene.text[start:end]
        if "(" in inside and ")" not in inside and self.scene.text[end : end + 1] == ")":
            end += 1  # "Halle (Saale)"
        return Draft(
            slot,
            start,
            end,
            self.stance() if stance is None else stance,
            self.named,
            timed=timed,
        )
