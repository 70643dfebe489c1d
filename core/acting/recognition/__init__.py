"""What a field asks for: its attributes, the words around it, and the form that it stands in."""
