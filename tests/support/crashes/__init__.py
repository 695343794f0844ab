"""Processes made to be killed, and disks made to fail: the parts of the kill and I/O fault campaigns."""
