"""How everything looks: one file of tokens, one stylesheet made of them, one set of icons."""
