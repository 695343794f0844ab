"""How things end badly: power that goes between two commits, servers that die, and where that may happen.

The exceptions derive from BaseException, as the end of a process does: no handler of the product may swallow them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class Died(BaseException):
    """The process ended here; what it held in memory is gone."""


@dataclass
class Fuse:
    """Counts the moments at which a process may end, and ends it at the n-th. ``left`` None = never."""

    left: int | None = None
    burnt: bool = False
    at: str = ""
    passed: int = 0

    def pass_by(self, where: str) -> None:
        """One such moment. Raises :class:`Died`; from then on every moment does, as no ``finally`` runs any more."""
        self.passed += 1
        if self.burnt:
            raise Died
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            self.burnt, self.at = True, where
            raise Died


def fused(write: Callable[[], Any], fuse: Fuse, before: Callable[[], None]) -> Callable[[], Any]:
    """A transaction context that may end before its commit, or after it with the caller never told.

    ``before`` is called just before the commit: the moment whose files a torn commit is made from.
    """

    @contextmanager
    def transaction() -> Iterator[Any]:
        if fuse.burnt:
            raise Died
        with write() as value:
            yield value
            before()
            fuse.pass_by("before a commit")
        fuse.pass_by("after a commit")

    return transaction


Content = dict[str, bytes]
"""File name → bytes: a folder as a process that was killed leaves it."""


class Files:
    """The folder of one process: a database, its log and what lies beside them. Reads and writes it whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> Content:
        """What a process killed now would leave; the shared memory of a database is not on the disk."""
        files = (path for path in self._folder.iterdir() if not path.name.endswith("-shm"))
        return {path.name: path.read_bytes() for path in files}

    def write(self, content: Content) -> None:
        """Put ``content`` in the place of what is there; nobody may have the database open."""
        self._folder.mkdir(exist_ok=True)
        for path in self._folder.iterdir():
            if path.name not in content:
                path.unlink()
        for name, body in content.items():
            (self._folder / name).write_bytes(body)


class Inline(ThreadPoolExecutor):
    """Runs what it is given at once, in the thread that asks: one thread, one order."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  a crash travels through the future like any other end
            future.set_exception(error)
        return future
