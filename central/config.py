"""How this server is run: what the command line says and the few numbers that are not a city's rules."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.wire import Limits

from .openid import Provider

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
    provider: Provider | None = None
    """The office's own sign-in service, beside the passwords kept here."""
