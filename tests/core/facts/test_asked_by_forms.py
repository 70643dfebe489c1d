"""What forms ask for: addresses as a dozen countries write them, flats and floors, towns of several words."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

_FACTS = """
My address is Am grünen Hang 8, 53113 Bonn. | street-address=Am grünen Hang 8; postal-code=53113; home=Bonn
We live at Hohe Gasse 6/3/21, 8010 Graz. | street-address=Hohe Gasse 6/3/21; postal-code=8010; home=Graz
My postcode is A-6020. | postal-code=A-6020
We moved to Freiburg im Breisgau. | home=Freiburg im Breisgau
My address is Im Winkel 4, 79098 Freiburg im Breisgau. | street-address=Im Winkel 4; postal-code=79098; home=Freiburg im Breisgau
I live in Frankfurt am Main. | home=Frankfurt am Main
I moved from Castrop-Rauxel to Neustadt an der Weinstraße. | home=Castrop-Rauxel/ended; home=Neustadt an der Weinstraße
We live in 's-Gravenhage. | home='s-Gravenhage
I moved to Capelle aan den IJssel. | home=Capelle aan den IJssel
I live in Stoke-on-Trent. | home=Stoke-on-Trent
I live in San Fernando de Henares. | home=San Fernando de Henares
I live in L'Hospitalet de Llobregat. | home=L'Hospitalet de Llobregat
I live in St. Gallen. | home=St. Gallen
My mailing address is PO Box 77, Moab, UT 84532. | street-address=PO Box 77; home=Moab; address-level1=UT; postal-code=84532
I live at Bleeding Heart Yard 5, bus 12, 9000 Gent. | street-address=Bleeding Heart Yard 5; address-line2=bus 12; postal-code=9000; home=Gent
My address is Calle Mayor 12, 4º C, 47001 Valladolid. | street-address=Calle Mayor 12; address-line2=4º C; postal-code=47001; home=Valladolid
My address is Rua do Carmo 15, 1.º Esq, 3000-100 Coimbra. | street-address=Rua do Carmo 15; address-line2=1.º Esq; postal-code=3000-100; home=Coimbra
We live at Elmegade 5, 4. th, 2200 København N. | street-address=Elmegade 5; address-line2=4. th; postal-code=2200; home=København N
My address is Runeberginkatu 8 C 31, 00100 Helsinki. | street-address=Runeberginkatu 8 C 31; postal-code=00100; home=Helsinki
I'm at Ivy Cottage, Back Lane, Chipping Norton OX7 5AA. | street-address=Ivy Cottage, Back Lane; home=Chipping Norton; postal-code=OX7 5AA
My address is 9 Wattle Grove, Broken Hill NSW 2880. | street-address=9 Wattle Grove; home=Broken Hill; address-level1=NSW; postal-code=2880
My address is 5 Church Road, Fort, Kochi 682001. | street-address=5 Church Road; address-level3=Fort; home=Kochi; postal-code=682001
I live in Shibuya-ku, Tokyo. | address-level3=Shibuya-ku; home=Tokyo
My address is Avenida Paulista 1578, apto 44, 01310-200 São Paulo. | street-address=Avenida Paulista 1578; address-line2=apto 44; postal-code=01310-200; home=São Paulo
We've swapped flats with the Hansens: it's 4 Heron Street now, not 2. | street-address=4 Heron Street
We finally got the keys to the new flat: 12 Larch Close, Hexham NE46 1AB. | street-address=12 Larch Close; home=Hexham; postal-code=NE46 1AB
Update of my address: Skolegata 7, 5003 Bergen. | street-address=Skolegata 7; postal-code=5003; home=Bergen
My old address was 31 Gull Road, Whitby. | street-address=31 Gull Road/ended; home=Whitby/ended
We no longer live in Graz, we're in Wels now. | home=Graz/ended; home=Wels
My flat number is 14. | address-line2=14
Our flat is number 3, up the back stairs. | address-line2=number 3
I'm in apartment 9C, ring twice. | address-line2=apartment 9C
We live on the top floor. | address-line2=top floor
Call Anna: 07700 900111. | Anna:tel=07700 900111
If something happens to me, call Tobias: 07700 900115. | Tobias:tel=07700 900115
If I don't pick up, ring my sister Maud on 07700 900116. | Maud:relation=sister; Maud:tel=07700 900116
My emergency contact is Priya Nair (07700 900114). | Priya Nair:tel=07700 900114
My husband Tobias is on 07700 900119 during the day. | Tobias:relation=husband; Tobias:tel=07700 900119
I used to have dora.k@oldmail.example, I don't read that any more. | email=dora.k@oldmail.example/ended
I don't use 07700 900121 any more. | tel=07700 900121/ended
I no longer use tom@old.example, write to tom@new.example instead. | email=tom@old.example/ended; email=tom@new.example
New number! 07700 900122. | tel=07700 900122
I defended, so it's officially Dr. Ostrander now. | honorific-prefix=Dr.; family-name=Ostrander
My title is Mx. | honorific-prefix=Mx.
I took my wife's name, I'm Pekka Salonen now. | name=Pekka Salonen
I kept my name, so it's Ines Barros on the contract. | name=Ines Barros
I got promoted: I'm now regional sales manager at Hobart Foods. | organization-title=regional sales manager; job=regional sales manager; employer=Hobart Foods
I run my own workshop, it's called Third Spoke. | organization=Third Spoke
I'd prefer the paperwork in Spanish. | language=Spanish
I'd like letters in Norwegian. | language=Norwegian
Please send me everything in English. | language=English
I can't have lactose or nuts. | allergy=lactose; allergy=nuts
We eat halal. | habit=eat halal
My address is Piazza Dante 3, interno 5, 80135 Napoli NA. | street-address=Piazza Dante 3; address-line2=interno 5; postal-code=80135; address-level1=NA; home=Napoli
My address is C/ Toledo 12, 28005 Madrid. | street-address=C/ Toledo 12; postal-code=28005; home=Madrid
My address is os. Kolorowe 12/5, 31-616 Kraków. | street-address=os. Kolorowe 12/5; postal-code=31-616; home=Kraków
My address is c/o Berg, Storgatan 5, 411 10 Göteborg. | street-address=Storgatan 5; postal-code=411 10; home=Göteborg
My address is Kirkegata 5, H0302, 0153 Oslo. | street-address=Kirkegata 5; address-line2=H0302; postal-code=0153; home=Oslo
My address is Bahnhofstr. 12, 8001 Zürich. | street-address=Bahnhofstr. 12; postal-code=8001; home=Zürich
My address is Straße des 17. Juni 135, 10623 Berlin. | street-address=Straße des 17. Juni 135; postal-code=10623; home=Berlin
My address is Postfach 30 12, 3001 Bern. | street-address=Postfach 30 12; postal-code=3001; home=Bern
My address is Keizersgracht 174-III, 1016 DW Amsterdam. | street-address=Keizersgracht 174-III; postal-code=1016 DW; home=Amsterdam
My address is 500 5th Ave, New York, NY 10110. | street-address=500 5th Ave; home=New York; address-level1=NY; postal-code=10110
My address is 12 Main St., Apt. 4, Springfield, IL 62701. | street-address=12 Main St.; address-line2=Apt. 4; home=Springfield; address-level1=IL; postal-code=62701
My address is 12 High Street, Ilkley, West Yorkshire LS29 8QN. | street-address=12 High Street; home=Ilkley; address-level1=West Yorkshire; postal-code=LS29 8QN
My address is Flat 3, The Old Mill, 5 Water Lane, Leeds LS11 5WP. | street-address=5 Water Lane; address-line2=Flat 3; home=Leeds; postal-code=LS11 5WP
My address is Rua Aurora, 210, ap. 503, Centro, Recife - PE, 50050-000. | street-address=Rua Aurora, 210; address-line2=ap. 503; address-level3=Centro; home=Recife; address-level1=PE; postal-code=50050-000
I live in King's Lynn. | home=King's Lynn
I live in Halle (Saale). | home=Halle (Saale)
My surname changed to Haddad when I married. | family-name=Haddad
My address has changed to 5 Elm Road, Leeds LS6 2AB. | street-address=5 Elm Road; home=Leeds; postal-code=LS6 2AB
I'm Mrs Haddad since June. | honorific-prefix=Mrs; family-name=Haddad
My preferred name is Alex. | nickname=Alex
My phone number is now 06 39 98 11 22, the 06 39 98 33 44 is gone. | tel=06 39 98 11 22; tel=06 39 98 33 44/ended
My new mobile is 07700 900321, it replaces 07700 900322. | tel=07700 900321; tel=07700 900322/ended
Don't call 07700 900323 any more, use 07700 900324. | tel=07700 900323/ended; tel=07700 900324
My old address lena@altpost.example no longer works. | email=lena@altpost.example/ended
My role is team lead. | organization-title=team lead
My business name is Larkspur Designs. | organization=Larkspur Designs
Here's my new address: Rua do Sol 12, 4000-527 Porto. | street-address=Rua do Sol 12; postal-code=4000-527; home=Porto
You can send post to me at PO Box 12, Alice Springs NT 0871. | street-address=PO Box 12; home=Alice Springs; address-level1=NT; postal-code=0871
Ship it to our place, 12 Elm Road, Leeds LS6 2AB. | street-address=12 Elm Road; home=Leeds; postal-code=LS6 2AB
I live in Kreuzberg, Berlin. | address-level3=Kreuzberg; home=Berlin
I live in Perth, Western Australia. | home=Perth; address-level1=Western Australia
We live in County Clare. | address-level1=County Clare
My language is Czech. | language=Czech
I'd like to be contacted in Polish. | language=Polish
I'm on a gluten-free diet. | habit=gluten-free
My username there is lena.w87 | username=lena.w87
My doctor is Dr. Eva Blom, 01632 960100. | Dr. Eva Blom:relation=doctor; Dr. Eva Blom:tel=01632 960100
From now on it's Bergmannstraße 61, 10961 Berlin. | street-address=Bergmannstraße 61; postal-code=10961; home=Berlin
New address: Bergmannstraße 61, rear building, 2nd floor, 10961 Berlin. | street-address=Bergmannstraße 61; address-line2=2nd floor; postal-code=10961; home=Berlin
Moved yesterday. Now at 7 Fern Court, Apartment 2, Sligo, F91 X2C3. | street-address=7 Fern Court; address-line2=Apartment 2; home=Sligo; postal-code=F91 X2C3
Please note my change of address: Markveien 5, 0554 Oslo. | street-address=Markveien 5; postal-code=0554; home=Oslo
You'll find us at Markveien 5, 0554 Oslo. | street-address=Markveien 5; postal-code=0554; home=Oslo
I gave you the wrong postcode, it's 79104. | postal-code=79104
I live in Mata de São João do Norte. | home=Mata de São João do Norte
My married name is Haddad. | family-name=Haddad
My name's Bo and my number's 07700 900411. | name=Bo; tel=07700 900411
Alma goes to the Wiesenschule. | Alma:school=Wiesenschule
I have two addresses: home is jorge.pm@example.com, work is jpm@estudio.example. | email=jorge.pm@example.com; email=jpm@estudio.example
Actually it's 23 Sorrel Way, not 32. | street-address=23 Sorrel Way
I can be reached on +49 171 3920048. | tel=+49 171 3920048
Work phone: 0761 23125 17. | tel=0761 23125 17
For work it's h.lund@institut.example. | email=h.lund@institut.example
We live in the state of Baden-Württemberg. | address-level1=Baden-Württemberg
The postcode here is LL57 2RR. | postal-code=LL57 2RR
Ruth is my middle name. | additional-name=Ruth
At home I'm just Lena. | nickname=Lena
Tobias' number is +49 172 9925904. | Tobias:tel=+49 172 9925904
7 Brook Lane is our new address. | street-address=7 Brook Lane
I live in Mexico City. | home=Mexico City
I live in Upper Austria. | address-level1=Upper Austria
I live in Bury St Edmunds. | home=Bury St Edmunds
I live in Port of Spain. | home=Port of Spain
"""  # noqa: E501
"""Text | [subject:]slot=value[/stance]; ..."""


def facts_told(told: str) -> set[tuple[str, ...]]:
    found = set()
    for each in told.split("; "):
        head, value = each.strip().split("=", 1)
        subject, slot = head.split(":") if ":" in head else ("me", head)
        value, stance = value.rsplit("/", 1) if value.endswith(("/ended", "/denied")) else (value, "holds")
        found.add((subject, slot, value, stance))
    return found


@pytest.mark.parametrize("line", _FACTS.strip().splitlines())
def test_what_a_form_asks_for_is_read_and_no_more(line: str) -> None:
    text, _, told = line.partition(" | ")
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == facts_told(told)


_NOTHING = """
Hi im Anna Bell from the choir, is Hollow Lane 4 your shop?
The bakery is at Unit 4, Dock Road.
Her flat is number 6, second floor.
I'm in flat 17 with a friend for the weekend.
They send it to me at 12 Elm Road by mistake.
Here's my friend's new address: 12 Elm Road, Leeds.
I work for the website bbc.co.uk.
My body language is English.
We're at 14 Oak Road, Hull, until Sunday.
We're at 14 Oak Road for the party.
They found me at 12 Elm Road yesterday, fast asleep.
My maiden name is Castellano.
My hotel's number is +39 06 555 0100.
I got a call from 07700 900406.
My fax is 020 7946 0408.
No, it's 5 Elm Road.
She changed her name, I'm Confused now.
My door number is 12.
For this week only, my number is +41 79 000 00 00.
My number is 07700 900123 until Friday.
While I'm away my address is Seeweg 3, 18556 Breege.
Our office is on the fifth floor.
I live in Anna's Berlin flat.
The keys to my friend's flat: 12 Elm Road.
We looked at a new house: 31 Linden Grove, Ilkley.
Call Domino's: 01632 960001.
Could you call Tobias: 07700 900111?
New number for the clinic: 01632 960004.
My LinkedIn handle is no use, I never log in.
My role is to listen.
My mood changed to Awful.
My username is the same as always.
My Instagram is private.
I'd like to be Mr President for a day.
I'd like the menu in English.
She'd prefer the paperwork in Italian.
I can't have nuts today, dentist's orders.
We keep kosher salt in the cupboard.
It's Harry Potter on the poster.
"""


@pytest.mark.parametrize("text", _NOTHING.strip().splitlines())
def test_an_address_that_is_nobody_s_gives_nothing(text: str) -> None:
    assert [each for each in benchmark.rules(text, datetime(2024, 6, 10)) if each[1] != "name"] == []
