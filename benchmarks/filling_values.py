"""What becomes of fields whose type is known: filled, or left, and why. Types are the labels that people gave, so that
only the step from facts to values is looked at; the person is one of a dozen sentences, who lives in the Netherlands.

    python benchmarks/filling_values.py DIR_OR_ZIP [--reasons] [--json]

Said: fields with a label; of them filled (ticked), shown and not ticked, unknown (by reason), left as a secret that is
labelled as one, left as a secret or a trap though it is labelled as something to fill; values that do not fit their
field or are none of its options (must be 0); buttons without a label that are filled since their answers say what is
asked (male, female); seconds a page.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from field_data import Page, pages_of

from second_me.core.acting.forms import Field
from second_me.core.acting.proposal import Decision, Row, Typed
from second_me.core.acting.proposing import Knowledge, propose
from second_me.core.acting.types import SECRETS, TYPES
from second_me.core.acting.values.fitting import fits
from second_me.core.memory.facts.claims import ME, Claim, Fact, Kept
from second_me.core.memory.facts.reading import read_claims
from second_me.core.memory.facts.validity import facts

PERSON = (
    "My name is Jonas de Vries.", "I live in Utrecht, Oudegracht 12.", "My postcode is 3511 AP.",
    "I live in the Netherlands.", "My phone number is +31 6 12345678.", "My email is jonas@example.org.",
    "I was born on 14 March 1987.", "I'm male.", "I work at Siemens.", "I'm a software engineer.",
    "My website is https://jonas.example.", "I am allergic to peanuts.",
)  # fmt: skip
TOLD, TODAY = datetime(2024, 6, 1), date(2024, 6, 2)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path)
    parser.add_argument("--reasons", action="store_true", help="decisions and reasons of labelled fields")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures, reasons = measured(pages_of(args.pages))
    if args.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:34} {figure}" for name, figure in figures.items()))
    if args.reasons:
        print(
            "\n".join(f"{count:6} {decision} {reason}" for (decision, reason), count in reasons.most_common())
        )
    return 0 if figures["does not fit"] == 0 else 1


def person() -> tuple[Fact, ...]:
    """The facts of `PERSON`, all told at once."""
    claims = [(at, text, claim) for at, text in enumerate(PERSON) for claim in read_claims(text, TOLD)]
    return facts([_kept(number, *each) for number, each in enumerate(claims, 1)], now=TOLD)


def _kept(number: int, at: int, text: str, claim: Claim) -> Kept:
    value, quote = claim.value.of(text), claim.quote.of(text)
    return Kept(number, claim, ME, value, quote, f"m_{at}", None, "notes", at, TOLD, TOLD, False)


def measured(pages: Sequence[Page]) -> tuple[dict[str, float], Counter[tuple[str, str]]]:
    """The figures, and how often each decision was made for which reason of labelled fields."""
    knowledge = Knowledge(person(), lambda fact: True, TODAY)
    seen: Counter[str] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    seconds = []
    for page in pages:
        typed = [Typed(label if label in TYPES else None, 0.95) for label in page.labels]
        begun = time.perf_counter()
        rows = propose(page.form, typed, knowledge)
        seconds.append(time.perf_counter() - begun)
        for field, its, row in zip(page.form.fields, typed, rows, strict=True):
            seen.update(judged(field, its, row))
            if its.type is not None:
                reasons[row.decision.value, row.reason] += 1
    names = ("labelled", "filled", "shown, not ticked", "unknown", "secrets left", "refused though labelled",
             "does not fit", "told by its answers")  # fmt: skip
    return {name: seen[name] for name in names} | {
        "seconds a page": round(statistics.median(seconds), 4)
    }, reasons


def judged(field: Field, typed: Typed, row: Row) -> Iterator[str]:
    """What a row counts as."""
    if row.value is not None and not _in_its_place(field, row):
        yield "does not fit"
    if typed.type is None:
        if row.ticked:
            yield "told by its answers"
        return
    yield "labelled"
    if row.ticked:
        yield "filled"
    elif row.value is not None:
        yield "shown, not ticked"
    elif row.decision is Decision.UNKNOWN:
        yield "unknown"
    elif typed.type in SECRETS:
        yield "secrets left"
    elif row.decision is Decision.SECRET or row.reason in ("honeypot", "captcha"):
        yield "refused though labelled"


def _in_its_place(field: Field, row: Row) -> bool:
    if row.options:
        return row.value in {option.value for option in row.options}
    return fits(field, row.value or "")


if __name__ == "__main__":
    sys.exit(main())
