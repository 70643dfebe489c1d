"""The domain: what a memory is, how it is found, how it becomes an answer.

No screen, no SQL, no model runtime, no file, no network and no clock: all of them come in through
`second_me.core.ports` as arguments.
"""
