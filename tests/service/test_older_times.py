"""A vault of before event times: the service reads them in the background, also where no model is."""

from __future__ import annotations

from second_me.app.paths import HomeLayout
from second_me.core.temporal.spans import Grain
from second_me.storage import migrate
from second_me.storage.keys import KdfParameters
from second_me.storage.repositories.times import of_episodes, waiting
from second_me.storage.vault import create_vault, open_vault
from tests.service.kit import PASSPHRASE, Seat

QUICK = KdfParameters(memory_kib=64, iterations=1, lanes=1)
SPOKEN = "2024-03-01T09:00:00"


def test_the_times_of_older_memories_are_read_by_the_service(bare_place: Seat) -> None:
    folder = HomeLayout(bare_place.home).vault
    older = [step for step in migrate.shipped() if step.number < 4]
    vault, _ = create_vault(folder, PASSPHRASE, QUICK, migrations=older)
    with vault.writing() as db:
        db.execute("INSERT INTO conversations VALUES ('notes', '', 'note', ?, NULL)", (SPOKEN,))
        db.execute(
            "INSERT INTO episodes(memory_id, conversation, speaker, role, kind, text, spoken_at, recorded_at,"
            " session, placed_at, origin, shown) VALUES ('m_old', 'notes', 'me', 'person', 'note',"
            " 'Last week I flew.', ?, ?, 1, ?, 'note', 1)",
            (SPOKEN, SPOKEN, SPOKEN),
        )
    vault.close()
    client = bare_place.unlocked()
    client.call("vectors.wait")
    client.call("vault.lock")
    bare_place.kill_all()
    vault = open_vault(folder, passphrase=PASSPHRASE)
    with vault.reading() as db:
        assert not waiting(db)
        assert [span.grain for span in of_episodes(db, [1])[1]] == [Grain.WEEK]
    vault.close()
