"""What each importer takes out of the samples in `data`."""

import json
import shutil
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from second_me.app.importers import IMPORTERS, ClaimedEpisode, ConversationTitle, by_name, detect, expand
from second_me.core.memory.episodes import Kind, NewEpisode, Role
from second_me.core.ports import BadLine

DATA = Path(__file__).parent / "data"
SAMPLES = {
    "turns.jsonl": "jsonl",
    "garden.md": "plain",
    "boiler 2023-11-02.txt": "plain",
    "conversations.json": "chatgpt",
    "WhatsApp Chat with Jonas.txt": "whatsapp",
    "_chat.txt": "whatsapp",
    "cards.vcf": "vcard",
}


def read(path, me=None, name=None):
    importer = by_name(name) if name else detect(path)
    return list(importer.read(path, me))


def episodes(items):
    brought = [item.episode if isinstance(item, ClaimedEpisode) else item for item in items]
    return [item for item in brought if isinstance(item, NewEpisode)]


def bad_lines(items):
    return [item.line for item in items if isinstance(item, BadLine)]


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_content_decides_the_format_whatever_the_name(sample, tmp_path):
    assert detect(DATA / sample).name == SAMPLES[sample]
    renamed = shutil.copy(DATA / sample, tmp_path / "export.txt")
    assert detect(renamed).name == SAMPLES[sample]


@pytest.mark.parametrize("sample", SAMPLES)
def test_reading_twice_gives_the_same_unique_keys(sample):
    first, second = (episodes(read(DATA / sample)) for _ in range(2))
    assert first == second
    keys = {(episode.conversation, episode.source_id) for episode in first}
    assert len(keys) == len(first) > 0
    assert all(episode.source_id and episode.text.strip() for episode in first)
    assert {episode.origin for episode in first} == {"card" if sample == "cards.vcf" else SAMPLES[sample]}


def test_jsonl():
    items = read(DATA / "turns.jsonl", me="Mara")
    assert bad_lines(items) == [4, 5, 6, 7, 8, 9, 10, 11]
    reasons = [item.reason for item in items if isinstance(item, BadLine)]
    assert reasons[0] == "the line is not JSON"
    assert reasons[1] == '"text" is empty'
    assert reasons[4] == '"text" is missing'
    first, second, last = episodes(items)
    assert first == NewEpisode(
        conversation="demo",
        speaker="Mara",
        text="I start at the bakery on Monday.",
        spoken_at=datetime(2023, 5, 4, 9, 15),
        role=Role.PERSON,
        source_id="t1",
        origin="jsonl",
    )
    assert (second.source_id, second.role, second.spoken_at) == ("2", Role.OTHER, None)
    assert second.text == "Bring me a rye loaf!\n\nPlease."
    assert (last.role, last.spoken_at) == (Role.PERSON, datetime(2023, 5, 4))


def test_jsonl_without_me_knows_nobody():
    assert {episode.role for episode in episodes(read(DATA / "turns.jsonl"))} == {Role.OTHER}


def turn(**changes):
    base = {"id": "1", "conversation": "c", "speaker": "s", "text": "t"}
    return json.dumps({key: value for key, value in {**base, **changes}.items() if value is not ...})


@pytest.mark.parametrize(
    ("written", "kept"), [("7", "7"), (7, "7"), (7.5, "7.5"), (True, "true"), (10**30, "1" + "0" * 30)]
)
def test_jsonl_ids_of_any_scalar(tmp_path, written, kept):
    path = tmp_path / "a.jsonl"
    path.write_text(turn(id=written))
    assert episodes(read(path))[0].source_id == kept


def test_jsonl_zone_becomes_local(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join(turn(time=time) for time in ("2024-05-03T10:00:00Z", "2024-05-03T12:00:00+02:00"))
    )
    local = datetime.fromisoformat("2024-05-03T10:00:00+00:00").astimezone().replace(tzinfo=None)
    assert [episode.spoken_at for episode in episodes(read(path))] == [local, local]


def test_jsonl_refuses_lines_one_by_one(tmp_path):
    path = tmp_path / "a.jsonl"
    refused = [
        turn(id=None),
        turn(id=...),
        turn(conversation=""),
        turn(time=1700000000),
        turn(time="0001-01-01T00:00:00+14:00"),
        turn(text="a\0b"),
        "[" * 100_000,
        '{"id": 3',
        '{"id": ' + "9" * 5000 + ', "conversation": "c", "speaker": "s", "text": "t"}',
        turn(text="x" * (1 << 20)),
    ]
    content = "\ufeff" + "\r\n".join([turn(), *refused, turn(id="last")])
    path.write_bytes(content.encode() + b"\n" + turn(id="latin").encode()[:-2] + b'\xfc"}')
    items = read(path)
    assert [episode.source_id for episode in episodes(items)] == ["1", "last"]
    assert bad_lines(items) == [*range(2, len(refused) + 2), len(refused) + 3]


