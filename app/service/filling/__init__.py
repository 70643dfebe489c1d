"""Fills: a form becomes a proposal, the person agrees, the browser fills, and one key takes it back."""
