"""The kinds of things in the vault, one module each; all SQL about them is here and in `storage.index`."""
