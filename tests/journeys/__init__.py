"""Whole journeys: real processes, real HTTP, the real window."""
