"""What sounds like a fact of a form and is another's, a jest or not so: nothing is read."""

from __future__ import annotations

from datetime import datetime

import facts as benchmark
import pytest

_NOTHING = """
My sister moved. The new address is 7 Castle Row, Hull HU1 1AA.
Grandma has moved! 7 Castle Row, Hull HU1 1AA.
We moved the sofa. 7 Castle Row, Hull HU1 1AA is where it went.
My mother's phone changed, it's 07700 900971.
The vet has a new landline, it's 01632 960971.
Mum got a UK number, it's 07700 900972.
He's got a German number now, it's +49 170 5550199.
The best email is support@shop.example.
The best number to reach the vet is 01632 960973.
My boss is on holiday; I'm on 3 projects now.
The surgery's number is gone, he's on 01632 960974 now.
07700 900975 is my sister's number.
text or call, 07700 900976 is her.
The work address is Dock Road 3, come by.
The home page is example.com.
The work laptop is dead.
The office email is down, use the phone.
The private key is abc@example.com.
Our team leader got promoted, so it's Senior Analyst for her now.
They made Tom team leader.
They made me an offer.
They made me a coffee in the manager's office.
They made me guest of honour.
I was made to feel like a guest.
I was made in Taiwan.
I've been made an offer for the house.
They promoted me to customer of the month.
The boss made me clean the kitchen.
My job title is a joke.
Job title: to be decided.
We call the boat Bosun.
The kids call me Dad.
My kids call me Mum.
The lads call me Boss.
The team calls me Chef.
Hello, it's Monday here.
Hey, Chicago here we come.
Hi, London here I am.
Good morning, New York here, what's up.
Morning, Radio Four here.
I've got a new number for you to learn, it's 7.
My passport says United Kingdom.
My passport says Tallinn Estonia.
I prefer to be called after nine.
On forms I'm Mr Nobody.
To my friends I'm Dad.
He went back to his own name, Delacroix.
In the novel I'm living in Porto now, address is Rua das Flores 77, 4050-265 Porto.
We might be renting in Halifax: 77 Quarry Road, Halifax HX1 2AB.
I'd love to live in Halifax: 77 Quarry Road, Halifax HX1 2AB is for sale.
We're in York now. Meet at 12 High Petergate, York YO1 7EN.
If it's about the bill call 01632 960980.
If it's about Tom's dog, ring Tom, not me.
For anything medical, ring NHS on 111.
When you can't be reached, I call Marit on +47 400 55 513.
Dublin goes to St. Mary's School.
Christmas can't have snow, he's allergic to it.
Milk is allergic to nobody.
They/them is what the form says.
Our lad got promoted.
Our girl was born on a farm.
Our boy Rex was born on 3 March, best dog ever.
Nokia hired me a car.
I switched to decaf@home.
I switched to Lea for the meeting.
Please use the back door from now on.
I've left the car for Tom.
My languages are a mess.
My new job is at risk.
My new job is at home.
My job is at the weekend.
"""


@pytest.mark.parametrize("text", _NOTHING.strip().splitlines())
def test_nothing_is_read(text: str) -> None:
    assert list(benchmark.rules(text, datetime(2024, 6, 10))) == []
