"""The settings place."""

from second_me.app.views.settings.view import SettingsView

__all__ = ["SettingsView"]
