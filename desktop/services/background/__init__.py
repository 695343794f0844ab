"""How work leaves the GUI thread and comes home: the lanes, the relay, connectivity, and the Desk a page holds.

Nothing here imports widgets, opens a store by itself or speaks HTTP by itself; both are handed in by the composition
root.
"""
