"""The two ways to find an episode: by its words and by its meaning."""
