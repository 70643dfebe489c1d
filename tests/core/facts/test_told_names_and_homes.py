"""Names, pronouns and addresses as people tell them in passing; text | slot=value[/stance]; ..."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

from tests.core.facts.test_asked_by_forms import facts_told

_FACTS = """
hey, Owen Pryce here, someone told me you keep track of things | name=Owen Pryce
hiya, Marit Solheim here | name=Marit Solheim
Hello, Tadeusz Wrona here, I was told to introduce myself. | name=Tadeusz Wrona
hey there, Anjali Deshpande here, nice to meet you | name=Anjali Deshpande
hi, it's Gwen Parry here, just setting this up | name=Gwen Parry
Good morning, Dieter Hallbauer here. | name=Dieter Hallbauer
Right, introductions: I'm Siobhan Cleary. | name=Siobhan Cleary
So, I'm Bartek Zawada, new here. | name=Bartek Zawada
You're talking to Ingrid Vasshaug. | name=Ingrid Vasshaug
I was born Anna Kowalczyk but I'm Anna Weiss now. | name=Anna Weiss
My passport says Johannes Petrus de Wit. | name=Johannes Petrus de Wit
Officially I'm Katarzyna Nowicka, for what it's worth. | name=Katarzyna Nowicka
My full legal name is Rosa María Vidal Soler. | name=Rosa María Vidal Soler
First name Aoife, last name Brennan. | given-name=Aoife; family-name=Brennan
My surname is spelled Thijssen, with two s. | family-name=Thijssen
My last name is Nakamura. | family-name=Nakamura
Surname's Okonkwo, by the way. | family-name=Okonkwo
My middle name's Ignatius, don't laugh. | additional-name=Ignatius
My middle initial is K. | additional-name=K
I've got a middle name too, Reinhardt. | additional-name=Reinhardt
My family name is Lindqvist. | family-name=Lindqvist
I took my husband's surname, so it's Ferrante now. | family-name=Ferrante
The lads call me Taff. | nickname=Taff
The girls at work call me Minnie. | nickname=Minnie
My mates call me Dodge. | nickname=Dodge
Everybody just calls me Bas. | nickname=Bas
My sister calls me Pip. | nickname=Pip
The whole team calls me Jojo. | nickname=Jojo
People mostly call me Fitz. | nickname=Fitz
I've been called Bunny since school. | nickname=Bunny
Friends know me as Rike. | nickname=Rike
I go by Teddy. | nickname=Teddy
I usually go by Wim. | nickname=Wim
My nickname is Kiki. | nickname=Kiki
Just call me Lou. | nickname=Lou
Please use Ms, not Mrs. | honorific-prefix=Ms
My title is Professor. | honorific-prefix=Professor
I go by Mx. on forms. | honorific-prefix=Mx.
I use he/him if a form insists | pronouns=he/him
I use she/her when somebody asks | pronouns=she/her
My pronouns are they/them, if it matters. | pronouns=they/them
I use they/them everywhere. | pronouns=they/them
Pronouns are he/him, thanks. | pronouns=he/him
I prefer she/her. | pronouns=she/her
he/him for me, if anyone asks | pronouns=he/him
It's they/them, please. | pronouns=they/them
I go by she/they. | pronouns=she/they
we're over in Cork at the minute, address is Apartment 12, 4 Merchant Street, Cork T12 XY34 | address-line2=Apartment 12; street-address=4 Merchant Street; home=Cork; postal-code=T12 XY34
For now we're renting in Leeds: 14 Mill Lane, Leeds LS6 2AB. | street-address=14 Mill Lane; postal-code=LS6 2AB; home=Leeds
We're in Graz now, Mandellstraße 4, second floor. | home=Graz; street-address=Mandellstraße 4; address-line2=second floor
I'm renting in Ghent at the moment: Veldstraat 18, 9000 Gent. | street-address=Veldstraat 18; postal-code=9000; home=Gent
We're living in Porto now, address is Rua das Flores 77, 4050-265 Porto. | street-address=Rua das Flores 77; postal-code=4050-265; home=Porto
Currently in Lyon, the address is 8 rue Garibaldi, 69006 Lyon. | street-address=8 rue Garibaldi; postal-code=69006; home=Lyon
At the moment we live at 3 Orchard Close, Kendal LA9 4AB. | street-address=3 Orchard Close; postal-code=LA9 4AB; home=Kendal
Address is Via Manzoni 14, 20121 Milano. | street-address=Via Manzoni 14; postal-code=20121; home=Milano
address: 221 Birch Avenue, Dayton, OH 45402 | street-address=221 Birch Avenue; home=Dayton; address-level1=OH; postal-code=45402
Post reaches me at Karl Johans gate 12, 0154 Oslo. | street-address=Karl Johans gate 12; postal-code=0154; home=Oslo
Our new place is 6 Beech Road, Stroud GL5 1AB. | street-address=6 Beech Road; home=Stroud; postal-code=GL5 1AB
We've bought a house: 19 Meadow View, Ludlow SY8 1AB. | street-address=19 Meadow View; home=Ludlow; postal-code=SY8 1AB; owns=house
We've moved. It's Kungsgatan 9, 753 18 Uppsala now. | street-address=Kungsgatan 9; postal-code=753 18; home=Uppsala
We moved last month. The new place is at Torstraße 66, 10119 Berlin. | street-address=Torstraße 66; postal-code=10119; home=Berlin
We moved to Lugano in March, via Nassa 22. | home=Lugano; street-address=via Nassa 22
I've moved from Delft to Utrecht. | home=Delft/ended; home=Utrecht
We left Dublin and live in Galway now. | home=Dublin/ended; home=Galway
I live in Tartu, Estonia. | home=Tartu; country-name=Estonia
I'm based in Wrocław these days. | home=Wrocław
Home is Bergen now. | home=Bergen
My home's in Split. | home=Split
I'm living in Kraków. | home=Kraków
We've settled in Aarhus. | home=Aarhus
We've been living in Ljubljana since 2019. | home=Ljubljana
My postcode is EH3 9AB. | postal-code=EH3 9AB
Postcode here is SA2 0AT. | postal-code=SA2 0AT
Our ZIP is 60614. | postal-code=60614
Our postal code is K1A 0B1. | postal-code=K1A 0B1
I live in Switzerland. | country-name=Switzerland
We live in the Netherlands now. | country-name=Netherlands
We live in Tyrol. | address-level1=Tyrol
I live in the canton of Ticino. | address-level1=Ticino
We're in the county of Devon. | address-level1=Devon
My state is Oregon. | address-level1=Oregon
Our flat is on the fourth floor. | address-line2=fourth floor
We're in flat 9. | address-line2=flat 9
Our apartment is 4B. | address-line2=4B
they made me workshop manager, so that's my job title now | organization-title=workshop manager
They made me head of logistics. | organization-title=head of logistics
I've been made regional director. | organization-title=regional director
They promoted me to shift supervisor. | organization-title=shift supervisor
I got the promotion, I'm deputy head teacher now. | organization-title=deputy head teacher
My job title is now production planner. | organization-title=production planner
Job title is lead developer. | organization-title=lead developer
I've been promoted, so it's Senior Analyst now. | organization-title=Senior Analyst
My official title is Head of Care. | organization-title=Head of Care
Typo: it's 14 Elder Lane, not 41. | street-address=14 Elder Lane
Sorry, I mean 8 Elder Lane. | street-address=8 Elder Lane
Hi, Marit Solheim here, can you help me with a form? | name=Marit Solheim
Good evening, Luís Tavares here. My address is Rua Nova 3, 4000-100 Porto. | name=Luís Tavares; street-address=Rua Nova 3; postal-code=4000-100; home=Porto
Officially I'm Agnieszka Zielińska, but everyone calls me Aga. | name=Agnieszka Zielińska; nickname=Aga
My classmates all call me Spud. | nickname=Spud
The crew calls me Sparks. | nickname=Sparks
The boys at the club call me Digger. | nickname=Digger
All the girls call me Mimi. | nickname=Mimi
We're in Utrecht for now, Oudegracht 88, 3511 AV Utrecht. | street-address=Oudegracht 88; postal-code=3511 AV; home=Utrecht
I'm living in Gdynia at the minute, the address is ul. Morska 15/4, 81-333 Gdynia. | street-address=ul. Morska 15/4; postal-code=81-333; home=Gdynia
We're renting in Halifax: 77 Quarry Road, Halifax HX1 2AB. | street-address=77 Quarry Road; postal-code=HX1 2AB; home=Halifax
We rent in Salzburg - Linzer Gasse 31, 5020 Salzburg. | street-address=Linzer Gasse 31; postal-code=5020; home=Salzburg
We now live in Sligo. The address is 12 Wine Street, Sligo F91 AB12. | home=Sligo; street-address=12 Wine Street; postal-code=F91 AB12
I'm based in Turin these days. Address is Via Po 18, 10123 Torino. | home=Turin; street-address=Via Po 18; postal-code=10123; home=Torino
Moved to Lisbon. Address: Rua Augusta 100, 1100-053 Lisboa. | home=Lisbon; street-address=Rua Augusta 100; postal-code=1100-053; home=Lisboa
We've bought a flat: Vaasankatu 14 B, 00500 Helsinki. | street-address=Vaasankatu 14 B; postal-code=00500; home=Helsinki; owns=flat
Letters reach us at Hauptplatz 7, 4020 Linz. | street-address=Hauptplatz 7; postal-code=4020; home=Linz
Our new flat is Storgata 21, 9008 Tromsø. | street-address=Storgata 21; postal-code=9008; home=Tromsø
They've made me deputy manager. | organization-title=deputy manager
Work made me site lead last month. | organization-title=site lead
The firm made me chief surveyor. | organization-title=chief surveyor
They made me partner. | organization-title=partner
I got promoted, so it's principal engineer now. | organization-title=principal engineer
Typo: my postcode is EH3 9AC. | postal-code=EH3 9AC
Sorry, I mean Elmweg 4, 3012 Bern. | street-address=Elmweg 4; postal-code=3012; home=Bern
No, I mean 12 Mill Lane. | street-address=12 Mill Lane
I use they/them, thanks. | pronouns=they/them
I go by he/him when it comes up. | pronouns=he/him
"""  # noqa: E501


@pytest.mark.parametrize("line", _FACTS.strip().splitlines())
def test_a_name_or_a_home_that_is_told_in_passing_is_read(line: str) -> None:
    text, _, told = line.partition(" | ")
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == facts_told(told)
