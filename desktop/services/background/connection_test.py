"""The way to a city's server tried step by step, so that an administrator reads where it ends and why.

Blocks, and belongs into a lane of its own: looking a name up cannot be broken off. Needs no sign-in and sends nothing
of a person: a step holds names of machines and certificates, times and versions. Says no more about the network than
was tried, and after the first step that failed tries nothing further.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Final, Literal
from urllib.parse import urlsplit

from desktop.models.domain.clock import Clock
from desktop.models.domain.ids import NewId
from desktop.models.domain.wire import PROTOCOL
from desktop.services.account.provider import Provider
from desktop.services.api.client import Api
from desktop.services.api.diagnosis import code_of
from desktop.services.api.errors import ApiError
from desktop.services.api.server_time import ServerTime
from desktop.services.api.tls import Certificate, Link, chain_of, client_context, link_of, pin_of
from desktop.services.api.transport import Transport, is_open

StepName = Literal["address", "proxy", "name", "connection", "certificate", "server", "clock", "sign_in"]
StepState = Literal["good", "warn", "bad", "skipped"]
STEPS: Final[tuple[StepName, ...]] = (
    "address",
    "proxy",
    "name",
    "connection",
    "certificate",
    "server",
    "clock",
    "sign_in",
)
SKEW_TOLD: Final = timedelta(minutes=5)
_TRY_S: Final = 5.0
_TUNNEL_BYTES: Final = 16_384
_PROXY_WANTS_SIGN_IN: Final = 407


@dataclass(frozen=True)
class Step:
    """What one step came to. ``code`` has words; ``facts`` are names, numbers and times, by name."""

    name: StepName
    state: StepState
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    chain: tuple[Link, ...] = ()


@dataclass(frozen=True)
class TriedWay:
    """What is tried: an address as it is kept, "" for none that makes sense; ``proxy`` "" for a direct way."""

    address: str
    proxy: str = ""
    authority: Path | None = None
    pins: tuple[str, ...] = ()


class _Ends(Exception):
    """This step is the last; the others are not tried."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.name)
        self.step = step


