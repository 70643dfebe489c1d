"""Memory: how memories are found."""

from __future__ import annotations

from second_me.app.views.bridge import Service
from second_me.app.views.settings.looking import LookingCard
from second_me.app.views.settings.section import Section
from second_me.app.words import tr


class MemorySection(Section):
    """One card: looking longer."""

    def __init__(self, service: Service) -> None:
        super().__init__(tr("Memory"), tr("How your memories are found when you ask."))
        self.looking = LookingCard(service)
        self.content.addWidget(self.looking)
        self.content.addStretch(1)

    def entered(self) -> None:
        """Bring the cards up to date."""
        self.looking.entered()
