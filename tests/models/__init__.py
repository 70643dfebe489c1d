"""Tests of the models' side, with the real starter models in real processes."""
