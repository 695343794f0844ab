"""The commands of ``python -m central``: what they take and what they say. The work is done elsewhere."""
