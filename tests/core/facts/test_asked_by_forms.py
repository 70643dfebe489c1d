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
I live in Shibuya-ku, Tokyo. | home=Tokyo
My address is Avenida Paulista 1578, apto 44, 01310-200 São Paulo. | street-address=Avenida Paulista 1578; address-line2=apto 44; postal-code=01310-200; home=São Paulo
"""  # noqa: E501
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
def test_what_a_form_asks_for_is_read_and_no_more(line: str) -> None:
    text, _, told = line.partition(" | ")
    assert set(benchmark.rules(text, datetime(2024, 6, 10, 10, 0))) == _facts(told)


_NOTHING = """
Hi im Anna Bell from the choir, is Hollow Lane 4 your shop?
The bakery is at Unit 4, Dock Road.
Her flat is number 6, second floor.
"""


@pytest.mark.parametrize("text", _NOTHING.strip().splitlines())
def test_an_address_that_is_nobody_s_gives_nothing(text: str) -> None:
    assert [each for each in benchmark.rules(text, datetime(2024, 6, 10)) if each[1] != "name"] == []
