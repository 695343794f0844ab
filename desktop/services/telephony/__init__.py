"""Dialling behind one small interface."""
