"""What the README's two commands share: from a bare checkout to an environment that stands.

Standard library only, and no syntax younger than Python 3.8: an older Python that runs a command must come as
far as finding a newer one.
"""
