"""What forms ask for as people type it in chat; text | [subject:]slot=value; ..."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

from tests.core.facts.test_asked_by_forms import facts_told

_FACTS = """
morning, Wanda Jeleń here, just got this set up | name=Wanda Jeleń
hello hello, this is Piotr Gajos | name=Piotr Gajos
it's Harriet Okafor writing, for the record | name=Harriet Okafor
the mates all call me Wobbly | nickname=Wobbly
my little brother calls me Bear | nickname=Bear
I'm Ottoline but nobody uses that, Otti will do. | name=Ottoline
everybody at the club calls me Sarge | nickname=Sarge
We're in Turku now. Address: Linnankatu 12 A 4, 20100 Turku. | street-address=Linnankatu 12 A 4; postal-code=20100; home=Turku
For the moment we're living in Sheffield. The address is 88 Hunter Road, Sheffield S6 4LD. | home=Sheffield; street-address=88 Hunter Road; postal-code=S6 4LD
we're moving to Aberdeen next month | plan=moving to Aberdeen next month
We've moved! It's 14 Salmon Lane, Aberdeen AB11 5AA now. | street-address=14 Salmon Lane; home=Aberdeen; postal-code=AB11 5AA
moved last week, the new address is Rue Haute 51, 1000 Bruxelles | street-address=Rue Haute 51; postal-code=1000; home=Bruxelles
So we've finally moved into the new flat, 3 Lime Court, York YO1 7AA. | street-address=3 Lime Court; home=York; postal-code=YO1 7AA
the postcode is YO1 7AA now that we've moved | postal-code=YO1 7AA
We've got the keys! 21 Cedar Street, Galway H91 AB12. | street-address=21 Cedar Street; home=Galway; postal-code=H91 AB12
my new number is +48 512 555 012, old one is gone | tel=+48 512 555 012
phone's changed too, now +48 512 555 013 | tel=+48 512 555 013
got a UK number at last, it's 07700 900940 | tel=07700 900940
the Irish number's gone, I'm on 07700 900941 | tel=07700 900941
text or call, 07700 900942 is me | tel=07700 900942
07700 900943 is my number | tel=07700 900943
work phone's 01632 960700 | tel=01632 960700
The yard's line is 01632 960701, ask for me. | tel=01632 960701
my work email's wanda@kiln.example | email=wanda@kiln.example
work e-mail is now wanda@kiln.example, the old one bounces | email=wanda@kiln.example
and for work it's wanda@kiln.example | email=wanda@kiln.example
best email is wanda@example.com | email=wanda@example.com
I've switched my email to wanda@example.com | email=wanda@example.com
my birthday's on the 21st of July, 1990 | birthday=21st of July, 1990
born 21 July 1990, so do the sums | birthday=21 July 1990
I'll turn 40 on 21 July. | birthday=21 July
I was born on July 21, 1990, in Łódź | birthday=July 21, 1990
they've promoted me, I'm studio manager now | organization-title=studio manager; job=studio manager
they promoted me to studio manager in spring | organization-title=studio manager
my boss made me studio manager | organization-title=studio manager
I've been made studio manager, which means more meetings | organization-title=studio manager
I work at Kiln & Clay now | employer=Kiln & Clay
I left Kiln & Clay and joined Moorcroft | employer=Kiln & Clay/ended; employer=Moorcroft
I'm a potter | job=potter
I'm a ceramicist by trade. | job=ceramicist
Our wee one Eilidh was born on 4 April 2019. | Eilidh:relation=wee one; Eilidh:birthday=4 April 2019
our daughter Eilidh's birthday is the 4th of April | Eilidh:relation=daughter; Eilidh:birthday=4th of April
Eilidh is at Glenmore Primary School now. | Eilidh:school=Glenmore Primary School
Eilidh's allergic to sesame | Eilidh:allergy=sesame
Eilidh can't eat sesame. | Eilidh:allergy=sesame
Eilidh has a nut allergy. | Eilidh:allergy=nut
our son Jock can't have nuts | Jock:relation=son; Jock:allergy=nuts
in an emergency call my partner Stefan on 07700 900950 | Stefan:relation=partner; Stefan:tel=07700 900950
if anything happens ring Stefan, 07700 900951 | Stefan:tel=07700 900951
Stefan's mobile is 07700 900952. | Stefan:tel=07700 900952
for health stuff call Stefan on 07700 900953 | Stefan:tel=07700 900953
My partner's name is Stefan. | Stefan:relation=partner
I live with my girlfriend, Ines. | Ines:relation=girlfriend
I gave up meat in 2019. | habit=meat/ended
I've been vegan since 2019. | habit=vegan
I eat gluten-free. | habit=eat gluten-free
I've got coeliac disease. | health=coeliac disease
I'm asthmatic. | health=asthmatic
I use she/her, in case it's asked | pronouns=she/her
she/her if you need it | pronouns=she/her
pronouns: they/them | pronouns=they/them
my username is wandapots everywhere | username=wandapots
I'm wanda_pots on Instagram | username=wanda_pots
on most sites I'm wanda_pots | username=wanda_pots
my site's wandapots.example | url=wandapots.example
website: https://wandapots.example | url=https://wandapots.example
write to me in English please, my Polish spelling is bad | language=English
I prefer English for letters | language=English
scrap that, the number is 07700 900960 | tel=07700 900960
Correction: we live at 16 Salmon Lane. | street-address=16 Salmon Lane
My surname's spelled Jeleń with the accent. | family-name=Jeleń
My middle name's Róża. | additional-name=Róża
I've a middle name, Róża. | additional-name=Róża
Jeleń is my surname. | family-name=Jeleń
hey there, Conall Breslin here, my daughter set this up | name=Conall Breslin
the full name's Conall Aidan Breslin | name=Conall Aidan Breslin
folks round here call me Con | nickname=Con
I go by Con, never Conall | nickname=Con
we're living in Derry just now, address is 5 Foyle Terrace, Derry BT48 6AA | street-address=5 Foyle Terrace; home=Derry; postal-code=BT48 6AA
new house, new address: 8 Strand Road, Moville F93 CD34 | street-address=8 Strand Road; home=Moville; postal-code=F93 CD34
ring me on 086 555 0171, that's the mobile | tel=086 555 0171
the house phone is 074 555 0172 | tel=074 555 0172
work e-mail changed to con@harbour.example | email=con@harbour.example
the personal email is con.b@example.ie | email=con.b@example.ie
my date of birth's 9 February 1966 | birthday=9 February 1966
I'm fifty-eight on the 9th of February | birthday=9th of February
I'm a harbour pilot by trade | job=harbour pilot
the harbour board made me deputy harbour master | organization-title=deputy harbour master
Foyle Port took me on as a pilot | job=pilot
I speak Irish at home | speaks=Irish
please send letters in Irish | language=Irish
I can't have shellfish, it's an allergy | allergy=shellfish
my wife's name is Bríd | Bríd:relation=wife
our girl Aoibhe was born on 11 March 2011 | Aoibhe:relation=girl; Aoibhe:birthday=11 March 2011
Aoibhe goes to Scoil Íosagáin | Aoibhe:school=Scoil Íosagáin
Aoibhe's allergic to kiwi | Aoibhe:allergy=kiwi
if I'm at sea ring Bríd on 086 555 0173 | Bríd:tel=086 555 0173
if I'm not about, call Bríd, 086 555 0174 | Bríd:tel=086 555 0174
the dog is called Skipper | pet=Skipper
he/him, if the form wants it | pronouns=he/him
our new phone number's 074 555 0180 | tel=074 555 0180
typo: it's 8 Shore Road, not 8 Strand Road | street-address=8 Shore Road
"""  # noqa: E501


@pytest.mark.parametrize("line", _FACTS.strip().splitlines())
def test_what_is_typed_in_chat_is_read(line: str) -> None:
    text, _, told = line.partition(" | ")
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == facts_told(told)


_NOTHING = """
My neighbour is renting in Leeds: 14 Mill Lane, Leeds LS6 2AB.
I'm in Turku now. The hotel's address is Linnankatu 12, 20100 Turku.
We're in Turku now. The address of the office is Linnankatu 12.
The work phone is broken, call 01632 960801 for repairs.
the work email for complaints is complaints@council.example
My colleague says the work email is wanda@kiln.example
Imagine they made me studio manager.
I wish they made me studio manager.
If they made me studio manager, I'd cry.
They made me studio manager in my dream.
They should have made me studio manager.
They never made me studio manager.
They almost made me studio manager.
They made me assistant to the clown at the party.
Lent can't have chocolate in it.
Grandma's recipe can't have nuts, he's allergic to them.
Tesco goes to Oxford School.
Rover is allergic to nothing.
"The lads call me Taff", he said.
My cat's name here is Miso.
Hey, Siri here, how can I help?
hi, is Anna Bell here?
Hello, Owen Pryce isn't here.
For a school fill-in: hey, Owen Pryce here, I'm the villain.
The lads call me when the van breaks down.
My mates call me Mondays to Fridays.
You're talking to Alexa now.
You're talking to a wall.
My passport says nothing.
My badge says Visitor Pass.
If you need me I'm at 12 Oak Road.
If you need me to call 07700 900999, tell me.
They use they/them.
I use he/him for the robot.
I got the promotion code.
New number plate: 01632 960.
new record: 07700 steps
I'm free on the 9th of February.
I'm busy on 9 February.
I'm empty on 9 February.
The house number is 074 555 0172 B.
The full name's Tom's.
If I'm at work ring the bell.
If I'm at sea I ring Bríd on 086 555 0173.
The school board made me angry.
switchboard is 01632 960702, ask for Wanda
I'm a July baby, the 21st.
they gave me the studio manager job
I throw pots for a living, so potter I suppose
Eilidh starts at Glenmore Primary School in August.
I'm off dairy, it makes me ill.
I take insulin, type 1.
English please for anything written
My letters should be in English.
sorry, I meant 07700 900961
not 14 but 16 Salmon Lane
they've put me in charge of the pilots, head pilot they call it
I have Irish and English, and a bit of French
doctor says I've high blood pressure
my login is usually con_b66
you can see my boats at https://conboats.example
"""


@pytest.mark.parametrize("text", _NOTHING.strip().splitlines())
def test_what_only_sounds_like_it_gives_nothing(text: str) -> None:
    assert list(benchmark.rules(text, datetime(2024, 6, 10))) == []
