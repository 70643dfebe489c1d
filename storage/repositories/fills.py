"""Forms that were filled, what the person decided of each site, and what was given for a label there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import apsw

from second_me.core.acting.store import (
    Asked,
    Fill,
    FilledField,
    FillState,
    KnownSite,
    Learned,
    Site,
    SiteRule,
)
from second_me.core.disclosure.levels import Audience
from second_me.storage.rows import THESE, Row, fetch, fetch_first, fetch_number, moment, stamp
from second_me.storage.vault import Vault

_SITES = """
SELECT k.site, s.rule, s.audience, count(f.fill_id), max(f.at)
FROM (SELECT site FROM sites UNION SELECT site FROM fills) AS k
LEFT JOIN sites AS s ON s.site = k.site LEFT JOIN fills AS f ON f.site = k.site
GROUP BY k.site ORDER BY max(f.fill_id) DESC, k.site
"""
_FILL = "SELECT fill_id, proposal_id, at, site, title, browser_id, browser, state FROM fills"
_FIELDS = f"SELECT fill_id, place, type, label, by_hand, ok FROM fill_fields WHERE fill_id IN {THESE} ORDER BY place"
_SOURCES = f"""
SELECT s.fill_id, s.place, s.memory_id FROM fill_sources AS s JOIN episodes AS e ON e.memory_id = s.memory_id
WHERE s.fill_id IN {THESE} AND e.shown ORDER BY e.seq
"""
_BY_HAND = """
SELECT DISTINCT s.memory_id, d.type FROM fills AS f JOIN fill_fields AS d ON d.fill_id = f.fill_id
JOIN fill_sources AS s ON s.fill_id = d.fill_id AND s.place = d.place WHERE f.site = ? AND d.by_hand
"""
_LEARNED = """
SELECT l.site, l.field, l.label, l.type, l.memory_id, l.start, l."end", l.at, e.text
FROM learned_fields AS l JOIN episodes AS e ON e.memory_id = l.memory_id
WHERE e.shown AND ((l.site = ?1 AND l.field = ?2) OR (l.label = ?3 AND l.label <> '') OR l.type = ?4)
ORDER BY l.at DESC, e.seq DESC
"""


class Fills:
    """Implements `core.acting.store.FillStore`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def site(self, site: str) -> Site:
        """See the port."""
        with self._vault.reading() as db:
            found = fetch(db, "SELECT rule, audience FROM sites WHERE site = ?", (site,))
        return _site(site, *found[0]) if found else Site(site)

    def set_site(self, settings: Site) -> None:
        """See the port."""
        values = (settings.site, settings.rule.value, settings.audience.value)
        with self._vault.writing() as db:
            known = fetch_first(db, "SELECT audience FROM sites WHERE site = ?", (settings.site,))
            if (known or [Site(settings.site).audience.value])[0] != settings.audience.value:
                mine = "SELECT fill_id FROM fills WHERE site = ?"
                db.execute(
                    f"UPDATE fill_fields SET by_hand = 0 WHERE by_hand AND fill_id IN ({mine})", values[:1]
                )
            db.execute("INSERT OR REPLACE INTO sites VALUES (?, ?, ?)", values)

    def sites(self) -> Sequence[KnownSite]:
        """See the port."""
        with self._vault.reading() as db:
            rows = fetch(db, _SITES)
        return [KnownSite(_site(*row[:3]), row[3], moment(row[4])) for row in rows]

    def begin(self, fill: Fill) -> int:
        """See the port."""
        with self._vault.writing() as db:
            db.execute(
                "INSERT INTO fills(proposal_id, at, site, title, browser_id, browser, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    fill.proposal_id, stamp(fill.at), fill.site, fill.title, fill.browser_id, fill.browser,
                    fill.state.value,
                ),
            )  # fmt: skip
            number = db.last_insert_rowid()
            fields = [(number, f.index, f.type, f.label, f.by_hand, f.ok) for f in fill.fields]
            db.executemany("INSERT INTO fill_fields VALUES (?, ?, ?, ?, ?, ?)", fields)
            sources = [(number, f.index, each) for f in fill.fields for each in dict.fromkeys(f.sources)]
            db.executemany("INSERT INTO fill_sources VALUES (?, ?, ?)", sources)
        return number

    def finish(self, fill_id: int, state: FillState, results: Mapping[int, bool]) -> None:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("UPDATE fills SET state = ? WHERE fill_id = ?", (state.value, fill_id))
            rows = [(ok, fill_id, place) for place, ok in results.items()]
            db.executemany("UPDATE fill_fields SET ok = ? WHERE fill_id = ? AND place = ?", rows)

    def lose_track(self) -> int:
        """See the port."""
        states = (FillState.UNKNOWN.value, FillState.SENT.value)
        with self._vault.reading() as db:
            lost = fetch_number(db, "SELECT count(*) FROM fills WHERE state = ?", states[1:])
        if lost:  # nothing is written where there is nothing to do: the vault may be read-only
            with self._vault.writing() as db:
                db.execute("UPDATE fills SET state = ? WHERE state = ?", states)
        return lost

    def get(self, fill_id: int) -> Fill | None:
        """See the port."""
        return self._one(f"{_FILL} WHERE fill_id = ?", fill_id)

    def of_proposal(self, proposal_id: str) -> Fill | None:
        """See the port."""
        return self._one(f"{_FILL} WHERE proposal_id = ?", proposal_id)

    def listing(self, limit: int) -> Sequence[Fill]:
        """See the port."""
        with self._vault.reading() as db:
            return _fills(db, fetch(db, f"{_FILL} ORDER BY fill_id DESC LIMIT ?", (limit,)))

    def cleared_by_hand(self, site: str) -> frozenset[tuple[str, str | None]]:
        """See the port."""
        with self._vault.reading() as db:
            return frozenset((memory_id, kind) for memory_id, kind in fetch(db, _BY_HAND, (site,)))

    def learn(self, asked: Asked, memory_id: str, start: int, end: int, at: datetime) -> None:
        """See the port."""
        values = (asked.site, asked.field, asked.label, asked.type, memory_id, start, end, stamp(at))
        with self._vault.writing() as db:
            db.execute("INSERT OR REPLACE INTO learned_fields VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def learned(self, asked: Asked) -> Sequence[Learned]:
        """See the port."""
        values = (asked.site, asked.field, asked.label, asked.type)
        with self._vault.reading() as db:
            return [_learned(row) for row in fetch(db, _LEARNED, values)]

    def _one(self, query: str, value: int | str) -> Fill | None:
        with self._vault.reading() as db:
            return next(iter(_fills(db, fetch(db, query, (value,)))), None)


def _site(site: str, rule: str | None, audience: str | None) -> Site:
    if rule is None or audience is None:
        return Site(site)
    return Site(site, SiteRule(rule), Audience(audience))


def _fills(db: apsw.Connection, rows: Sequence[Row]) -> list[Fill]:
    these = (json.dumps([row[0] for row in rows]),)
    sources: dict[tuple[int, int], list[str]] = {}
    for number, place, memory_id in fetch(db, _SOURCES, these):
        sources.setdefault((number, place), []).append(memory_id)
    fields: dict[int, list[FilledField]] = {}
    for number, place, kind, label, by_hand, ok in fetch(db, _FIELDS, these):
        told = tuple(sources.get((number, place), ()))
        read_back = None if ok is None else bool(ok)
        fields.setdefault(number, []).append(FilledField(place, kind, label, told, bool(by_hand), read_back))
    return [
        Fill(
            proposal_id, datetime.fromisoformat(at), site, title, browser_id, browser,
            tuple(fields.get(number, ())), FillState(state), number,
        )
        for number, proposal_id, at, site, title, browser_id, browser, state in rows
    ]  # fmt: skip


def _learned(row: Row) -> Learned:
    site, field, label, kind, memory_id, start, end, at, text = row
    return Learned(site, field, label, kind, memory_id, text[start:end], text, datetime.fromisoformat(at))
