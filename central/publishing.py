"""A new version of the city's rules: what stands against it, and how it becomes the next one. By file or by request.

The only way into the table of versions but the first one of a database. Who may is asked by whoever calls.
"""

from __future__ import annotations

from datetime import datetime

from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.profile_checks import Fault, faults_of

from .audit import Act, append_audit
from .database import Transaction
from .office_clock import OfficeClock
from .profile_store import all_profiles, store_profile

ROLE = "rule_admin"
"""规则管理员: the only role that publishes."""


class NoRules(LookupError):
    """The database has no version at all: an import or a sample city makes the first."""


class NotPublishable(ValueError):
    """What stands against a version, a :class:`Fault` each."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.where}: {fault.what}" for fault in faults))
        self.faults = faults


def check_next(versions: tuple[RuleProfile, ...], new: RuleProfile, office: OfficeClock) -> None:
    """Raises :class:`NotPublishable`, :class:`NoRules`. ``versions`` = all there are, the oldest first."""
    if not versions:
        raise NoRules
    latest = versions[-1]
    faults = faults_of(new, latest, latest.local(office.now()).date())
    if faults:
        raise NotPublishable(faults)


def publish(
    tx: Transaction, new: RuleProfile, office: OfficeClock, *, by: str, device: str, at: datetime
) -> None:
    """Store the next version and who published it; ``at`` is real time. Raises as :func:`check_next`."""
    check_next(all_profiles(tx.connection), new, office)
    store_profile(tx, new, at=at)
    append_audit(tx, Act(by, device, "profile.published", "profile", str(new.version)), at)
