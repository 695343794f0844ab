"""The long-lived objects of a running server, built once and handed to every request.

Wires only; decides nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.domain.clock import Clock
from desktop.models.domain.ids import IdSource
from desktop.models.domain.profile import RuleProfile

from .accounts import Accounts
from .audit_log import AuditLog
from .config import Config
from .database import Database
from .field_blocks import FieldBlocks
from .installation import Installation, installation_of
from .kept_keys import KeptKeys
from .leases import Leases
from .office_clock import OfficeClock
from .operations import Push
from .presence import PresenceBoard
from .profile_store import current_profile
from .profiles import default_profile
from .recusals import Recusals
from .report_reveals import ReportRevealDesk
from .request_limit import RequestLimit
from .reveal import Reveals
from .seen import Seen
from .signals import CommitSignal, WaitFor
from .throttle import Throttle
from .tokens import Tokens
from .told_acts import ToldActsBook
from .uploads import Uploads

if TYPE_CHECKING:
    from .openid import OpenId

_PROFILE_S = 2.0


@dataclass
class Services:
    """What handlers use. ``clock`` is real time, ``office`` the office's."""

    config: Config
    database: Database
    installation: Installation
    clock: Clock
    office: OfficeClock
    new_id: IdSource
    accounts: Accounts
    tokens: Tokens
    openid: OpenId | None
    signal: CommitSignal
    sign_ins: Throttle
    requests: RequestLimit
    seen: Seen
    presence: PresenceBoard
    push: Push
    leases: Leases
    field_blocks: FieldBlocks
    reveals: Reveals
    report_reveals: ReportRevealDesk
    recusals: Recusals
    told_acts: ToldActsBook
    audit_log: AuditLog
    uploads: Uploads
    kept_keys: KeptKeys
    _profile: RuleProfile | None = None
    _profile_at: float = 0.0

    def profile(self) -> RuleProfile:
        """The profile in force today, looked up again every two seconds; the default before any was stored."""
        if self._profile is None or self.clock.monotonic() - self._profile_at >= _PROFILE_S:
            self._profile = self._stored_profile() or default_profile(
                city_zh="（未命名）", city_en="(unnamed)", timezone="Asia/Shanghai"
            )
            self._profile_at = self.clock.monotonic()
        return self._profile

    def reread(self) -> None:
        """Another process told that the rules may have changed."""
        self._profile = None

    def _stored_profile(self) -> RuleProfile | None:
        with self.database.read() as connection:
            try:
                latest = current_profile(connection)
                return current_profile(connection, latest.local(self.office.now()).date())
            except LookupError:
                return None


def _openid(config: Config, clock: Clock) -> OpenId | None:
    if config.provider is None:
        return None
    from .openid import OpenId  # a tenth of a second that a server without a provider need not spend

    return OpenId(config.provider, clock)


def build(
    database: Database, config: Config, *, clock: Clock, rng: random.Random, wait_for: WaitFor
) -> Services:
    """The services of a database opened by ``installation.open_database``."""
    with database.read() as connection:
        installation = installation_of(connection)
    new_id = IdSource(clock, rng)
    office = OfficeClock(database, clock)
    seen = Seen()
    presence = PresenceBoard(database, clock, origin=new_id() if database.shared else "")
    services = Services(
        config=config,
        database=database,
        installation=installation,
        clock=clock,
        office=office,
        new_id=new_id,
        accounts=Accounts(database, clock=clock, rng=rng),
        tokens=Tokens(database, installation, clock=clock, new_id=new_id, rng=rng),
        openid=_openid(config, clock),
        signal=CommitSignal(database, clock, wait_for, presence),
        sign_ins=Throttle(
            database,
            clock=clock,
            new_id=new_id,
            key=installation.key("sign-ins"),
            limit=config.sign_in_failures,
            window_s=config.sign_in_window_s,
        ),
        requests=RequestLimit(config.request_rate, config.request_burst, clock.monotonic),
        seen=seen,
        presence=presence,
        push=Push(database=database, clock=clock, office=office, seen=seen),
        leases=Leases(database, clock=clock, office=office, new_id=new_id),
        field_blocks=FieldBlocks(database, clock=clock, office=office, new_id=new_id),
        reveals=Reveals(database, clock=clock),
        report_reveals=ReportRevealDesk(database, clock=clock),
        recusals=Recusals(database, clock=clock),
        told_acts=ToldActsBook(database, clock=clock),
        audit_log=AuditLog(database, clock=clock),
        uploads=Uploads(database, clock=clock),
        kept_keys=KeptKeys(database, installation, clock=clock),
    )
    database.subscribe_settings(services.reread)
    return services
