"""The lanes: how work leaves the GUI thread and comes home."""
