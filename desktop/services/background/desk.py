"""The Desk: all a page may hold beside its widgets. It asks and commands; the lanes do the work.

Lives on the GUI thread. It never touches the store there: the ground it stands on is used inside the lanes only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import Clock, DomainClock
from desktop.models.domain.entities import REFERENCE_TYPES
from desktop.models.domain.ids import NewId
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me
from desktop.services.commands.base import Writer
from desktop.services.queries.base import Reader, Reference
from desktop.services.queries.hot.lists import HotLists

from .area import Area
from .colleagues import Colleagues
from .connection import Connection
from .errands import Errands
from .errors import DeskError, desk_error
from .lanes import Lane, take_short_turns
from .letter_place import LetterPlace
from .reading import breakable
from .relay import Relay
from .speed import SpeedLog, StallWatch

if TYPE_CHECKING:
    from desktop.services.sync.search_upkeep import SearchIndex
    from desktop.services.telephony.line import Line

    from .files import Files
    from .online import Online
    from .oversight import Oversight
    from .rulebook import Rulebook
    from .telephone_place import TelephonePlace
    from .tidings_watch import TidingsPlace

T = TypeVar("T")

_CLOSE_S = 5.0
_CALM_MS = 1_500
"""After the first rows: whoever has just come sees the window finished before its columns are read."""
_NOTICED_STEP_S = 1.0
"""A smaller step of the office's clock is the network's delay and changes no list."""


class Ground(Protocol):
    """What the lanes stand on: the open store. Each context is one transaction; an exception rolls it back.

    ``read`` gives a read-only connection, ``write`` one that commits when the block ends (SQLAlchemy
    connections both). Never entered on the GUI thread.
    """

    def read(self) -> AbstractContextManager[Any]: ...

    def write(self) -> AbstractContextManager[Any]: ...

    @property
    def tickets(self) -> Any:
        """The store's ``TicketLog``: which tickets each commit touched."""

    def require_room(self) -> None:
        """Raises an error with a code where the disk has too little room for new work."""


class Identity(Struct, frozen=True, kw_only=True):
    """Who works here and by which rules, as the store last learnt it."""

    me: Me
    profile: RuleProfile
    reference: Reference


