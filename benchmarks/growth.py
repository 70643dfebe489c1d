"""A life in the vault: ten years at fifty turns a day, and what becomes of time and room.

    python benchmarks/growth.py [--years 10] [--folder KEPT [--again]] [--figure docs/growth.svg] [--json]

Turns are invented of real sentences (growth_turns.py) and stored through the app's own house, day by day, with a
clock of their own; their vectors are the means of cached ones. Of what was said before five memories a day are
used. Every 30 days the jobs of upkeep are brought to their end, step after step, as the service does. Measured at
years 1, 2, 5 and 10: *turns/s*: storing a day's turns at once, with their vectors, over the last 30 days. *Turn*:
storing one by itself, durably, without its vector. *Jobs*: seconds for one day of life, over the last year; in
brackets of the processor, and its longest step in milliseconds of the processor, which a busy machine stretches
less. Then, in a process of its own that opens the vault as the service does: *recall*: ten memories, without the
making of the question's vector; *words*: the peer, a plain FTS5 query for any of the question's words in the same
vault, ten by rank, taking turns with it; *timeline*: the first page of 50, and one in the middle; *facts*: all
that is known of the person, after a change to one of it (*first*: after unlocking, *again*: when nothing changed),
and *contradictions*, likewise; *open*: until index and placement are in memory; the vault on the disk; resident
bytes of the process; one run of the jobs that go through the whole vault (checks, purge). p50 and p95 in
milliseconds; in brackets p50 of the processor. A folder that is kept is gone on with, after a kill too; it keeps a
copy of each measured year, which `--again` measures anew.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import platformdirs
from growth_figure import draw
from growth_life import PASSPHRASE, Calendar, Life, Row, State, grow, opened, say
from growth_limits import breaking
from growth_measure import measure
from growth_turns import DAY_TURNS, MONTH_DAYS, YEAR_DAYS, evening
from scale_texts import Corpus, corpus

from second_me.app.paths import HomeLayout
from second_me.app.wiring import HomeDoor
from second_me.models.client import ModelProcess
from second_me.models.starter import fetch_starter

DATA = Path(__file__).parents[2] / "shared" / "data"
CACHE = platformdirs.user_cache_path("second-me-benchmarks") / "scale_vectors.npz"
YEARS = (1.0, 2.0, 5.0, 10.0)
QUESTIONS = 60
TIMES = (
    "turn", "recall", "words", "timeline", "timeline_middle", "facts_first", "facts", "facts_again",
    "contradictions_first", "contradictions",
)  # fmt: skip


def upkeep_row(months: Sequence[Row]) -> Row:
    """Seconds for a day of each job, over the last year, and of all together."""
    last = months[-(YEAR_DAYS // MONTH_DAYS + 1) :]
    days = sum(month["days"] for month in last)
    jobs: Row = {}
    for name in last[-1]["jobs"]:
        told = [month["jobs"][name] for month in last if name in month["jobs"]]
        jobs[name] = {
            "seconds_a_day": round(sum(each["seconds"] for each in told) / days, 3),
            "cpu_a_day": round(sum(each["cpu"] for each in told) / days, 3),
            **_longest(told),
        }
    together = {
        name: round(sum(job[name] for job in jobs.values()), 3) for name in ("seconds_a_day", "cpu_a_day")
    }
    return {"jobs": jobs, "upkeep": together}


def _longest(told: Sequence[Row]) -> Row:
    """The longest step by the clock, and the one that kept the processor longest, in milliseconds."""
    names = {"longest_ms": "longest", "longest_cpu_ms": "longest_cpu"}
    return {name: round(1000 * max(each[of] for each in told), 1) for name, of in names.items()}


def checkpoint(copy: Path, state: State, year: float, times: Sequence[float]) -> Row:
    """All figures at a year; `copy` holds the vault as it is then."""
    last = state.months[-1]
    p50, p95 = np.quantile(np.array(times), (0.5, 0.95)).round(2).tolist()
    return {
        "years": year,
        "days": state.days,
        "turns_a_second": round(DAY_TURNS * last["days"] / last["seconds"]),
        "turn": {"p50": p50, "p95": p95},
        **upkeep_row(state.months),
        **measured(copy, state.days),
    }


def measured(copy: Path, days: int) -> Row:
    """What `growth_measure` tells, in a process of its own."""
    command = [sys.executable, __file__, "--measure", str(copy), "--days", str(days)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=dict(os.environ))
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return row


def kept_copy(folder: Path, year: float, made_of: Corpus) -> Path:
    """The vault as it is now, to be measured: now, and again with a later version of the app."""
    copy = folder / f"year-{year:g}"
    shutil.rmtree(copy, ignore_errors=True)
    (copy / "home").mkdir(parents=True)
    home = HomeLayout(folder / "home")
    shutil.copytree(home.vault, HomeLayout(copy / "home").vault)
    HomeLayout(copy / "home").models.symlink_to(home.models.resolve())
    (copy / "questions.json").write_text(json.dumps(made_of.questions))
    return copy


def again(folder: Path) -> list[Row]:
    """Measure the copies of the years anew; what was measured while they grew stays as it was."""
    file = folder / "growth.json"
    state = State.read(file)
    for row in state.rows:
        row |= measured(folder / f"year-{row['years']:g}", row["days"])
        state.write(file)
        say(f"year {row['years']:g}")
    return state.rows


def run(folder: Path, years: Sequence[float], made_of: Corpus, models: Path) -> list[Row]:
    """Grow a vault and measure it at each of the years that was not measured yet."""
    layout, calendar, file = HomeLayout(folder / "home"), Calendar(), folder / "growth.json"
    if not layout.models.exists():
        shutil.copytree(models, layout.models)
    state = State.read(file)
    for year in years:
        if any(row["years"] == year for row in state.rows):
            continue
        house = opened(HomeDoor(layout, calendar, lambda _: None))
        try:
            times = grow(Life(house, calendar, made_of), state, file, max(2, round(year * YEAR_DAYS)))
        finally:
            house.model.close()
            house.close()
        state.days = max(2, round(year * YEAR_DAYS))
        state.rows.append(checkpoint(kept_copy(folder, year, made_of), state, year, times))
        state.write(file)
    return [row for row in state.rows if row["years"] in years]


def table(rows: Sequence[Row]) -> str:
    """For people."""
    lines = [f"{'years':>22}" + "".join(f"{row['years']:>22g}" for row in rows)]
    lines.append(f"{'memories':>22}" + "".join(f"{row['memories']:>22,}" for row in rows))
    lines.append(f"{'turns/s':>22}" + "".join(f"{row['turns_a_second']:>22,}" for row in rows))
    for name in TIMES:
        lines.append(f"{name + ' ms':>22}" + "".join(_times(row[name]) for row in rows))
    lines.append(f"{'recall / words':>22}" + "".join(f"{row['ratio']:>22.1f}" for row in rows))
    for name in ("claims", "known", "contradicting", "open_ms", "open_cpu_ms"):
        lines.append(f"{name:>22}" + "".join(f"{row[name]:>22,}" for row in rows))
    for name in ("disk_bytes", "resident_bytes"):
        lines.append(f"{name:>22}" + "".join(f"{row[name] / 1e6:>19,.0f} MB" for row in rows))
    for kind, of in (("jobs", "a_day"), ("whole", "a_run")):
        for name in rows[-1][kind]:
            lines.append(f"{name + ' s ' + of:>22}" + "".join(_job(row[kind].get(name), of) for row in rows))
    lines += ["", *(f"{each.what}: {each.told()}" for each in breaking(rows))]
    return "\n".join(lines)


def _times(told: Row) -> str:
    """p50 / p95 (the processor's p50)."""
    cpu = f"({told['cpu_p50']:.1f})" if "cpu_p50" in told else ""
    return f"{told['p50']:>8.1f} /{told['p95']:>6.0f} {cpu:>6}"


def _job(told: Row | None, of: str) -> str:
    """Seconds, of the processor, and the longest step in milliseconds of the processor."""
    if told is None:
        return f"{'-':>22}"
    return f"{told['seconds_' + of]:.2f} ({told['cpu_' + of]:.2f}; {told['longest_cpu_ms']:.0f})".rjust(22)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--folder", type=Path, help="kept, and gone on with")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--models", type=Path, help="a folder that already has the starter models")
    parser.add_argument("--again", action="store_true", help="only measure the kept years anew")
    parser.add_argument("--figure", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--days", type=int, default=0, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        now = Calendar(evening(arguments.days))
        print(json.dumps(measure(arguments.measure, PASSPHRASE, QUESTIONS, now)))
        return 0
    if not arguments.again and not arguments.data.exists():
        say(f"no evaluation data in {arguments.data}")
        return 2
    rows = again(arguments.folder) if arguments.again else grown(arguments)
    if arguments.figure:
        arguments.figure.write_text(draw(rows), "utf-8")
    print(json.dumps(rows) if arguments.json else table(rows))
    return 0


def grown(arguments: argparse.Namespace) -> list[Row]:
    """Grow a vault as long as was asked for."""
    models = arguments.models or platformdirs.user_cache_path("second-me-tests") / "models"
    starter = fetch_starter(models, lambda _file, _done, _total: None)
    process = ModelProcess(None, starter.embedder)
    try:
        made_of = corpus(arguments.data, process.embedder.embed, CACHE)
    finally:
        process.close()
    years = sorted({*(each for each in YEARS if each < arguments.years), arguments.years})
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="second-me-growth-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return run(folder, years, made_of, models)
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
