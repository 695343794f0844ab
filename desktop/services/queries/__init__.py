"""Questions to the local store, answered with frozen rows."""
