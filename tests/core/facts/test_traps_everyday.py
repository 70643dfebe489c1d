"""The traps of test_traps in everyday writing: no capitals, no marks, jokes, forwarded texts, dropped subjects."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

_TRAPS = """
Living in Rome must be nice.
Based in Lund, the firm makes pumps.
moved to Perth, did she
Planning a trip is half the fun.
got a dog, they did, without asking anyone
fluent in nonsense, as my dad would say
Hoping you are well and enjoying Leeds.
Working at Google sounds exhausting.
back in Porto, Maria sells soap
love is a strange thing
Married to the sea, that man.
going to Leeds on Friday? bring a coat
Thinking of you in Oslo.
he said call me Bob
if anyone asks, I'm a doctor
tell them I live in Hull, will you
for the record I do not live in Hull, whatever it says
my friend's cat is called Bo
my nan's neighbour works at Lidl
your number is 07700 900555 right
the number on the van was 07700 900555
is 12 Rowan Close your address
they put me down as Dr. Smith
first name basis, everyone here
Surname unknown, the form said.
"I'm a joiner" was the first thing out of his mouth
my character sheet says I speak elvish
as a dog I'd sleep all day
nurse here was very kind
everyone loves chips
who wouldn't love a pub quiz
I'd kill for a flat in Gdynia
we nearly got a cat called Bo
someone told me I'm allergic to work lol
mum always says I love trouble
doctor reckons I have asthma
supposedly I've got ADHD
Not a vegetarian, obviously.
so apparently I'm a dad now, says this mug
I feel like a nurse some days
I might as well live at Tesco
I pretty much live at the gym
I was this close to buying a van
I keep telling people I'm retired
I told the salesman I own a castle
my therapist says I hate conflict
What if I'm allergic to bees
I'll believe I'm pregnant when I see the test
guess who has a new car, not me
Do not write to me in Dutch.
In this quiz I'm a Hufflepuff, I love badgers.
On Tinder I'm a pilot.
my alter ego lives in Paris
my ideal home is in Crete
my dream job is beekeeper
I used my sister's email, jo@fern.example
contact jo@fern.example for tickets
Our office dog is called Bo, belongs to Linda.
the postcode for the venue is LS6 3HN
He's a joiner, his wife's a nurse.
People born in May are stubborn.
wish I was fluent in Welsh
I should really stop smoking.
I ought to see a dentist on Friday.
I'd rather be living in Bergen.
I was told I'm diabetic but they mixed up the files.
The cat thinks I live in the kitchen.
When I'm sixty I'm moving to Spain.
I'd be lying if I said I like opera.
I can't say I love football.
I wouldn't say I hate it here.
Nobody calls me Al.
My ex used to call me Bear.
if i lived nearer i'd have a dog
if only I was allergic to housework
say i move to Spain, do i lose my pension
suppose my name were Bob
lets pretend im a pirate, i live on a ship
once I'm a millionaire I live in Monaco
one day I'll own a boat and call it Bo
in a perfect world I work four days and own a vineyard
would be nice if I had a garden
I'd be a terrible nurse
imagine being married to Dave
what would happen if I sold my car
do i look like i own a yacht
since when am i a vegetarian
how come my name is Peter in your file
wait am i allergic to shellfish
did my sister Anna move to Oslo
why does it say I live in Kent
where do you see that I work at Asda
can you check if my email is bob@post.example
could it be that I have asthma
dad always goes I'm the king of the castle
she went all I love you I hate you
and I quote I own this town
lyrics stuck in my head: I live by the river
sign on the door says my name is Bob, knock twice
the bot keeps saying my name is Dave
autocorrect changed it to I love ducks
google thinks I'm a plumber from Leeds
spam mail: I am a widow, I have 4 million dollars
the caller said he was from my bank and that I live in York
voicemail from some guy: my number is 07700 900123
the kid wrote I have a dragon and it is called Bob
copy-paste from the ad: I'm a single dad, I love hiking
from his profile: I'm a pilot, I love dogs
email below, not mine: My name is Carl, I work at Shell.
---- Forwarded: I live in Stoke and I own a shop
my brother is a nurse
my sister's husband works for BMW
the woman upstairs has three cats
a guy I know speaks six languages
our postman loves opera
the kids hate broccoli
her dog is called Rex
his wife's birthday is May 3
some colleague of mine lives in Bath
my aunt's number is 07700 900321
my old teacher used to live in Delft
the dentist is called Dr. Molar, no joke
yeah right, I love paying tax
I just love being on hold for an hour
sure I'm a morning person, that's why I wake at noon
I'm a genius obviously
my cooking is famous, I have three stars
I have a PhD in napping
I'm allergic to mornings
I'm allergic to commitment
I own exactly zero yachts
I speak fluent sarcasm
I live on coffee and spite
I work in the salt mines, metaphorically
I'm married to the job these days
my pet peeve is called Kevin
I was raised by wolves
I'm a hundred years old today, or feel like it
I identify as tired
I'm the mum of the group
I'm a slave to this spreadsheet
my therapist is a bottle of wine
in last night's dream I had a horse
in the novel I'm reading she lives in Lyon and I love it
my D&D guy is a dwarf, he owns a tavern
playing the sims, I'm a doctor and have six kids
for the school play my son is a tree
we're playing doctor, I'm the patient and I have a broken leg
act like you're my mum and you hate my boyfriend
you be the shop and I'm Mr Bean, I want a new car
role: I am a customer named Jane, I live in Leeds
you told me you have a cat
you're from Leeds aren't you
your sister Emma lives in Kent right
i bet you love trains
so you own a boat
you must be a nurse
never get a dog if you live in a flat
you should say you're allergic
don't tell him I live here
always keep a spare key at your neighbour's
buy a house in Leeds, best thing you can do
when you're a nurse you see things
people who live in Leeds love rain
kids love sugar
a man needs a shed
apparently my cousin Ann told everyone I'm moving to Perth
they say I have my mother's temper
the doctor thinks I might have gout
my horoscope reckons I'll buy a house
word on the street is I got fired from Asda
it's not true I own a Ferrari
I never worked at Shell, whatever linkedin says
nobody told me I'm allergic to nuts
I am not my brother, he's the plumber
no I don't have a dog
that isn't my number
as a kid I was going to be a vet
back when I was a student I lived on toast
for two days I was a vegetarian
years ago I nearly married a dentist
I once owned a goldfish for a day
I was a shepherd in the nativity play
I almost moved to Leeds
"""


@pytest.mark.parametrize("text", _TRAPS.strip().splitlines())
def test_nothing_is_taken_from_what_only_looks_like_a_fact(text: str) -> None:
    kept = [each for each in benchmark.rules(text, datetime(2024, 6, 10, 10, 0)) if each[3] != "denied"]
    assert [each for each in kept if each[1] != "relation"] == []
