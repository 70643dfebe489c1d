"""The work of the background: keys of an older version are written anew, what older memories tell of gets its
times, what the person said is read for facts, chunks that have no vector yet get one, whenever the model has time; then
grains are made.

Vectors go before grains, for segments are cut by them; making grains stops for new vectors, and goes on after them.
What becomes due with time alone is upkeep's (`app/service/upkeep.py`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from second_me.app.crash import crash_text
from second_me.app.service.house import House
from second_me.app.service.lives import tend
from second_me.core.ports import EnvironmentFault
from second_me.core.recall.recall import vector_key

log = logging.getLogger(__name__)

BATCH = 16
TIMES_BATCH = 50
FACTS_BATCH = 20
NEWS_SECONDS = 0.5
BREATH_SECONDS = 0.02


def adopt_embedder(house: House) -> None:
    """Tell the index whose vectors count. Raises EnvironmentFault when there is no embedder."""
    house.vectors.use_embedder(house.embedder.name, house.embedder.dimensions)


class VectorJobs:
    """One thread that embeds what is pending. What is pending is in the vault, so nothing is lost by a crash."""

    def __init__(
        self, house: House, news: Callable[[int], None], facts_news: Callable[[], None] = lambda: None
    ) -> None:
        self._house, self._news, self._facts_news = house, news, facts_news
        self._wanted, self._idle, self._read = threading.Event(), threading.Event(), threading.Event()
        self._ending = False
        self._told = 0.0
        self._thread = threading.Thread(target=self._run, name="vectors", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There may be chunks without a vector, and words that no reader has read."""
        self._idle.clear()
        self._read.clear()
        self._wanted.set()

    def pending(self) -> int:
        """Chunks without a vector."""
        return self._house.vectors.pending_count()

    def busy(self) -> bool:
        """Whether vectors are being made; false where they cannot be made."""
        return not self._idle.is_set()

    def drain(self, timeout: float) -> bool:
        """Wait until nothing is pending (or nothing can be done), at most `timeout` seconds."""
        return self._idle.wait(timeout)

    def read(self, timeout: float) -> bool:
        """Wait until everything that was said is read for facts, at most `timeout` seconds; sooner than `drain`."""
        deadline = time.monotonic() + timeout
        while self._read.wait(max(0.0, deadline - time.monotonic())):
            if not self._wanted.is_set():
                return True
            time.sleep(BREATH_SECONDS)
        return False

    def close(self) -> None:
        """End the thread."""
        self._ending = True
        self._wanted.set()
        self._thread.join(timeout=10)
        self._read.set()
        self._idle.set()

    def _run(self) -> None:
        while not self._ending:
            self._wanted.wait()
            self._read.clear()  # first: who waits for it looks at both
            self._wanted.clear()
            self._guarded("keys", self._rewrite_keys)
            self._guarded("facts", self._read_facts)
            self._read.set()
            self._guarded("times", self._read_times)
            self._guarded("vectors", self._embed_all)
            self._guarded("lives", lambda: tend(self._house, lambda: self._ending))
            self._guarded("grains", self._make_grains)
            if not self._wanted.is_set():
                self._idle.set()

    def _guarded(self, what: str, work: Callable[[], None]) -> None:
        try:
            work()
        except EnvironmentFault as fault:
            log.info("%s wait: %s", what, fault.code)
        except Exception as bug:  # noqa: BLE001 - the edge of a thread: who waits for it must not wait for ever
            log.error("%s failed\n%s", what, crash_text(bug))

    def _rewrite_keys(self) -> None:
        while not self._ending and self._house.rewrite_keys():
            time.sleep(BREATH_SECONDS)  # whoever waits for the vault goes first

    def _read_times(self) -> None:
        """When what older memories tell of happened; in small steps, others write meanwhile."""
        while not self._ending and self._house.episodes.fill_times(TIMES_BATCH):
            time.sleep(BREATH_SECONDS)

    def _read_facts(self) -> None:
        """What the person's words claim; in small steps, too."""
        told, read = time.monotonic(), 0
        while not self._ending and (step := self._read_some()):
            read += step
            if time.monotonic() - told >= NEWS_SECONDS:
                told = time.monotonic()
                self._facts_news()
            time.sleep(BREATH_SECONDS)
        if read:
            self._facts_news()

    def _read_some(self) -> int:
        """One step; an episode on which the reader fails is passed over, so that those behind it are read."""
        keeper, now = self._house.keeper, self._house.clock.now()
        for limit in (FACTS_BATCH, 1):
            try:
                return keeper.step(limit, now)
            except EnvironmentFault:
                raise
            except Exception as bug:  # noqa: BLE001 - the edge of a thread: one text must not hold up all others
                log.error("facts failed\n%s", crash_text(bug))
        keeper.pass_over(now)
        return 1

    def _make_grains(self) -> None:
        more = True
        while more and not self._ending and not self._wanted.is_set():
            more = self._house.grains.make_next(self._house.clock.now())

    def _embed_all(self) -> None:
        if not self._ending:
            self._house.placement.placement()  # read now, so that no question waits for it
            adopt_embedder(self._house)
            self._house.vectors.prepare(lambda: self._ending)
        embedder = self._house.embedder
        while not self._ending and (chunks := self._house.vectors.pending(BATCH)):
            matrix = embedder.embed([vector_key(chunk.text, chunk.speaker) for chunk in chunks])
            self._house.vectors.store(
                {chunk.chunk_id: vector for chunk, vector in zip(chunks, matrix, strict=True)}
            )
            self._tell()
        self._told = 0.0
        self._tell()

    def _tell(self) -> None:
        if time.monotonic() - self._told >= NEWS_SECONDS:
            self._told = time.monotonic()
            self._news(self.pending())
