from __future__ import annotations

import io

import pytest

from second_me.models.frames import LENGTHS, TornFrame, read_frame, write_frame


def test_frames_come_out_as_they_went_in() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"text": "Zürich 東京 \ud800", "n": 1}, b"\0\1")
    write_frame(pipe, {})
    pipe.seek(0)
    assert read_frame(pipe) == ({"text": "Zürich 東京 \ud800", "n": 1}, b"\0\1")
    assert read_frame(pipe) == ({}, b"")
    assert read_frame(pipe) is None


def test_a_torn_frame_is_told() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"a": 1}, b"payload")
    whole = pipe.getvalue()
    for length in range(1, len(whole)):
        with pytest.raises(TornFrame):
            read_frame(io.BytesIO(whole[:length]))


def test_lengths_beyond_reason_are_refused() -> None:
    with pytest.raises(TornFrame):
        read_frame(io.BytesIO(LENGTHS.pack(2**31, 2**31)))
