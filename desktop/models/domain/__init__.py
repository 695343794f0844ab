"""What we know, as meaning: frozen structs and pure functions shared by the desktop and the central server.

Nothing here reads a clock, draws a random number, opens a file or talks to a network.
"""
