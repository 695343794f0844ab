"""Dialling behind one small interface: practice, softphone, a city's dialler, another program. No widgets or store."""
