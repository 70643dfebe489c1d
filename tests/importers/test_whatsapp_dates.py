"""Formats of dates and lines in WhatsApp exports."""

import logging
from datetime import datetime

import pytest

from second_me.app.importers import by_name
from second_me.app.importers.whatsapp_dates import Decision, Order, WrittenDate, decide
from second_me.app.importers.whatsapp_lines import said_text
from second_me.core.memory.episodes import NewEpisode


def times(tmp_path, *lines):
    path = tmp_path / "chat.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    read = list(by_name("whatsapp").read(path, None))
    assert all(isinstance(item, NewEpisode) for item in read)
    return [item.spoken_at for item in read]


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("12/31/23, 11:59 PM - Ada: x", datetime(2023, 12, 31, 23, 59)),
        ("12/31/23, 11:59\u202fPM - Ada: x", datetime(2023, 12, 31, 23, 59)),
        ("31/12/2023, 12:05 am - Ada: x", datetime(2023, 12, 31, 0, 5)),
        ("31/12/23, 12:05 p. m. - Ada: x", datetime(2023, 12, 31, 12, 5)),
        ("31.12.23, 23:59 - Ada: x", datetime(2023, 12, 31, 23, 59)),
        ("31-12-2023 23:59 - Ada: x", datetime(2023, 12, 31, 23, 59)),
        ("31/12/2023 à 23:59 - Ada: x", datetime(2023, 12, 31, 23, 59)),
        ("2023-12-31 23:59 - Ada: x", datetime(2023, 12, 31, 23, 59)),
        ("2023. 12. 31. 23:59 - Ada: x", datetime(2023, 12, 31, 23, 59)),
        ("[2023/12/31 下午11:59:58] Ada: x", datetime(2023, 12, 31, 23, 59, 58)),
        ("[31.12.23, 23:59:58] Ada: x", datetime(2023, 12, 31, 23, 59, 58)),
        ("\u200e[31/12/2023, 11:59:58 PM] Ada: x", datetime(2023, 12, 31, 23, 59, 58)),
        ("[31.12.23, 23.59.58] Ada: x", datetime(2023, 12, 31, 23, 59, 58)),
        ("21/8/19, 11:28:51 PM: Ada: x", datetime(2019, 8, 21, 23, 28, 51)),
        ("٣١/١٢/٢٠٢٣، ٢٣:٥٩ - Ada: x", datetime(2023, 12, 31, 23, 59)),
    ],
)
def test_formats(tmp_path, line, time):
    assert times(tmp_path, line) == [time]


def written(*dates, separator="/", half_days=False):
    return [WrittenDate(numbers, separator, half_days) for numbers in dates]


@pytest.mark.parametrize(
    ("dates", "decision"),
    [
        # A number above 12.
        (written((1, 2, 23), (1, 13, 23)), Decision(Order.MONTH_FIRST, True)),
        (written((1, 2, 23), (13, 2, 23), half_days=True), Decision(Order.DAY_FIRST, True)),
        # Only one reading goes forward in time.
        (written((9, 1, 23), (1, 2, 23), (5, 3, 23)), Decision(Order.DAY_FIRST, True)),
        (written((1, 9, 23), (2, 1, 23), (3, 5, 23)), Decision(Order.MONTH_FIRST, True)),
        # Nothing but the habits of a country.
        (written((1, 2, 23), separator="."), Decision(Order.DAY_FIRST, False)),
        (written((1, 2, 23), half_days=True), Decision(Order.MONTH_FIRST, False)),
        (written((1, 2, 23)), Decision(Order.DAY_FIRST, False)),
        (written((2, 2, 23)), Decision(Order.DAY_FIRST, True)),
        # A quoted line of another chat does not turn the whole file.
        (written((13, 1, 23), (14, 1, 23), (1, 20, 23), (15, 1, 23)), Decision(Order.DAY_FIRST, True)),
        (written((2023, 1, 2)), Decision(Order.YEAR_FIRST, True)),
    ],
)
def test_order_of_day_and_month(dates, decision):
    assert decide(dates) == decision


def test_a_guess_is_logged_without_the_name_of_the_chat(tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        assert times(tmp_path, "1/2/23, 10:00 - Ada: x") == [datetime(2023, 2, 1, 10)]
    assert "DAY_FIRST" in caplog.text
    assert "chat.txt" not in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        "<Media omitted>",
        "<Medien ausgeschlossen>\n4Bit Addierer.mod",
        "<Multimedia omitido>",
        "<Mídia oculta>",
        "<Médias omis>",
        "<Media weggelaten>",
        "<Media omessi>",
        "<Без медиафайлов>",
        "\u200eimage omitted",
        "Bild weggelassen",
        "\u200e<attached: 00000012-PHOTO.jpg>",
        "IMG-20250406-WA0003.jpg (Datei angehängt)",
        "\u200eIMG-20250406-WA0003.jpg (file attached)",
        "Diese Nachricht wurde gelöscht.",
        "\u200e",
    ],
)
def test_what_the_app_wrote_is_left_out(text):
    assert said_text(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<Media omitted>\nOur new roof!", "Our new roof!"),
        ("The image omitted the roof", "The image omitted the roof"),
        ("<grin>", "<grin>"),
        ("see <edited.md>", "see <edited.md>"),
        ("At ten. \u200e<This message was edited>", "At ten."),
        ("<Media omitted> is what it says", "<Media omitted> is what it says"),
    ],
)
def test_what_was_said_stays(text, said):
    assert said_text(text) == said
