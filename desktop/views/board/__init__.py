"""The contradiction board: cases whose visit says otherwise than the file."""
