"""How this server is run: what the command line says and the few numbers that are not a city's rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from desktop.models.domain.wire import Limits

MIB = 1024 * 1024
LIMITS = Limits(
    body_bytes=8 * MIB,
    operations=100,
    operation_bytes=MIB,
    page_rows=2000,
    wait_s=25,
    chunk_bytes=MIB,
)
CLIENT_ID = "supervision-desk"
RATIO = 100
"""A compressed request may grow by this factor at most."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Provider:
    """An office's provider as the administrator names it.

    ``claim`` of its ID tokens is the login of the account here. ``authority`` is a PEM file trusted beside the system's
    store, ``proxy`` an ``http://host:port``.
    """

    issuer: str
    client_id: str
    claim: str = "sub"
    scope: str = "openid offline_access"
    authority: Path | None = None
    proxy: str = ""

    def check(self) -> None:
        """Raises ``ValueError`` with words for the administrator."""
        parts = urlsplit(self.issuer)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not safe or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"--oidc-issuer {self.issuer}: an issuer is an https:// address")
        if not self.client_id:
            raise ValueError("--oidc-issuer needs --oidc-client-id: what your provider calls the desktop")
        if "openid" not in self.scope.split():
            raise ValueError("--oidc-scope has to hold the word openid")
        if self.authority is not None and not self.authority.is_file():
            raise ValueError(f"--oidc-ca {self.authority}: there is no such file")


@dataclass(frozen=True)
class Config:
    """``sample_city``: people of the generated city sign in without a password. ``public_url`` "" = as requested.

    ``backup_horizon_days``: the oldest backup this server will ever be restored from; desktops keep what it took from
    them for so long, to send it again.
    """

    sample_city: bool = False
    sample_clock: bool = False
    public_url: str = ""
    client_min: str = "0.0.0"
    client_recommended: str = "0.0.0"
    lock_after_s: int = 300
    hard_lock_after_s: int = 900
    sign_in_failures: int = 5
    sign_in_window_s: int = 300
    backup_horizon_days: int = 30
    request_rate: float = 20.0
    """Requests a second that one device may make in the long run; 0 = as many as it likes."""
    request_burst: int = 1_000
    """And so many at once: a first load, a morning's backlog with its photographs."""
    provider: Provider | None = None
    """The office's own sign-in service, beside the passwords kept here."""
