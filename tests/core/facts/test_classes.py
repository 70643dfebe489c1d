"""One sentence or more of every class of fact that the reader knows: what is read, and no more."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

_FACTS = """
hi all, Ruaridh Campbell here, new on the list | name=Ruaridh Campbell
Good morning, this is Beatriz Nogueira from the second floor. | name=Beatriz Nogueira
my name's Yevgenia but please say Zhenya | name=Yevgenia
People at work call me Moss. | nickname=Moss
My surname is Abernathy-Cole, with a hyphen. | family-name=Abernathy-Cole
Given name: Hyun-woo, family name: Seo. | given-name=Hyun-woo; family-name=Seo
My middle name is Wren, after a bird. | additional-name=Wren
I use he/him. | pronouns=he/him
My birthday is on 11 November, no parties. | birthday=11 November
born 2 June 1969 in a snowstorm | birthday=2 June 1969
Call me on 020 7946 0321 after six. | tel=020 7946 0321
my new mobile number: +49 151 0000 1234 | tel=+49 151 0000 1234
I'm on Telegram as @tovebakes | username=@tovebakes
My handle on Discord is fernwehfox | username=fernwehfox
my blog is at pebblesandrain.example | url=pebblesandrain.example
We live at 7 Kestrel Way, Ludlow SY8 2QQ. | street-address=7 Kestrel Way; home=Ludlow; postal-code=SY8 2QQ
I live in Ghent with two flatmates. | home=Ghent
I moved from Lyon to Marseille last spring. | home=Lyon/ended; home=Marseille
I live in the Netherlands. | country-name=Netherlands
My zip is 97214. | postal-code=97214
Our street is Lindenweg 8. | street-address=Lindenweg 8
I'm a train dispatcher. | job=train dispatcher
I'm a freelance illustrator and I work from a shed. | job=freelance illustrator
i work as a paramedic, mostly nights | job=paramedic
I'm a geography teacher at St. Columba's. | job=geography teacher; employer=St. Columba's
I used to be a chef, now I'm a postman. | job=chef/ended; job=postman
I'm a retired midwife. | job=midwife/ended
I'm a bridge inspector. | job=bridge inspector
I'm a tax consultant with Arbour & Finch. | job=tax consultant; employer=Arbour & Finch
I work for the fire brigade | employer=fire brigade
I've just started at Halvorsen Shipping. | employer=Halvorsen Shipping
I got fired from Bluebell Foods | employer=Bluebell Foods/ended
I left Corvid Games in January. | employer=Corvid Games/ended
I'm head of logistics at Merrow. | job=head of logistics; employer=Merrow
I'm a self-employed carpenter | job=self-employed carpenter
My official title is Deputy Registrar. | organization-title=Deputy Registrar
I run my own studio called Paper Heron. | organization=Paper Heron
I'm doing a PhD at the University of Leiden. | school=University of Leiden
I go to Hollins High School. | school=Hollins High School
I went to Bramley Grammar. | school=Bramley Grammar/ended
I dropped out of Keele University. | school=Keele University/ended
my daughter Saskia goes to Willow Bank Primary | Saskia:relation=daughter; Saskia:school=Willow Bank Primary
My sister Noor is a pharmacist in Ghent. | Noor:relation=sister; Noor:job=pharmacist
My uncle Bertil drives a tram. | Bertil:relation=uncle
Ewa is my landlady | Ewa:relation=landlady
my neighbour Ulf plays the accordion at night | Ulf:relation=neighbour
my best friend's called Oyelaran | Oyelaran:relation=best friend
I'm engaged to Mireille. | Mireille:relation=engaged
I have two brothers, Piet and Joost. | Piet:relation=brothers; Joost:relation=brothers
My therapist, Dr. Achterberg, moved offices | Dr. Achterberg:relation=therapist
My grandmother Eszter was born in 1931. | Eszter:relation=grandmother; Eszter:birthday=1931
We've got a tortoise named Gladys. | pet=Gladys
my dog Pumpernickel ate a sock | pet=Pumpernickel
I have three hens. | pet=hens
Our parrot is called Admiral. | pet=Admiral
I lost my cat Tinsel last year | pet=Tinsel/ended
I love old maps. | likes=old maps
I really enjoy repairing radios. | likes=repairing radios
I'm a big fan of Estonian choirs. | likes=Estonian choirs
My favourite dish is fish soup. | likes=fish soup
I'm mad about bouldering | likes=bouldering
I can't stand wind chimes. | dislikes=wind chimes
I don't like aubergines | dislikes=aubergines
I'm not keen on liquorice. | dislikes=liquorice
I'm not a fan of musicals. | dislikes=musicals
I have a severe allergy to wasp stings. | allergy=wasp stings
I can't have gluten, I'm coeliac. | health=coeliac
allergic to ibuprofen, just so you know | allergy=ibuprofen
I suffer from migraines. | health=migraines
I've got a slipped disc. | health=slipped disc
I was diagnosed with ADHD at forty. | health=ADHD
I have high blood pressure. | health=high blood pressure
I'm recovering from a hip operation | health=hip operation
I own a green canoe. | owns=green canoe
I have a telescope and a van. | owns=telescope; owns=van
We bought a farmhouse near Arles. | owns=farmhouse
I ride an old Triumph. | owns=old Triumph
I sold the boat. | owns=boat/ended
I gave away my piano. | owns=piano/ended
My phone is a Fairphone 4. | owns=Fairphone 4
I speak Basque and some Catalan. | speaks=Basque; speaks=Catalan
I don't speak a word of Greek. | speaks=Greek/denied
My Swedish is fluent by now. | speaks=Swedish
I grew up speaking Frisian. | speaks=Frisian
Please write to me in Dutch. | language=Dutch
I'm going to run the Oslo marathon. | plan=run the Oslo marathon
We're getting married in September. | plan=getting married in September
I plan to walk the Camino next year. | plan=walk the Camino next year
I've decided to learn the bagpipes. | plan=learn the bagpipes
I want to open a bookshop. | plan=open a bookshop
I'm going to be in Crete from 12 to 26 July. | plan=be in Crete from 12 to 26 July
I'll be in Bergen next week | plan=be in Bergen next week
I'm about to start a course in joinery. | plan=start a course in joinery
I go swimming on Tuesdays. | habit=go swimming on Tuesdays
I always walk to work. | habit=walk to work
Every evening I play chess with my neighbour. | habit=play chess with my neighbour
I meditate twice a day. | habit=meditate twice a day
I usually get up at five. | habit=get up at five
I run along the Porter Brook every Sunday, slowly. | habit=run along the Porter Brook every Sunday
I've stopped eating meat. | habit=eating meat/ended
I don't drink. | habit=drink/denied
I gave up smoking in March. | habit=smoking/ended
I'm vegan. | habit=vegan
I take vitamin D every winter. | habit=take vitamin D every winter
I bake bread on Saturdays | habit=bake bread on Saturdays
I used to play the oboe. | habit=play the oboe/ended
My husband Callum fixes clarinets. | Callum:relation=husband
I studied at the Trondheim Institute, a long time ago | school=Trondheim Institute/ended
I'm ten weeks pregnant and I'm telling nobody | health=pregnant
Leif goes to Nether Edge Primary since September. | Leif:school=Nether Edge Primary
I take sertraline every morning, fifty milligrams. | habit=take sertraline every morning
I have lupus, the blood tests came back | health=lupus
I bought a second-hand loom, no idea where to put it. | owns=second-hand loom
My job title is Senior Inspector, it's on the door | organization-title=Senior Inspector
We're going to spend Christmas in Tromsø with Astrid. | plan=spend Christmas in Tromsø with Astrid
I carry the Huntington's gene. | health=Huntington's gene
I had a miscarriage in 2022 | health=miscarriage
im working at tesco atm, checkout mostly | employer=tesco
started at the council last week | employer=council
I'm at Deloitte these days | employer=Deloitte
they made me redundant from Peacocks in may | employer=Peacocks/ended
I teach at Ashfield Comp | employer=Ashfield Comp
moved to wolverhampton last month, boxes everywhere | home=wolverhampton
living in Bergen now | home=Bergen
back in Porto for good | home=Porto
we've settled in Groningen | home=Groningen
based in Lund | home=Lund
home's Aarhus these days | home=Aarhus
I'm at 44 Larch Avenue, ring twice | street-address=44 Larch Avenue
my addy is 44 Larch Avenue, York | street-address=44 Larch Avenue; home=York
my zip: 60614 | postal-code=60614
first name's Bronagh, nobody can spell it | given-name=Bronagh
the name's Aoibheann, rhymes with eve-in | name=Aoibheann
I'm Tendai btw | name=Tendai
call me Tendai, everyone does | nickname=Tendai
my pronouns? they/them | pronouns=they/them
she/her btw | pronouns=she/her
pronouns are xe/xem | pronouns=xe/xem
You can text me on 07700 900555 | tel=07700 900555
my number's 07700 900555 | tel=07700 900555
reach me under 07700 900555 at work | tel=07700 900555
mail me: kit@fern.example | email=kit@fern.example
kit@fern.example is the best address for me | email=kit@fern.example
email's kit@fern.example | email=kit@fern.example
my bday is nov 3 | birthday=nov 3
turning 40 on the 9th of June | birthday=9th of June
I'm a joiner | job=joiner
im a trainee vet nurse | job=trainee vet nurse
been a postie for ten years | job=postie
working as a sous chef now | job=sous chef
I'm a qualified electrician | job=electrician
as a school librarian I hear that a lot | job=school librarian
I have really bad hay fever | health=hay fever
got diagnosed with PCOS last year | health=PCOS
my asthma's been terrible this week | health=asthma
I've got tinnitus since the concert | health=tinnitus
type 1 diabetic since I was nine | health=type 1 diabetic
I get migraines when it storms | health=migraines
my eczema is back | health=eczema
I'm dyslexic so excuse the spelling | health=dyslexic
my psoriasis flares up in winter | health=psoriasis
deathly allergic to bee stings | allergy=bee stings
my daughter Bo is 4 | Bo:relation=daughter
me and my sister Jo run the stall | Jo:relation=sister
hubby (Dave) is away | Dave:relation=hubby
our eldest, Tomos, starts school | Tomos:relation=eldest
our youngest is called Elin | Elin:relation=youngest
my mate Gaz lives in Hull | Gaz:relation=mate; Gaz:home=Hull
my other half, Simone, works for the NHS | Simone:relation=other half; Simone:employer=NHS
my gran Mairi is 91 | Mairi:relation=gran
my boss (Linda) is on leave | Linda:relation=boss
this is my cousin Aled | Aled:relation=cousin
I share the flat with my brother Ivo | Ivo:relation=brother
my in-laws Bert and Ria are coming | Bert:relation=in-laws; Ria:relation=in-laws
we have a staffie called Duke | pet=Duke
our budgie Kiwi escaped | pet=Kiwi
I've had Biscuit, my lab, for ten years | pet=Biscuit
Duke (my dog) hates rain | pet=Duke
my guinea pigs are called Salt and Pepper | pet=Salt; pet=Pepper
got a rescue greyhound called Vera | pet=Vera
lost our old dog Rufus in march | pet=Rufus/ended
love a good pub quiz | likes=pub quiz
can't get enough of thai food | likes=thai food
big into bouldering at the moment | likes=bouldering
I live for Sunday roasts | likes=Sunday roasts
gardening is my thing | likes=gardening
my favourite band is Khruangbin | likes=Khruangbin
absolutely love sea swimming | likes=sea swimming
i really like crime podcasts | likes=crime podcasts
I've always loved trains | likes=trains
hate olives, always have | dislikes=olives
not a fan of heights | dislikes=heights
I drive a beat-up Corsa | owns=beat-up Corsa
got myself a kayak | owns=kayak
we have an allotment | owns=allotment
I'm studying nursing at Napier | school=Napier
I speak a bit of Welsh | speaks=Welsh
my first language is Igbo | speaks=Igbo; language=Igbo
fluent in BSL | speaks=BSL
I can speak Polish, Russian and a little German | speaks=Polish; speaks=Russian; speaks=German
my German is rusty | speaks=German
I don't speak French, sorry | speaks=French/denied
I go to the gym 3x a week | habit=go to the gym 3x a week
I never eat after 8 | habit=never eat after 8
I'm flying to Oslo on Friday | plan=flying to Oslo on Friday
planning a trip to Japan next spring | plan=trip to Japan next spring
gonna apply for the ranger job | plan=apply for the ranger job
hoping to move to Wales next year | plan=move to Wales next year
Ok so I finally did it, I quit Harrow & Lake, no more meetings. | employer=Harrow & Lake/ended
I have to be careful because I'm allergic to sesame and it's in everything | allergy=sesame
The doctor confirmed it, I have coeliac disease. | health=coeliac disease
You know what, I really love slow trains, the slower the better. | likes=slow trains
Our cat's name is Pudding and he bites. | pet=Pudding
my husband Anselm and I live in a lighthouse keeper's cottage near Whitby | Anselm:relation=husband
I work part-time at the library in Otley. | employer=library
I am a widower, my wife Greta died in 2015. | Greta:relation=wife
I've worked as a court interpreter since 2011. | job=court interpreter
I've been a vegetarian since I was twelve. | habit=vegetarian
We adopted a three-legged dog called Tripod. | pet=Tripod
my landlord Mr. Pettigrew never fixes the boiler | Mr. Pettigrew:relation=landlord
My doctor is Dr. Okonjo-Blum. | Dr. Okonjo-Blum:relation=doctor
My hometown is Bari but I live in Trieste. | home=Trieste
Please call me on my landline, 01632 960 983. | tel=01632 960 983
My work phone is 0131 496 0007 and the private one 07700 900 222. | tel=0131 496 0007; tel=07700 900 222
Write to me at ottilie@brack.example if you must. | email=ottilie@brack.example
My website's www.brackwater.example | url=www.brackwater.example
I'm @brackwater on Mastodon. | username=@brackwater
I live in Canada, in the cold part. | country-name=Canada
My postal code is H2X 1Y4. | postal-code=H2X 1Y4
I live at 48 rue des Lilas, 69003 Lyon. | street-address=48 rue des Lilas; postal-code=69003; home=Lyon
Ich wohne in der Lindenstraße 12, 50674 Köln. | street-address=Lindenstraße 12; postal-code=50674; home=Köln
I'm a nurse practitioner at Mercy General. | job=nurse practitioner; employer=Mercy General
I was promoted to shift supervisor in May. | job=shift supervisor
I hate flying, I always take the train. | dislikes=flying; habit=take the train
My favourite colour is ochre. | likes=ochre
My hobbies are beekeeping and pottery. | likes=beekeeping; likes=pottery
I'm a huge fan of brutalist architecture. | likes=brutalist architecture
I quite like rain. | likes=rain
I detest leaf blowers. | dislikes=leaf blowers
I can't bear whistling. | dislikes=whistling
I've had epilepsy since I was a child. | health=epilepsy
I tore my ACL in March. | health=tore my ACL
I had a knee replacement last year. | health=knee replacement
I have a pacemaker. | health=pacemaker
We own a small vineyard in the Wachau. | owns=small vineyard
I've got a vintage Vespa and two typewriters. | owns=vintage Vespa; owns=typewriters
My bike is a Koga. | owns=Koga
I no longer own a car. | owns=car/ended
We're planning to move to Graz in spring. | plan=move to Graz in spring
Next year I'm going to sail to the Azores. | plan=sail to the Azores
I intend to finish my thesis by June. | plan=finish my thesis by June
On Sundays I bake rye bread. | habit=bake rye bread
Twice a week I swim in the lake. | habit=swim in the lake
I smoke a pipe. | habit=smoke a pipe
I don't drink alcohol. | habit=drink alcohol/denied
I gave up coffee last autumn. | habit=coffee/ended
I used to smoke. | habit=smoke/ended
Everybody calls me Sparrow because I eat so little. | nickname=Sparrow
I was born in 1958 in Tartu. | birthday=1958
I'm female. | sex=female
We moved! The new address is Birkenweg 4, 53111 Bonn. | street-address=Birkenweg 4; home=Bonn; postal-code=53111
Our flat is unit 12, above the bakery. | address-line2=unit 12
I prefer to be written to in Dutch. | language=Dutch
They finally printed it, so officially it's Dr. Kowalczyk. | honorific-prefix=Dr.; family-name=Kowalczyk
"""
"""Text | [subject:]slot=value[/stance]; ..."""


def _facts(told: str) -> set[tuple[str, ...]]:
    found = set()
    for each in told.split("; "):
        head, value = each.strip().split("=", 1)
        subject, slot = head.split(":") if ":" in head else ("me", head)
        value, stance = value.rsplit("/", 1) if value.endswith(("/ended", "/denied")) else (value, "holds")
        found.add((subject, slot, value, stance))
    return found


@pytest.mark.parametrize("line", _FACTS.strip().splitlines())
def test_a_sentence_of_each_class_is_read_and_no_more(line: str) -> None:
    text, _, told = line.partition(" | ")
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == _facts(told)
