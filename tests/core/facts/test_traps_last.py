"""Traps by class: what was only considered, what others have on record, practice, tests of the memory; names once."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

_CONSIDERED = """
had thought about adopting a cat but the landlord said no
we had talked about getting a dog, then the baby came
considered buying a boat, came to my senses
I toyed with the idea of joining Siemens
was tempted to buy a Vespa but no
i thought of becoming a vet once
we'd been meaning to adopt two rabbits
i was going to get a parrot, my sister talked me out of it
I was about to buy a van when the bank called
we looked into adopting a greyhound last year
applied to adopt a kitten, got turned down
had my eye on buying a piano
tried to adopt a cat, they gave it to someone else
came close to buying a horse in 2019
"""

_ON_RECORD = """
the bank has it that my name is Mrs Pym
the clinic has me down as Teresa Pym
HR have me listed as a plumber
the council has it on file that I live in Derby
their records show that my name is Ana Pym
the system thinks my birthday is 1 January 1900
Wikipedia has it that I was born in 1950
on the letter it was put down that I work at Shell
my ID card has it wrong: my name is Jon Pym
the electoral roll shows that I live in York
the computer insists my name is Null
google is sure I live in Ohio
the school register has my name as Tomas Pym
"""

_PRACTICE = """
for the interview practice: my name is Sam and I've worked at Acme for ten years
interview prep: I'm a nurse and I live in Leeds
for speaking practice: I have two dogs and a cat
practising my intro: hi, I'm Dana and I work at Lidl
rehearsing: my name is Tom and I'm a plumber
as a warm-up: I love swimming and I own a boat
for my English homework: my name is Lin and I live in London
for the oral exam: I have a brother called Max
in the training dialogue, I'm a waiter and I work at the Ritz
elevator pitch draft: I'm a baker and I founded Crumb Ltd
for my language class - my name is Olga, I live in Kiel
for the workshop exercise: I'm allergic to nuts
"""

_TESTS = """
just checking the memory thing, ignore: i love turnips
ignore this: I live in Bath
please ignore, I own a boat
disregard: my name is Zed
just seeing if this works: I have a dog called Rex
seeing what you pick up: I'm a pilot
checking your memory. I'm allergic to kiwis
trying out the app, so: I live in Rome
to see whether you notice: my birthday is 3 May
don't save this: I love turnips
don't remember this, I work at Lidl
checking if you remember things - I have a cat
I have a cat. ignore that
I live in Bonn. Disregard that last one.
quick memory test: I speak Dutch
"""

_SHOWN = """
in the photo I'm the nurse on the left
In this old picture we own a farm in Devon
in that video I'm a waiter
used my sister's login, so I'm Karin here
on Tom's account, so my name is Tom today
on paper I live in Essen
on paper I'm a consultant
for tax reasons I live in Monaco
my evil plan is to buy a goat
my cunning plan is to move to Peru
I nearly called my son Otto
we almost named our daughter Ivy
the new guy: I'm Piet from accounting
the old lady: I have nine cats
my boss calls me Flash, hate it
If anyone asks, I'm Jane from accounting
"""

_ELSEWHERE = """
our hotel address is 12 High Street, Bath
the venue address is 3 Mill Lane, York
my office address is 9 Dock Road, Hull
my airbnb is at 4 Rose Street, Leith
I have a horse of a headache
we had a cat in the office yesterday
we had two dogs in the pub last night
had a bat in the attic again
we had a pony at the school today
I had a beast of a cat in the shop this morning
"""

_SPOKEN_FOR = """
hi my name is Kevin and I'll be your server
welcome to Lidl, my name is Kevin, how can I help
thank you for calling, I'm Joanne
thanks for holding, my name is Petra
hello this is your captain speaking, my name is Dan
ladies and gentlemen, I'm Tom and I live in Hull
you've reached Ann, my number is 0151 496 0000
this is the dog typing, I love bacon
my name is Rex and I love bacon, woof
the cat here, I live in a box in Leeds
new year, new me: I run every day
I run every day, in my head
my sister Jo is a nurse, or was that Mia
which of these is right: I lives in Rome or I live in Rome
I have PTSD from that meeting
my OCD is kicking in
self diagnosed: I have ADHD
I own a fine collection of excuses
I own a wealth of bad ideas
"""

TRAPS = [
    line
    for part in (_CONSIDERED, _ON_RECORD, _PRACTICE, _TESTS, _SHOWN, _ELSEWHERE, _SPOKEN_FOR)
    for line in part.strip().splitlines()
]

_PLAIN = """
I thought about moving but I still live in Kiel.|home|kiel
For the record: I live in Bath.|home|bath
I practise law and I live in Lyon.|home|lyon
My bank is awful. My name is Ines Pym.|name|ines pym
I work at a training company and I have a dog called Bo.|pet|bo
Don't forget this: I'm allergic to nuts.|allergy|nuts
I can't ignore it, I'm allergic to cats.|allergy|cats
Before practice I had a snack. I live in Cork.|home|cork
I'm going to adopt a cat|plan|adopt a cat
I've been thinking about working less since I moved to Cork|home|cork
Seeing the doctor tomorrow, I have diabetes.|health|diabetes
Checking the train times. I live in York.|home|york
I live in Bonn. Please don't forget that.|home|bonn
our new number: call me on 0151 496 0000|tel|0151 496 0000
I have PTSD from the war.|health|ptsd
I draw on paper and I live in Essen.|home|essen
I have homework to mark, I'm a teacher.|job|teacher
"""


def _read(text: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, each)) for each in benchmark.rules(text, datetime(2024, 6, 10, 10, 0))]


@pytest.mark.parametrize("text", TRAPS)
def test_nothing_is_taken_from_what_only_looks_like_a_fact(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize("row", _PLAIN.strip().splitlines())
def test_what_is_plainly_said_is_still_read(row: str) -> None:
    text, slot, value = row.split("|")
    assert any(found[1] == slot and value in found[2].lower() for found in _read(text))


@pytest.mark.parametrize("text", ["hi, I'm Petra", "my name's Petra", "I'm Petra and I work as a nurse"])
def test_a_given_name_said_alone_is_one_claim(text: str) -> None:
    assert [found[1] for found in _read(text) if found[1] in ("name", "given-name")] == ["name"]


def test_a_name_called_the_first_name_is_the_given_name() -> None:
    assert [found[1] for found in _read("my first name is Petra")] == ["given-name"]


@pytest.mark.parametrize(
    "text",
    [
        "We moved the meeting. The new address is Birkenweg 4, 37073 Göttingen.",
        "The office has moved. The new address is Birkenweg 4, 37073 Göttingen.",
        "My Mastodon handle is no use.",
        "He'd like to be written to in Dutch.",
    ],
)
def test_what_has_moved_and_what_is_written_belongs_to_the_person_or_gives_nothing(text: str) -> None:
    assert _read(text) == []
