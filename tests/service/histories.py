"""Random histories of a vault, as a hypothesis state machine; after each erasure everything is looked through."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from second_me.core.memory.episodes import Kind, NewEpisode, Role
from second_me.core.memory.erasure import Selection
from second_me.core.ports import EnvironmentFault
from second_me.core.recall.keys import KEY_VERSION, Key
from second_me.storage import migrate
from second_me.storage.index import keyed
from second_me.storage.state_key import state_key
from second_me.storage.states import write_state
from tests.service.lived import Lived, Silent
from tests.service.scrutiny import Scrutiny
from tests.storage.conftest import DIMENSIONS, direction

PEOPLE = ("Anna", "Ben Okoro", "Annabel")
TELLING = (
    "My dog is called {0}.",
    "I live in {0} and work at {1}.",
    "I moved to {0} in May 2023.",
    "{1} is my sister. She likes {0}.",
    "I like {0}. I hate {1}.",
    "When I say the {0} I mean the {1}.",
    "Anna's birthday is on 3 May, and she brings {0}.",
    "No, actually my dog is called {0}, not {1}.",
    "We met {0} last week; 我喜欢{2}。",
    "Last Friday Ben Okoro lost his {0}. " + "It was a long day with much rain. " * 30 + "He found a {1}.",
)
ANY = st.integers(0, 10_000)


class Histories(RuleBasedStateMachine):
    """Says, imports, asks, hides, erases, dies and comes back."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.lived = Lived(seed)
        self.scrutiny = Scrutiny(self.lived)
        self.tell(0, seed)

    def teardown(self) -> None:
        if hasattr(self, "lived"):
            self.erase(Selection(tuple(self.lived.ids()[:2])))
            self.lived.close()

    def pick(self, number: int, where: str = "1") -> str | None:
        ids = self.lived.ids(where)
        return ids[number % len(ids)] if ids else None

    def text(self, number: int) -> str:
        words = self.lived.words
        return TELLING[number % len(TELLING)].format(words.one(), words.one(), words.chinese())

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
        if words:
            self.said(self.talk(where), f"What do you know about {words[which % len(words)]}?")

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
        if answer in records and memory is not None:
            beside = [*records[answer].considered, memory]
            chosen = beside[other % len(beside)]
            if refused:
                self.lived.turns.lessons.refused(answer, [chosen] if chosen in beside[:-1] else [])
            else:
                self.lived.turns.lessons.opened(answer, chosen)

    @rule(who=ANY, where=ANY, count=st.integers(1, 5), timeless=st.booleans())
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

    @rule(hours=st.sampled_from([1, 7, 50, 24 * 40]))
    def pass_time(self, hours: int) -> None:
        self.lived.clock.move(hours=hours)
        while self.lived.house.grains.make_next(self.lived.clock.now()):
            pass

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

    @rule()
    def rekey(self) -> None:
        """Keys of an older version, and some steps on the way from them to today's."""
        with self.lived.vault.writing() as db:
            texts = self.lived.rows("SELECT seq, text FROM episodes WHERE role <> 'assistant'")
            keyed.rewrite(db, {seq: Key(f"older {text}", "") for seq, text in texts[:6]})
            for key, value in (("keys", "1"), (keyed.UNDER_WAY, f"{KEY_VERSION} 0")):
                db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))

    @rule(steps=st.integers(1, 12))
    def rekey_on(self, steps: int) -> None:
        for _ in range(steps):
            self.lived.house.rewrite_keys()

    @rule()
    def keep_copies(self) -> None:
        """As a migration and a model's process leave them: a copy of the vault, the state of a conversation."""
        migrate.keep_copy(self.lived.vault.files, 3)
        folder = self.lived.vault.files.states
        folder.mkdir(exist_ok=True)
        write_state(folder / "x.state", state_key(self.lived.vault), "talk/1", b"what the model has read")

    @rule()
    def reopen(self) -> None:
        self.lived.reopen()

    @rule()
    def die(self) -> None:
        self.lived.die()

    # -- erasing ------------------------------------------------------------------------------------------

    @rule(which=ANY, count=st.integers(1, 3))
    def erase_memories(self, which: int, count: int) -> None:
        ids = self.lived.ids()
        if ids:
            self.erase(Selection(tuple(ids[(which + 7 * n) % len(ids)] for n in range(count))))

    @rule(which=ANY)
    def erase_conversation(self, which: int) -> None:
        self.erase(Selection(conversations=(self.conversation(which),)))

    @rule(who=ANY, mentioning=st.booleans())
    def erase_person(self, who: int, mentioning: bool) -> None:
        speakers = [name for (name,) in self.lived.rows("SELECT DISTINCT speaker FROM episodes ORDER BY 1")]
        name = (*PEOPLE, *speakers, "me")[who % (len(PEOPLE) + len(speakers) + 1)]
        self.erase(
            Selection(person=name.upper() if who % 3 == 0 and name != "me" else name, mentioning=mentioning)
        )

    @rule(back=st.integers(0, 400), days=st.integers(1, 60))
    def erase_period(self, back: int, days: int) -> None:
        after = self.lived.clock.now() - timedelta(days=back)
        self.erase(Selection(after=after, before=after + timedelta(days=days)))

    @rule()
    def purge(self) -> None:
        self.lived.clock.move(days=31)
        self.lived.house.purge_hidden(self.lived.clock.now() - timedelta(days=30))
        self.scrutiny.look()

    @precondition(lambda self: self.lived.ids())
    @rule(which=ANY)
    def erase_and_die(self, which: int) -> None:
        """The process ends between the commit and the cleaning up: opening goes on with it."""
        memory = self.pick(which)
        assert memory is not None
        self.lived.vault.finish_erasure = _died  # type: ignore[method-assign]
        try:
            self.lived.house.episodes.erase([memory])
        except Died:
            self.lived.die()
        self.scrutiny.look()
        assert memory not in self.lived.ids()

    def erase(self, selection: Selection) -> None:
        wanted = self.scrutiny.meant(selection)
        expected = self.lived.house.episodes.preview_erasure(selection)
        receipt = self.lived.house.episodes.erase(selection)
        assert receipt == expected
        assert set(receipt.memories) | set(receipt.answers) >= wanted
        self.scrutiny.check_receipt(receipt)
        self.scrutiny.look()


class Died(Exception):
    """The process ended."""


def _died() -> int:
    raise Died
