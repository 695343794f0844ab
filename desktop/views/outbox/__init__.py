"""The outbox page: unsent, refused and conflicting work in words."""
