"""The rows of the timeline: memories under the headings of their months, filtered by who said them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from second_me.app.views.memory import phrases

Memory = Mapping[str, Any]
Index = QModelIndex | QPersistentModelIndex

MEMORY_ROLE = Qt.ItemDataRole.UserRole + 1


class Who(StrEnum):
    """The filter that the chips set."""

    ALL = "all"
    YOU = "you"
    OTHERS = "others"

    def admits(self, memory: Memory) -> bool:
        """Whether a memory is shown under this filter."""
        if self is Who.ALL:
            return True
        return (memory.get("role") == "person") == (self is Who.YOU)


@dataclass(frozen=True, slots=True)
class Row:
    """A heading (`memory` is None) or a memory with its two lines."""

    title: str
    caption: str
    memory: Memory | None = None


class MemoryRows(QAbstractListModel):
    """All memories that were fetched, as rows; `wanted_more` is emitted when the list nears its end."""

    wanted_more = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memories: list[Memory] = []
        self._rows: list[Row] = []
        self._who = Who.ALL
        self._by_month = True
        self._more = False
        self._today = date.today()

    @property
    def shown(self) -> int:
        """Memories on show, headings not counted."""
        return sum(row.memory is not None for row in self._rows)

    @property
    def fetched(self) -> int:
        """Memories fetched, filtered out or not."""
        return len(self._memories)

    @property
    def literal(self) -> bool:
        """Whether any found memory holds what was searched for, and not only something near in meaning."""
        return any({"words", "name", "date"} & set(memory.get("why", ())) for memory in self._memories)

    @property
    def last_id(self) -> str | None:
        """The id that the next page comes after."""
        return str(self._memories[-1]["memory_id"]) if self._memories else None

    def replace(self, memories: Sequence[Memory], more: bool, by_month: bool) -> None:
        """Start anew with these; `by_month` puts headings between them, `more` says that a page follows."""
        self.beginResetModel()
        self._today = date.today()
        self._memories, self._by_month, self._more = list(memories), by_month, more
        self._rows = []
        self._rows = self._made(self._memories)
        self.endResetModel()

    def extend(self, memories: Sequence[Memory], more: bool) -> None:
        """Add a page at the end."""
        self._more = more
        known = {memory["memory_id"] for memory in self._memories}
        new = [memory for memory in memories if memory["memory_id"] not in known]
        fresh = self._made(new)
        self._memories.extend(new)
        if not fresh:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
        self._rows.extend(fresh)
        self.endInsertRows()

    def show(self, who: Who) -> None:
        """Filter by who said it."""
        self.beginResetModel()
        self._who = who
        self._rows = []
        self._rows = self._made(self._memories)
        self.endResetModel()

    def drop(self, memory_id: str) -> None:
        """Take a memory out, with its heading when nothing is left under it."""
        self._memories = [memory for memory in self._memories if memory["memory_id"] != memory_id]
        position = self.position(memory_id)
        if position is None:
            return
        self._remove(position)
        alone = position == len(self._rows) or self._rows[position].memory is None
        if alone and position and self._rows[position - 1].memory is None:
            self._remove(position - 1)

    def position(self, memory_id: str) -> int | None:
        """The row of a memory, None when it is not on show."""
        for position, row in enumerate(self._rows):
            if row.memory is not None and row.memory["memory_id"] == memory_id:
                return position
        return None

    def memory(self, index: Index) -> Memory | None:
        """The memory of a row, None for a heading."""
        return self._rows[index.row()].memory if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Headings and memories."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The quote, what a screen reader says, or the whole row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title} {row.caption}".strip()
        if role == MEMORY_ROLE:
            return row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        heading = not index.isValid() or self._rows[index.row()].memory is None
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether a page follows."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """The list nears its end."""
        self.wanted_more.emit()

    def _remove(self, position: int) -> None:
        self.beginRemoveRows(QModelIndex(), position, position)
        del self._rows[position]
        self.endRemoveRows()

    def _made(self, memories: Sequence[Memory]) -> list[Row]:
        """Rows for memories that come after those on show."""
        rows: list[Row] = []
        heading = self._last_heading()
        for memory in memories:
            if not self._who.admits(memory):
                continue
            month = phrases.month(phrases.moment(memory.get("time")))
            if self._by_month and month != heading:
                rows.append(Row(month, ""))
                heading = month
            title = phrases.quoted(str(memory.get("quote") or memory["text"]))
            rows.append(Row(title, phrases.caption(memory, self._today), memory))
        return rows

    def _last_heading(self) -> str | None:
        return next((row.title for row in reversed(self._rows) if row.memory is None), None)
