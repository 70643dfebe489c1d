"""What a turn wants, decided by rules: a table of turns as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.twin.kinds import Command, Courtesy, TurnKind, command, courtesy, statement_of, turn_kind

NAMES = frozenset({"anna", "jonas", "melanie"})

TABLE = {
    TurnKind.QUESTION: """\
Where did I grow up?
When is Anna's birthday?
what did I say about Rome
tell me about Anna
Remember when we went to Rome?
Do you remember where I parked?
What do you know about me?
Who am I?
I wonder what my sister wants
I forgot where I put my keys
Can you remember what I said about Rome?
Do you know my shoe size?
Tell me what I ate on Sunday
Show me everything about Jonas
Wo habe ich geparkt?
Wann hat meine Mutter Geburtstag
Où est-ce que j'habite ?
Comment s'appelle mon frère ?
¿Dónde vive mi hermana?
¿Cuándo es mi cumpleaños?
我的生日是什么时候？
我住在哪里
मेरी बहन कहाँ रहती है?
my sister's name?
Anna's phone number?
Which of my friends plays the cello
So, when did we move?
how old is my cat
Did Melanie like the book?
Give me Anna's address
What was the name of that restaurant we liked
Have I told you about the dentist?
Any idea where my passport is?
describe my sister
List my allergies
explain what I said about the budget
Find my notes about the boiler
Am I allergic to nuts?
is my sister older than me
I can't remember where I put my passport
Do I like coriander
remind me what I said about Rome
Remember when we went to Rome
who is Jonas's wife
Welche Farbe hat mein Auto
mon frère, il s'appelle comment ?""",
    TurnKind.OPEN: """\
What is the capital of France?
How tall is Mont Blanc?
Wer war der erste Kanzler?
Qu'est-ce que la photosynthèse ?
¿Qué hora es en Tokio?
Is it going to rain
Who plays the cello?""",
    TurnKind.STATEMENT: """\
When I was five I broke my arm.
I moved to Bern
My brother plays the cello.
Can you remember that my PIN pad is blue?
Remember that my PIN pad is blue
Please note: the boiler needs oil in May
remember my locker is number 12
Could you please remember that Anna is vegan?
What a day! I lost my keys.
Who I met today: Jonas and his wife.
Anna was born in 1984
The wifi password of the hut is on the fridge
Ich bin nach Bern gezogen
Meine Schwester heißt Anna.
J'habite à Lyon
Mi hermano toca el violonchelo
我住在北京
मेरा नाम रवि है
yes, my sister is called Anna
no, it is blue
May 3rd is my wedding day
Will is my brother
Dinner with Jonas at seven
How I love this garden!
Sorry I was late, my train broke down
I had to forget about the holiday
I remember my first bicycle
I played tennis with Jonas
Yesterday I wrote a letter to my aunt
I will explain it to Anna tomorrow
Which is why I left the company.
Whenever it rains my knee hurts
Where I live there is no bus.
What I like best is cycling
Merk dir, dass ich Haselnüsse nicht vertrage
Ich heiße Mara
Save this: rent is due on the first
The dentist said I need a crown
Has been a long day, my feet hurt.
Don't forget that I am allergic to nuts
When I was five I broke my arm
Was at the dentist today
Had a great day with Anna
Have to call the bank about my card
I don't know how to swim
no, her name is Anna
My sister wonders where I live.
We found a house and moved in May""",
    TurnKind.SMALLTALK: """\
hi
Hello there!
good morning
thanks a lot
thank you so much!
ok
OK, great
lol
How are you?
hey, how are you today?
who are you?
What can you do?
bye
good night
Guten Morgen
danke
merci beaucoup
gracias
你好
谢谢
नमस्ते
?
...
🙂🙂
you are funny
well done
muchas gracias
vielen Dank
help
really?
I see
thanks, that is all
no problem
yes please""",
    TurnKind.GENERAL: """\
tell me a joke
Write a haiku about autumn
Translate "good day" into French
explain photosynthesis
Can you write a poem for me
suggest a name for a cat
Give me three ideas for dinner
Sing a song
define entropy
Please tell me another one
Help me write a letter
Schreib ein Gedicht über den Herbst
Erzähl mir einen Witz
Raconte-moi une blague
Cuéntame un chiste
讲个笑话
summarise the theory of relativity
explain it to me
summarize this for me please""",
    TurnKind.COMMAND: """\
forget it
forget that
Forget what I said about the dentist
forget what I just said
please delete that
Forget everything about Anna
forget my old address
delete the memory about Rome
Forget about it
remind me to call mum
Can you remind me tomorrow at 8 to call mum?
Erinnere mich an den Zahnarzt
Rappelle-moi d'appeler maman
Vergiss das
oublie ça
olvida eso
Forget that I like tea
Please forget what I told you about my sister
never mind, forget it
Vergiss, was ich über Rom gesagt habe
Can you forget that?
don't remember that""",
}


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, rows in TABLE.items() for text in rows.splitlines()]
)
def test_kind(text: str, kind: TurnKind) -> None:
    assert turn_kind(text, NAMES) is kind


