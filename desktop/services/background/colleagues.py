"""Who of the office has which case open now: what the polls told, and what this desktop says of itself.

Lives on the GUI thread and in memory alone; nothing of it is ever stored. Without a connection it knows nobody. Pages
say which case is on the screen (``attend``), a session sends that once it has been so for half a second: somebody who
goes down a list with the arrow key tells nobody of each case. Must not word anything: names stand in ``reference``.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import Final, Protocol
from weakref import ref

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.wire import Me, Presence, PresenceClaim, Present

from .errors import DeskError, desk_error
from .tasks import Tasks

_SETTLED_MS: Final = 500
_AGAIN_MS: Final = 10_000
_REFUSED: Final = frozenset({"not_permitted", "not_found"})
_CLOSE_S: Final = 1.0
NOBODY: Final = PresenceClaim()

_log = logging.getLogger(__name__)


class Colleagues(QObject):
    """``changed`` carries the ids of the cases where it is another than before; ``claimed`` what this desktop shows."""

    changed = Signal(object)
    claimed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at: dict[str, tuple[Present, ...]] = {}
        self._owner: ref[QObject] | None = None  # a page that has gone must not be held by what it showed
        self.claim = NOBODY
        """The case on this desktop's screen."""

    def on(self, ticket_id: str, me: Me) -> tuple[Present, ...]:
        """The others who have this case open, those who write first; at most one line a person."""
        others = [one for one in self._at.get(ticket_id, ()) if one.person_id != me.person_id]
        return tuple(sorted(others, key=lambda one: (not one.writing, one.person_id)))

    def cases(self) -> tuple[str, ...]:
        """The cases that anybody has open."""
        return tuple(self._at)

    def take(self, presence: Presence) -> None:
        """What the server told: everybody who is anywhere."""
        found: defaultdict[str, list[Present]] = defaultdict(list)
        for one in presence.people:
            found[one.ticket_id].append(one)
        before, self._at = self._at, {ticket_id: tuple(at) for ticket_id, at in found.items()}
        other = frozenset(
            ticket_id
            for ticket_id in {*before, *self._at}
            if before.get(ticket_id) != self._at.get(ticket_id)
        )
        if other:
            self.changed.emit(other)

    def attend(self, owner: QObject, ticket_id: str, *, writing: bool = False) -> None:
        """``owner``, on the screen now, shows this case; ``writing``: it is a form on it."""
        self._owner = ref(owner)
        self._set(PresenceClaim(ticket_id=ticket_id, writing=writing and bool(ticket_id)))

    def leave(self, owner: QObject) -> None:
        """``owner`` shows nothing any more; without effect where another shows a case since."""
        if self._owner is not None and self._owner() is owner:
            self._owner = None
            self._set(NOBODY)

    def _set(self, claim: PresenceClaim) -> None:
        if claim != self.claim:
            self.claim = claim
            self.claimed.emit()


class PresenceServer(Protocol):
    """The endpoint behind it; blocks and raises with a ``code``."""

    def claim_presence(self, claim: PresenceClaim) -> None: ...


class PresenceTeller(QObject):
    """Sends what a desktop shows while it is online. Only for people of the office: to others the server says no."""

    def __init__(self, server: PresenceServer, colleagues: Colleagues, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._colleagues = colleagues
        self._tasks = Tasks("presence", parent=self)
        self._online = False
        self._closed = False
        self._sending: PresenceClaim | None = None
        self._said = NOBODY
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._send)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._send)
        colleagues.claimed.connect(self._settled.start)

    def set_online(self, online: bool) -> None:
        """Whether the server answers: without it nobody is seen, and once it is back it is told again."""
        if online == self._online or self._closed:
            return
        self._online = online
        self._said = NOBODY
        if online:
            self._settled.start()
        else:
            self._settled.stop()
            self._again.stop()
            self._colleagues.take(Presence())

    def heard(self, presence: Presence, me: Me) -> None:
        """A poll told who is where. A server that was started anew has forgotten us."""
        self._colleagues.take(presence)
        mine = {one.ticket_id for one in presence.people if one.person_id == me.person_id}
        if self._said.ticket_id and self._said.ticket_id not in mine and not self._closed:
            self._said = NOBODY
            self._settled.start()

    def close(self) -> None:
        """Say that nothing is open here any more, if that is quick."""
        self._closed = True
        self._colleagues.claimed.disconnect(self._settled.start)
        self._settled.stop()
        self._again.stop()
        if self._online and self._said.ticket_id:
            self._tasks.submit(self._say_nothing)
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    def _send(self) -> None:
        claim = self._colleagues.claim
        if not self._online or self._sending is not None or claim == self._said:
            return
        self._sending = claim
        self._tasks.run(self, lambda: self._server.claim_presence(claim), self._sent, self._failed)

    def _sent(self, nothing: None) -> None:
        said, self._sending = self._sending, None
        self._said = said or NOBODY
        self._send()  # another case has come up meanwhile

    def _failed(self, error: DeskError) -> None:
        """Nobody is told: it is tried again, but for a case that has gone."""
        _log.info("presence not told: %s", error.code)
        self._sending = None
        if error.code not in _REFUSED:
            self._again.start()

    def _say_nothing(self) -> None:
        try:
            self._server.claim_presence(NOBODY)
        except Exception as error:  # noqa: BLE001  it ends by itself within a minute
            _log.info("presence not taken back: %s", desk_error(error).code)
