"""Rows on screen: Qt item models over frozen rows, without widgets."""
