"""The windows. Each is a client of the service: it draws and asks, and owns nothing that is remembered."""
