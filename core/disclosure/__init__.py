"""Disclosure: who may know what, decided by rules before anything looks at a memory."""
