"""The locked window, and the passphrase fields that others use too."""

from second_me.app.views.unlock.view import UnlockView

__all__ = ["UnlockView"]
