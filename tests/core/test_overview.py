from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from second_me.core.twin.overview import Overview, overview_of

NOW = datetime(2024, 5, 15, 10)  # a Wednesday

MARCH = ("2024-03-01", "2024-04-01")
APRIL = ("2024-04-01", "2024-05-01")
LAST_WEEKEND = ("2024-05-11", "2024-05-13")
LAST_WEEK = ("2024-05-06", "2024-05-13")
THIS_WEEK = ("2024-05-13", "2024-05-20")
YEAR = ("2023-01-01", "2024-01-01")
YESTERDAY = ("2024-05-14", "2024-05-15")
LATELY = ("2024-05-01", "2024-05-15")

OF_A_TIME = [
    ("what happened in March", MARCH),
    ("What happened last month?", APRIL),
    ("And what happened to me in 2023?", YEAR),
    ("What all happened in my life last week?", LAST_WEEK),
    ("what did I do last week", LAST_WEEK),
    ("What did I do yesterday?", YESTERDAY),
    ("What have we done in April?", APRIL),
    ("what have I been up to", LATELY),
    ("What have I been up to lately?", LATELY),
    ("What have I been doing this week?", THIS_WEEK),
    ("What was I up to in March?", MARCH),
    ("give me an overview of 2023", YEAR),
    ("Could you give me a short summary of last month, please?", APRIL),
    ("recap March 2024 please", MARCH),
    ("What did we talk about yesterday?", YESTERDAY),
    ("What did I tell you last month?", APRIL),
    ("What's been going on in my life lately?", LATELY),
    ("How was my March?", MARCH),
    ("How did last week go?", LAST_WEEK),
    ("Catch me up on last week", LAST_WEEK),
    ("Summarize my week", THIS_WEEK),
    ("How was my day?", ("2024-05-15", "2024-05-16")),
    ("Sum up what I told you last week", LAST_WEEK),
    ("Overview of 2023", YEAR),
    ("What happened between January and March?", ("2024-01-01", "2024-04-01")),
    ("What did I do in March and April?", ("2024-03-01", "2024-05-01")),
    ("What happened yesterday and today?", ("2024-05-14", "2024-05-16")),
    ("What happened in the summer of 2022?", ("2022-06-01", "2022-09-01")),
    ("Recap the summer of 2022", ("2022-06-01", "2022-09-01")),
    ("How was my summer?", ("2023-06-01", "2023-09-01")),
    ("What did I do last weekend?", LAST_WEEKEND),
    ("How was the weekend?", LAST_WEEKEND),
    ("What have I done two Wednesdays ago?", ("2024-05-01", "2024-05-02")),
    ("What happened in the last three months?", ("2024-02-15", "2024-05-15")),
    ("Give me an overview of the nineties", ("1990-01-01", "2000-01-01")),
    ("Overview of June", ("2023-06-01", "2023-07-01")),
    ("How was Christmas?", ("2023-12-25", "2023-12-26")),
    ("What happened so far this year?", ("2024-01-01", "2025-01-01")),
    ("Was habe ich letztes Wochenende gemacht?", LAST_WEEKEND),
    ("Qu'est-ce que j'ai fait le week-end dernier ?", LAST_WEEKEND),
    ("Dame un resumen de marzo", MARCH),
    ("上周末我做了什么？", LAST_WEEKEND),
    ("去年夏天发生了什么？", ("2023-06-01", "2023-09-01")),
    ("Was ist im März passiert?", MARCH),
    ("Was ist mir letzte Woche alles passiert?", LAST_WEEK),
    ("Was habe ich letzte Woche gemacht?", LAST_WEEK),
    ("Was habe ich in letzter Zeit gemacht?", LATELY),
    ("Fass den letzten Monat zusammen", APRIL),
    ("Gib mir bitte einen Überblick über 2023", YEAR),
    ("Que s'est-il passé en mars ?", MARCH),
    ("Qu'est-ce que j'ai fait la semaine dernière ?", LAST_WEEK),
    ("Donne-moi un aperçu de 2023", YEAR),
    ("¿Qué pasó en marzo?", MARCH),
    ("¿Qué hice la semana pasada?", LAST_WEEK),
    ("Dame un resumen de 2023", YEAR),
    ("三月发生了什么？", MARCH),
    ("我上周做了什么？", LAST_WEEK),
    ("我最近在忙什么？", LATELY),
    ("总结一下2023年", YEAR),
    ("मार्च में क्या हुआ?", MARCH),
    ("मैंने पिछले हफ्ते क्या किया?", LAST_WEEK),
    ("2023 का सारांश दो", YEAR),
]

