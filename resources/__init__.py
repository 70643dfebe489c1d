"""What is not code: weights files, prompts, icons, licences."""
