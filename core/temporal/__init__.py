"""When: time expressions in texts and questions, and the arithmetic of what they mean."""
