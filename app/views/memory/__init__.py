"""The memory place: what is remembered, by date, word for word."""

from second_me.app.views.memory.view import MemoryView

__all__ = ["MemoryView"]
