"""Numbered SQL scripts, `NNNN_words.sql`, each run once, in one transaction (`storage.migrate`)."""
