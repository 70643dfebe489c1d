"""What clients can ask for: one file a subject, each a table of method names."""
