"""Filling forms: the proposal, a window of its own near the form, and the Fill place."""

from second_me.app.views.fill.desk import ProposalDesk
from second_me.app.views.fill.place import FillPlace

__all__ = ["FillPlace", "ProposalDesk"]