def test_the_table_is_wide() -> None:
    assert sum(len(rows.splitlines()) for rows in TABLE.values()) >= 80


def test_a_name_that_the_memories_know_makes_a_question_personal() -> None:
    assert turn_kind("Did Tim like the book?", {"tim"}) is TurnKind.QUESTION
    assert turn_kind("Did Tim like the book?", ()) is TurnKind.OPEN


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("qwe rty " * 1250, TurnKind.STATEMENT),
        ("a" * 10_000, TurnKind.STATEMENT),
        ("?" * 10_000, TurnKind.SMALLTALK),
        ("I moved\0to Bern", TurnKind.STATEMENT),
        ("\0", TurnKind.SMALLTALK),
        ("", TurnKind.SMALLTALK),
        ("  \n ", TurnKind.SMALLTALK),
        ("  I moved to Bern\n\n", TurnKind.STATEMENT),
    ],
)
def test_odd_texts_have_a_kind(text: str, kind: TurnKind) -> None:
    assert turn_kind(text, NAMES) is kind


@given(st.text(max_size=300))
def test_every_text_has_a_kind(text: str) -> None:
    kind = turn_kind(text, NAMES)
    assert (kind is TurnKind.COMMAND) == (command(text) is not None)


@pytest.mark.parametrize(
    ("text", "what", "rest"),
    [
        ("forget it", Command.FORGET_LAST, ""),
        ("Forget about it.", Command.FORGET_LAST, ""),
        ("Actually, forget what I just said", Command.FORGET_LAST, ""),
        ("never mind, forget it", Command.FORGET_LAST, ""),
        ("Vergiss das", Command.FORGET_LAST, ""),
        ("Forget what I said about the dentist.", Command.FORGET_ABOUT, "the dentist"),
        ("forget my old address", Command.FORGET_ABOUT, "old address"),
        ("Forget everything about Anna!", Command.FORGET_ABOUT, "Anna"),
        ("Vergiss, was ich über Rom gesagt habe", Command.FORGET_ABOUT, "Rom"),
        ("oublie tout sur Rome", Command.FORGET_ABOUT, "Rome"),
        ("olvida todo sobre Roma", Command.FORGET_ABOUT, "Roma"),
        ("remind me to call mum", Command.REMIND, "remind me to call mum"),
    ],
)
def test_commands(text: str, what: Command, rest: str) -> None:
    assert command(text) == (what, rest)


@pytest.mark.parametrize(
    "text",
    [
        "I had to forget about it",
        "don't forget my birthday",
        "remind me what I said",
        "forgetting is easy",
        "delete",
    ],
)
def test_no_commands(text: str) -> None:
    assert command(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", Courtesy.GREETING),
        ("thanks a lot, that's all", Courtesy.THANKS),
        ("vielen Dank!", Courtesy.THANKS),
        ("see you tomorrow", Courtesy.FAREWELL),
        ("How are you?", Courtesy.HOW_ARE_YOU),
        ("who are you?", Courtesy.WHO_ARE_YOU),
        ("what can you do", Courtesy.WHAT_CAN_YOU_DO),
        ("ok great", Courtesy.CHATTER),
        ("I see.", Courtesy.CHATTER),
        ("hi, where is my passport?", None),
        ("thanks to Anna I found it", None),
        ("you are my sister's best friend", None),
    ],
)
def test_courtesies(text: str, kind: Courtesy | None) -> None:
    assert courtesy(text) is kind


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Remember that my PIN pad is blue", "my PIN pad is blue"),
        ("Can you remember that my PIN pad is blue?", "my PIN pad is blue"),
        ("Please note: the boiler needs oil", "the boiler needs oil"),
        ("Don't forget that I am allergic to nuts", "I am allergic to nuts"),
        ("I moved to Bern.", "I moved to Bern."),
    ],
)
def test_what_is_read_back_of_a_statement(text: str, told: str) -> None:
    assert statement_of(text) == told
