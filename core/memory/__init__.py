"""What is kept: episodes, the sessions they form, and what is derived from them."""
