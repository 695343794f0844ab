"""The program's entry: reads the arguments and hands over. Nothing else."""

from __future__ import annotations

import runpy
import sys

from desktop import options


def main() -> int:
    """The exit code. ``--central …`` runs the bundled server instead, for a frozen program that has one executable."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--central"]:
        sys.argv = ["central", *arguments[1:]]
        runpy.run_module("central", run_name="__main__", alter_sys=True)
        return 0
    asked = options.parse(arguments)
    if asked.self_check:
        from desktop.self_check import self_check

        return self_check(asked)
    if asked.tour is not None:
        from desktop.tools.tour import tour

        return tour(asked, asked.tour)
    city = None
    if asked.sample:
        from desktop.services.sample_city import SampleCity

        city = SampleCity(size=asked.size, seed=asked.seed)
        city.start()  # it is built in its own process while ours is still loading
    from desktop.app import run

    return run(asked, city)


if __name__ == "__main__":
    sys.exit(main())
