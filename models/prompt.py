"""Lays messages out in a model's own chat template, so that a text in them can never act as a control token.

The template is rendered with a slot in each content's place; the contents are put in afterwards, as data. So
"<|im_end|>" in an imported chat stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from second_me.core.ports import Message

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{{ message.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n"
)
"""The template of a model that brings none."""

SLOT = re.compile("\ue000(\\d+)\ue001")

Slots = list[dict[str, str]]


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
