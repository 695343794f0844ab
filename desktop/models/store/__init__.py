"""Rows on disk: the encrypted store, its projection, outbox, cursor and search index."""
