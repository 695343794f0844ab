"""The sample city 云州市: a deterministic generator of a city that does not exist.

For the first try, for tests and for benchmarks.
"""
