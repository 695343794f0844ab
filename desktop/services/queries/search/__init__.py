"""Searching tickets: what a person types, what it asks for, and the row ids that answer it.

``language`` reads the words, ``names`` knows what units, people, matters and places are called, ``meaning`` turns both
into conditions, ``finding`` and ``fields`` answer, ``completion`` proposes how to go on typing.
"""
