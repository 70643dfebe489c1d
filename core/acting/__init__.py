"""Acting on the person's behalf: what a form asks for, what is known of it, what may be filled."""
