"""The return-visit page."""
