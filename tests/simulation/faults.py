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


class Files:
    """A database as it lies on the disk: the file and its log. Reads and writes them whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")

    def log_size(self) -> int:
        """Bytes of the log, 0 where there is none."""
        return self._log.stat().st_size if self._log.exists() else 0

    def read(self) -> tuple[bytes, bytes]:
        """What a process killed now would leave."""
        return self._path.read_bytes(), self._log.read_bytes() if self._log.exists() else b""

    def write(self, content: tuple[bytes, bytes]) -> None:
        """Put ``content`` in the place of what is there; nobody may have the database open."""
        self._path.with_name(f"{self._path.name}-shm").unlink(missing_ok=True)
        self._path.write_bytes(content[0])
        if content[1]:
            self._log.write_bytes(content[1])
        else:
            self._log.unlink(missing_ok=True)


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
