"""The only HTTP of the client."""
