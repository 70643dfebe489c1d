"""Imports as jobs: files are read in batches, what cannot be read is named, the rest goes in."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from second_me.app.crash import crash_text
from second_me.app.importers import ClaimedEpisode, ConversationTitle, by_name, detect, expand
from second_me.app.service.house import House
from second_me.app.service.jobs import VectorJobs
from second_me.app.service.turns import Hearer
from second_me.app.words import tr
from second_me.core.memory.episodes import NewEpisode
from second_me.core.ports import BadLine, EnvironmentFault

log = logging.getLogger(__name__)

BATCH = 500
MOST_REFUSALS = 1000
NEWS_SECONDS = 0.3


@dataclass
class ImportJob:
    """One import: what to read and what came of it."""

    job: str
    paths: Sequence[Path]
    format: str
    me: str | None
    hearer: Hearer
    wait: bool
    cancelled: threading.Event = field(default_factory=threading.Event)
    added: int = 0
    already: int = 0
    refused: list[BadLine] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    told: float = 0.0

    def progress(self, phase: str, done: int, total: int) -> None:
        """Tell how far it is, at most about three times a second."""
        now = time.monotonic()
        if now - self.told < NEWS_SECONDS and done < total:
            return
        self.told = now
        spent = now - self.started
        left = round(spent * (total - done) / done, 1) if done and spent > 1 else None
        self.hearer.notify(
            "import.progress", job=self.job, phase=phase, done=done, total=total, seconds_left=left
        )

    def refuse(self, line: BadLine) -> None:
        """Keep a refusal, up to a bound."""
        if len(self.refused) < MOST_REFUSALS:
            self.refused.append(line)

    def result(self) -> dict[str, Any]:
        """The parameters of `import.done`."""
        return {
            "job": self.job,
            "added": self.added,
            "already": self.already,
            "refused": [{"path": bad.path, "line": bad.line, "reason": bad.reason} for bad in self.refused],
            "cancelled": self.cancelled.is_set(),
        }


class Imports:
    """Runs imports, one thread each."""

    def __init__(self) -> None:
        self._jobs: dict[str, ImportJob] = {}
        self._numbers = itertools.count(1)

    def start(
        self, house: House, vectors: VectorJobs, changed: Any, paths: Sequence[Path], format_name: str,
        me: str | None, hearer: Hearer, wait: bool,
    ) -> str:  # fmt: skip
        """Begin; returns the job's name."""
        job = ImportJob(f"import-{next(self._numbers)}", paths, format_name, me, hearer, wait)
        self._jobs[job.job] = job
        thread = threading.Thread(
            target=self._run, args=(job, house, vectors, changed), name=job.job, daemon=True
        )
        thread.start()
        return job.job

    def cancel(self, job: str) -> None:
        """Stop; what went in stays."""
        if job in self._jobs:
            self._jobs[job].cancelled.set()

    def running(self) -> bool:
        """Whether any import is going on."""
        return bool(self._jobs)

    def _run(self, job: ImportJob, house: House, vectors: VectorJobs, changed: Any) -> None:
        try:
            self._read_all(job, house)
            changed()
            if job.wait:
                _wait_for_vectors(job, vectors)
        except EnvironmentFault as fault:
            job.refuse(BadLine("", 0, f"{fault.what} {fault.action}".strip()))
        except Exception as bug:  # noqa: BLE001 - the edge of a thread: who waits for the import must be told
            log.error("an import failed\n%s", crash_text(bug))
            job.refuse(BadLine("", 0, tr("Something went wrong in Second Me.")))
        finally:
            self._jobs.pop(job.job, None)
            job.hearer.notify("import.done", **job.result())

    def _read_all(self, job: ImportJob, house: House) -> None:
        files = expand(job.paths)
        sizes = [path.stat().st_size if path.is_file() else 0 for path in files]
        total, before = sum(sizes), 0
        for path, size in zip(files, sizes, strict=True):
            if job.cancelled.is_set():
                return
            try:
                importer = detect(path) if job.format == "auto" else by_name(job.format)
                _read(job, house, importer.read(path, job.me), before, size, total)
            except EnvironmentFault as fault:
                if fault.code not in ("unknown_format", "unreadable_file"):
                    raise
                job.refuse(BadLine(str(path), 0, f"{fault.what} {fault.action}".strip()))
            before += size
            job.progress("reading", before, total)


def _read(job: ImportJob, house: House, items: Iterator[Any], before: int, size: int, total: int) -> None:
    seen = 0
    titles: dict[str, str] = {}
    for batch in _batches(items, job):
        episodes = [item for item in batch if isinstance(item, NewEpisode)]
        titles |= {item.conversation: item.title for item in batch if isinstance(item, ConversationTitle)}
        for bad in batch:
            if isinstance(bad, BadLine):
                job.refuse(bad)
        now = house.clock.now()
        with house.together():
            added, already = house.episodes.append_many(episodes, now)
            for name in {episode.conversation for episode in episodes} & titles.keys():
                house.conversations.rename(name, titles[name], None)
            brought = [_bring(house, item, now) for item in batch if isinstance(item, ClaimedEpisode)]
        added, already = added + sum(brought), already + len(brought) - sum(brought)
        job.added, job.already = job.added + added, job.already + already
        seen += sum(len(episode.text.encode()) for episode in episodes)
        job.progress("reading", before + min(seen, size), total)


def _bring(house: House, item: ClaimedEpisode, now: datetime) -> bool:
    """Keep an episode with what it claims; whether it is new. Without a time it is of now."""
    new = replace(item.episode, spoken_at=item.episode.spoken_at or now.replace(microsecond=0))
    kept = house.episodes.append(new, now)
    house.facts.put(kept.memory_id, item.claims, 0, now)
    return kept.recorded_at == now


def _batches(items: Iterator[Any], job: ImportJob) -> Iterator[list[Any]]:
    while not job.cancelled.is_set() and (batch := list(itertools.islice(items, BATCH))):
        yield batch


def _wait_for_vectors(job: ImportJob, vectors: VectorJobs) -> None:
    total = vectors.pending()
    job.started = time.monotonic()
    while not job.cancelled.is_set() and not vectors.drain(NEWS_SECONDS):
        left = vectors.pending()
        total = max(total, left)
        job.progress("vectors", total - left, total)