def test_jsonl_of_a_name_without_a_good_line_names_the_bad_ones(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("not json\nnor this\n")
    assert bad_lines(read(path)) == [1, 2]


def test_markdown():
    garden = episodes(read(DATA / "garden.md", me="Garden book"))
    assert [episode.text for episode in garden] == [
        "# The garden\n\n## Pear tree\n\nPlanted beside the shed. It flowers in April.",
        "It needs a stake until next winter.",
        "- water on Sundays\n- prune in March",
        "```sh\n# not a heading\nwater --litres 10\n```",
        "Old greenhouse\n==============\n\nThe left pane is cracked.",
        "[seller]: https://example.org/glass",
        "## Ideas",
    ]
    about = {(each.conversation, each.speaker, each.role, each.kind, each.spoken_at) for each in garden}
    assert about == {
        ("documents/garden.md", "Garden book", Role.OTHER, Kind.DOCUMENT, datetime(2024, 5, 3)),
    }


def test_plain_text():
    items = read(DATA / "boiler 2023-11-02.txt")
    first, second, third = episodes(items)
    assert first.text == third.text == "The boiler was serviced by Okafor.\nIt is good until 2026."
    assert first.source_id != third.source_id
    assert second.text == "The bad line follows."
    assert bad_lines(items) == [6]
    assert isinstance(items[2], BadLine)
    assert (first.speaker, first.spoken_at) == ("boiler 2023-11-02", datetime(2023, 11, 2))


def test_a_changed_document_adds_only_what_changed(tmp_path):
    path = tmp_path / "garden.md"
    text = (DATA / "garden.md").read_text()
    path.write_text(text)
    before = {episode.source_id for episode in episodes(read(path))}
    path.write_text(
        text.replace("until next winter", "for two winters").replace("# The", "New top.\n\n# The")
    )
    after = episodes(read(path))
    new = [episode.text for episode in after if episode.source_id not in before]
    assert new == ["New top.", "It needs a stake for two winters."]


def test_long_paragraphs_are_cut_between_sentences_and_nothing_is_lost(tmp_path):
    sentences = [f"Sentence number {n} tells about the {n}th tile of the roof." for n in range(200)]
    path = tmp_path / "roof.txt"
    path.write_text(" ".join(sentences) + "\n\n" + "x" * 4000)
    texts = [episode.text for episode in episodes(read(path))]
    assert all(len(text) <= 1500 for text in texts)
    assert all(text in path.read_text() for text in texts)
    assert all(text.endswith(".") for text in texts[:-3])
    assert " ".join(texts[:-3]) == " ".join(sentences)
    assert "".join(texts[-3:]) == "x" * 4000


@pytest.mark.parametrize(
    ("name", "text", "time"),
    [
        ("walk.md", "---\ndate: '2021-02-03 14:05'\n---\nRain.", datetime(2021, 2, 3, 14, 5)),
        ("2021-02-04 walk.md", "---\ndate: some day\n---\nRain.", datetime(2021, 2, 4)),
        ("20210205.txt", "Rain.", datetime(2021, 2, 5)),
        ("2021-13-45.txt", "Rain.", None),
        ("walk.txt", "Rain.", None),
        ("walk.txt", "---\nRain.", None),
    ],
)
def test_the_time_of_a_document_is_what_it_states(tmp_path, name, text, time):
    path = tmp_path / name
    path.write_text(text)
    (episode,) = episodes(read(path))
    assert episode.text.endswith("Rain.")
    assert episode.spoken_at == time


def test_chatgpt():
    items = read(DATA / "conversations.json", me="Mara")
    assert items[0] == ConversationTitle("chatgpt/c-1", "Sourdough for Mara")
    said = [
        (each.conversation, each.source_id, each.role, each.speaker, each.text) for each in episodes(items)
    ]
    assert said == [
        ("chatgpt/c-1", "q1", Role.PERSON, "Mara", "My starter smells of vinegar."),
        ("chatgpt/c-1", "a1", Role.ASSISTANT, "ChatGPT", "Feed it more often."),
        ("chatgpt/c-1", "q2", Role.PERSON, "Mara", "Twice a day then."),
        ("chatgpt/c-1", "a2", Role.ASSISTANT, "ChatGPT", "Yes, at 24 °C."),
        ("chatgpt/c-2", "x", Role.PERSON, "Mara", "The beginning is lost."),
        ("chatgpt/c-5", "n", Role.PERSON, "Mara", "Still here."),
    ]
    assert bad_lines(items) == [2, 3, 4, 5]
    assert episodes(items)[0].spoken_at == datetime.fromtimestamp(1_700_000_000)
    assert episodes(items)[2].spoken_at is None


def test_chatgpt_without_me():
    assert episodes(read(DATA / "conversations.json"))[0].speaker == "me"


def test_chatgpt_cut_off_keeps_what_came_before(tmp_path):
    whole = (DATA / "conversations.json").read_text()
    path = tmp_path / "conversations.json"
    path.write_text(whole[: whole.index("No messages")])
    items = read(path)
    assert [episode.conversation for episode in episodes(items)] == ["chatgpt/c-1"] * 4 + ["chatgpt/c-2"]
    assert bad_lines(items) == [2, 3]


def test_chatgpt_larger_than_what_is_read_at_once(tmp_path):
    chats = json.loads((DATA / "conversations.json").read_text())[:1] * 300
    for number, chat in enumerate(chats):
        chats[number] = {**chat, "id": f"c-{number}", "conversation_id": f"c-{number}", "pad": "é" * 9000}
    path = tmp_path / "conversations.json"
    path.write_text(json.dumps(chats, ensure_ascii=False))
    assert path.stat().st_size > 4 << 20
    items = read(path)
    assert len(episodes(items)) == 1200
    assert bad_lines(items) == []


def test_chatgpt_circle_of_parents_ends(tmp_path):
    path = tmp_path / "conversations.json"
    node = {"message": {"author": {"role": "user"}, "content": {"parts": ["Round."]}}, "parent": "b"}
    chat = {"id": "c", "current_node": "a", "create_time": 1, "mapping": {"a": node, "b": {"parent": "a"}}}
    path.write_text(json.dumps([chat]))
    assert [episode.text for episode in episodes(read(path))] == ["Round."]


def test_whatsapp_android_month_first():
    items = read(DATA / "WhatsApp Chat with Jonas.txt", me="mara lind")
    said = [(each.spoken_at, each.speaker, each.role, each.text) for each in episodes(items)]
    assert said == [
        (
            datetime(2023, 5, 13, 9, 5),
            "Mara Lind",
            Role.PERSON,
            "The boiler leaks again.\nThird time this year:\n\n- kitchen",
        ),
        (datetime(2023, 5, 13, 12, 10), "Jonas", Role.OTHER, "That is the valve"),
        (datetime(2023, 5, 13, 12, 11), "Jonas", Role.OTHER, "ok"),
        (datetime(2023, 5, 13, 12, 11), "Jonas", Role.OTHER, "ok"),
        (datetime(2023, 6, 1, 0, 1), "Jonas", Role.OTHER, "Okafor comes on Friday"),
        (datetime(2023, 6, 2, 8, 0), "Jonas", Role.OTHER, "Time: 10:30 - be there"),
    ]
    assert {each.conversation for each in episodes(items)} == {"whatsapp/Jonas"}
    assert bad_lines(items) == [14]


def test_whatsapp_ios_in_folder_and_archive_is_one_chat(tmp_path):
    folder = tmp_path / "WhatsApp Chat - Chor Bern"
    folder.mkdir()
    loose = shutil.copy(DATA / "_chat.txt", folder / "_chat.txt")
    packed = tmp_path / "WhatsApp Chat - Chor Bern (1).zip"
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.write(DATA / "_chat.txt", "_chat.txt")
        archive.writestr("notes.txt", "Not the chat.")
    first, second = read(loose, "Mara"), read(packed, "Mara")
    assert first == second
    assert [(each.spoken_at, each.speaker, each.role, each.text) for each in first] == [
        (datetime(2023, 12, 31, 23, 59, 59), "Ada Keller", Role.OTHER, "Prosit!"),
        (datetime(2024, 1, 1, 0, 0, 7), "Mara", Role.PERSON, "Gutes neues Jahr 🎆\nbis Freitag"),
    ]
    assert {each.conversation for each in first} == {"whatsapp/Chor Bern"}


def test_chatgpt_archive_with_its_list_in_parts(tmp_path):
    chats = json.loads((DATA / "conversations.json").read_text())
    path = tmp_path / "export.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("chat.html", "<html>")
        archive.writestr("conversations-000.json", json.dumps(chats[:1]))
        archive.writestr("conversations-001.json", json.dumps(chats[1:]))
    assert read(path) == [
        BadLine(str(path), item.line, item.reason) if isinstance(item, BadLine) else item
        for item in read(DATA / "conversations.json")
    ]


def test_formats_by_name():
    assert [by_name(importer.name) for importer in IMPORTERS] == list(IMPORTERS)


def test_expand(tmp_path):
    for name in ("b.txt", "a/z.md", "a/photo.JPG", ".hidden/x.txt", "a/.secret.txt", "a/b/c.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    absent = tmp_path / "absent.txt"
    found = expand([absent, tmp_path, tmp_path / "b.txt", tmp_path / "a" / "photo.JPG"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "absent.txt",
        "b.txt",
        "a/z.md",
        "a/b/c.jsonl",
        "a/photo.JPG",
    ]
