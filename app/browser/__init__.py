"""What a browser starts and reads: the relay to the service, and the manifests that name it."""
