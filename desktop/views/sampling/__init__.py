"""Inspections: their plans, the steps to a sample that anybody can draw again, and the check of each ticket drawn."""
