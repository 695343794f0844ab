"""The inspections page."""
