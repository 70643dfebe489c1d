"""Random histories of a vault, as a hypothesis state machine; after each erasure everything is looked through."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from second_me.core.memory.erasure import Selection
from second_me.core.recall.keys import KEY_VERSION, Key
from second_me.storage import migrate
from second_me.storage.index import keyed
from second_me.storage.state_key import state_key
from second_me.storage.states import write_state
from tests.service.lived import Lived
from tests.service.living import ANY, PEOPLE, TELLING, Living
from tests.service.scrutiny import Scrutiny


class Histories(Living):
    """A life with erasures, kills and returns."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.lived = Lived(seed)
        self.scrutiny = Scrutiny(self.lived)
        for what in range(len(TELLING)):
            self.note(what)
        self.bring(seed, 0, 4, timeless=seed % 3 == 0)
        self.tell(0, seed + 1)
        self.read(99)
        self.embed(20, other=False)
        self.ask(1, seed)
        self.pass_time(50)

    def teardown(self) -> None:
        if hasattr(self, "lived"):
            self.erase(Selection(tuple(self.lived.ids()[:2])))
            self.lived.close()

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
        query = "SELECT count(*) FROM audit WHERE action = 'erase'"
        before = self.lived.rows(query)
        self.lived.house.purge_hidden(self.lived.clock.now() - timedelta(days=30))
        if self.lived.rows(query) != before:  # else a title that was replaced may still lie in a page
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
        if selection == Selection(person=selection.person, mentioning=selection.mentioning):
            while self.lived.house.keeper.step(50, self.lived.clock.now()):
                pass
            assert not self.lived.house.book.about(selection.person or "")
        self.scrutiny.look()


class Died(Exception):
    """The process ended."""


def _died() -> int:
    raise Died
