"""The city's rules for whoever publishes them: which versions there are, and the next one. All of it needs the server.

A lane of its own; answers come home like a query's. Holds nothing and checks nothing: `domain.profile_checks` does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.models.domain.profile import CalendarData, RuleProfile
from desktop.models.domain.wire import RulesVersion, RulesVersions

from .errors import DeskError
from .tasks import Tasks

_CLOSE_S = 3.0

Failed = Callable[[DeskError], None]


class Rules(Protocol):
    """The endpoints behind this class; each call blocks and raises with a ``code``."""

    def rules_versions(self) -> RulesVersions: ...

    def rules_of_version(self, version: int) -> RuleProfile | None: ...

    def country_calendar(self) -> CalendarData: ...

    def publish_rules(self, rules: RuleProfile) -> RulesVersion: ...


class Rulebook(QObject):
    """``unheard`` carries a DeskError that nobody asked to hear."""

    unheard = Signal(object)

    def __init__(self, server: Rules, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._tasks = Tasks("rules", parent=self)
        self._tasks.unheard.connect(self.unheard)

    def versions(
        self, owner: QObject, then: Callable[[RulesVersions], None], failed: Failed | None = None
    ) -> None:
        """Every version, the oldest first."""
        self._tasks.run(owner, self._server.rules_versions, then, failed)

    def version(
        self,
        owner: QObject,
        number: int,
        then: Callable[[RuleProfile | None], None],
        failed: Failed | None = None,
    ) -> None:
        """One version; None where there is none of that number."""
        self._tasks.run(owner, lambda: self._server.rules_of_version(number), then, failed)

    def country_calendar(
        self, owner: QObject, then: Callable[[CalendarData], None], failed: Failed | None = None
    ) -> None:
        """The country's days off as the server's release knows them."""
        self._tasks.run(owner, self._server.country_calendar, then, failed)

    def publish(
        self,
        owner: QObject,
        rules: RuleProfile,
        then: Callable[[RulesVersion], None],
        failed: Failed | None = None,
    ) -> None:
        """Make ``rules`` the next version. ``failed`` is told not_permitted, other_version or bad_rules."""
        self._tasks.run(owner, lambda: self._server.publish_rules(rules), then, failed)

    def close(self) -> None:
        """End the lane; what is under way is finished."""
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)
