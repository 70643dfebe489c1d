"""No table of the schema keeps a row of what was erased: the schema itself says which tables there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from second_me.core.acting.store import Asked, Fill, FilledField
from second_me.core.disclosure.audit import AuditMemory
from second_me.core.disclosure.gate import Hand, Place
from second_me.core.disclosure.levels import Topic
from second_me.core.memory.episodes import AnswerRecord, Citation, Episode, Role
from second_me.core.memory.facts.claims import Mark, Verdict, passage
from second_me.core.memory.forgetting import Grade
from second_me.core.recall.grains import GrainMaker
from second_me.core.recall.rarity import Rarity
from second_me.storage.repositories import feedback
from second_me.storage.repositories.disclosure import Disclosure
from second_me.storage.repositories.facts import Facts
from second_me.storage.repositories.fills import Fills
from second_me.storage.repositories.glossary import Glossary
from second_me.storage.repositories.grains import Grains
from second_me.storage.repositories.learned import LearnedWeights
from second_me.storage.repositories.life import Lives
from second_me.storage.rows import fetch_first
from tests.storage.conftest import START, Kit
from tests.storage.looking import data_key, everything
from tests.storage.schema import cells, pointing_nowhere, references
from tests.storage.test_facts import claim
from tests.storage.test_grains import LATER

STEMS = ("zanzibar", "quokka", "wombat", "苹果树")
"""Words of what is erased, and nothing else."""


@dataclass
class Laid:
    """What a vault with a row in every table holds: `gone` is to be erased, `made` goes with it."""

    gone: list[Episode]
    made: list[Episode]
    kept: list[Episode]


def answered(
    kit: Kit, text: str, source: Episode, question: Episode, beside: Sequence[Episode] = ()
) -> Episode:
    """An answer made of `source`; `beside`: what stood on the screen, too."""
    answer = kit.say(text, role=Role.ASSISTANT, speaker="second-me")
    cited = (Citation(1, source.memory_id, source.text),)
    considered = (source.memory_id, *(each.memory_id for each in beside))
    record = AnswerRecord(
        answer.memory_id, question.memory_id, "question", "model", False, False, "m", 5, cited, considered
    )
    kit.conversations.keep_answer(record, [source.memory_id])
    book = LearnedWeights(kit.vault)
    book.keep_shown(answer.memory_id, {each: {"idf": 0.5} for each in considered}, True)
    for each in beside:
        kit.feedback.add(feedback.Verdict(answer.memory_id, each.memory_id, "opened", START))
    kit.feedback.add(feedback.Verdict(answer.memory_id, source.memory_id, "opened", START))
    Lives(kit.vault).use(
        [source.memory_id, *(each.memory_id for each in beside)],
        Grade.GOOD,
        "opened",
        answer.memory_id,
        START,
    )
    kit.feedback.add(feedback.Verdict(answer.memory_id, None, "corrected", START))
    return answer


def tell_of(kit: Kit, said: Episode, other: Episode, word: str) -> None:
    """What is known of a memory: claims with what the person said of them, an explained word, uses, the log."""
    facts, lives = Facts(kit.vault), Lives(kit.vault)
    (first,) = facts.put(said.memory_id, [claim(said.text, word)], 1, LATER)
    (second,) = facts.put(other.memory_id, [claim(other.text, "What")], 1, LATER)
    facts.mark(first, Mark.CONFIRMED, LATER)
    facts.judge(first, second, Verdict.BOTH, LATER)
    facts.judge(second, first, Verdict.BOTH, LATER)
    Glossary(kit.vault).put(said.memory_id, [(passage(said.text, 0, 1), passage(said.text, 2, 6))])
    lives.use([said.memory_id], Grade.GOOD, "copied", None, START)
    Disclosure(kit.vault).set_by_hand(Place(said.memory_id), Hand(topic=Topic.HOME))
    told = AuditMemory(said.memory_id, True, "sensitivity", said.text)
    kit.audit.record("ask", {}, START, audience="family", asker="Otto", memories=[told])
    fills, site = Fills(kit.vault), "https://shop.example"
    field = FilledField(0, "address-level2", "Town", (said.memory_id, other.memory_id))
    fills.begin(Fill(f"proposal of {said.seq}", LATER, site, "Order", "b", "Chromium", (field,)))
    asked = Asked(site, f"field {said.seq}", "town", "address-level2")
    fills.learn(asked, said.memory_id, 0, 6, LATER)


def lay(kit: Kit) -> Laid:
    """A row in every table for what is to be erased, and one for what stays."""
    laid = Laid([], [], [])
    Lives(kit.vault).come(START.date())
    for words, into in ((STEMS, laid.gone), (("tea", "bread", "salt", "橘子树"), laid.kept)):
        first, second, third, fourth = words
        talk = "talk-1" if words is STEMS else "talk-2"
        said = kit.say(f"I keep a {first} in Bern since May 2023. {fourth}", talk)
        hidden = kit.say(f"My {second} is hidden. {fourth}", talk)
        question = kit.say(f"What about the {third}?", talk)
        into += [said, hidden, question]
        tell_of(kit, said, question, fourth)
        made = answered(
            kit, f"It is the {first} [1].", said, question, laid.gone[:2] if words is not STEMS else ()
        )
        laid.made += [made] if words is STEMS else []
        kit.conversations.rename(talk, f"The {first}", said.memory_id)
        kit.embed_all()
        kit.episodes.hide(hidden.memory_id, START)
    for first, into in ((STEMS[0], laid.gone), ("tea", laid.kept)):
        into.append(kit.say(f"{first} without a vector, and of unread times", "notes"))
        with kit.vault.writing() as db:
            db.execute("INSERT INTO pending_times SELECT seq FROM episodes ORDER BY seq DESC LIMIT 1")
    asked = kit.say("And again?", "talk-2")
    laid.made.append(answered(kit, f"{STEMS[0]} once more", laid.gone[0], asked))
    laid.kept.append(asked)
    while GrainMaker(Grains(kit.vault), kit.episodes.by_seq, Rarity(kit.words)).make_next(LATER):
        pass
    return laid


def test_no_table_keeps_a_row_of_what_was_erased(kit: Kit) -> None:
    laid = lay(kit)
    with kit.vault.reading() as db:
        assert pointing_nowhere(db) == []
        before = {column: column.values(db) for column in references(db)}
    receipt = kit.episodes.erase([each.memory_id for each in laid.gone])
    assert set(receipt.answers) == {each.memory_id for each in laid.made}
    with kit.vault.reading() as db:
        assert pointing_nowhere(db) == []
        bare = [
            column for column, values in before.items() if not values - set(fetch_first(db, column.there))
        ]
        found = [
            (table, name) for table, name, content in cells(db) for stem in STEMS if stem.encode() in content
        ]
    assert bare == [], "lay() wrote no row of what was to be erased there: a table that nobody looked at"
    assert found == []
    assert all(kit.episodes.get(each.memory_id) for each in laid.kept)
    content = everything(kit.folder, data_key(kit.folder))
    names = [*STEMS, *(each.memory_id for each in [*laid.gone, *laid.made])]
    assert [name for name in names if name.encode() in content] == []
    assert "橘子树".encode() in content


def test_what_is_counted_goes(kit: Kit) -> None:
    """The receipt's counts are those of rows, and what stays is not counted."""
    laid = lay(kit)
    expected = kit.episodes.preview_erasure([each.memory_id for each in laid.gone])
    receipt = kit.episodes.erase([each.memory_id for each in laid.gone])
    assert receipt == expected
    assert (len(receipt.memories), len(receipt.answers), receipt.chunks, receipt.vectors) == (4, 2, 4, 3)
    assert (receipt.facts, receipt.glossary, receipt.recalls, receipt.audit) == (2, 1, 5, 1)
    assert receipt.grains >= 2
    again = kit.episodes.preview_erasure([each.memory_id for each in laid.gone])
    assert again.missing == tuple(each.memory_id for each in laid.gone)
    assert not any((again.chunks, again.vectors, again.grains, again.titles, again.facts, again.recalls))
