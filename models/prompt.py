"""Lays messages out in a model's own chat template, so that a text in them can never act as a control token.

The template is rendered with a slot in each content's place; the contents are put in afterwards, as data. So
"<|im_end|>" in an imported chat stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from second_me.core.ports import Message

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{{ message.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n"
)
"""The template of a model that brings none."""

SLOT = re.compile("\ue000(\\d+)\ue001")

Slots = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's tokens, and how many of them come before the words of its second message, its third and so on.

    There the template has closed the message before and opened this one, so whatever follows, the tokens
    before are the same in every prompt that begins with the same messages. `shared`: how many of the
    tokens are instructions, which other conversations begin with too; 0 where there are none.
    """

    tokens: list[int]
    ends: tuple[int, ...] = ()
    shared: int = 0

    def cuts(self, batch: int) -> list[int]:
        """Where a prompt is cut for reading, its end included: after whole batches of a message, and after it.

        The cuts of a common beginning are the same in every prompt, and so are the bits of what is computed
        between them.
        """
        found: list[int] = []
        start = 0
        for end in (*self.ends, len(self.tokens)):
            found += range(start + batch, end, batch)
            if end > start:
                found.append(end)
            start = end
        return found


def lay_out(render: Callable[[Slots], str], messages: Sequence[Message]) -> Iterator[tuple[str, bool]]:
    """(text, whether it is the template's own) in order. Raises what the template raises."""
    slots = [
        {"role": message.role, "content": f"\ue000{number}\ue001"} for number, message in enumerate(messages)
    ]
    try:
        rendered = render(slots)
    except ValueError:  # so says a template that knows no system role
        rendered = render(_system_folded(slots))
    for number, part in enumerate(SLOT.split(rendered)):
        yield (messages[int(part)].content.strip(), False) if number % 2 else (part, True)


def _system_folded(slots: Slots) -> Slots:
    """The system's message as the beginning of the first user's."""
    if len(slots) < 2 or slots[0]["role"] != "system":
        return slots
    return [{**slots[1], "content": f"{slots[0]['content']}\n\n{slots[1]['content']}"}, *slots[2:]]
