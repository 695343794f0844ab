"""The supervision page."""