OF_A_TOPIC = [
    ("summarize what I told you about my garden", "my garden", True),
    ("Please sum up what I said about the project.", "the project", True),
    ("Tell me everything I told you about the move", "the move", True),
    ("Tell me everything I told you about Christmas", "Christmas", True),
    ("Tell me everything you know about Anna", "Anna", False),
    ("Give me an overview of my job search", "my job search", False),
    ("Summarise the plot of Hamlet", "the plot of Hamlet", False),
    ("Fasse zusammen, was ich dir über den Garten erzählt habe", "den Garten", True),
    ("Résume ce que je t'ai dit sur le jardin", "le jardin", True),
    ("Resume lo que te dije sobre el jardín", "el jardín", True),
    ("总结一下我告诉你的关于花园的事", "花园", True),
]

OF_TALKS = [
    ("tell me about my conversations with Anna", "Anna", None),
    ("Tell me about my chats with Anna Meier in March", "Anna Meier", MARCH),
    ("Give me a summary of my conversations with Bob from last week", "Bob", LAST_WEEK),
    ("What did Anna and I talk about last week?", "Anna", LAST_WEEK),
    ("what did I talk about with Anna recently", "Anna", LATELY),
    ("Erzähl mir von meinen Gesprächen mit Anna", "Anna", None),
    ("Parle-moi de mes conversations avec Anna", "Anna", None),
    ("Háblame de mis conversaciones con Anna", "Anna", None),
]

OTHERS = [
    "What happened to my bike?",
    "What happened at the party in March?",
    "What happened in March was awful, I lost my job",
    "What did I do with Anna in March?",
    "What did I say about my dentist?",
    "What did I eat yesterday?",
    "What did Anna do last week?",
    "When did I move to Bern?",
    "When was the summer of my move?",
    "When did I go hiking last weekend?",
    "What month did I move in?",
    "How long did the renovation take last summer?",
    "How many times did I swim in March?",
    "Which came first, the wedding or the summer of 2022?",
    "What is going on in my life next week?",
    "What happened since the wedding?",
    "What did I do in the summer after I moved?",
    "What happened before 2020?",
    "How was the concert?",
    "How was my exam in March?",
    "How is Anna?",
    "What is new?",
    "What's up?",
    "Tell me about Anna",
    "Tell me a joke",
    "Give me an overview",
    "I told you about my garden last week",
    "My March was fine",
    "Remind me of my appointment last week",
    "Was habe ich über Anna gesagt?",
    "Was ist dein Name?",
    "Explain algebra",
    "Hello",
    "",
    "???",
]


def days(asked: Overview | None) -> tuple[str, str] | None:
    assert asked is not None
    return (asked.span.start.date().isoformat(), asked.span.end.date().isoformat()) if asked.span else None


@pytest.mark.parametrize(("question", "span"), OF_A_TIME)
def test_overviews_of_a_time(question: str, span: tuple[str, str]) -> None:
    asked = overview_of(question, NOW)
    assert days(asked) == span
    assert asked is not None
    assert (asked.topic, asked.person, asked.certain) == ("", "", True)


@pytest.mark.parametrize(("question", "topic", "mine"), OF_A_TOPIC)
def test_overviews_of_a_topic(question: str, topic: str, mine: bool) -> None:
    asked = overview_of(question, NOW)
    assert asked is not None
    assert (asked.topic, asked.mine, asked.span, asked.person) == (topic, mine, None, "")


@pytest.mark.parametrize(("question", "person", "span"), OF_TALKS)
def test_overviews_of_talks_with_somebody(question: str, person: str, span: tuple[str, str] | None) -> None:
    asked = overview_of(question, NOW)
    assert days(asked) == span
    assert asked is not None
    assert (asked.person, asked.topic) == (person, "")


def test_a_topic_within_a_time() -> None:
    asked = overview_of("Summarise what I've told you about Anna's wedding in March", NOW)
    assert asked is not None
    assert (asked.topic, days(asked)) == ("Anna's wedding", MARCH)
    told = overview_of("Summarise Anna's wedding in March", NOW)  # no verb tells that it was
    assert told is not None
    assert (told.topic, days(told)) == ("Anna's wedding", MARCH)


@pytest.mark.parametrize("question", OTHERS)
def test_other_questions_are_none(question: str) -> None:
    assert overview_of(question, NOW) is None


def test_what_may_be_asked_of_anybody_is_not_certain() -> None:
    uncertain = overview_of("Give me an overview of quantum physics", NOW)
    certain = overview_of("Give me an overview of my studies of physics", NOW)
    assert uncertain is not None
    assert certain is not None
    assert (uncertain.certain, certain.certain) == (False, True)


@given(st.text(max_size=60), st.datetimes())
def test_anything_may_be_asked_at_any_time(text: str, now: datetime) -> None:
    overview_of(text, now)
    overview_of(f"what happened {text}", now)
    overview_of(f"give me a summary of {text}", now)


@pytest.mark.parametrize("now", [datetime.min, datetime.max])
def test_at_the_ends_of_the_calendar(now: datetime) -> None:
    overview_of("what have I been up to lately", now)
    for time in ("yesterday", "last week", "this year", "in May", "the last 999 months", "the weekend"):
        overview_of(f"what happened {time}", now)
