"""What can happen in a life of a vault but erasing: rules of the random histories."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from second_me.app.service.fact_edits import FactEdits
from second_me.app.service.lives import Uses, come, tend
from second_me.app.service.others import Asker, Others
from second_me.core.disclosure.gate import Hand, Place
from second_me.core.disclosure.levels import Audience, Topic
from second_me.core.memory.episodes import Kind, NewEpisode, Role
from second_me.core.memory.facts.claims import Verdict
from second_me.core.memory.facts.slots import Slot
from second_me.core.ports import EnvironmentFault
from tests.service.lived import Lived, Silent
from tests.storage.conftest import DIMENSIONS, direction

PEOPLE = ("Anna", "Ben Okoro", "Annabel")
TELLING = (
    "My dog is called {0}. I work at {1}.",
    "I live in {0} and work at {1}.",
    "I moved to {0} in May 2023. I live in {0}.",
    "{1} is my sister. She likes {0}. {1} lives in {0}.",
    "I like {0}. I hate {1}.",
    "When I say {0} I mean {1}.",
    "Anna's birthday is on 3 May. She brings {0}. Anna lives in {1}.",
    "No, actually I live in {0}, not in {1}.",
    "We met {0} last week; 我喜欢{2}。",
    "Last Friday Ben Okoro lost his {0}. " + "It was a long day with much rain. " * 30 + "He found a {1}.",
)
ASKED = (
    "Where do I live?",
    "What is my dog called?",
    "When is Anna's birthday?",
    "What do I like?",
    "Where do I work?",
)
ASKED_BY_OTHERS = (
    "Where do you live?",
    "Where does Anna live?",
    "When is Anna's birthday?",
    "What do you like?",
)
ANY = st.integers(0, 10_000)


class Living(RuleBasedStateMachine):
    """Says, imports, asks, edits, hides; the jobs of the background do their work."""

    lived: Lived

    def pick(self, number: int, where: str = "1") -> str | None:
        ids = self.lived.ids(where)
        return ids[number % len(ids)] if ids else None

    def text(self, number: int) -> str:
        words = self.lived.words
        first, second = words.one().title(), words.one().title()
        return TELLING[number % len(TELLING)].format(first, second, words.chinese())

    def conversation(self, number: int) -> str:
        """One of them; "absent" when there is none."""
        names = self.lived.conversations() or ["absent"]
        return names[number % len(names)]

    # -- what is said -------------------------------------------------------------------------------------

    def talk(self, number: int) -> str:
        talks = [name for name in self.lived.conversations() if name.startswith("talk/")]
        shown = [each for each in talks if self.lived.house.conversations.get(each).hidden_at is None]  # type: ignore[union-attr]
        if not shown or number % 5 == 0:
            return self.lived.turns.talks.create(False).name
        return shown[number % len(shown)]

    def said(self, talk: str, text: str) -> None:
        self.lived.clock.move(minutes=3)
        _, _, run = self.lived.turns.send(talk, text, Silent())
        run()

    @rule(where=ANY, what=ANY)
    def tell(self, where: int, what: int) -> None:
        self.said(self.talk(where), self.text(what))

    @rule(where=ANY, which=ANY)
    def ask(self, where: int, which: int) -> None:
        """About something that was said, so that an answer cites it."""
        words = sorted(self.lived.alive())
        if words and which % 3:
            self.said(self.talk(where), f"What do you know about {words[which % len(words)]}?")
        else:
            self.said(self.talk(where), ASKED[which % len(ASKED)])

    @rule(which=ANY)
    def correct(self, which: int) -> None:
        answer = self.pick(which, "role = 'assistant' AND hidden_at IS NULL")
        if answer is None:
            return
        try:
            talk, _, _ = self.lived.turns.talks.question_of(answer)
            talk.append(Role.PERSON, f"No, it is {self.lived.words.one()}.", self.lived.clock.now(), True)
            self.lived.turns.lessons.corrected(answer)
            _, run = self.lived.turns.again(answer, [], Silent())
        except EnvironmentFault:
            return
        run()

    @rule(which=ANY, other=ANY, refused=st.booleans())
    def judge(self, which: int, other: int, refused: bool) -> None:
        answer, memory = self.pick(which, "role = 'assistant'"), self.pick(other, "role <> 'assistant'")
        records = self.lived.house.conversations.answers([answer] if answer else [])
        if answer is not None and answer in records and memory is not None:
            beside = [*records[answer].considered, memory]
            chosen = beside[other % len(beside)]
            if refused:
                self.lived.turns.lessons.refused(answer, [chosen] if chosen in beside[:-1] else [])
            else:
                self.lived.turns.lessons.opened(answer, chosen)
                Uses(self.lived.house).copied(answer)

    @rule(who=ANY, where=ANY, count=st.sampled_from([1, 2, 4, 60]), timeless=st.booleans())
    def bring(self, who: int, where: int, count: int, timeless: bool) -> None:
        """An import; its conversation is named by a word of its own, or goes on."""
        known = [name for name in self.lived.conversations() if name.startswith("chat ")]
        name = known[where % len(known)] if known and where % 2 else f"chat {self.lived.words.one()}"
        speakers = (*PEOPLE, self.lived.words.one(), "Mara")
        batch = []
        for n in range(count):
            speaker = speakers[(who + n) % len(speakers)]
            said = None if timeless and n % 2 else self.lived.clock.now() - timedelta(days=(where + n) % 400)
            role = Role.PERSON if speaker == "Mara" else Role.OTHER
            identity = f"{len(self.lived.words.all)}-{n}"
            batch.append(
                NewEpisode(name, speaker, self.text(who + n), said, role, Kind.TURN, identity, "jsonl")
            )
        self.lived.house.episodes.append_many(batch, self.lived.clock.now())

    @rule(what=ANY)
    def note(self, what: int) -> None:
        now = self.lived.clock.now()
        new = NewEpisode("notes", "me", self.text(what), now, Role.PERSON, Kind.NOTE, origin="note")
        self.lived.house.episodes.append(new, now)

    @rule(which=ANY)
    def name(self, which: int) -> None:
        """The person types a title."""
        name = self.conversation(which)
        word = self.lived.words.one()
        self.lived.named[name] = {word}
        self.lived.house.conversations.rename(name, f"About {word}", None)

    # -- what becomes of it -------------------------------------------------------------------------------

    @rule(count=st.integers(1, 20), other=st.booleans())
    def embed(self, count: int, other: bool) -> None:
        vectors = self.lived.house.vectors
        vectors.use_embedder("other" if other else "test", DIMENSIONS)
        vectors.store({chunk.chunk_id: direction(chunk.chunk_id) for chunk in vectors.pending(count)})

    @rule(count=st.integers(1, 30))
    def read(self, count: int) -> None:
        """What was said is read for facts."""
        self.lived.house.keeper.step(count, self.lived.clock.now())

    @rule(which=ANY, how=st.sampled_from(["confirm", "end", "edit", "reopen", "add", "hand"]))
    def edit(self, which: int, how: str) -> None:
        """What the person does in About me, and sets by hand."""
        house, edits = self.lived.house, FactEdits(self.lived.house)
        facts = house.book.all()
        if how == "add" or not facts:
            with contextlib.suppress(EnvironmentFault):  # where "about me" is hidden
                edits.add(
                    list(Slot)[which % len(Slot)], self.lived.words.one(), "me" if which % 2 else PEOPLE[0]
                )
            return
        fact = facts[which % len(facts)].kept
        with contextlib.suppress(EnvironmentFault):
            if how == "edit":
                edits.edit(fact.claim_id, self.lived.words.one())
            elif how == "end":
                edits.end(fact.claim_id, None)
            elif how == "hand":
                value = fact.claim.value
                place = Place(fact.memory_id, fact.claim.slot, value.start, value.end)
                house.disclosure.set_by_hand(place, Hand(topic=Topic.HOME))
            else:
                getattr(edits, how)(fact.claim_id)

    @rule(which=ANY, verdict=st.sampled_from(Verdict))
    def settle(self, which: int, verdict: Verdict) -> None:
        found = self.lived.house.book.contradictions()
        if found:
            pair = found[which % len(found)]
            first, second = pair.first.kept.claim_id, pair.second.kept.claim_id
            FactEdits(self.lived.house).settle(first, second, verdict)

    @rule(who=ANY, audience=st.sampled_from(Audience), which=ANY)
    def be_asked(self, who: int, audience: Audience, which: int) -> None:
        """Somebody else asks: what they were told and what was withheld stands in the log."""
        question = ASKED_BY_OTHERS[which % len(ASKED_BY_OTHERS)]
        self.lived.house.disclosure.map_contact(PEOPLE[who % len(PEOPLE)], audience)
        Others(self.lived.house).answer(question, Asker(PEOPLE[who % len(PEOPLE)], frozenset({audience})))

    @rule(which=ANY, let_go=st.booleans())
    def pin(self, which: int, let_go: bool) -> None:
        memory, lives = self.pick(which, "role <> 'assistant'"), self.lived.house.lives
        if memory is not None:
            (lives.let_go if let_go else lives.pin)(memory, which % 2 == 0)

    @rule(hours=st.sampled_from([1, 7, 50, 24 * 40]))
    def pass_time(self, hours: int) -> None:
        self.lived.clock.move(hours=hours)
        while self.lived.house.grains.make_next(self.lived.clock.now()):
            pass
        come(self.lived.house, self.lived.clock.now())
        tend(self.lived.house, lambda: False)

    @rule(which=ANY, back=st.booleans())
    def hide(self, which: int, back: bool) -> None:
        memory = self.pick(which, "hidden_at IS NOT NULL") if back else self.pick(which)
        if memory is not None and back:
            self.lived.house.episodes.restore(memory)
        elif memory is not None:
            self.lived.house.episodes.hide(memory, self.lived.clock.now())

    @rule(which=ANY, back=st.booleans())
    def hide_conversation(self, which: int, back: bool) -> None:
        name = self.conversation(which)
        if back:
            self.lived.house.conversations.restore(name)
        else:
            self.lived.house.conversations.hide(name, self.lived.clock.now())

    @rule(which=ANY, remembered=st.booleans())
    def remember(self, which: int, remembered: bool) -> None:
        memory = self.pick(which, "role <> 'assistant'")
        if memory is not None:
            self.lived.house.episodes.set_remembered(memory, remembered)
