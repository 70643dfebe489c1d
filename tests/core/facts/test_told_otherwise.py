"""Other ways to tell what forms ask for, written before the reader took them; text | [subject:]slot=value; ..."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

from tests.core.facts.test_asked_by_forms import facts_told

_FACTS = """
My name on official papers is Henrike Maria Olbrich. | name=Henrike Maria Olbrich
Full name for forms: Patrick James Dunleavy. | name=Patrick James Dunleavy
You can save me as Noor van Dijk. | name=Noor van Dijk
I'm officially called Bartholomew Quint. | name=Bartholomew Quint
my name is spelled Geoffrey with a G | name=Geoffrey
My first name is Hyacinth. | given-name=Hyacinth
First name's Rune, last name's Bakke. | given-name=Rune; family-name=Bakke
My surname is now Achebe. | family-name=Achebe
I've gone back to my own surname, Delacroix. | family-name=Delacroix
I have two middle names, Anne and Louise. | additional-name=Anne; additional-name=Louise
My middle names are Anne Louise. | additional-name=Anne Louise
My second first name is Elisabeth. | additional-name=Elisabeth
I prefer to be called Ned. | nickname=Ned
I'd rather be called Sam than Samantha. | nickname=Sam
Everyone knows me as Maz. | nickname=Maz
To my friends I'm Jules. | nickname=Jules
They call me Red at the yard. | nickname=Red
Short for Aleksandra, but Ola is what everyone calls me. | nickname=Ola
My gran calls me Birdie. | nickname=Birdie
I got my doctorate, so I'm Dr. Voss now. | honorific-prefix=Dr.; family-name=Voss
Please address me as Ms Adeyemi. | honorific-prefix=Ms; family-name=Adeyemi
On forms I'm Mrs. | honorific-prefix=Mrs
Home is 27 Laurel Drive, Tacoma, WA 98402. | street-address=27 Laurel Drive; home=Tacoma; address-level1=WA; postal-code=98402
My flat is at 9 Rue Oberkampf, 75011 Paris. | street-address=9 Rue Oberkampf; postal-code=75011; home=Paris
We're at 5 Mossy Bank, Kelso TD5 7AB these days. | street-address=5 Mossy Bank; home=Kelso; postal-code=TD5 7AB
We finally moved in: 18 Quay Street, Westport, F28 AB12. | street-address=18 Quay Street; home=Westport; postal-code=F28 AB12
As of Monday we live in Malmö, Bergsgatan 14, 214 22 Malmö. | street-address=Bergsgatan 14; postal-code=214 22; home=Malmö
I've relocated to Brno: Kounicova 12, 602 00 Brno. | home=Brno; street-address=Kounicova 12; postal-code=602 00
We've left Bremen for good, we're in Leer now. | home=Bremen/ended; home=Leer
I'm no longer in Bristol, I've moved to Bath. | home=Bristol/ended; home=Bath
My city is Tampere. | home=Tampere
My town is Hexham. | home=Hexham
I'm in Valencia these days. | home=Valencia
Our postcode's 7201 AB. | postal-code=7201 AB
My zip is 30307. | postal-code=30307
Zip code 30307, that's Atlanta. | postal-code=30307
My country is Finland. | country-name=Finland
We live in Northern Ireland. | country-name=Northern Ireland
I live in Bavaria. | address-level1=Bavaria
My number these days is 07700 900818. | tel=07700 900818
Reach me on 07700 900819. | tel=07700 900819
Here's my number: 07700 900820. | tel=07700 900820
My number: 0151 5550 1234 | tel=0151 5550 1234
The number to call is mine, 07700 900821. | tel=07700 900821
I'm on 07700 900822 now. | tel=07700 900822
call me on 0400 555 014 | tel=0400 555 014
Ring me on the landline, 01632 960500. | tel=01632 960500
Mobile 07700 900823, landline 01632 960501. | tel=07700 900823; tel=01632 960501
My old number, 07700 900824, is dead; use 07700 900825. | tel=07700 900824/ended; tel=07700 900825
I changed phones, so my number is now 07700 900826. | tel=07700 900826
You'll reach me at work on 0113 496 0100. | tel=0113 496 0100
My work mobile is 07700 900827. | tel=07700 900827
Signal and WhatsApp: +49 170 5550123. | tel=+49 170 5550123
Best to email me at r.finch@example.com. | email=r.finch@example.com
My mail is r.finch@example.com. | email=r.finch@example.com
email's r.finch@example.com | email=r.finch@example.com
My work address is r.finch@harbour.example. | email=r.finch@harbour.example
For anything private it's robin@example.com. | email=robin@example.com
Please use robin@example.com from now on. | email=robin@example.com
I've changed my email to robin@example.com. | email=robin@example.com
Forget robin@old.example, I'm robin@new.example now. | email=robin@old.example/ended; email=robin@new.example
I dropped my gmail, it's robin@mailbox.example now. | email=robin@mailbox.example
My old email robin@old.example doesn't work any more. | email=robin@old.example/ended
I was born on the 5th of May 1975. | birthday=5th of May 1975
I was born in May 1975. | birthday=May 1975
born 05/05/1975 | birthday=05/05/1975
My birthday's May 5th. | birthday=May 5th
My birthday falls on 29 February. | birthday=29 February
I turned fifty on May 5. | birthday=May 5
I'm turning 33 on 3 December. | birthday=3 December
It was my birthday on 12 March. | birthday=12 March
My date of birth: fifth of May 1975. | birthday=fifth of May 1975
My birthday, 5 May, is a holiday here. | birthday=5 May
I now work at Thyssen. | employer=Thyssen
I work as a tram driver for Wiener Linien. | job=tram driver; employer=Wiener Linien
I've joined Ørsted as a project manager. | employer=Ørsted; job=project manager
I got a job with Stora Enso. | employer=Stora Enso
I've been with Migros for six years. | employer=Migros
Nokia hired me. | employer=Nokia
Nokia hired me as a test engineer. | employer=Nokia; job=test engineer
I switched jobs, I'm at Siemens now. | employer=Siemens
My new employer is Alstom. | employer=Alstom
My new job is at Alstom. | employer=Alstom
I've left Alstom for Stadler. | employer=Alstom/ended; employer=Stadler
My position is senior buyer. | organization-title=senior buyer
My role at Alstom is quality manager. | organization-title=quality manager; employer=Alstom
I was made redundant by Tupperware. | employer=Tupperware/ended
I'm now a team leader at Ikea. | job=team leader; employer=Ikea
I'm a freelance illustrator. | job=freelance illustrator
I'm a bookbinder by trade. | job=bookbinder
My occupation is joiner. | job=joiner
I speak fluent Portuguese and some Greek. | speaks=Portuguese; speaks=Greek
My languages are Estonian and Russian. | speaks=Estonian; speaks=Russian
We speak Frisian at home. | speaks=Frisian
My mother tongue is Slovene. | speaks=Slovene; language=Slovene
I'd like all letters in Swedish. | language=Swedish
Write to me in Polish, please. | language=Polish
I want my letters in Welsh. | language=Welsh
I'm allergic to bee stings. | allergy=bee stings
I have a bad allergy to latex. | allergy=latex
I react badly to ibuprofen. | allergy=ibuprofen
I'm coeliac. | health=coeliac
I've had epilepsy since childhood. | health=epilepsy
I live with multiple sclerosis. | health=multiple sclerosis
I'm diabetic. | health=diabetic
I'm pescatarian these days. | habit=pescatarian
We only eat halal. | habit=eat halal
I eat vegan. | habit=eat vegan
My husband is Anders. | Anders:relation=husband
My wife Rosa works at Seat. | Rosa:relation=wife; Rosa:employer=Seat
Our daughter's name is Liv. | Liv:relation=daughter
We have a son called Odin. | Odin:relation=son
The kids are called Ida and Nils. | Ida:relation=kids; Nils:relation=kids
Our eldest is Ida, she's nine. | Ida:relation=eldest
My son Nils is in year four at Holmlia skole. | Nils:relation=son; Nils:school=Holmlia skole
Our cat is Miso. | pet=Miso
We've got a parrot called Kiwi. | pet=Kiwi
Our dog's name is Asta. | pet=Asta
My user name is ned_f. | username=ned_f
On the forum I'm ned_f. | username=ned_f
I use ned_f as my username. | username=ned_f
You'll find me on Mastodon as @ned@social.example. | username=@ned@social.example
My site is nedfarrow.example. | url=nedfarrow.example
My blog is at https://ned.example/blog. | url=https://ned.example/blog
My shop online is www.nedsknives.example. | url=www.nedsknives.example
Correction, my number ends differently: 07700 900831. | tel=07700 900831
Sorry, my birthday is 5 May, not 6 May. | birthday=5 May
Actually my surname is Farrow with a w. | family-name=Farrow
"""  # noqa: E501


@pytest.mark.parametrize("line", _FACTS.strip().splitlines())
def test_another_way_to_tell_it_is_read(line: str) -> None:
    text, _, told = line.partition(" | ")
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == facts_told(told)


_NOTHING = """
Put me down as a maybe.
Put me down for Tuesday.
You can save me as a favourite.
I prefer to be called in the morning.
I'd rather be called Captain of the ship than nothing.
To my friends I'm always late.
Everyone knows me as the joker.
Useless is what my boss calls me on Mondays.
My friend answers to Bertie.
I went back to my own name.
Tom hired me as a joke.
Nokia nearly hired me.
Phone 01632 960600 and complain.
Please use help@shop.example from now on to return things.
Signal and WhatsApp: which is better?
I'm on 3 tablets now.
My work is at risk.
Forget support@shop.example, they never answer.
Mobile homes and landlines.
Where I live: nowhere.
My friend prefers to be called Ned.
She'd rather be called Sam than Samantha.
If you must, put me down as Lorcan Feeney.
In the play I'm officially called Sir Toby Belch.
They're called Ida and Nils in the film.
I'm Dr. Imogen Farrow on paper.
The town is Zutphen and the postcode 7201 AB.
I'm a 1975 baby, 5 May to be exact.
I'm employed by the city of Graz.
I drive a bus for a living.
I repair clocks, so clockmaker is what goes on forms.
Nuts make my throat swell.
Rosa and I got married in June.
No wait, it's 07700 900830.
I meant 5 May, not 6 May.
"""


@pytest.mark.parametrize("text", _NOTHING.strip().splitlines())
def test_what_only_sounds_like_it_gives_nothing(text: str) -> None:
    assert list(benchmark.rules(text, datetime(2024, 6, 10))) == []
