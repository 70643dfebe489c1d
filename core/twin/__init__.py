"""The chat turn: its kind, its prompt, its answer with citations, and knowing when not to know."""
