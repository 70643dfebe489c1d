"""Traps by class: idioms, what is somebody else's, what was heard or read, what is wished, lessons of a language."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

_IDIOMS = """
I live in the moment
my name is mud at work
call me old-fashioned but I write letters
call me crazy, I like it
I own my mistakes
I own the night
i'm allergic to small talk
I'm allergic to Mondays
I speak sarcasm fluently
i have a cow every time he says that
I have a horse in this race
I have a black dog on bad days
I have bigger fish to fry
I'm a chef in my own kitchen only
I'm kind of a doctor now, with all these forms
I plan to do nothing
I have a house to clean
I have a cat on my lap
I'm studying the menu at Nando's
I work like a dog
"""

_OWNERS = """
I've got Tom's car
I have Anna's cat with me
I'm a vegetarian's nightmare
I'm a doctor's worst nightmare
my best friend Google
my mate Jim Beam
my girlfriend is called Siri
my cousin Vinny is a great film
my neighbour Totoro was on tv
my husband Ryan Gosling (i wish)
my middle name is danger
I left Leeds at 8 this morning
live music tonight in Cork
I love stepping on lego
I plan to win the lottery
gonna move to the moon
I don't drink and drive
I teach people a lesson every day
I have OCD about spoons
can't stand straight since the fall
"""

_HEARD = """
overheard: i work for nobody but my cat
Overheard at the deli, I'm a vegan but I love ham
got a text, hi mum I lost my phone, my new number is 07700 900111
scam call today, my name is Kevin from Microsoft
ad on the tram: I'm Lisa and I love my bank
reading My Brother Jack atm
film tonight, I Am Sam
guess who: I'm a singer from Barbados
two truths and a lie: I have a twin, I speak Thai, I own a boat
poll: I'm vegan / I'm vegetarian / I eat all
option a) I live in Rome
1) I am a teacher 2) I am a nurse, which form is right
sorry wrong chat, I live at 5 Elm Road
sorry that was my brother typing, he has your dog
delete that I have a dog
forget that I live in Leeds
I speak zero French
hi I'm Siri
my kid: i am a dinosaur
Toddler logic: I own the moon
"""

_WISHED = """
asking for a friend: I'm pregnant
asking for a friend, I hate my job
I'd name my dog Bo
when I get a dog his name will be Bo
when I grow up I'm a pilot
I'm the doctor, the one with the tardis
I own a death ray
I own a negative amount of cars
wish I had a dog
would love a dog
dying to get a dog
not me owning three drills
entering my baker era
we might call her Ida
always wanted to be a vet
"""

_LESSONS = """
spell check: i live in edinburgh
which is correct, I live in Rome or at Rome
in Spanish: soy maestro, I am a teacher
count the words: my brother Tom lives in Leeds
how do i say i'm allergic to nuts in japanese
what is german for my name is Tom
need the polish for I am a nurse
translate: I have a sister called Eva
is "I have a dog" right grammar
the sentence I am a driver has four words
what's "I am a vegetarian" in Greek
how would you put I live in Bonn in French
the Dutch for I have two cats
in German: I own a house
the Swedish word for I am a teacher
"""

TRAPS = [line for part in (_IDIOMS, _OWNERS, _HEARD, _WISHED, _LESSONS) for line in part.strip().splitlines()]


def _read(text: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, each)) for each in benchmark.rules(text, datetime(2024, 6, 10, 10, 0))]


@pytest.mark.parametrize("text", TRAPS)
def test_nothing_is_taken_from_what_only_looks_like_a_fact(text: str) -> None:
    assert _read(text) == []
