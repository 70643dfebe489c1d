"""Whether what is derived in the vault still fits what it was derived from; what is safe to mend is mended."""
