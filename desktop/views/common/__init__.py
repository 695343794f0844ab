"""Widgets every page shares: plain text, labels, tables, forms, theme."""
