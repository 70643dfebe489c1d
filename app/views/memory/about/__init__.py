"""About me: what is known of the person and of people the person told of, with where it is known from."""

from second_me.app.views.memory.about.view import AboutView

__all__ = ["AboutView"]
