"""Looks through a vault for what was erased: every way of asking, every row, every byte; and for what must be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from second_me.core.memory.episodes import Role
from second_me.core.memory.erasure import ME, ErasureReceipt, Selection
from second_me.core.ports import Scope
from second_me.core.recall.grains import Grain
from second_me.storage.repositories.grains import Grains
from tests.service.lived import LETTERS, Lived
from tests.storage.conftest import DIMENSIONS, direction
from tests.storage.looking import data_key, everything
from tests.storage.schema import cells, pointing_nowhere

SAMPLE = 6
PIECE = 8
IDENTITY = re.compile(rb"m_[a-z2-7]{12}")
_CHINESE = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4,}")
_RUNS = re.compile(rb"[%s]{%d,}" % (LETTERS.encode(), PIECE))


class Scrutiny:
    """The eyes on one history. `chunks`: pieces that have ever been there."""

    def __init__(self, lived: Lived) -> None:
        self._lived = lived
        self._key = data_key(lived.folder)
        self._chunks: set[int] = set()
        self._ids: set[str] = set()

    def meant(self, selection: Selection) -> set[str]:
        """Ids of what a selection means at least, told without the product; notes what there is."""
        self._note()
        rows = self._lived.rows(
            "SELECT memory_id, conversation, speaker, role, text, placed_at FROM episodes"
        )
        asked = {each for each, *_ in rows if each in selection.memory_ids}
        return asked | {row[0] for row in rows if selection.by_kind and _meant(selection, *row[1:])}

    def check_receipt(self, receipt: ErasureReceipt) -> None:
        """What a receipt names is gone."""
        gone = {*receipt.memories, *receipt.answers}
        assert not gone & set(self._lived.ids())
        assert not set(receipt.conversations) & set(self._lived.conversations())

    def look(self) -> None:
        """Everything, for what is dead and for what is alive."""
        self._note()
        there = self._lived.conversations()
        self._lived.named = {name: words for name, words in self._lived.named.items() if name in there}
        dead = self._lived.dead()
        assert Pieces("\n".join(self.told()).encode()).of(dead) == []
        self._look_at_rows(dead)
        self._look_at_bytes(dead)
        self._ask(dead)
        self._find()

    def _note(self) -> None:
        self._chunks |= {chunk for (chunk,) in self._lived.rows("SELECT chunk_id FROM chunks")}
        self._ids |= set(self._lived.ids())

    def _look_at_rows(self, dead: Sequence[str]) -> None:
        with self._lived.vault.reading() as db:
            assert pointing_nowhere(db) == []
            content = b"\n".join(content for _, _, content in cells(db))
        assert Pieces(content).of(dead) == []

    def _look_at_bytes(self, dead: Sequence[str]) -> None:
        content = everything(self._lived.folder, self._key)
        pieces = Pieces(content)
        assert pieces.of(dead) == []
        assert pieces.missing(self._lived.alive()) == []
        gone = self._ids - set(self._lived.ids())
        assert {each for each in IDENTITY.findall(content) if each.decode() in gone} == set()
        chunks = self._chunks - {chunk for (chunk,) in self._lived.rows("SELECT chunk_id FROM chunks")}
        vectors = [direction(chunk).tobytes() for chunk in chunks]
        assert [one for one in vectors if one[:24] in content or one[-24:] in content] == []

    def _ask(self, dead: Sequence[str]) -> None:
        """No question finds what is gone, by its words or by its vector."""
        house = self._lived.house
        there = set(self._lived.ids())
        for word in dead[-SAMPLE:]:
            assert list(house.words.search([word], Scope(), 50)) == []
            assert house.conversations.listing(word) == []
            search = house.recall.find(word, 20, Scope(), None, self._lived.clock.now())
            assert [each for each in search.found if word in each.episode.text.casefold()] == []
            assert {each.episode.memory_id for each in search.found} <= there
        house.vectors.use_embedder("test", DIMENSIONS)
        chunks = {chunk for (chunk,) in self._lived.rows("SELECT chunk_id FROM chunks")}
        for chunk in sorted(self._chunks - chunks)[-SAMPLE:]:
            assert not [
                hit for hit in house.vectors.search(direction(chunk), Scope(), 3) if hit.score > 0.999
            ]

    def _find(self) -> None:
        """The same questions find what was not erased: exactly the memories that hold a word and can be seen."""
        house = self._lived.house
        rows = self._lived.rows(
            "SELECT seq, memory_id, lower(text) FROM episodes WHERE shown AND role <> ?", (Role.ASSISTANT,)
        )
        rekeying = self._lived.rows("SELECT 1 FROM settings WHERE key = 'keys_from'")
        latin = [word for word in self._lived.words.all if word.isascii()]
        for word in latin[-SAMPLE:]:
            holding = {seq for seq, _, text in rows if word in text}
            found = {hit.seq for hit in house.words.search([word], Scope(), 50)}
            assert found >= holding
            search = house.recall.find(word, 50, Scope(), None, self._lived.clock.now())
            assert {each.episode.seq for each in search.found} >= holding, rekeying
        assert {each.seq for each in house.episodes.timeline(None, 10_000, Scope())} == {
            seq for seq, *_ in rows
        }

    def told(self) -> Iterator[str]:
        """All that the house tells when it is asked for everything."""
        house = self._lived.house
        yield from (each.text + each.speaker for each in house.episodes.timeline(None, 10_000, Scope()))
        for conversation in house.conversations.listing(None):
            yield conversation.title + conversation.preview
        for name in self._lived.conversations():
            turns = house.conversations.turns(name)
            yield from (turn.text for turn in turns)
            for record in house.conversations.answers([turn.memory_id for turn in turns]).values():
                yield from (cited.quote for cited in record.citations)
        yield from (str(entry) for entry in house.audit.entries(10_000))
        yield from (str(notice) for notice in house.notices.listing())
        yield from house.episodes.speakers()
        yield from (f"{each.kept.subject} {each.kept.value} {each.kept.quote}" for each in house.book.all())
        yield from (f"{each.term} {each.meaning}" for each in house.glossary.listing())
        yield from self._grains()

    def _grains(self) -> Iterator[str]:
        store = Grains(self._lived.vault)
        for grain in Grain:
            if grain is Grain.SEGMENT:
                continue
            pointers = store.pointers(grain, None, None, Scope(), None)
            texts = self._lived.house.episodes.texts([each.seq for each in pointers])
            yield from (texts[each.seq][each.start : each.end] for each in pointers)


class Pieces:
    """All pieces of eight letters of words that a content holds; a stemmer, or a page of an index that keeps a word
    without what it shares with its neighbour, may have left the beginning or the end of one."""

    def __init__(self, content: bytes) -> None:
        runs, chinese = _RUNS.findall(content.lower()), _CHINESE.findall(content)
        self._held = {run[at : at + PIECE] for run in runs for at in range(len(run) - PIECE + 1)}
        self._held |= {run[at : at + 12] for run in chinese for at in range(0, len(run) - 11, 3)}

    def of(self, words: Iterable[str]) -> list[str]:
        """Those of which there is a piece."""
        return [word for word in words if self._has(word)]

    def missing(self, words: Iterable[str]) -> list[str]:
        """Those of which there is none."""
        return [word for word in words if not self._has(word)]

    def _has(self, word: str) -> bool:
        letters = word.encode()
        if not word.isascii():
            return letters in self._held
        return letters[:PIECE] in self._held or letters[-PIECE:] in self._held


def _meant(selection: Selection, conversation: str, speaker: str, role: str, text: str, placed: str) -> bool:
    if selection.conversations and conversation not in selection.conversations:
        return False
    if selection.after is not None and not (placed and placed >= selection.after.isoformat()):
        return False
    if selection.before is not None and not (placed and placed < selection.before.isoformat()):
        return False
    if selection.person is None:
        return True
    mine = role == Role.PERSON if selection.person == ME else False
    by = role != Role.ASSISTANT and speaker.casefold() == selection.person.casefold()
    named = (
        selection.mentioning
        and selection.person != ME
        and f" {selection.person.casefold()} " in text.casefold()
    )
    return mine or by or named
