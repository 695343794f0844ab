"""The engine: push what was done here, pull what was done elsewhere. Plain functions over an explicit context; no Qt.

``round`` is the whole of it; ``push`` and ``settle`` are the way up, ``pull``, ``snapshot`` and ``apply`` the way down.
"""
