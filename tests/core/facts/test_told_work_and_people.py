"""Work, people, health and days as they are told in passing, and what only sounds like facts of forms."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

from tests.core.facts.test_asked_by_forms import facts_told

_FACTS = """
my birthday's the 3rd of November, 1974 | birthday=3rd of November, 1974
I was born on 14.07.1986. | birthday=14.07.1986
I was born on July 14th, 1986 in Brest. | birthday=July 14th, 1986
I was born 2 March 1991. | birthday=2 March 1991
I was born in 1968. | birthday=1968
My date of birth is 1990-04-23. | birthday=1990-04-23
DOB 23/04/1990. | birthday=23/04/1990
My birthday is on the first of May. | birthday=first of May
I turned 40 on 9 June. | birthday=9 June
I turned forty on the 9th of June. | birthday=9th of June
I'll be 50 on 12 October. | birthday=12 October
My birthday: 8 September 1979. | birthday=8 September 1979
Born 5 December 1983, a Sagittarius. | birthday=5 December 1983
I have my birthday on 30 August. | birthday=30 August
I was born on Christmas Day 1980. | birthday=Christmas Day 1980
I'm a boatbuilder, wood mostly, some steel when I have to | job=boatbuilder
I work for Kinsale Slipways these days | employer=Kinsale Slipways
They've made me team leader at Bosch. | organization-title=team leader; employer=Bosch
I was promoted to senior nurse in May. | job=senior nurse
I'm the office manager now. | job=office manager
I'm with Siemens now, doing quality control. | employer=Siemens
I got hired by Vestas. | employer=Vestas
I've started at Lidl. | employer=Lidl
I was hired by Skanska as a site engineer. | employer=Skanska; job=site engineer
I've got a new job, at Maersk. | employer=Maersk
New job: I'm at Ericsson now. | employer=Ericsson
I now work for Philips. | employer=Philips
I work in the accounts department at Arla. | employer=Arla
My employer is Deutsche Bahn. | employer=Deutsche Bahn
I work as a piano tuner. | job=piano tuner
I'm a piano tuner. | job=piano tuner
I earn my living as a beekeeper. | job=beekeeper
By trade I'm a stonemason. | job=stonemason
I'm a self-employed translator. | job=self-employed translator
I do the books for a living, I'm an accountant. | job=accountant
I speak Welsh and English, and enough Polish for the in-laws | speaks=Welsh; speaks=English; speaks=Polish
I'm fluent in Dutch and German. | speaks=Dutch; speaks=German
My native language is Finnish. | speaks=Finnish; language=Finnish
please write to me in English, my written Welsh is shameful | language=English
I'd rather have everything in French. | language=French
Letters in Italian, please. | language=Italian
My preferred language is Catalan. | language=Catalan
Correspondence in Danish, please. | language=Danish
German is fine for letters. | language=German
I'm allergic to shellfish, which is a joke in this trade | allergy=shellfish
I've a nut allergy. | allergy=nut
I'm lactose intolerant. | allergy=lactose
Penicillin brings me out in a rash. | allergy=Penicillin
I have type 1 diabetes, so I carry sweets everywhere | health=type 1 diabetes
I've got asthma. | health=asthma
I've been diagnosed with coeliac disease. | health=coeliac disease
I have high blood pressure. | health=high blood pressure
no meat for me since New Year, I'm a vegetarian now | habit=vegetarian
I'm vegan. | habit=vegan
I don't eat pork. | habit=eat pork/denied
We've gone vegetarian. | habit=vegetarian
My wife's called Magda, she's from Gdańsk. | Magda:relation=wife
My husband's called Piet. | Piet:relation=husband
My partner is Kofi. | Kofi:relation=partner
I'm married to Beatriz. | Beatriz:relation=married
our lad Tomos was born on 12 January 2010 | Tomos:relation=lad; Tomos:birthday=12 January 2010
Our girl Freya was born on 3 March 2015. | Freya:relation=girl; Freya:birthday=3 March 2015
Our boy Emrys was born on 5 May 2018. | Emrys:relation=boy; Emrys:birthday=5 May 2018
Our son Jurek was born on 1 August 2012. | Jurek:relation=son; Jurek:birthday=1 August 2012
Our little one, Saoirse, was born on 6 June 2021. | Saoirse:relation=little one; Saoirse:birthday=6 June 2021
My eldest, Lotte, was born in 2009. | Lotte:relation=eldest; Lotte:birthday=2009
My daughter Nia is eighteen and off to Leeds. | Nia:relation=daughter
We've two kids, Bram and Fenna. | Bram:relation=kids; Fenna:relation=kids
Tomos goes to Harbourside Academy. | Tomos:school=Harbourside Academy
Ffion goes to Ysgol Glan Clwyd. | Ffion:school=Ysgol Glan Clwyd
Jurek attends Liceum Batorego. | Jurek:school=Liceum Batorego
Saoirse is at Scoil Bhríde. | Saoirse:school=Scoil Bhríde
Tamsin goes to Greenbank Primary School. | Tamsin:school=Greenbank Primary School
Matteo is a pupil at Scuola Dante. | Matteo:school=Scuola Dante
Tomos can't have peanuts, he's allergic to them. | Tomos:allergy=peanuts
Ffion can't have eggs, she's allergic to them. | Ffion:allergy=eggs
Jurek is allergic to strawberries. | Jurek:allergy=strawberries
Saoirse has asthma. | Saoirse:health=asthma
Ffion can't eat gluten. | Ffion:allergy=gluten
we've a dog named Bosun, half collie, half sofa | pet=Bosun; pet=collie
We've a cat called Mog. | pet=Mog
Our dog is called Tyke. | pet=Tyke
Correction: my birthday is 4 May 1981. | birthday=4 May 1981
They made me head of design at Vitra. | organization-title=head of design; employer=Vitra
Our lass Morag was born on 2 February 2014. | Morag:relation=lass; Morag:birthday=2 February 2014
Our youngest, Idris, was born on 19 May 2016. | Idris:relation=youngest; Idris:birthday=19 May 2016
Our baby Yuki was born on 7 July 2023. | Yuki:relation=baby; Yuki:birthday=7 July 2023
Idris goes to Millfield Primary School. | Idris:school=Millfield Primary School
Morag went to Dunmore High School. | Morag:school=Dunmore High School/ended
Yuki can't eat sesame, she's allergic to it. | Yuki:allergy=sesame
Idris is allergic to cashews. | Idris:allergy=cashews
Morag can't have kiwis, she's allergic to them. | Morag:allergy=kiwis
Anwen is allergic to wasp stings. | Anwen:allergy=wasp stings
"""


@pytest.mark.parametrize("line", _FACTS.strip().splitlines())
def test_what_is_told_of_work_and_people_is_read(line: str) -> None:
    text, _, told = line.partition(" | ")
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == facts_told(told)


_NOTHING = """
In the book, Owen Pryce here is the villain.
The lads call me a taxi on Fridays.
The boys call me names.
The kids call me when they land.
They made me a sandwich.
They made me manager of the week in a game.
They made me wait for an hour.
They made me head back home.
They made me captain for the day.
They nearly made me head of logistics.
If they made me team leader I'd quit.
They made my sister head of logistics.
The office line at the dentist's is 01632 960400.
The office line is busy all day.
The work email is down again.
The work email for Jan is jan@firma.example.
His work email is jan@firma.example.
The support email is help@shop.example.
The new phone number of the surgery is 01632 960401.
New phone number for mum: 07700 900402.
My mother has a new number, it's 07700 900403.
The clinic has a new phone number as well, it's 01632 960404.
If it's about the boiler ring 01632 960405.
He uses he/him in the novel.
I use he/him for my cat.
Our lad is a menace.
Paris can't have peanuts in it.
Monday goes to Oxford Academy.
The yard's address is 3 Dock Road, Bristol BS3 4AA, deliveries round the back.
We're over in Cork for the weekend, address is 4 Merchant Street.
The landlord is Mr Desmond Achterberg, office@achterberg-lets.example.
For the quiz we were a team called the Bilge Rats of 99 Nowhere Lane.
I'm staying at 21 Rue du Port in Brest till Thursday, boat show.
The code they just texted me is 448 291.
Back in school they had me down as Owen Price with an i, drove my mother mad.
The plumber can be reached on +49 761 2170123.
The institute is in Rheinstraße 3, 79106 Freiburg, if you want to send me cake.
This week I'm in Lyon, at a hotel in 12 rue de la Gare.
The shop's number is 01632 960233, they open at nine.
The best number to reach the council is 01632 960411.
The landline in the holiday flat is 01632 960412.
On paper I'm rich.
My passport says nothing about that.
Officially I'm on holiday.
You're talking to Siri, I guess.
The name's Bond, James Bond.
We nearly bought a house: 19 Meadow View, Ludlow SY8 1AB.
They've bought a house: 19 Meadow View, Ludlow SY8 1AB.
I'd turned 40 on a mountain.
My brother turned 40 on 9 June.
My boss is at Nestlé, not me.
I'm at Ikea now, what should I get?
I'm with Siemens on this one.
I switched to Firefox.
German is hard.
The girls call me when they need money.
Suppose my address is 4 Merchant Street, Cork.
In the game I'm Captain Ironside and the work email is hq@fleet.example.
Someone called Owen Pryce here said hello.
They made me team leader of the losers for a week.
They made me a manager's dinner.
They made me partner with Tom for the project.
They made me nurse a plant.
They made me cook dinner.
They made me driver for the day.
The office number of my accountant is 01632 960288.
The private number of the minister is 01632 960289.
At work you can call reception on 01632 960290.
If you need a plumber, call 01632 960291.
If you need me, call the office on 01632 960292.
The number at the surgery is 01632 960280, ask for Dr. Blom.
New number for the school office: 01632 960293.
At home he's on 01632 960294.
The landlord has a new email too: lets@house.example
We're in Utrecht for the week, Oudegracht 88, 3511 AV Utrecht.
We're in Utrecht now, the hotel's at Oudegracht 88.
My sister is renting in Halifax: 77 Quarry Road, Halifax HX1 2AB.
Letters reach him at Hauptplatz 7, 4020 Linz.
Nothing is allergic to peanuts.
Anyone allergic to peanuts goes to Room 4.
Spring goes to Oxford School.
He goes to Oxford School.
The girls call me over.
All the girls call me Monday mornings.
If it's about the boiler call British Gas, 01632 960295.
I mean 8 out of ten.
We dreamt they made me head of logistics.
The email is "I'm Jane Doe and I live in Hull".
A friend wrote: the work email is owen@kestrelboats.example
Short name is Tess.
It's flat 6, the bell says Novak.
My extension at work is 4312.
My boss is at Nestlé, not me.
Our son can't have milk, he's allergic to it.
The neighbours call me Captain Nemo, the kids call me Pops.
If a form asks, I use she/her.
"""


@pytest.mark.parametrize("text", _NOTHING.strip().splitlines())
def test_what_only_sounds_like_it_gives_nothing(text: str) -> None:
    assert list(benchmark.rules(text, datetime(2024, 6, 10))) == []
