"""Who may know what: clearances, contacts, what the person set by hand, what corrections taught."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import apsw

from second_me.core.disclosure.gate import Hand, Place, Rules
from second_me.core.disclosure.levels import Audience, Clearance, Topic, sensitivity_of
from second_me.core.memory.facts.slots import Slot
from second_me.core.recall.spelling import folded
from second_me.storage.rows import THESE, Row, fetch, fetch_first
from second_me.storage.vault import Vault


class Disclosure:
    """Implements `core.disclosure.store.DisclosureStore`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def rules(self) -> Rules:
        """See the port."""
        with self._vault.reading() as db:
            clearances = fetch(db, "SELECT audience, level, topics, slots FROM clearances")
            hands = fetch(
                db, "SELECT memory_id, slot, start, end, sensitivity, topic, cleared_for FROM set_by_hand"
            )
            counts = fetch(db, "SELECT key, count FROM learned_sensitivity")
        return Rules(
            clearances=dict(_clearance(row) for row in clearances),
            learned={key: count for key, count in counts},
            by_hand=dict(_hand(row) for row in hands),
        )

    def set_clearance(self, audience: Audience, clearance: Clearance | None) -> None:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("DELETE FROM clearances WHERE audience = ?", (audience.value,))
            if clearance is not None:
                level = None if clearance.level is None else clearance.level.word
                lists = (_list(clearance.topics), _list(clearance.slots))
                db.execute("INSERT INTO clearances VALUES (?, ?, ?, ?)", (audience.value, level, *lists))

    def contacts(self) -> Mapping[str, Audience]:
        """See the port."""
        with self._vault.reading() as db:
            rows = fetch(db, "SELECT name, audience FROM contacts ORDER BY key")
        return {name: Audience(audience) for name, audience in rows}

    def audience_of(self, name: str) -> Audience | None:
        """See the port."""
        with self._vault.reading() as db:
            found = fetch_first(db, "SELECT audience FROM contacts WHERE key = ?", (_key(name),))
        return Audience(found[0]) if found else None

    def map_contact(self, name: str, audience: Audience | None) -> bool:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("DELETE FROM contacts WHERE key = ?", (_key(name),))
            there = db.changes() > 0
            if audience is not None:
                values = (_key(name), " ".join(name.split()), audience.value)
                db.execute("INSERT INTO contacts VALUES (?, ?, ?)", values)
        return there

    def set_by_hand(self, place: Place, hand: Hand | None) -> None:
        """See the port."""
        slot = place.slot.value if place.slot is not None else ""
        with self._vault.writing() as db:
            db.execute(
                "DELETE FROM set_by_hand WHERE memory_id = ? AND slot = ? AND (slot = '' OR (start < ? AND ? < end))",
                (place.memory_id, slot, place.end, place.start),
            )
            if hand is not None:
                level = None if hand.sensitivity is None else hand.sensitivity.word
                topic = None if hand.topic is None else hand.topic.value
                where = (place.memory_id, slot, place.start, place.end)
                what = (level, topic, _list(hand.cleared_for))
                db.execute("INSERT INTO set_by_hand VALUES (?, ?, ?, ?, ?, ?, ?)", (*where, *what))

    def keep_learned(self, counts: Mapping[str, int]) -> None:
        """See the port."""
        with self._vault.writing() as db:
            db.execute("DELETE FROM learned_sensitivity")
            rows = [(key, count) for key, count in sorted(counts.items()) if count]
            db.executemany("INSERT INTO learned_sensitivity VALUES (?, ?)", rows)


def forget_person(db: apsw.Connection, name: str) -> None:
    """Nobody of this name is known here any more, nor named as somebody who asked."""
    db.execute("DELETE FROM contacts WHERE key = ?", (_key(name),))
    rows = fetch(db, "SELECT id, asker FROM audit WHERE asker IS NOT NULL")
    theirs = json.dumps([number for number, asker in rows if _key(asker) == _key(name)])
    db.execute(f"UPDATE audit SET asker = NULL WHERE id IN {THESE}", (theirs,))


def _key(name: str) -> str:
    return " ".join(folded(name).split())


def _list(values: frozenset[Any]) -> str:
    return json.dumps(sorted(each.value for each in values))


def _clearance(row: Row) -> tuple[Audience, Clearance]:
    audience, level, topics, slots = row
    return Audience(audience), Clearance(
        None if level is None else sensitivity_of(level),
        frozenset(Topic(each) for each in json.loads(topics)),
        frozenset(Slot(each) for each in json.loads(slots)),
    )


def _hand(row: Row) -> tuple[Place, Hand]:
    memory_id, slot, start, end, level, topic, cleared_for = row
    place = Place(memory_id, Slot(slot) if slot else None, start, end)
    return place, Hand(
        None if level is None else sensitivity_of(level),
        None if topic is None else Topic(topic),
        frozenset(Audience(each) for each in json.loads(cleared_for)),
    )
