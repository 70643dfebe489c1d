"""What a vault of growth.py takes at a moment; runs in a process of its own."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from growth_life import WHOLE, run_job

from second_me.app.paths import HomeLayout
from second_me.app.service.house import House
from second_me.app.service.upkeep_jobs import jobs_of
from second_me.app.wiring import HomeDoor
from second_me.core.memory.episodes import Narrowing
from second_me.core.memory.facts.book import FactBook
from second_me.core.memory.facts.claims import ME, Mark
from second_me.core.ports import Clock, Scope
from second_me.core.recall.keys import query_terms
from second_me.core.upkeep import Job
from second_me.storage.vault import Vault, open_vault

PAGE = 50
TIMES, CHANGES = 20, 12
Row = dict[str, Any]


def measure(folder: Path, passphrase: str, count: int, calendar: Clock) -> Row:
    """All figures of the vault in `folder`, with `count` questions, at the time of a clock."""
    layout, process = HomeLayout(folder / "home"), psutil.Process()
    questions = json.loads((folder / "questions.json").read_text())
    questions = questions[:: max(1, len(questions) // count)][:count]
    vault = open_vault(layout.vault, passphrase=passphrase)
    # The app's own wiring, around a vault that we hold, too: the plain query needs it.
    house = HomeDoor(layout, calendar, lambda _: None)._house(vault)
    house.vectors.use_embedder(house.embedder.name, house.embedder.dimensions)
    try:
        opening, opening_cpu = timed(lambda: _make_ready(house))
        row = {
            "memories": house.episodes.count(),
            "open_ms": round(opening),
            "open_cpu_ms": round(opening_cpu),
            **_recall(house, vault, questions),
            **_timeline(house, vault),
            **_facts(house),
        }
        file = sum(each.stat().st_size for each in layout.vault.rglob("*") if each.is_file())
        row |= {"disk_bytes": file, "resident_bytes": process.memory_info().rss}
        return {**row, "whole": {job.name: _run(job) for job in jobs_of(house) if job.name in WHOLE}}
    finally:
        house.model.close()
        house.close()


def _run(job: Job) -> Row:
    told = run_job(job)
    return {
        "seconds_a_run": round(told["seconds"], 2),
        "cpu_a_run": round(told["cpu"], 2),
        "longest_ms": round(1000 * told["longest"], 1),
        "longest_cpu_ms": round(1000 * told["longest_cpu"], 1),
    }


def _make_ready(house: House) -> None:
    house.placement.placement()
    house.vectors.prepare(lambda: False)


def _recall(house: House, vault: Vault, questions: Sequence[str]) -> Row:
    """Ours and the plain query take turns, each question for both."""
    asked = [(question, house.recall.embed(question)) for question in questions]
    house.recall.find(*asked[0][:1], 10, Scope(), asked[0][1])
    ours, plain = list[Times](), list[Times]()
    for question, vector in asked:
        ours.append(
            timed(lambda q=question, v=vector: house.recall.find(q, 10, Scope(), v))  # type: ignore[misc]
        )
        plain.append(timed(lambda q=question: plain_words(vault, q)))  # type: ignore[misc]
    ratio = float(np.median([each[1] for each in ours]) / np.median([each[1] for each in plain]))
    return {"recall": quantiles(ours), "words": quantiles(plain), "ratio": round(ratio, 2)}


def plain_words(vault: Vault, question: str) -> int:
    """The FTS5 query that everybody would write; the number of rows."""
    terms = " OR ".join('"' + term.replace('"', '""') + '"' for term in query_terms(question))
    sql = "SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT 10"
    with vault.reading() as db:
        return len(db.execute(sql, (terms,)).fetchall())


def _timeline(house: House, vault: Vault) -> Row:
    """As the window shows it: without what has faded."""
    vivid = Narrowing(faded=False)
    with vault.reading() as db:
        middle = db.execute("SELECT max(seq) / 2 FROM episodes").fetchall()[0][0]
    first = [timed(lambda: house.episodes.timeline(None, PAGE, Scope(), vivid)) for _ in range(TIMES)]
    later = [timed(lambda: house.episodes.timeline(middle, PAGE, Scope(), vivid)) for _ in range(TIMES)]
    return {"timeline": quantiles(first), "timeline_middle": quantiles(later)}


def _facts(house: House) -> Row:
    """What is known of the person: the first time, after the person's word on one of it, and when nothing changed."""
    book, now = FactBook(house.facts, house.clock.now), house.clock.now()
    first = timed(lambda: book.about(ME))
    contradicting = timed(book.contradictions)
    known = book.about(ME)
    changed, again, contradictions = list[Times](), list[Times](), list[Times]()
    for fact in known[:: max(1, len(known) // CHANGES)][:CHANGES]:
        house.facts.mark(fact.kept.claim_id, Mark.CONFIRMED, now)
        changed.append(timed(lambda: book.about(ME)))
        contradictions.append(timed(book.contradictions))
        again.append(timed(lambda: book.about(ME)))
        house.facts.unmark(fact.kept.claim_id, Mark.CONFIRMED)
    return {
        "facts_first": quantiles([first]),
        "facts": quantiles(changed or [first]),
        "facts_again": quantiles(again or [first]),
        "contradictions_first": quantiles([contradicting]),
        "contradictions": quantiles(contradictions or [contradicting]),
        "claims": len(house.facts.kept()),
        "known": len(known),
        "contradicting": len(book.contradictions()),
    }


Times = tuple[float, float]
"""Milliseconds by the clock, and of this process's processor, which a busy machine stretches less."""


def quantiles(times: Sequence[Times]) -> Row:
    """p50 and p95, by the clock and of the processor."""
    (p50, cpu_p50), (p95, cpu_p95) = np.quantile(np.array(times), (0.5, 0.95), axis=0).round(2).tolist()
    return {"p50": p50, "p95": p95, "cpu_p50": cpu_p50, "cpu_p95": cpu_p95}


def timed(action: Callable[[], object]) -> Times:
    """How long it takes."""
    started, worked = time.perf_counter(), time.process_time()
    action()
    return 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked)
