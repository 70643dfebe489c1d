"""Numbers, e-mails and user names by their label alone, and whom to call; text | [subject:]slot=value[/stance]; ..."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

from tests.core.facts.test_asked_by_forms import facts_told

_FACTS = """
you can text me on 087 555 0142 | tel=087 555 0142
new phone number as well, it's 07700 900812 | tel=07700 900812
New mobile number too, it's +43 664 5550123. | tel=+43 664 5550123
I have a new number, it's 06 12 34 56 78. | tel=06 12 34 56 78
New number as of today: +48 600 555 012. | tel=+48 600 555 012
Got a new phone number: 0176 5550 1234. | tel=0176 5550 1234
Oh and a new number: (555) 010-2233. | tel=(555) 010-2233
my number's changed, it's 0412 555 019 | tel=0412 555 019
I've changed my number, now it's +47 400 55 512. | tel=+47 400 55 512
My number changed to +34 600 555 019. | tel=+34 600 555 019
New phone, new number: 07700 900655. | tel=07700 900655
You can get me on 07700 900244. | tel=07700 900244
You can get hold of me on +31 6 1234 5678. | tel=+31 6 1234 5678
Best number for me is 07700 900377. | tel=07700 900377
The best number to reach me is +353 85 555 0147. | tel=+353 85 555 0147
My cell is 503-555-0188. | tel=503-555-0188
My mobile's +41 79 555 01 23. | tel=+41 79 555 01 23
The landline is 01632 960155. | tel=01632 960155
Our landline is 030 5550 1277. | tel=030 5550 1277
At home you can ring 01632 960188. | tel=01632 960188
My work phone is +49 30 5550 1100. | tel=+49 30 5550 1100
At work I'm on 0117 496 0555. | tel=0117 496 0555
The office line at Kestrel is 0117 496 0321, ask for me. | tel=0117 496 0321
My direct line at the office is +44 20 7946 0555. | tel=+44 20 7946 0555
My desk phone is 020 7946 0777. | tel=020 7946 0777
The work number is 01632 960211, ask for me. | tel=01632 960211
At the office you can reach me on +47 22 55 50 12. | tel=+47 22 55 50 12
The shop's number is 01632 960233, ask for me. | tel=01632 960233
WhatsApp me on +351 912 555 019. | tel=+351 912 555 019
My WhatsApp is +351 912 555 019. | tel=+351 912 555 019
If you need me, ring 07700 900512. | tel=07700 900512
Text me: 07700 900513. | tel=07700 900513
My e-mail is owen.pryce@example.net | email=owen.pryce@example.net
the work email is owen@kestrelboats.example | email=owen@kestrelboats.example
The work e-mail is h.novak@stavby.example. | email=h.novak@stavby.example
The private email is lotte.b@example.org, the office one is lb@kanzlei.example. | email=lotte.b@example.org; email=lb@kanzlei.example
Work email's now p.ruiz@talleres.example. | email=p.ruiz@talleres.example
The new work address is mia@studio.example. | email=mia@studio.example
work email: k.berg@verft.example | email=k.berg@verft.example
The email for work is jan@drukkerij.example. | email=jan@drukkerij.example
At work it's t.okafor@clinic.example. | email=t.okafor@clinic.example
For work stuff use s.lindh@skola.example. | email=s.lindh@skola.example
Private mail goes to nina@example.com. | email=nina@example.com
My personal email is ola.h@example.com. | email=ola.h@example.com
I've a new email: ana@example.pt, the old one is dead. | email=ana@example.pt
My new email is bo@example.se, forget bo@oldmail.example. | email=bo@example.se; email=bo@oldmail.example/ended
Write to me at petra@example.cz. | email=petra@example.cz
You can email me at sam.lowe@example.com. | email=sam.lowe@example.com
I can be reached at iris@example.nl. | email=iris@example.nl
Drop me a line at theo@example.fr. | email=theo@example.fr
Mails to me go to hugo@example.be. | email=hugo@example.be
My email changed to jo@example.ie. | email=jo@example.ie
I switched to lea@posteo.example. | email=lea@posteo.example
If it's about my health ring Magda, 07700 900678. | Magda:tel=07700 900678
If it's about the kids call Piet, +31 6 1234 5699. | Piet:tel=+31 6 1234 5699
For anything medical, ring my wife Ewa on +48 600 555 013. | Ewa:relation=wife; Ewa:tel=+48 600 555 013
In an emergency call Beatriz, +34 600 555 020. | Beatriz:tel=+34 600 555 020
If I'm not well, phone Kofi: 07700 900733. | Kofi:tel=07700 900733
When I can't be reached, try Marit on +47 400 55 513. | Marit:tel=+47 400 55 513
Anything to do with the house, ring Dylan, 07700 900734. | Dylan:tel=07700 900734
my username's usually owenp_74 | username=owenp_74
I'm marit_s on most sites. | username=marit_s
My usual username is tadek88. | username=tadek88
My login name is mostly g.parry. | username=g.parry
My website is https://owenpryce.example, photos of hulls, nothing else | url=https://owenpryce.example
I've a site at www.gwenpots.example. | url=www.gwenpots.example
My homepage is lindqvist.example. | url=lindqvist.example
I blog at https://breadnotes.example. | url=https://breadnotes.example
Scrap that, my number is 07700 900921. | tel=07700 900921
I mistyped my email, it's tove@example.dk. | email=tove@example.dk
New mobile as well: +358 40 555 0123. | tel=+358 40 555 0123
and a new email too: kaisa@example.fi | email=kaisa@example.fi
We've got a new landline, it's 01632 960177. | tel=01632 960177
New work number, it's 021 555 0133. | tel=021 555 0133
The office number is +41 44 555 01 10. | tel=+41 44 555 01 10
The private number is 0660 555 0144. | tel=0660 555 0144
My private e-mail is uli@example.at and the work one is uli.berger@holzbau.example. | email=uli@example.at; email=uli.berger@holzbau.example
From work I'm on 01 555 0199. | tel=01 555 0199
If you need to reach me, call 0699 555 0101. | tel=0699 555 0101
If you need me, text me on 07700 900517. | tel=07700 900517
The number at the surgery is 01632 960280, just ask for me. | tel=01632 960280
The line at the bakery is 01632 960281, and ask for me. | tel=01632 960281
If it's about the dog, ring Kasia on +48 600 555 014. | Kasia:tel=+48 600 555 014
If it's urgent call Dewi, 07700 900735. | Dewi:tel=07700 900735
If I can't be reached, try Solveig on +47 400 55 514. | Solveig:tel=+47 400 55 514
For anything to do with school ring Morag: 07700 900736. | Morag:tel=07700 900736
Scrap that, my email is una@example.ie. | email=una@example.ie
My handle is usually @solveig_m. | username=@solveig_m
My username is mostly kasia_w. | username=kasia_w
"""  # noqa: E501


@pytest.mark.parametrize("line", _FACTS.strip().splitlines())
def test_a_contact_that_is_told_in_passing_is_read(line: str) -> None:
    text, _, told = line.partition(" | ")
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == facts_told(told)