class ConnectionTest:
    """One run. ``told`` hears of each step as soon as it is known, in the thread that runs."""

    def __init__(
        self, way: TriedWay, *, clock: Clock, new_id: NewId, version: str, told: Callable[[Step], None]
    ) -> None:
        self._way = way
        self._clock = clock
        self._new_id = new_id
        self._version = version
        self._told = told
        self._cancelled = Event()
        self._transport: Transport | None = None
        parts = urlsplit(way.address)
        self._host = parts.hostname or ""
        self._tls = parts.scheme == "https"
        self._port = parts.port or (443 if self._tls else 80)
        via = urlsplit(way.proxy)
        self._first = (via.hostname or "", via.port or 8080) if way.proxy else (self._host, self._port)

    def cancel(self) -> None:
        """From any thread: try nothing further."""
        self._cancelled.set()
        if self._transport is not None:
            self._transport.abort()

    def run(self) -> tuple[Step, ...]:
        """All steps in order; those after the first that failed, or after ``cancel``, are skipped."""
        done: list[Step] = []
        try:
            for step in self._steps():
                done.append(step)
                self._told(step)
                if self._cancelled.is_set():
                    break
        except _Ends as end:
            done.append(end.step)
            self._told(end.step)
        for name in STEPS[len(done) :]:
            done.append(Step(name, "skipped"))
            self._told(done[-1])
        return tuple(done)

    def _steps(self) -> Iterator[Step]:
        yield self._address()
        yield Step("proxy", "good", "proxy_used" if self._way.proxy else "proxy_none", self._proxy_facts())
        yield self._name()
        yield self._connection()
        yield self._certificate() if self._tls else Step("certificate", "skipped", "loopback")
        yield from self._answers()

    def _address(self) -> Step:
        if not self._host:
            raise _Ends(Step("address", "bad", "bad_address"))
        facts = {"server": self._way.address}
        if is_open(self._way.address):
            raise _Ends(Step("address", "bad", "plain_http", facts))
        return Step("address", "good", "", facts)

    def _proxy_facts(self) -> dict[str, str]:
        return {"proxy": f"{self._first[0]}:{self._first[1]}"} if self._way.proxy else {}

    def _name(self) -> Step:
        host, port = self._first
        facts = {"host": host}
        try:
            ipaddress.ip_address(host)
        except ValueError:
            pass
        else:
            return Step("name", "good", "no_name_needed", facts)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise _Ends(Step("name", "bad", code_of(error), facts)) from error
        except UnicodeError as error:
            raise _Ends(Step("name", "bad", "bad_address", facts)) from error
        addresses = sorted({str(each[4][0]) for each in found})
        return Step("name", "good", "", facts | {"addresses": ", ".join(addresses[:6])})

    def _connection(self) -> Step:
        facts = {"host": self._first[0], "port": str(self._first[1])}
        began = self._clock.monotonic()
        try:
            with self._connected():
                took = self._clock.monotonic() - began
        except OSError as error:
            code = getattr(error, "code", "") or code_of(error)
            if self._way.proxy and code != "proxy_sign_in":
                code = "proxy_failed"
            raise _Ends(Step("connection", "bad", code, facts)) from error
        return Step("connection", "good", "", facts | {"took": f"{took * 1000:.0f}"})

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        """A connection to the server, through the proxy's tunnel where there is one."""
        with socket.create_connection(self._first, timeout=_TRY_S) as connection:
            if self._way.proxy and self._tls:
                self._tunnel(connection)
            yield connection

    def _tunnel(self, connection: socket.socket) -> None:
        host = f"[{self._host}]" if ":" in self._host else self._host
        goal = f"{host}:{self._port}"
        connection.sendall(f"CONNECT {goal} HTTP/1.1\r\nHost: {goal}\r\n\r\n".encode())
        said = b""
        until = self._clock.monotonic() + _TRY_S
        while b"\r\n\r\n" not in said:
            part = connection.recv(4096)
            if not part or len(said) > _TUNNEL_BYTES or self._clock.monotonic() > until:
                raise _ProxyError("proxy_failed")
            said += part
        status = said.split(b" ", 2)[1:2]
        if status != [b"200"]:
            wants = status == [str(_PROXY_WANTS_SIGN_IN).encode()]
            raise _ProxyError("proxy_sign_in" if wants else "proxy_failed")

    def _certificate(self) -> Step:
        """Shown first without judging it, and nothing is sent; then judged as every exchange judges it."""
        facts: dict[str, str] = {}
        chain: tuple[Link, ...] = ()
        try:
            client_context(self._way.authority)
        except OSError as error:
            raise _Ends(Step("certificate", "bad", "bad_authority")) from error
        try:
            shown, facts["tls"] = self._shown()
            chain = tuple(link_of(each) for each in shown)
            facts["pin"] = pin_of(shown[0])
            self._shake(self._way.authority)
        except (OSError, ValueError) as error:
            raise _Ends(Step("certificate", "bad", code_of(error), facts, chain)) from error
        facts["vouched"] = "system" if self._system_vouches() else "city"
        if self._way.pins and facts["pin"] not in self._way.pins:
            raise _Ends(Step("certificate", "bad", "certificate_not_pinned", facts, chain))
        facts["pins"] = str(len(self._way.pins))
        soon = min(link.ends for link in chain) - self._clock.now()
        state: StepState = "warn" if soon < timedelta(days=21) else "good"
        return Step("certificate", state, "ends_soon" if state == "warn" else "", facts, chain)

    def _shown(self) -> tuple[tuple[Certificate, ...], str]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.check_hostname = False
        context.verify_mode = (
            ssl.CERT_NONE
        )  # to show what is wrong with it; nothing is sent on this connection
        with (
            self._connected() as connection,
            context.wrap_socket(connection, server_hostname=self._host) as speaking,
        ):
            return chain_of(speaking), speaking.version() or ""

    def _shake(self, authority: Path | None) -> None:
        context = client_context(authority)
        with (
            self._connected() as connection,
            context.wrap_socket(connection, server_hostname=self._host),
        ):
            return

    def _system_vouches(self) -> bool:
        if self._way.authority is None:
            return True
        try:
            self._shake(None)
        except OSError:
            return False
        return True

    def _answers(self) -> Iterator[Step]:
        way = self._way
        proxies = dict.fromkeys(("http", "https"), way.proxy) if way.proxy else {}
        self._transport = transport = Transport(
            way.address,
            monotonic=self._clock.monotonic,
            proxies=proxies,
            city_ca=way.authority,
            pins=way.pins,
        )
        times = ServerTime(self._clock)
        api = Api(
            transport,
            device_id="connection-test",
            client_version=self._version,
            new_id=self._new_id,
            server_time=times,
        )
        try:
            yield self._server(api)
            skew = times.skew or timedelta()
            off = abs(skew) > SKEW_TOLD
            facts = {"seconds": f"{skew.total_seconds():+.0f}"}
            yield Step("clock", "warn" if off else "good", "clock_off" if off else "", facts)
            yield self._sign_in(api)
        finally:
            transport.close()

    def _server(self, api: Api) -> Step:
        try:
            meta = api.meta()
        except ApiError as error:
            raise _Ends(Step("server", "bad", error.code)) from error
        facts = {"city": meta.city, "protocol": f"{meta.protocol_min}–{meta.protocol_max}"}
        if not meta.protocol_min <= PROTOCOL <= meta.protocol_max:
            raise _Ends(Step("server", "bad", "client_too_old", facts))
        return Step("server", "good", "", facts)

    def _sign_in(self, api: Api) -> Step:
        try:
            server = api.authorization_server()
            if server.sign_in_provider is None:
                return Step("sign_in", "good", "own_sign_in")
            facts = {"provider": server.sign_in_provider.issuer}
            try:
                Provider(server.sign_in_provider, api.transport.beside).discovery()
            except ApiError as error:
                return Step("sign_in", "bad", error.code, facts)
            return Step("sign_in", "good", "provider_sign_in", facts)
        except ApiError as error:
            return Step("sign_in", "bad", error.code)


class _ProxyError(OSError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
