"""A keyring for a child process of the start benchmark: what the parent put into its environment, nothing kept."""

from __future__ import annotations

import json
import os


class Keyring:
    """As a backend of the keyring package looks to the vault."""

    priority = 1

    def __init__(self) -> None:
        self._secrets: dict[str, str] = json.loads(os.environ["BENCH_SECRETS"])

    def get_password(self, service: str, name: str) -> str | None:
        """A sign-in is always there; whether the server takes it is not asked, for there is none."""
        return self._secrets.get(name, "a token of an earlier day" if name.startswith("sign-in:") else None)

    def set_password(self, service: str, name: str, secret: str) -> None:
        self._secrets[name] = secret

    def delete_password(self, service: str, name: str) -> None:
        self._secrets.pop(name, None)
