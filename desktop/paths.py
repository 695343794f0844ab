"""Where the program keeps its files on this machine: one folder a profile, one folder a server and person in it.

Names of folders are hashes: neither a person's name nor an address shows in a listing. Makes folders readable by
their owner alone; opens nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

APP = "supervision-desk"
STORE_NAME = "desk.db"
"""The encrypted store in an account's folder."""


def default_profile() -> Path:
    """The profile of a person who named none."""
    import platformdirs  # only where nobody named a folder: start-up time

    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "profile"


@dataclass(frozen=True)
class ProfilePaths:
    """The places inside one profile folder."""

    root: Path

    @property
    def lock(self) -> Path:
        return self.root / "running.lock"

    @property
    def settings(self) -> Path:
        return self.root / "settings.ini"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def accounts(self) -> Path:
        return self.root / "accounts"

    def account(self, server: str, person: str) -> Path:
        """The folder of one person's store of one server."""
        digest = hashlib.blake2b(f"{server}\n{person}".encode(), digest_size=12).hexdigest()
        return self.accounts / digest

    def prepare(self) -> None:
        """Make the folders. OSError when the place cannot be written to."""
        for folder in (self.root, self.logs, self.reports, self.accounts):
            private_folder(folder)


def private_folder(folder: Path) -> Path:
    """Make ``folder`` and give it to its owner alone (on systems that know owners)."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder
