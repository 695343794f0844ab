"""The directory of units: a list to find one in, and one unit with its people."""
