"""The bootstrap of the two commands, without its long parts."""
