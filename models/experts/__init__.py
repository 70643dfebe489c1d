"""Windowed flash offload: a mixture-of-experts model larger than memory, with only the experts in use resident."""
