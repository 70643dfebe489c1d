"""How the right moment is found: keys, candidates, features, ranking."""
