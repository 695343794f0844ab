"""Dialling behind one small interface: the practice line today, a real line later. No widgets, no store."""
