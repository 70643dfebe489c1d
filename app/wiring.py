"""The only file that sees all four folders: builds what stands behind the ports and passes it in.

The models of a home are built by `model_wiring`.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from second_me.app.field_types import FieldTypes
from second_me.app.model_wiring import keep_budget, list_models, model_files, model_process
from second_me.app.paths import HomeLayout
from second_me.app.reader import READER
from second_me.app.service.asked_once import AskedOnce
from second_me.app.service.house import House
from second_me.app.weights import deep_weights, evidence_weights, near_words, reranker_weights
from second_me.core.memory.chunks import split
from second_me.core.memory.erasure import ErasureReceipt, Selection
from second_me.core.memory.facts.book import FactBook
from second_me.core.memory.facts.keeping import Keeper, Reader
from second_me.core.ports import Clock
from second_me.core.recall.deep import Deepener
from second_me.core.recall.grains import GrainMaker
from second_me.core.recall.keys import KEY_VERSION, search_key
from second_me.core.recall.rarity import Rarity
from second_me.core.recall.recall import Recall, Sources
from second_me.core.temporal.events import read_times
from second_me.core.twin.fact_answers import FactAnswers
from second_me.core.twin.outline import Outline
from second_me.core.twin.twin import Twin
from second_me.models.client import ModelProcess
from second_me.storage.checks.checks import Checks
from second_me.storage.index.full_text import FullText
from second_me.storage.index.placement import Placements
from second_me.storage.index.vectors import Vectors
from second_me.storage.repositories.audit import Audit
from second_me.storage.repositories.browsers import Browsers
from second_me.storage.repositories.conversations import Conversations
from second_me.storage.repositories.disclosure import Disclosure
from second_me.storage.repositories.episodes import Episodes
from second_me.storage.repositories.facts import Facts
from second_me.storage.repositories.feedback import Feedback, Verdict
from second_me.storage.repositories.fills import Fills
from second_me.storage.repositories.glossary import Glossary
from second_me.storage.repositories.grains import Grains
from second_me.storage.repositories.learned import LearnedWeights
from second_me.storage.repositories.life import Lives
from second_me.storage.repositories.notices import Notices
from second_me.storage.repositories.rekeying import Rekeying
from second_me.storage.repositories.settings import Settings
from second_me.storage.repositories.upkeep import UpkeepRows
from second_me.storage.states import States
from second_me.storage.vault import (
    Vault,
    change_passphrase,
    create_vault,
    open_vault,
    vault_exists,
    verify_passphrase,
)


class SystemClock:
    """The computer's clock, local time."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now()


class _Forgetting:
    """Nothing that the model has read of what is erased stays: no state on the disk, none in its process."""

    def __init__(self, states: States, model: ModelProcess) -> None:
        self._states, self._model = states, model
        self.times = 0

    @contextlib.contextmanager
    def __call__(self) -> Iterator[None]:
        self.times += 1
        with self._model.forgetting(), self._states.erasing():
            yield


class _Episodes(Episodes):
    """The episodes of a vault whose model forgets, too, what is erased: no caller can leave that out."""

    def __init__(self, vault: Vault, forgetting: _Forgetting) -> None:
        super().__init__(vault, search_key, split, read_times)
        self._forgetting = forgetting

    def erase(self, what: Selection | Sequence[str]) -> ErasureReceipt:
        with self._forgetting():
            return super().erase(what)

    def purge_hidden(self, before: datetime) -> ErasureReceipt:
        with self._forgetting():
            return super().purge_hidden(before)


class _NoticeBoard:
    def __init__(self, vault: Vault) -> None:
        self._notices = Notices(vault)

    def listing(self) -> Sequence[Mapping[str, Any]]:
        return [dataclasses.asdict(notice) for notice in self._notices.standing()]

    def dismiss(self, notice_id: int) -> None:
        self._notices.dismiss(notice_id)


class _FeedbackBook:
    def __init__(self, vault: Vault) -> None:
        self._feedback = Feedback(vault)

    def record(self, answer_id: str, memory_id: str | None, verdict: str, at: datetime) -> bool:
        return self._feedback.add(Verdict(answer_id, memory_id, verdict, at))


