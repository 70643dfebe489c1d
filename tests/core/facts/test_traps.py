"""Sentences that look like facts of the person and are none: asked, wished, quoted, of others, in jest, made up."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

NOW = datetime(2024, 6, 10, 10, 0)

_TRAPS = {
    "hypothetical": """
        If I worked at the mint I'd never be short of change.
        Had I been born in Rome I'd have a scooter.
        Suppose I'm allergic to cashews, what then
        Let's say I live in Wolverhampton and I own two ferrets.
        I could be a judge with this face.
        I'd love a piano, there's just no wall for it.
        Say my email is bob@post.example and I forget it, what happens
        In another universe I'm a vet and I have six donkeys.
        Were I a plumber I'd own a yacht by now.
        Assuming I speak Danish by then, I'm in.
        When I win the lottery I'll live in Monaco.
        Should I move to Leeds, I'd miss the sea.
        Imagine my dog is called Professor, how good would that be
        As soon as I have a house in Nice I'll invite you.
        Picture me as a baker, up at three, flour everywhere.
        For argument's sake, I own a castle.
        """,
    "question": """
        is my email still bob@post.example or did I change that
        do i live in Bath or in Wells according to you
        Was I born in 1980 or 81?
        Am I a vegetarian in your notes?
        Didn't I say my sister Anna lives in Oslo?
        which of these says I'm allergic to eggs
        have i told you my name is Marko
        What makes you think I own a boat?
        Who told you I work at Lidl?
        Since when do I like olives?
        is it true that I was born on May 4th 1971
        any idea whether I'm allergic to latex
        Why would I live in Hull?
        """,
    "quotation": """
        The chorus goes I live in a yellow house and my name is nobody.
        He wrote on the wall: I love Sheffield.
        The advert read: I'm a widow, I own a farm, call me on 020 7946 0999.
        From the description: I'm a nurse and I live in Perth.
        Pasting this from the group: I work at the docks and I hate onions.
        The email said, I am Prince Adebayo and my bank is in Lagos.
        My favourite line in it is I have a dog and no hope.
        She texted me the following: I'm pregnant.
        And he was like, I own half this street, sit down.
        the label on the box says I live in Ohio, please feed me
        Forwarding this: I'm a locksmith based in Luton, cheap rates.
        The first sentence is: I was born in 1632 in the city of York.
        Read this out: my name is Hank and I like trains.
        """,
    "other people": """
        The man in seat 12 lives in Graz and collects stamps.
        A friend of mine owns a vineyard near Siena.
        Her birthday is June 3, she's nearly ninety.
        the new neighbour's a dentist, drives a Porsche
        One of my students is allergic to chalk.
        My uncle's wife has a parrot.
        Their phone number is 020 7946 0123.
        Everyone in my street has a dog.
        Most people at work speak Polish.
        That girl from the gym works at Bosch, I think.
        The kids' teacher hates computers.
        Somebody called Rita lives upstairs.
        Nobody in my family smokes.
        """,
    "irony": """
        I'm a proud graduate of the School of Hard Knocks.
        I live at 1 Misery Lane, Gloomtown, thanks for asking.
        Sure, I own the place, I just sweep it for fun.
        Oh yes, I simply adore being on hold.
        I work at the Ministry of Silly Walks, haha
        My hobby is waiting for trains, evidently.
        I love it when the lift breaks, fourteen floors, bliss.
        I'm basically a doctor now, I've watched all the seasons.
        I live in the office these days, might as well pay rent there.
        I'm married to my job.
        My second home is the dentist's chair.
        I work for peanuts.
        I have a degree in procrastination from the University of Sofa lol
        Yes, I'm the King of Spain, now can I have my parcel
        I was born yesterday, apparently.
        I'm a magician, I make deadlines disappear, ha ha.
        """,
    "fiction": """
        I dreamed I was a lighthouse keeper and I lived on Skye.
        In chapter two I work at a circus.
        In the game I own a tavern and I have a wolf called Fang.
        In the film I'm a nun from Cork.
        My character is called Brenna and she lives in Whiterun.
        Last night in a dream my name was Otto and I loved fish.
        In the musical I'm a baker with a wooden leg.
        For the sketch I'm a pilot, I live in Crewe and I hate wind.
        On stage I'm Rosalind, daughter of a duke.
        In my screenplay I work for the mob.
        """,
    "pretend": """
        Let's play a game: I'm a spy, I live in Prague, my name is Boris.
        Pretend I'm your landlord and I own six houses.
        Act as if I'm a customer. I own a Volvo and it squeaks.
        Roleplay: I am a knight and my horse is called Thunder.
        For this exercise I'm a patient, I have gout and I live alone.
        You're the waiter, I'm a guest, I'm allergic to nuts. Go.
        For the demo I'm Jane Doe, I live in Springfield.
        Write a bio: I'm a marine biologist, I live in Galway.
        """,
    "addressed": """
        You own a nice laptop, I bet.
        I hear you live in Porto these days.
        Your dog Rufus bit me.
        You said you work at the bakery.
        I know you love jazz.
        So you're a vegetarian, and your sister Mia eats steak.
        I see you have two cats, lucky.
        """,
    "advice": """
        Never tell them you own a dog.
        Always say you're allergic, it's quicker.
        If you have asthma, stay inside.
        Get a dog, call it Rex, be happy.
        Say you live in Zone 2 and they won't ask.
        Just tell them I live in Basel.
        """,
    "generic": """
        Bakers get up at three and hate it.
        Every nurse I know drinks coffee.
        Dogs love liver.
        A good cook owns three knives.
        In Norway people ski to work.
        """,
    "report": """
        Rumour has it I own a yacht.
        According to the doctor I'm allergic to dust.
        My mother claims I hated milk.
        Apparently I like hiking now.
        The algorithm has decided that I'm a golfer from Ohio.
        The internet thinks I live in Utah.
        Legend has it I was born in a taxi.
        Word is I'm moving to Dubai next month.
        My horoscope says I'm going to buy a boat.
        The form has me down as a widow from Hull.
        Facebook believes I'm a big fan of cricket.
        They keep insisting I live in Hove.
        """,
    "negation": """
        It's not like I own a car.
        Nobody said I work at Shell.
        It's a lie that I was born in Hull.
        That's not my dog.
        It's a myth that I hate children.
        Not that I own a boat.
        No way I'm a morning person.
        It isn't as if I live in Monaco.
        It's false that my name is Kevin.
        I never said I live in Ealing.
        I deny that I own a gun.
        """,
    "past": """
        As a child I wanted to be a vet.
        I almost bought a boat once.
        In 2003 I was nearly married to a man called Piet.
        For a week I was a vegan.
        When I was six I had a lisp and a wooden sword.
        I once worked for a day at the circus.
        I was going to buy a house, then I didn't.
        For one night I was Cinderella.
        I used to pretend I lived in Narnia.
        """,
}


@pytest.mark.parametrize(
    "text", [line.strip() for lines in _TRAPS.values() for line in lines.strip().splitlines()]
)
def test_nothing_is_taken_from_what_only_looks_like_a_fact(text: str) -> None:
    kept = [each for each in benchmark.rules(text, NOW) if each[3] != "denied"]
    assert [each for each in kept if each[1] != "relation"] == []
