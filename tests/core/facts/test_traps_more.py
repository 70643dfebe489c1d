"""Traps by class: games, plays, irony, dreams, lyrics, what nearly was, quotations, tests, a day's states, idioms."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

_GAMES = """
in my village (the game one) I have 12 goats
my other self in Skyrim owns a house in Whiterun
I have 300 cows on my Stardew farm
on my minecraft island i own a castle and two boats
I'm a level 40 wizard now, finally
my sim is called Greta and she works at the hospital
in the game I'm a blacksmith with six kids
playing as a nurse tonight, wish me luck
my D&D guy is a vegan bard from Bristol
i have three wives in crusader kings
got a horse called Thunder in Zelda
In Animal Crossing I live in Plumtown and grow pears.
our guild hall has two dogs (virtual ones)
I own four hotels, this is the best Monopoly night ever
I have a dragon called Ash, he respawns
"""

_PLAYED = """
let's play: I am a waiter and you are the guest
lets play shop. I'm the baker
new scene: I'm a lawyer in Chicago
you be the patient, I'm the dentist
ok you're the customer and i'm the waiter at Luigi's
Scenario: I am a pilot with two sons
I play the nurse in the village panto
they cast me as Hamlet so now I'm a prince of Denmark
for Halloween I'm a vampire
my line is I am the captain of this ship
Act two, I'm a widow and I live in Vienna
say you're a doctor and I'm allergic to bees
for the sake of argument I'm a landlord
mock interview: I'm a plumber and I speak French
Improv night, I'm a farmer with nine dogs
"""

_IRONY = """
right because I own a yacht
sure because i speak Klingon
oh sure, I have a private jet
of course, because I'm a millionaire
yes and I own the Eiffel Tower
cos obviously i have a butler
as if I own a car
yeah no, I totally love spreadsheets
I love paying rent, best feeling
wow I just adore waiting rooms
oh great, I love being on hold
I own a car. just kidding
I'm a doctor. lol no
I have a twin called Bob. Kidding!
I speak nine languages. Nope.
"""

_DREAMS = """
weird dream, i was a pilot and the sky was soup
strange dream: I had a dog named Otto
had a nightmare, I worked at the bank again
I lived on a boat. that was a dream
in my dreams I own a bakery
last night in my sleep I was a dentist
dreamt I was married to Tom
woke up thinking I live in Rome
In a past life I was a sailor.
in another life I'm a florist
in a parallel universe I have four kids
in my head I'm a rock star
fever dream, I had a parrot and he was my boss
daydream of the day: I own a vineyard
half asleep I thought I was a teacher again
"""

_LYRICS = """
~ my name is Lucky Tom and I walk the line ~
~ I live in the pines, in the pines ~
* my name is Jonas and I carry the wheel *
/ I'm a lineman for the county /
la la la I'm a barbie girl
♫ my name is Rosa, I dance till dawn ♫
# my name is Prince and I am funky #
I'm a joker, I'm a smoker, la la
stuck in my head: I'm a creep, I'm a weirdo
that song again, my name is Luka I live on the second floor
as the song goes my name is Stan
lyrics: I work at the car wash
earworm of the day, I am a rock
chorus again: I live by the river
verse two, my name is Joe and I work in a button factory
"""

_NEARLY = """
I nearly bought a van last week
could have been a doctor, me
I could have lived in Paris
I almost adopted a dog called Rex
I was going to be a vet
i was about to buy a boat
I would've been a pilot
I should have been a carpenter
we came close to moving to Leeds
I was supposed to work at Nokia
they offered me a job at IKEA, I passed
I turned down the job at Siemens
I toyed with getting a cat
if only I had a garden
my plan was to be a nurse, then life happened
"""

_FRAMES = """
Fill in the blank: I live in ____
Example: I'm a teacher and I live in Leeds
The prompt says I am a lonely lighthouse keeper
My horoscope says I love change
the quiz says I'm a golden retriever
apparently my spirit animal is an owl
the fortune cookie: I will own a house
My bio on Tinder used to be a lie: I own a boat
his text reads I'm in Hull now
the headline was I own 40 cats
my shirt reads I love Berlin
the form has me as a widow
duolingo made me say I am a penguin
today's sentence in the course: I have a red car
how would a Dutch person put it, I have a brother called Jan
"""

_TESTS = """
testing testing, my name is Test User
test: I live in Testville
just testing whether you remember: I'm a plumber
This is a test. My name is John Doe
test message, I own a zeppelin
demo: my dog is called Foo
dummy data: I live at 1 Example Street, London
asdf my name is asdf
let's see if you catch this: I'm a spy
trying out the mic, I am a teapot
mic check, my name is Nobody
lorem ipsum, I live in Rome
sample entry, I'm allergic to eggs
placeholder: my sister Jane
checking if this saves, I have a cat called X
"""

_DAYS = """
I'm a zombie today
I'm the taxi driver tonight
I live on coffee this week
for this weekend I have a dog
dogsitting, so I have a dog called Max till Sunday
I'm Mum today because Anna is away
I'm a nurse until Sunday, all three kids are sick
I have a car till Monday, a rental
borrowed a van for the move
I'm on a diet until Friday
looking after Luna, the neighbour's cat
I'm Batman
I'm toast
I am a mess
I'm the monster under the bed now
"""

_OTHERS = """
The neighbours own a boat.
that guy who says he loves me
copying what he wrote, I love fishing
quoting my boss, I live for deadlines
in his words, I'm a genius
me in 2030: I own a farm
Me, 90: I live in the hills with nine cats
ten years from now I'm a doctor
one day I'm a homeowner
by forty I have three kids, that was the dream
nobody: ... me: I love cheese
pov: you're a cat and I own a fish shop
my evil twin works at Shell
my imaginary dog is called Frank
my pretend wife is called Sue
"""

TRAPS = [
    line
    for part in (
        _GAMES,
        _PLAYED,
        _IRONY,
        _DREAMS,
        _LYRICS,
        _NEARLY,
        _FRAMES,
        _TESTS,
        _DAYS,
        _OTHERS,
    )
    for line in part.strip().splitlines()
]

_PLAIN = """
One day a week I swim in the lake, every Friday.|habit|swim
I bake bread every Saturday morning before the kids wake up|habit|bake bread every saturday morning
I own a boat and two kayaks.|owns|boat
I'm a nurse, right because my mum was one.|job|nurse
I work at a game studio as an artist.|job|artist
I have a cat called Dream.|pet|dream
We test software and I live in Lund.|home|lund
I tested positive, also I'm allergic to latex.|allergy|latex
I sing in a choir every Tuesday.|habit|sing in a choir every tuesday
I moved to Cork ~ 5 years ago.|home|cork
I own a piano and I play it.|owns|piano
I live in Leeds. Right, what can I cook with leeks?|home|leeds
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
