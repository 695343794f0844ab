"""The Django application that the peer's models say they belong to; nothing else. Only in the peers' environment."""