class Desk(QObject):
    """See ``docs/architecture.md``, "What a page gets"."""

    changed = Signal(object)
    connection_changed = Signal(object)
    identity_changed = Signal()
    refused = Signal(object)
    """A :class:`DeskError` that nobody asked to hear: the shell shows it in its notice bar."""

    online: Online
    files: Files
    oversight: Oversight
    rulebook: Rulebook
    line: Line | None
    search: SearchIndex | None
    """The index that searches ask; whoever keeps it sets it and takes it away."""
    letter_place: LetterPlace
    """Where a city keeps the templates of its own letters; whoever opens the desk says so."""
    telephone: TelephonePlace | None
    """How this machine telephones; None where that is not to be chosen (a sample city)."""
    tidings: TidingsPlace | None
    """When a person is told of what came; None for those who are not told."""
    area: Area
    """Whose cases lists and counts begin with."""
    colleagues: Colleagues
    """Who of the office has which case open now."""

    def __init__(
        self,
        ground: Ground,
        identity: Identity,
        *,
        clock: Clock,
        new_id: NewId,
        offset: timedelta = timedelta(0),
        language: str = "zh",
        learn: Callable[[Any], Identity] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``learn`` reads the identity anew from a reading connection after its rows have changed.

        ``offset`` = office time − real time, as far as it is known.
        """
        super().__init__(parent)
        take_short_turns()
        self._ground = ground
        self._clock = DomainClock(clock, offset)
        self._new_id = new_id
        self._learn = learn
        self.speed = SpeedLog(clock)
        self._stalls = StallWatch(self.speed, self, calmed=self._rest)
        self._errands = Errands(Relay(self, self._stalls.stir), self.refused.emit)
        self.reading_lane = Lane("reading")
        self.writing_lane = Lane("writing")
        self._patient_lane = Lane("patient")
        self._loading_lane = Lane("loading")
        self._hot = HotLists(ground.tickets, clock.monotonic)
        self._hot_asked = False
        self._loading = False
        self._closing = False
        self.me = identity.me
        self.profile = identity.profile
        self.reference = identity.reference
        self.language = language
        self.connection = Connection()
        self.line = None
        self.search = None
        self.letter_place = LetterPlace()
        self.telephone = None
        self.tidings = None
        self.area = Area(self)
        self.area.learn(self.me, self.reference)
        self.colleagues = Colleagues(self)

    def now(self) -> datetime:
        """Office time, aware, in the office's zone."""
        return self.profile.local(self._clock.now())

    def real_now(self) -> datetime:
        """This machine's own time, for ages and countdowns; rules and deadlines use :meth:`now`."""
        return self._clock.base.now()

    def office_time(self, at: datetime) -> datetime:
        """A real time as the office's clock showed it, in the office's zone."""
        return self.profile.local(at + self._clock.offset)

    @property
    def offset(self) -> timedelta:
        """Office time − real time."""
        return self._clock.offset

    def run_query(
        self,
        owner: QObject,
        query: Callable[[Reader], T],
        then: Callable[[T], None],
        *,
        slot: str = "",
        failed: Callable[[DeskError], None] | None = None,
        after_commands: bool = False,
        patient: bool = False,
    ) -> None:
        """Run ``query`` in the reading lane and hand its answer to ``then`` on the GUI thread.

        ``after_commands``: every command given before is written first, for answers on which work may be let go of.
        ``patient``: it may take seconds, and those asked later go before it, in a lane of its own.

        With a ``slot`` only the latest question of (owner, slot) is answered; one overtaken while it waited is not
        even run, one overtaken while it runs is broken off. Nothing is delivered for a destroyed owner. Raises
        TypeError for callbacks without a home.
        """
        errand = self._errands.question(owner, then, failed, slot)
        lane = self.writing_lane if after_commands else self._patient_lane if patient else self.reading_lane
        asked = self.speed.now_s()

        def job() -> None:
            if errand.overtaken():
                return
            began = self.speed.now_s()
            try:
                with self._ground.read() as connection:
                    reader = self._reader(connection, hot=lane is self.reading_lane)
                    with breakable(connection, errand.overtaken):
                        answer = query(reader)
            except Exception as error:  # noqa: BLE001  every failure goes home as words
                if not errand.overtaken():
                    errand.fail(desk_error(error))
            else:
                errand.succeed(answer)
            self.speed.note("query", query, asked, began)

        lane.submit(job)

    def run_command(
        self,
        owner: QObject,
        command: Callable[[Writer], Changes],
        then: Callable[[Changes], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """Run ``command`` in the writing lane as one transaction; after its commit ``changed``, then ``then``.

        A command is never dropped: it runs even when its owner dies meanwhile, only nobody is told. While the disk is
        almost full it is refused before it begins ("disk_low"), and the form keeps its text.
        """
        errand = self._errands.deed(owner, then, failed)
        asked = self.speed.now_s()

        def job() -> None:
            began = self.speed.now_s()
            try:
                self._ground.require_room()
                with self._ground.write() as connection:
                    changes = command(self._writer(connection))
            except Exception as error:  # noqa: BLE001  every failure goes home as words
                errand.fail(desk_error(error))
            else:
                self.committed(changes)
                errand.succeed(changes)
            self.speed.note("command", command, asked, began)

        if not self.writing_lane.submit(job):
            errand.fail(DeskError("closing"))

    def perform(self, command: Callable[[Writer], Changes]) -> Changes:
        """From a worker thread: run ``command`` like :meth:`run_command` and wait for its commit.

        Raises what the command raises, and LaneClosed at the end.
        """

        def work() -> Changes:
            self._ground.require_room()
            with self._ground.write() as connection:
                return command(self._writer(connection))

        changes = self.writing_lane.call(work)
        self.committed(changes)
        return changes

    def committed(self, changes: Changes) -> None:
        """Tell the pages what a commit changed; from any thread (sync pages come this way)."""
        if changes:
            self._errands.post(lambda: self._tell(changes))

    def set_connection(self, connection: Connection) -> None:
        """How we stand with the server now."""
        if connection != self.connection:
            self.connection = connection
            self.connection_changed.emit(connection)

    def set_offset(self, offset: timedelta) -> None:
        """From any thread: office time − real time as the server states it; a step of it concerns every page."""
        step = abs((offset - self._clock.offset).total_seconds())
        self._clock.offset = offset
        if step > _NOTICED_STEP_S:
            self.committed(Changes(everything=True))

    def set_language(self, language: str) -> None:
        """ "zh" or "en"; the shell rebuilds its content afterwards."""
        self.language = language

    def load_lists(self) -> None:
        """The first rows are on the screen: from soon on what lists sort and count by is held in memory."""
        if not self._hot_asked:
            self._hot_asked = True
            QTimer.singleShot(_CALM_MS, self, self._load_if_due)

    def lists_in_memory(self) -> tuple[int, int] | None:
        """How many tickets the lists hold in memory and in how many bytes; None while SQL answers them."""
        return self._hot.size()

    def learn_identity(self) -> None:
        """Read me, profile and reference rows anew; ``identity_changed`` follows."""
        if self._learn is None:
            return
        learn = self._learn
        self.run_query(self, lambda r: learn(r.connection), self._take_identity, slot="identity")

    def close(self) -> None:
        """Commands queued are run, questions dropped, threads ended; within a few seconds in any case."""
        self._closing = True
        self._stalls.close()
        self._errands.close()
        self._loading_lane.close(drain=False, timeout_s=_CLOSE_S)
        self.reading_lane.close(drain=False, timeout_s=_CLOSE_S)
        self._patient_lane.close(drain=False, timeout_s=_CLOSE_S)
        self.writing_lane.close(drain=True, timeout_s=_CLOSE_S)

    def _reader(self, connection: Any, *, hot: bool) -> Reader:
        """``connection`` has read nothing yet; ``hot`` in the reading lane alone."""
        self._load_if_due()
        return Reader(
            connection=connection,
            hot=self._hot.fresh(connection, self.me.person_id) if hot else None,
            now=self.now(),
            profile=self.profile,
            me=self.me,
            reference=self.reference,
            language=self.language,
            area=self.area.in_force,
            search=self.search,
        )

    def _writer(self, connection: Any) -> Writer:
        return Writer(
            connection=connection, now=self.now(), new_id=self._new_id, me=self.me, profile=self.profile
        )

    def _rest(self) -> None:
        """Nobody has been at work for some seconds. Not on the GUI thread."""
        if self.lists_in_memory() is not None:
            from desktop.services.queries.hot.heap import give_back

            give_back()

    def _load_if_due(self) -> None:
        """On the GUI thread, or in the reading lane once the first load was asked for."""
        if self._hot_asked and not self._loading and not self._closing and self._hot.due():
            self._loading = self._loading_lane.submit(self._load)

    def _load(self) -> None:
        """In a lane of its own: nobody waits for it, and it may take seconds."""
        try:
            if self._hot.due():
                self._hot.load(self._read_unhurried, self.me.person_id, lambda: self._closing)
        except Exception as error:  # noqa: BLE001  SQL goes on answering
            desk_error(error)
        finally:
            self._loading = False

    @contextmanager
    def _read_unhurried(self) -> Iterator[Any]:
        with self._ground.read() as connection, breakable(connection, lambda: self._closing):
            yield connection

    def _tell(self, changes: Changes) -> None:
        self.changed.emit(changes)
        if changes.concerns("profile", *REFERENCE_TYPES):
            self.learn_identity()

    def _take_identity(self, identity: Identity) -> None:
        self.me = identity.me
        self.profile = identity.profile
        self.reference = identity.reference
        self.area.learn(self.me, self.reference)
        self.identity_changed.emit()
