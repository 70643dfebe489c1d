"""The words of fixed answers, and of answers that are the memories themselves."""

from __future__ import annotations

from collections.abc import Mapping

from second_me.app.service.fact_wording import fact_text
from second_me.app.service.time_wording import about_time
from second_me.app.words import tr
from second_me.core.memory.episodes import Episode, Role
from second_me.core.recall.date_words import date_words
from second_me.core.twin.answers import Answer, MessageId, Source

LONGEST_VALUE = 160


def _fixed(message: MessageId, value: str, cited: bool) -> str:
    texts = {
        MessageId.UNKNOWN: tr("I don't know that about you. Nothing you told me answers it."),
        MessageId.OVERVIEW: tr("This is what stands out:"),
        MessageId.NOTHING_THEN: tr("I hold no memory of that time."),
        MessageId.NOTED: tr("Noted: “{value}”", value=value),
        MessageId.FORGOT: tr("Forgotten. It is hidden now, and gone for good in 30 days."),
        MessageId.NOTHING_TO_FORGET: tr("There is nothing here that I could forget."),
        MessageId.FORGET_WHICH: tr(
            "This is what I hold about “{value}”. Delete or erase what should go:", value=value
        ),
        MessageId.REMINDER_KEPT: tr("Noted. I keep it as a memory; I cannot ring at a set time yet."),
        MessageId.NO_MODEL: tr(
            "Nothing you told me answers that, and there is no language model here to talk with. "
            "What you tell me is remembered all the same."
        ),
        MessageId.NO_WORDS: tr("The model had no words for that."),
        MessageId.GREETING: tr("Hello. Ask me something, or tell me what I should remember."),
        MessageId.THANKS: tr("You are welcome."),
        MessageId.CHATTER: tr("All right."),
        MessageId.FAREWELL: tr("Until next time. What you told me is kept."),
        MessageId.HOW_ARE_YOU: tr("All is in order here. What is on your mind?"),
        MessageId.WHO_ARE_YOU: tr(
            "I am Second Me: I remember what you tell me, on this computer only, and answer from it."
        ),
        MessageId.WHAT_CAN_YOU_DO: tr(
            "Tell me things and I remember them word for word. Import your chats and notes. Ask me, and I "
            "answer with the memories I know it from, or say that I don't know. Nothing leaves this computer."
        ),
    }
    return (
        texts[message]
        if cited or message is not MessageId.FORGET_WHICH
        else texts[MessageId.NOTHING_TO_FORGET]
    )


def speaker_name(episode: Episode) -> str:
    """Who said it, for people."""
    return tr("You") if episode.role is Role.PERSON else (episode.speaker or tr("Somebody"))


def _cited_lines(answer: Answer, episodes: Mapping[str, Episode]) -> str:
    lines = []
    for cited in answer.citations:
        episode = episodes[cited.memory_id]
        date = date_words(episode.spoken_at)
        who = f"{speaker_name(episode)}, {date}" if date else speaker_name(episode)
        lines.append(f"{who}: “{cited.quote}” [{cited.n}]")
    return "\n\n".join(lines)


def answer_text(answer: Answer, episodes: Mapping[str, Episode]) -> str:
    """The answer as Markdown; citations stand as `[n]`. `episodes` holds what is cited, by memory id."""
    if answer.facts:
        return fact_text(answer)
    if answer.spans:
        return f"{about_time(answer)}\n\n{_cited_lines(answer, episodes)}"
    if answer.source is Source.MEMORIES and (answer.message is None or not answer.citations):
        return _cited_lines(answer, episodes)
    if answer.message is None:
        return answer.text
    value = (
        answer.value if len(answer.value) <= LONGEST_VALUE else answer.value[:LONGEST_VALUE].rstrip() + "…"
    )
    head = _fixed(answer.message, value, bool(answer.citations))
    lines = _cited_lines(answer, episodes)
    return f"{head}\n\n{lines}" if lines else head
