"""Whatever the file: an importer gives items or says in a sentence why not."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from second_me.app.importers import IMPORTERS, ClaimedEpisode, ConversationTitle, by_name, detect, source
from second_me.core.memory.episodes import NewEpisode
from second_me.core.ports import BadLine, EnvironmentFault

DATA = Path(__file__).parent / "data"
SAMPLES = {path.name: path.read_bytes() for path in sorted(DATA.iterdir())}
PROBES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(path):
    """Every importer reads the file, asked for or not; all that comes out can be stored."""
    try:
        detect(path)
    except EnvironmentFault as fault:
        assert fault.code in {"unknown_format", "unreadable_file"}
    for importer in IMPORTERS:
        try:
            for item in importer.read(path, "Mara"):
                check_item(item)
        except EnvironmentFault as fault:
            assert fault.what.encode() and fault.action


def check_item(item):
    if isinstance(item, ClaimedEpisode):
        assert all(claim.value.of(item.episode.text).strip() for claim in item.claims)
        item = item.episode
    if isinstance(item, NewEpisode):
        assert item.text.strip() and item.source_id and item.conversation and item.speaker
        for text in (item.text, item.source_id, item.conversation, item.speaker):
            assert "\0" not in text and text.encode()
        assert item.spoken_at is None or item.spoken_at.tzinfo is None
    elif isinstance(item, BadLine):
        assert item.line > 0 and item.reason and item.path
    else:
        assert isinstance(item, ConversationTitle) and item.title.encode()


@PROBES
@given(
    st.binary(max_size=2000),
    st.sampled_from(["a.txt", "a.md", "a.jsonl", "conversations.json", "a.zip", "a.vcf"]),
)
def test_random_bytes(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    check(path)


MARKUP = st.sampled_from(
    list('[]{}",:.-/<>#*`~=\n\r\t 0129\u200e\u202f\ufeff\x85\u2028é') + ["---\n", "PM", "12/31/23, "]
)


@PROBES
@given(st.lists(MARKUP, max_size=300).map("".join), st.sampled_from(["a.txt", "a.md", "a.jsonl"]))
def test_random_markup(tmp_path, content, name):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", newline="")
    check(path)


@PROBES
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 60), st.binary(max_size=12)), min_size=1, max_size=6
    ),
)
def test_mutated_samples(tmp_path, name, changes):
    content = SAMPLES[name]
    for place, length, new in changes:
        place %= len(content) + 1
        content = content[:place] + new + content[place + length :]
    path = tmp_path / name
    path.write_bytes(content)
    check(path)


CARD = st.sampled_from(
    list(';:,=\\"\n\r\t .-0129aé')
    + [
        "BEGIN:VCARD\n",
        "END:VCARD\n",
        "\nFN:",
        "\nN:",
        "\nTEL;TYPE=",
        "\nADR:",
        "\nBDAY:",
        "\nORG:",
        "=C3",
        "\nGENDER:",
    ]
    + ["\nNOTE;ENCODING=QUOTED-PRINTABLE:", ";CHARSET=latin-1", "\nREV:2024"]
)


@PROBES
@given(st.lists(CARD, max_size=200).map("".join))
def test_random_cards(tmp_path, content):
    path = tmp_path / "a.vcf"
    path.write_text("BEGIN:VCARD\nFN:A" + content, encoding="utf-8", newline="")
    check(path)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("\ud800"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "message",
                    "author",
                    "role",
                    "content",
                    "parts",
                    "parent",
                    "create_time",
                    "metadata",
                    "text",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@PROBES
@given(VALUES, VALUES, VALUES)
def test_any_json_in_a_conversation(tmp_path, node, message, current):
    whole = {"author": {"role": "user"}, "content": {"parts": [message]}, "create_time": current}
    path = tmp_path / "conversations.json"
    mapping = {"a": node, "b": {"message": message, "parent": "a"}, "c": {"message": whole, "parent": "b"}}
    chats = [{"id": "1", "mapping": mapping, "current_node": "c", "title": node}, node, {"id": current}]
    path.write_text(json.dumps(chats))
    check(path)


def archive_of(members, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@PROBES
@given(
    st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2]),
)
def test_mutated_archives(tmp_path, changes, compression):
    content = archive_of({"_chat.txt": SAMPLES["_chat.txt"], "conversations.json": "[]"}, compression)
    for place, new in changes:
        place %= len(content)
        content = content[:place] + new + content[place + len(new) :]
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    check(path)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "unknown_format"),
        ("a.jsonl", b"\xef\xbb\xbf \n\n", "unknown_format"),
        ("a.txt", b"%PDF-1.7\n" + b"1 0 obj\n" * 50, "unknown_format"),
        ("a.txt", bytes(range(256)) * 8, "unknown_format"),
        ("a.txt", "Guten Tag".encode("utf-16"), "unknown_format"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "unknown_format"),
        ("a.html", b"<html><p>Hello</p></html>", "unknown_format"),
        ("a.json", b'{"mapping": 1}', "unknown_format"),
        ("conversations.json", b'[{"uuid": "1", "chat_messages": []}]', "unknown_format"),
        ("a.docx", archive_of({"word/document.xml": "<w/>"}), "unknown_format"),
        ("a.zip", archive_of({"_chat.txt": "x"})[:30], "unreadable_file"),
        ("a.zip", archive_of({"_chat.txt": ""}), "unknown_format"),
    ],
)
def test_what_is_no_import(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(EnvironmentFault) as fault:
        detect(path)
    assert fault.value.code == code
    assert name in fault.value.what
    assert fault.value.action
    check(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes in folders")
def test_no_file_a_folder_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "absent.txt", tmp_path, tmp_path / "pipe", tmp_path / ("n" * 5000), Path("a\0b")):
        with pytest.raises(EnvironmentFault) as fault:
            detect(path)
        assert fault.value.code == "unreadable_file"
        check(path)


def test_no_such_format():
    with pytest.raises(EnvironmentFault) as fault:
        by_name("telegram")
    assert fault.value.code == "unknown_format"
    assert "jsonl" in fault.value.action


def test_an_archive_that_unpacks_to_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(source, "MAX_UNPACKED_BYTES", 1 << 20)
    path = tmp_path / "a.zip"
    path.write_bytes(archive_of({"_chat.txt": b"[31.12.23, 23:59:59] Ada: " + b"x" * (2 << 20)}))
    with pytest.raises(EnvironmentFault) as fault:
        detect(path)
    assert fault.value.code == "unreadable_file"


def test_a_member_larger_than_its_archive_says(tmp_path):
    honest = archive_of({"_chat.txt": b"[31.12.23, 23:59:59] Ada: " + b"x" * 100_000})
    size = (100_026).to_bytes(4, "little")
    assert honest.count(size) == 2
    path = tmp_path / "a.zip"
    path.write_bytes(honest.replace(size, (1000).to_bytes(4, "little")))
    check(path)


def test_a_document_that_is_too_large(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * (4 << 20))
    with pytest.raises(EnvironmentFault) as fault:
        next(detect(path).read(path, None))
    assert fault.value.code == "unreadable_file"


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are Unicode")
def test_a_name_that_is_no_text(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Closed on Mondays.\n\n")
    check(path)
    (episode,) = detect(path).read(path, None)
    assert episode.conversation == "documents/caf?.txt"


@pytest.mark.parametrize("filler", [" ", "\u200e ", "<", "[", ">", "- ", "# ", "`", "\r", "(1)."])
def test_long_runs_take_no_longer_than_they_are_long(tmp_path, filler):
    """Quadratic work on a file of this size would run into the time limit of the test."""
    for name, start in (("a.txt", "31.12.23, 23:59 - Ada: "), ("a.md", "a"), ("conversations.json", "[")):
        path = tmp_path / name
        path.write_text(start + filler * 200_000 + "b\n" + (filler * 20 + "c\n") * 2000)
        check(path)
