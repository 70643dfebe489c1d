"""One sentence or more of every class of fact that the reader knows: what is read, and no more."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

_FACTS = """
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
my work email is hk@lab.example, the private one is h@kimura.example | email=hk@lab.example; email=h@kimura.example
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
