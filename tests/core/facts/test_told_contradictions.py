"""From two sentences, through the reader, to what is asked about: denials of a kind, "never", since when."""

from __future__ import annotations

from datetime import datetime

import pytest

from second_me.core.memory.facts.claims import ME, Contradiction, Kept
from second_me.core.memory.facts.contradictions import contradictions
from second_me.core.memory.facts.reading import read_claims
from second_me.core.memory.facts.validity import facts

FIRST, LATER, MUCH_LATER = "2024-01-01", "2024-06-01", "2026-06-01"


def _kept(number: int, text: str, day: str) -> list[Kept]:
    said = datetime.fromisoformat(day)
    return [
        Kept(
            claim_id=number * 100 + place, claim=claim, subject=claim.named.of(text) if claim.named else ME,
            value=claim.value.of(text), quote=claim.quote.of(text), memory_id=f"m_{number}", source_id=None,
            conversation=f"talk-{number}", seq=number, said_at=said, learned_at=said, edited=False,
        )
        for place, claim in enumerate(read_claims(text, said))
    ]  # fmt: skip


def asked(one: str, other: str, second: str = LATER) -> tuple[Contradiction, ...]:
    """What is asked after two sentences, the second told half a year after the first."""
    kept = [*_kept(1, one, FIRST), *_kept(2, other, second)]
    found = contradictions(facts(kept))
    assert all(each.first.kept.memory_id != each.second.kept.memory_id for each in found)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I have no pets.", "My dog Rex is limping."),
        ("We don't have any pets.", "Our cat Tom is old."),
        ("My dog Rex is limping.", "I've never had a dog."),
        ("I have no dog.", "I have a dog."),
        ("I have no allergies.", "I'm allergic to nuts."),
        ("I don't have any food allergies.", "I have a shellfish allergy."),
        ("I'm allergic to bees.", "I'm not allergic to anything."),
        ("I've never owned a car.", "I've had my Fiat since 2015."),
        ("I don't own a car.", "My car is a Fiat."),
        ("I have no bike.", "I've had my Brompton for ten years."),
        ("We've owned the same television since 2003.", "We have never had a television."),
    ],
)
def test_no_pets_no_allergies_and_no_car(one: str, other: str) -> None:
    assert len(asked(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I have no siblings.", "My sister Lea is here."),
        ("I'm an only child.", "My brother Piotr taught me to swim."),
        ("I don't have any brothers or sisters.", "My brother Leo is a vet."),
        ("My sister Lea is here.", "I've never had a sister."),
        ("We never had children.", "Our daughter Mila starts school in autumn."),
        ("I've got no kids.", "My son Kai starts school."),
        ("I've never been married.", "My ex-wife Eva called."),
        ("I'm not married.", "My husband Jon is cooking."),
        ("I never married.", "My wife Nora is a vet."),
        ("I don't have a wife.", "My wife Nora is a vet."),
    ],
)
def test_no_siblings_no_children_and_never_married(one: str, other: str) -> None:
    assert len(asked(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I'm vegetarian.", "I love steak."),
        ("I don't eat meat.", "I eat bacon every morning."),
        ("I've been vegan since 2015.", "I eat cheese every day."),
        ("I don't drink alcohol.", "I usually have a beer on Fridays."),
        ("I never drink coffee.", "I always drink coffee at breakfast."),
        ("I don't smoke.", "I smoke twenty a day."),
        ("I've never smoked.", "I quit smoking in 2010."),
        ("I used to smoke.", "I've never smoked."),
        ("I've never been a teacher.", "I was a teacher for ten years."),
        ("I used to be a teacher, primary, eleven years of it.", "I have never been a teacher."),
        ("I've never worked at Tesco.", "I used to work at Tesco."),
        ("I've never lived in Leeds.", "I lived in Leeds until 2010."),
        ("I hate coriander with a passion.", "I love coriander."),
    ],
)
def test_what_is_never_eaten_drunk_or_done(one: str, other: str) -> None:
    assert len(asked(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I've been in York since 2019.", "I lived in Ripon from 2020 until 2022, didn't I ever say?"),
        ("I lived in Leeds from 2010 to 2014.", "I lived in York from 2011 to 2013."),
        ("In 2018 I worked at Novartis.", "In 2018 I worked at Roche."),
        ("Between 2010 and 2014 I lived in Lyon.", "I've lived in Bern since 2012."),
        ("I was at Siemens from 2012 until 2018.", "From 2013 to 2015 I worked at Bosch."),
        ("DOB 1990-02-11, that's mine.", "I was born on 5 March 1990."),
        ("I love my job.", "I hate my job, I have from day one."),
        ("I don't eat meat.", "Every Sunday of my life I've had bacon for breakfast."),
        ("I've lived in Leeds all my life.", "I lived in Paris from 2001 to 2005."),
        ("I've always lived in Leeds.", "I used to live in York."),
        ("I've worked for Harbour Bank since 2011, only ever there.", "I was at Lidl from 2012 to 2013."),
        ("My birthday is the third of May.", "My birthday is the twenty-third of May."),
        ("I'm married to Tom.", "I've never been married."),
        ("I've never broken a bone.", "I broke my leg in 2012."),
        ("I had chickenpox as a child.", "I've never had chickenpox."),
        ("I'm allergic to peanuts.", "I eat peanuts every day."),
        ("I go to the gym every morning.", "I never go to the gym."),
        ("I don't own a phone.", "My phone is a Samsung Galaxy."),
        ("I have never smoked a cigarette in my life.", "I've been smoking since 1999."),
        ("I don't drink coffee, it makes me shake.", "I drink four coffees a day."),
        ("No allergies here.", "I'm allergic to latex."),
        ("I have type 1 diabetes.", "I don't have diabetes."),
        ("I've never been married.", "I've been married to Alice for twenty years."),
        ("I've lived in Ghent since 2010.", "I lived in Antwerp until 2016."),
        ("I've never worked for Nokia.", "I was at Nokia for ten years."),
        ("I've never had a cat.", "When our cat Tom died we cried for a week."),
        ("I haven't got a television.", "I've got a television in every room."),
        ("I don't have a cat, I'm allergic.", "My cat Minka has learned to open doors."),
        ("I'm a nurse.", "I'm not a nurse, I never was."),
        ("I never drink alcohol.", "I always have a glass of wine with dinner."),
    ],
)
def test_two_times_and_meals_that_cannot_be(one: str, other: str) -> None:
    assert len(asked(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I worked for Bellweather from 2010 to 2015.", "I worked for Crane Press from 2015 to 2020."),
        ("In 2018 I worked at Roche.", "I've worked at Novartis since 2018."),
        ("I left Bosch in 2018.", "In 2018 I worked at Roche."),
        ("I lived in Ghent in 2019.", "I moved to Antwerp in 2019."),
        ("I worked at Bosch from 2018 to 2020.", "I worked at Roche in 2021."),
        ("Been in Utrecht since 2015.", "We moved to Zwolle in February."),
        ("I live in Leeds.", "I live in York, don't I?"),
        ("I lived in Antwerp until 2016.", "I've lived in Ghent since 2016."),
        ("I haven't got a television.", "I got a television last week."),
        ("No problem.", "My sister Lea is here."),
        ("No kids here today.", "My son Kai is six."),
        ("I have no pets at the moment.", "My first dog Rex was a beagle."),
        ("I don't have a car.", "I had a Fiat in 2001."),
        ("I have no food allergies.", "I'm allergic to bees."),
        ("I don't smoke.", "I smoke salmon every Christmas."),
        ("I've lived in Leeds all my life.", "I moved to York in May."),
        ("My birthday is the third of May.", "My birthday is May 3rd."),
        ("I'm allergic to cats.", "I love cats."),
    ],
)
def test_one_after_the_other_is_no_contradiction(one: str, other: str) -> None:
    assert asked(one, other) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I have no pets.", "We adopted a dog called Rex."),
        ("I've never had a dog.", "My cat Tom is old."),
        ("My dog Rex died in 2019.", "I have no pets."),
        ("My dog Rex is limping.", "We don't have a dog any more."),
        ("I used to be allergic to milk.", "I have no allergies."),
        ("I have no allergies.", "It turns out I'm now allergic to nuts."),
        ("I don't own a car.", "I bought a Fiat last week."),
        ("I have no bike.", "My car is a Fiat."),
        ("I have no siblings.", "My baby brother Leo was born today."),
        ("I have no sisters.", "My brother Leo is here."),
        ("My brother Tom has no siblings.", "My sister Lea is here."),
        ("I'm not married.", "My husband Jon and I got married in May."),
        ("I'm not married.", "My ex-wife Eva called."),
        ("I don't have kids with me today.", "My son Kai starts school."),
        ("I'm vegetarian.", "I love the smell of bacon."),
        ("I'm vegan.", "I love vegan sausages."),
        ("I was vegetarian.", "I love steak."),
        ("I don't drink alcohol.", "I drink tea every morning."),
        ("I used to smoke.", "I don't smoke."),
        ("I've never been a nurse.", "My wife Nell is a nurse."),
    ],
)
def test_what_changed_or_is_another_thing_is_not_asked_about(one: str, other: str) -> None:
    assert asked(one, other) == ()


def test_a_denial_says_little_of_years_later_but_of_siblings() -> None:
    assert asked("I have no pets.", "Our cat Tom is old.", MUCH_LATER) == ()
    assert len(asked("I have no siblings.", "My sister Lea is here.", MUCH_LATER)) == 1
