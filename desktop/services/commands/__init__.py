"""A person's intent made one local transaction, returning what changed."""
