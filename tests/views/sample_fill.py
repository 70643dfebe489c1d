"""Made-up proposals, fills, sites and browsers in the protocol's shapes, to look at the windows and test them."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
WINDOW = {"x": 40, "y": 30, "width": 620, "height": 720}


def row(index: int, label: str, decision: str = "fill", value: str | None = None, **more: Any) -> Row:
    """One row; what is known is ticked."""
    known = decision == "fill" and value is not None
    return {
        "index": index, "id": f"f{index}", "name": f"f{index}", "label": label, "section": "", "type": None,
        "confidence": 0.97, "word": "sure", "decision": decision, "value": value, "shown": value or "", "ticked": known,
        "cleared": known, "draft": decision == "draft", "source_ids": ["m1"] if value else [], "quote": "",
        "said_at": None, "before": "", "why": "", "options": [], "kind": "text", **more,
    }  # fmt: skip


def proposal(rows: list[Row], **more: Any) -> dict[str, Any]:
    """One proposal of a clinic."""
    return {
        "proposal_id": "p1", "site": "https://clinic.example", "title": "Clinic registration",
        "browser": "Firefox", "rule": "ask", "audience": "shop", "made_at": "2026-11-28T10:42:00",
        "window": WINDOW, "rows": rows, **more,
    }  # fmt: skip


CLINIC = proposal(
    [
        row(0, "First name", value="Jonas", why="name, you, 2021", quote="I am Jonas de Vries, by the way.",
            said_at="2021-03-02T10:00:00"),
        row(1, "Last name", value="de Vries", why="name, you, 2021", quote="I am Jonas de Vries, by the way.",
            said_at="2021-03-02T10:00:00"),
        row(2, "Date of birth", value="14-03-1987", why="“born on Pi Day 87”, 2022"),
        row(3, "Address", value="Oudegracht 12", why="moved, 10 June 2024", before="Lisbon"),
        row(4, "Postcode and city", value="3511 AP Utrecht", why="moved, 10 June 2024"),
        row(5, "Allergies", "unknown"),
        row(6, "Insurance number", "secret"),
    ]
)  # fmt: skip
"""The drawing of the design."""

MANY_KINDS = proposal(
    [
        row(0, "E-mail", value="jonas@example.org", why="“write to jonas@example.org”, 2025", word="likely"),
        row(1, "Country", value="NL", shown="Netherlands", kind="select-one", why="moved, 10 June 2024",
            options=[{"value": "", "text": "Please choose"}, {"value": "NL", "text": "Netherlands"},
                     {"value": "PT", "text": "Portugal"}]),
        row(2, "Salutation", value="mr", shown="Mr", kind="radio", why="“Mr de Vries, they wrote”, 2023"),
        row(3, "Mobile phone", "withheld", "+31 6 1234 5678", why="told 3 May"),
        row(4, "Company", "occupied", "Bakkerij Zon", why="job, 2025", word="unsure"),
        row(5, "Tell us about yourself and why you would like to take part in the course", "draft",
            "I bake bread for a living and learn the cello on Tuesdays.\nSaturdays are free.", kind="textarea",
            source_ids=["m1", "m2", "m3"]),
        row(6, "Preferred day", "unknown", kind="select-one",
            options=[{"value": day, "text": day} for day in ("Monday", "Tuesday", "Saturday")]),
        row(7, "Password", "secret", kind="password"),
        row(8, "Middle name", "obstacle", why="cannot be seen on the page"),
        row(9, "Fax", "obstacle", why="cannot be seen on the page"),
        row(10, "Website", "obstacle", why="cannot be changed"),
        row(11, "Search", "not_a_field"),
        row(12, "Newsletter", "unknown", kind="checkbox"),
    ],
    site="http://courses.example:8080", title="Evening courses 2027 – registration for everybody in Utrecht",
    browser="Chromium 156", audience="stranger",
)  # fmt: skip

TWICE = proposal(
    [
        *[row(n, label, value=value, section="Billing address", why="moved, 10 June 2024")
          for n, (label, value) in enumerate((("Street", "Oudegracht 12"), ("City", "Utrecht")))],
        *[row(n, label, value=value, section="Delivery address", why="moved, 10 June 2024")
          for n, (label, value) in enumerate((("Street", "Oudegracht 12"), ("City", "Utrecht")), start=2)],
    ],
    title="",
)  # fmt: skip

LONG = proposal(
    [
        row(0, "Given name(s) exactly as they are printed in the passport or the identity card",
            value="Wolfeschlegelsteinhausenbergerdorff-Anandakrishnan-Oyelaran van der Meer-Vanderbilt",
            why="“my name, all of it, is Wolfeschlegelsteinhausenbergerdorff-Anandakrishnan-Oyelaran, and no clerk "
                "ever got it right”, 12 September 2025", before="Wolfeschlegelsteinhausen"),
        row(1, "x" * 120, value="y" * 200, why="z" * 200, word="unsure"),
        row(2, "", value="no label"),
        row(3, "Remarks", "draft", "\n".join(f"Line {n} of a long draft that goes on." for n in range(30)),
            kind="textarea"),
        *[row(n, f"Question {n}", "unknown") for n in range(4, 12)],
    ],
    title="A title that does not end " * 20, site="https://a-rather-long-name-of-a-host.with.many.labels.example",
)  # fmt: skip


def many(fields: int = 400) -> dict[str, Any]:
    """The largest form: every tenth field is known."""
    rows = [
        row(n, f"Known {n}", value=f"value {n}", why="told 3 May")
        if n % 10 == 0
        else row(n, f"Question {n}", "unknown")
        for n in range(fields)
    ]
    return proposal(rows)


def filled(number: int, site: str, title: str, state: str = "filled", **more: Any) -> dict[str, Any]:
    """One of the last fills."""
    fields = [
        {
            "index": n,
            "type": "name",
            "label": label,
            "source_ids": ["m1"],
            "by_hand": n == 2,
            "ok": state != "partly" or n < 2,
        }
        for n, label in enumerate(("First name", "Address", "Phone"))
    ]  # fmt: skip
    return {
        "fill_id": number, "proposal_id": f"p{number}", "time": f"2026-11-{28 - number:02}T10:42:00",
        "site": site, "title": title, "browser": "Chromium 156", "state": state, "can_undo": False,
        "fields": fields, **more,
    }  # fmt: skip


FILLS = [
    filled(0, "https://clinic.example", "Clinic registration", can_undo=True),
    filled(1, "https://shop.example:8443", "Checkout", "partly"),
    filled(
        2, "http://courses.example", "Evening courses 2027 – registration for everybody in the city", "undone"
    ),
    filled(3, "file://", "", "stopped"),
]
SITES = [
    {
        "site": "https://clinic.example",
        "rule": "ask",
        "audience": "family",
        "fills": 3,
        "last": "2026-11-28T10:42:00",
    },
    {
        "site": "https://shop.example:8443",
        "rule": "ask",
        "audience": "shop",
        "fills": 1,
        "last": "2026-11-27T10:42:00",
    },
    {"site": "https://nosy.example", "rule": "never", "audience": "stranger", "fills": 0, "last": None},
]
BROWSERS = [
    {"browser_id": "b1", "name": "Chromium 156", "paired_at": "2026-11-02T09:00:00", "seen_at": "2026-11-28T10:40:00",
     "connected": True},
    {"browser_id": "b2", "name": "Firefox 151", "paired_at": "2025-06-02T09:00:00", "seen_at": None,
     "connected": False},
]  # fmt: skip
PLACE = {"fill.list": FILLS, "fill.sites": SITES, "browser.list": BROWSERS}
EMPTY_PLACE: dict[str, Any] = {"fill.list": [], "fill.sites": [], "browser.list": []}
FULL_PLACE: dict[str, Any] = {
    "fill.list": [filled(n % 27, f"https://site{n}.example", f"Form {n}") for n in range(9)],
    "fill.sites": [{**SITES[0], "site": f"https://{'a-long-name-of-a-host.' * n}example"} for n in range(9)],
    "browser.list": [{**BROWSERS[0], "name": "A browser with a name that is much longer than any browser's"}],
}
