"""Importers, each against small samples with known answers and against damaged files."""
