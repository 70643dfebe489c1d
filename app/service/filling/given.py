"""One value that the person agreed to."""

from __future__ import annotations

from dataclasses import dataclass

from second_me.core.acting.forms import Field
from second_me.core.acting.proposal import Row


@dataclass(frozen=True, slots=True)
class Given:
    """What the person agreed to put into a field: `field` is the one to be filled, of a group of buttons the one that
    was chosen. `remember`: None where nothing was said about it."""

    row: Row
    field: Field
    value: str
    remember: bool | None = None

    @property
    def own(self) -> bool:
        """Whether the person typed it or changed it."""
        return self.value != self.row.value

    @property
    def words(self) -> str:
        """The value as the person sees it: a select's text."""
        options = self.row.options or self.field.options
        return next((each.text for each in options if each.value == self.value and each.text), self.value)
