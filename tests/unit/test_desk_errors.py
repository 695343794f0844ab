"""What a page is told when the store fails: a code that has words, never a number out of somebody's manual."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from desktop.services.background.errors import desk_error
from tests.support.stores import open_desk_store


def test_what_the_database_says_is_named_by_what_it_means(tmp_path: Path) -> None:
    """SQLAlchemy's errors carry a ``code`` of their own ("e3q8"); an officer would have been shown that."""
    with open_desk_store(tmp_path) as desk:
        with desk.store.read() as connection, pytest.raises(DBAPIError) as refused:
            connection.execute(text("DELETE FROM draft"))
        assert refused.value.code
        assert desk_error(refused.value).code == "store_read_only"
        with pytest.raises(IntegrityError) as surprise, desk.store.write() as connection:
            connection.execute(text("INSERT INTO draft (key) VALUES ('x')"))
        assert desk_error(surprise.value).code == "internal"


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EIO, "disk_error"), (errno.EROFS, "store_read_only")],
)
def test_what_the_system_says_of_a_file_is_named_alike(number: int, code: str) -> None:
    """A file beside the store (an attachment, a picture) fails with the system's own error."""
    assert desk_error(OSError(number, "no")).code == code