class HomeDoor:
    """The vault of a home, before it is open (`app.service.house.VaultDoor`)."""

    def __init__(
        self,
        layout: HomeLayout,
        clock: Clock,
        model_changed: Callable[[dict[str, Any]], None],
        reader: Reader = READER,
    ) -> None:
        self._layout, self._clock, self._model_changed = layout, clock, model_changed
        self._reader = reader

    def exists(self) -> bool:
        """Whether there is a vault."""
        return vault_exists(self._layout.vault)

    def create(self, passphrase: str) -> tuple[House, str]:
        """A new vault."""
        vault, recovery_key = create_vault(self._layout.vault, passphrase)
        return self._house(vault), recovery_key

    def open(self, *, passphrase: str | None, recovery_key: str | None) -> House:
        """The opened vault."""
        return self._house(
            open_vault(
                self._layout.vault, passphrase=passphrase, recovery_key=recovery_key, now=self._clock.now()
            )
        )

    def verify(self, passphrase: str) -> None:
        """Proves a passphrase."""
        verify_passphrase(self._layout.vault, passphrase)

    def change_passphrase(self, new: str, *, passphrase: str | None, recovery_key: str | None) -> None:
        """Wraps the data key anew."""
        change_passphrase(self._layout.vault, new, passphrase=passphrase, recovery_key=recovery_key)

    def _house(self, vault: Vault) -> House:
        states = States(vault)
        model = model_process(self._layout, states)
        forgetting = _Forgetting(states, model)
        episodes = _Episodes(vault, forgetting)
        conversations = Conversations(vault)
        words, vectors = FullText(vault), Vectors(vault)
        model.listen(self._model_changed)
        evidence = evidence_weights()
        learned, weights = LearnedWeights(vault), reranker_weights()
        placement = Placements(vault)
        sources = Sources(episodes, words, vectors, placement, model.embedder, near_words())
        facts, glossary, lives = Facts(vault), Glossary(vault), Lives(vault)
        recall = Recall(
            sources, evidence, weights, lambda: learned.deltas(self._clock.now()),
            own_words=glossary.listing, strengths=lives.strengths,
        )  # fmt: skip
        grains, rarity = Grains(vault), Rarity(words)
        maker = GrainMaker(grains, episodes.by_seq, rarity)
        outline = Outline(grains, maker, episodes, recall, rarity, lives.strengths)
        deepener, book = (
            Deepener(model.generator, deep_weights()),
            FactBook(facts, self._clock.now, vault.reading),
        )
        known = FactAnswers(book, episodes, glossary.listing, AskedOnce(Settings(vault)))
        return House(
            episodes=episodes,
            conversations=conversations,
            words=words,
            vectors=vectors,
            placement=placement,
            audit=Audit(vault),
            disclosure=Disclosure(vault),
            browsers=Browsers(vault),
            notices=_NoticeBoard(vault),
            settings=Settings(vault),
            feedback=_FeedbackBook(vault),
            learned=learned,
            weights=weights.weights,
            embedder=model.embedder,
            generator=model.generator,
            model=model,
            recall=recall,
            deepener=deepener,
            grains=maker,
            upkeep=UpkeepRows(vault),
            checks=Checks(vault, search_key, split, self._clock.now),
            facts=facts,
            glossary=glossary,
            book=book,
            keeper=Keeper(facts, glossary, episodes, self._reader, vault.writing),
            twin=Twin(recall, episodes, model.generator, outline=outline, deepener=deepener, facts=known),
            fills=Fills(vault),
            type_fields=FieldTypes().for_filling,
            lives=lives,
            rarity=rarity,
            clock=self._clock,
            find_models=lambda: model_files(self._layout),
            list_models=lambda: list_models(self._layout),
            keep_budget=lambda size: keep_budget(self._layout, size),
            used_in=lambda memory_id: [record.answer_id for record in conversations.citing(memory_id)],
            rewrite_keys=Rekeying(vault, search_key, KEY_VERSION).rewrite,
            purge_hidden=lambda before: len(episodes.purge_hidden(before).memories),
            erasures=lambda: forgetting.times,
            together=vault.writing,
            close=lambda: _close(states, vault),
        )


def _close(states: States, vault: Vault) -> None:
    states.close()
    vault.close()


def runtime_of_storage() -> str:
    """What the encrypted storage says of its build. Raises ImportError or OSError when it does not load."""
    from second_me.storage.connection import versions

    return versions()
