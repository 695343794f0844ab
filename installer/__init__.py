"""How the program is packed for a machine without Python. See README.md in this folder."""
