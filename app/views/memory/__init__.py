"""The memory place: what is remembered, by date, word for word, and what is known from it."""

from second_me.app.views.memory.place import MemoryPlace
from second_me.app.views.memory.view import MemoryView

__all__ = ["MemoryPlace", "MemoryView"]
