"""Programs that drive the window by themselves: pictures of every page, the guided tour, the self-check's round.

They use the window as a person does and know it from outside; nothing in the program depends on them but the two
switches that start them.
"""
