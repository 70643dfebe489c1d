"""The browsers: pairing, sealed sessions, and what passes between an extension and the fills."""
