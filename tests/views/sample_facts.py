"""Made-up facts in the protocol's shape, and a client that serves them: for looking, and for odd data."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from second_me.core.memory.facts.slots import Slot, group_of
from tests.views.sample import FOUND, SampleClient, memory

NOW = datetime.now().replace(hour=9, minute=12, second=0, microsecond=0)


def fact(fact_id: int, slot: Slot, value: str, days: int, **more: Any) -> dict[str, Any]:
    """Told `days` ago, true since then unless `more` says another time."""
    said = (NOW - timedelta(days=days)).isoformat()
    quote = more.pop("quote", f"By the way: {value}.")
    return {
        "fact_id": fact_id,
        "subject": "me",
        "slot": slot.value,
        "group": group_of(slot).value,
        "value": value,
        "qualifier": "",
        "valid_from": said,
        "valid_to": None,
        "said_at": said,
        "memory_id": f"m{fact_id}",
        "source_id": None,
        "conversation": "talk/1",
        "quote": quote,
        "start": 12,
        "end": 12 + len(value),
        "origin": "said",
        "state": "current",
        "confirmed": False,
        "sensitivity": None,
        "topic": None,
        **more,
    }


def _ago(days: int) -> str:
    return (NOW - timedelta(days=days)).isoformat()


FACTS = [
    fact(1, Slot.NAME, "Jonas Hartmann", 900, confirmed=True, origin="edit", conversation="about me"),
    fact(2, Slot.BIRTHDAY, "3 May 1986", 700),
    fact(3, Slot.TEL, "0151 2345 6789", 320, qualifier="mobile", confirmed=True),
    fact(4, Slot.TEL, "030 555 19 20", 500, qualifier="work", state="ended", valid_to=_ago(200)),
    fact(5, Slot.EMAIL, "jonas@hartmann.example", 640, conversation="contacts.vcf"),
    fact(6, Slot.HOME, "Utrecht", 120, valid_from=_ago(150)),
    fact(7, Slot.HOME, "Berlin", 900, state="ended", valid_to=_ago(150)),
    fact(8, Slot.STREET_ADDRESS, "Oudegracht 214, 3511 Utrecht", 119),
    fact(9, Slot.EMPLOYER, "the city library", 400, quote="I started at the city library in Utrecht."),
    fact(10, Slot.JOB, "librarian", 400),
    fact(11, Slot.LIKES, "hiking along rivers", 90),
    fact(12, Slot.LIKES, "liquorice", 60),
    fact(13, Slot.LIKES, "linen notebooks", 20),
    fact(14, Slot.DISLIKES, "surprise parties", 20),
    fact(15, Slot.ALLERGY, "walnuts", 340, sensitivity="private", topic="health", confirmed=True),
    fact(16, Slot.PET, "a cat called Miso", 210),
    fact(17, Slot.PLAN, "walk from Porto to Santiago in the spring", 12),
    fact(18, Slot.RELATION, "sister", 600, subject="Anna"),
    fact(19, Slot.BIRTHDAY, "28 November 1984", 200, subject="Anna"),
    fact(20, Slot.HOME, "Bern", 30, subject="Anna", conversation="Family"),
    fact(21, Slot.HOME, "Basel", 800, subject="Anna", state="ended", valid_to=_ago(30)),
    fact(22, Slot.RELATION, "colleague", 80, subject="Mehmet Yıldız"),
    fact(23, Slot.EMPLOYER, "the city library", 80, subject="Mehmet Yıldız"),
]
PAIRS = [
    {
        "first": fact(2, Slot.BIRTHDAY, "3 May", 700, quote="My birthday is on 3 May, like every year."),
        "second": fact(31, Slot.BIRTHDAY, "5 May", 40, quote="No cake before 5 May, that is my birthday."),
    },
    {
        "first": fact(
            19, Slot.BIRTHDAY, "28 November", 200, subject="Anna", quote="Anna turns 40 on 28 November."
        ),
        "second": fact(
            32, Slot.BIRTHDAY, "29 November", 9, subject="Anna", quote="Anna's birthday is the 29 November."
        ),
    },
]
CURVE = {
    "memory_id": "m1",
    "pinned": False,
    "faded": False,
    "let_go": False,
    "strength": 0.81,
    "stability": 40.0,
    "born": _ago(200),
    "half": (NOW + timedelta(days=96)).isoformat(),
    "recalls": [
        {"id": 1, "at": _ago(120), "grade": "good", "cause": "copied"},
        {"id": 2, "at": _ago(60), "grade": "good", "cause": "went_on"},
    ],
    "past": [
        [_ago(200), 1.0],
        [_ago(160), 0.7],
        [_ago(120), 0.55],
        [_ago(120), 1.0],
        [_ago(60), 0.8],
        [_ago(60), 1.0],
        [_ago(0), 0.81],
    ],
    "ahead": [[_ago(0), 0.81], [(NOW + timedelta(days=96)).isoformat(), 0.5]],
}
_ENDLESS = "key" * 900
ODD = [
    fact(1, Slot.NAME, "ياسمين بنت عبد الرحمن", 10),
    fact(2, Slot.NICKNAME, "🧜🏽‍♀️ the mermaid 🐙", 10),
    fact(3, Slot.URL, f"https://example.org/{_ENDLESS}", 10, conversation="Chat with everybody " * 20),
    fact(4, Slot.LIKES, "a {brace} and 100 % <b>no markup</b> &amp; %s", 10),
    fact(5, Slot.LIKES, "word " * 400, 10),
    fact(6, Slot.HOME, "תל אביב", 10, valid_from=None, said_at=None, quote=None),
    fact(7, Slot.PLAN, "line one\nline two\x00\ud800 end", 10, conversation=""),
    {**fact(8, Slot.LIKES, "unknown slot", 10), "slot": "shoe-size", "group": "feet", "qualifier": "left"},
    fact(9, Slot.RELATION, _ENDLESS, 10, subject="Name" * 100),
]


class FactsClient(SampleClient):
    """A `SampleClient` with facts."""

    def __init__(
        self,
        facts: list[dict[str, Any]] | None = None,
        pairs: list[dict[str, Any]] | None = None,
        more: dict[str, Any] | None = None,
    ) -> None:
        found = dict(FOUND[0])
        learned = FACTS if facts is None else facts
        answers: dict[str, Any] = {
            "facts.list": learned,
            "contradictions.list": [] if pairs is None else pairs,
            "memory.timeline": [
                memory("m1", "me", "Mara turns 40 this year, 28 November, we should plan something.", 200)
            ],
            "memory.get": {**found, "before": [], "after": [], "used_in": [], "facts": learned[12:14]},
            "life.curve": CURVE,
            "memory.speakers": ["Anna", "Mehmet Yıldız"],
        }
        super().__init__(more={**answers, **(more or {})})
