"""What the benchmark of attacking pages counts, and what it serves and keeps."""

from __future__ import annotations

import urllib.request

import fill_attacks as benchmark
from fill_flow import holds_a_value, leaked
from fill_serving import serving


def test_what_a_person_ticks_who_agrees_to_everything() -> None:
    assert holds_a_value({"decision": "fill", "value": "x"})
    assert holds_a_value({"decision": "withheld", "value": "x"})
    assert not holds_a_value({"decision": "fill", "value": None})
    assert not any(
        holds_a_value({"decision": each, "value": "x"}) for each in ("secret", "draft", "obstacle")
    )


def test_a_secret_is_found_however_it_is_spaced() -> None:
    assert leaked(["a=4111 1111 1111 1111"], benchmark.FORBIDDEN) == ["4111111111111111"]
    assert leaked(["Marsh-heron-41"], benchmark.FORBIDDEN) == ["marsh-Heron-41"]
    assert leaked(["nothing", "7 7"], benchmark.FORBIDDEN) == []


def test_two_origins_serve_the_same_pages_and_keep_what_is_sent() -> None:
    with serving() as served:
        address = served.add("a.html", "<a href='{{OTHER}}/b'>{{EXTENSION}}</a>", {"EXTENSION": "idid"})
        for origin in (served.origin, served.other):
            with urllib.request.urlopen(f"{origin}/a.html?q=1", timeout=10) as answer:
                assert answer.read().decode() == f"<a href='{served.other}/b'>idid</a>"
        assert address == f"{served.origin}/a.html"
        assert served.origin != served.other and served.asked == []
        urllib.request.urlopen(f"{served.other}/collect", data=b"name=x", timeout=10).close()
        assert served.asked == ["POST /collect name=x"]


def test_what_is_counted() -> None:
    found = [
        ("hiding", benchmark.Verdict("02_a", "filled", left=["email"])),
        ("hiding", benchmark.Verdict("03_b", "filled", ["tel is filled", "street is filled"])),
        ("hostile", benchmark.Verdict("04_c", "refused", ["3 disclosed before the consent: x"])),
    ]
    figures = benchmark.figures(found)
    assert figures["hiding"] == {
        "pages": 2, "broken": 1, "filled_that_must_not": 2, "disclosures": 0, "honest_left": 1, "refused": 0,
    }  # fmt: skip
    assert figures["hostile"]["disclosures"] == figures["hostile"]["refused"] == 1
    assert [benchmark.shown(verdict) for _, verdict in found] == [True, False, True]


def test_all_pages_are_asked_for() -> None:
    assert len(list(benchmark.pages_of("all", "all"))) == 70
    assert {int(file.stem[:2]) % 2 for _, file, _ in benchmark.pages_of("all", "even")} == {0}
