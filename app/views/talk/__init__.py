"""The Talk place: conversations at the left, the conversation, and Why at the right."""
