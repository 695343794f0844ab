"""The way to a city's server as it is set: which proxy, the certificate of a city's own authority, the server's keys.

A small value and the two functions that make and check it. Talks to nobody.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from desktop.services.background.system_proxy import system_proxy
from desktop.settings import Settings

PIN = re.compile(r"sha256/[A-Za-z0-9+/]{43}=")
BY_SYSTEM, NO_PROXY = "system", "none"


class BadWay(Exception):
    """``code`` is "bad_proxy", "bad_authority", "bad_pin", "one_pin" or "bad_preset", with words in the interface."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Way:
    """``proxies`` by scheme, as the HTTP client takes them."""

    proxies: Mapping[str, str] = field(default_factory=dict)
    authority: Path | None = None
    pins: tuple[str, ...] = ()


def way_to(address: str, settings: Settings) -> Way:
    """What holds for ``address``. Blocks while the system is asked for its proxy.

    Raises BadWay: what an administrator has laid down and nobody can read is no leave to go without it.
    """
    if settings.preset.broken:
        raise BadWay("bad_preset")
    pins = checked_pins(" ".join(settings.pins))
    proxy = {BY_SYSTEM: system_proxy(address) if settings.proxy == BY_SYSTEM else "", NO_PROXY: ""}.get(
        settings.proxy, settings.proxy
    )
    authority = Path(settings.authority) if settings.authority else None
    return Way(dict.fromkeys(("http", "https"), proxy) if proxy else {}, authority, pins)


def checked_pins(typed: str) -> tuple[str, ...]:
    """The pins in what was typed, apart by blanks or lines. Raises BadWay: two at least, or none."""
    pins = tuple(dict.fromkeys(typed.replace(",", " ").split()))
    if not all(PIN.fullmatch(pin) for pin in pins):
        raise BadWay("bad_pin")
    if len(pins) == 1:
        raise BadWay("one_pin")
    return pins


def checked(proxy: str, authority: str) -> tuple[str, str]:
    """What was typed, in the form that is kept. Raises BadWay. Blocks while the file is read."""
    typed = proxy.strip()
    if typed not in (BY_SYSTEM, NO_PROXY):
        parts = urlsplit(typed if "://" in typed else f"http://{typed}")
        try:
            port = parts.port
        except ValueError as error:
            raise BadWay("bad_proxy") from error
        if parts.scheme != "http" or not parts.hostname or parts.username or parts.path.strip("/"):
            raise BadWay("bad_proxy")
        typed = f"http://{parts.hostname}:{port or 8080}"
    if authority:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=authority)
        except OSError as error:  # an SSLError is one, too
            raise BadWay("bad_authority") from error
    return typed, authority
