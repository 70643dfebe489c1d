"""The first run: unlock, model, something to remember. Its import panel serves other places too."""

from second_me.app.views.first_run.view import FirstRunView

__all__ = ["FirstRunView"]
