"""Filling forms: the proposal, a window of its own near the form, and the Fill place."""
