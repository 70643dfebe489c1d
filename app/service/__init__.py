"""The process that owns the vault: protocol, server, client, jobs."""
