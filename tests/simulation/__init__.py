"""The deterministic simulator: the real engine and the real server in one thread, everything else drawn from a seed.

``run.simulate(seed)`` plays one schedule: some desks, a virtual clock, a bad network, crashes of every kind, people who
work. ``invariants`` holds I1 to I23 of docs/reliability.md against the tables after every step and when all is quiet;
``mutants`` are mistakes in the protocol that it has to notice. Nothing here is used outside tests.
"""
