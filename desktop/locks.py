"""The locks of the desk on the screen: the window covered, the store closed, and the way back to the same place.

Soft: the window shows a page that says nothing of a case, everything stays behind it. Hard: the session is closed, its
key and tokens are let go of, and what was half-written lies in the store. Decides when; how somebody proves to be the
one whose desk it is, the mode's gate knows (decision 11).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from desktop.models.domain.locking import depth_of, policy_of
from desktop.services.background.errors import DeskError
from desktop.services.background.idle import IdleWatch
from desktop.services.background.system_locks import SystemLocks
from desktop.views.common.words import error_words
from desktop.views.shell.lock_page import LockPage, Reason, Way

if TYPE_CHECKING:
    from desktop.app import App
    from desktop.session import Session
    from desktop.views.shell.frame import Frame
    from desktop.views.shell.pages import Place

_NOTICE = "lock-soon"
_PATIENCE_S = (0, 0, 2, 5, 10, 20, 30)
"""Seconds to wait after so many wrong answers in a row; the last holds for all further ones."""

_AHEAD_S = 10.0
"""Whoever is so near to another standing is looked at each second."""

_CLIPBOARD_OF_ITS_OWN = ("offscreen", "minimal")
"""Platforms without a system to share a clipboard with; there Qt says that nobody owns it."""

Standing = Literal["open", "soft", "hard"]


class Gate(Protocol):
    """What a mode offers to a locked desk. Every answer comes by ``Locks.opened`` or ``Locks.refused``."""

    def way(self) -> Way: ...

    def offers_browser(self) -> bool: ...

    def try_secret(self, secret: str, *, closed: bool) -> None: ...

    def try_browser(self, *, closed: bool) -> None: ...

    def cancel(self) -> None: ...

    def let_go(self) -> None:
        """The session was closed by a hard lock: keep no key and no token."""


class Locks(QObject):
    """``changed`` carries "open", "soft" or "hard"."""

    changed = Signal(str)

    def __init__(self, app: App, *, system: Callable[[], SystemLocks] = SystemLocks) -> None:
        super().__init__(app)
        self._app = app
        self._gate: Gate | None = None
        self._session: Session | None = None
        self._standing: Standing = "open"
        self._place: Place | None = None
        self._wrong = 0
        self._proven = False  # for the desk that is being opened again
        self.page: LockPage | None = None
        self.idle = IdleWatch(app.world.clock, self)
        self.idle.ticked.connect(self._look)
        self.idle.touched.connect(self._touched)
        self._make_system = system
        self._system: SystemLocks | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._may_try_again)
        self._trouble = ""

    # -- sessions ----------------------------------------------------------------------------------------------

    @property
    def standing(self) -> Standing:
        """How the desk stands."""
        return self._standing

    def guard(self, session: Session, gate: Gate, frame: Frame) -> None:
        """A desk is on the screen: watch it. One that was closed by the lock goes back to where it stood."""
        self._gate, self._session = gate, session
        place, self._place = self._place, None
        if self._standing == "hard":
            if place is not None:
                frame.return_to(place)
            self._open(forgive=self._proven)
        self._proven = False
        if gate.way() == "open":
            return  # a sample city locks when it is told to, to show how that is
        self.idle.heeding = True
        self.idle.start()
        self._hear_system()
        if self._app.settings.locked:
            self.lock("restart")

    def leave(self) -> None:
        """The session is being closed, by whomever; after a hard lock the page stays."""
        self._session = None
        self.idle.stop()
        if self._standing == "soft":
            self._open(forgive=False)

    def forget(self) -> None:
        """Nobody is signed in any more: there is nothing to lock."""
        self._place = None
        self._open()

    def close(self) -> None:
        """The window goes. A lock that holds is remembered for the next start."""
        self.idle.stop()
        if self._system is not None:
            self._system.close()

    # -- locking -----------------------------------------------------------------------------------------------

    def lock_now(self) -> None:
        """The person says so."""
        self.lock("asked")

    def lock(self, reason: Reason) -> None:
        """Cover the window. What was typed is kept, what lies about in plain form is cleared away."""
        session, gate, frame = self._session, self._gate, self._app.frame
        if session is None or gate is None or frame is None or self._standing != "open":
            return
        frame.notices.withdraw(_NOTICE)
        frame.keep_drafts()
        session.desk.files.wipe_opened()
        forget_clipboard()
        self._stand("soft")
        self.idle.heeding = False
        self._app.settings.locked = gate.way() != "open"
        self._cover(reason, closed=False)

    def close_store(self, reason: Reason) -> None:
        """Lock, and close the store behind it."""
        self.lock(reason)
        gate, frame = self._gate, self._app.frame
        if self._session is None or gate is None or frame is None or self._standing != "soft":
            return
        if self.page is not None and not self.page.unlock.isEnabled():
            return  # somebody is being let in at this moment: the next look comes in a second
        self._place = frame.place()
        self._session.desk.online.drop_numbers()
        self._stand("hard")
        self._cover(reason, closed=True)
        self._app.leave_session()
        gate.let_go()

    def refuse_opening(self, reason: Reason, gate: Gate) -> None:
        """The store was opened and may not be worked at: its page, with the sign-in as the only way."""
        self._gate = gate
        self._stand("hard")
        self._cover(reason, closed=True)

    # -- unlocking ---------------------------------------------------------------------------------------------

    def opened(self) -> None:
        """The gate says yes; with a closed store the session follows, and :meth:`guard` with it."""
        self._wrong = 0
        self._proven = True
        if self._standing == "soft":
            self._proven = False
            self._open()
            self.idle.heeding = True
            self.idle.touch()

    def give_way(self) -> None:
        """Something else has to be asked first (the keyring, a passphrase): its page is shown. The lock is not
        forgotten: once the store is open, it holds."""
        self._open(forgive=False)

    def refused(self, error: DeskError) -> None:
        """The gate says no, and why."""
        page = self.page
        if page is None:
            return
        words = "" if error.code == "sign_in_cancelled" else error_words(error)
        if error.code in ("wrong_passphrase", "wrong_password"):
            self._wrong += 1
            wait = _PATIENCE_S[min(self._wrong, len(_PATIENCE_S) - 1)]
            if wait:
                self._trouble = words
                template = self.tr("{words} Next try in {seconds} seconds.")
                page.show_busy(template.format(words=words, seconds=wait))
                self._again.start(wait * 1000)
                return
        if page.waiting:
            page.show_lock(words)
        else:
            page.show_trouble(words)

    def show_link(self, url: str) -> None:
        """No browser could be opened."""
        if self.page is not None:
            self.page.show_waiting(url)

    def renew(self) -> bool:
        """The page in another language; False where none is shown."""
        page = self.page
        if page is None or self._standing == "open":
            return False
        self._cover(page.reason, closed=page.closed, way=page.way)
        return True

    def _may_try_again(self) -> None:
        if self.page is not None:
            self.page.show_trouble(self._trouble)

    def _give(self, secret: str) -> None:
        if self._gate is not None and self.page is not None:
            self.page.show_busy()
            self._gate.try_secret(secret, closed=self._standing == "hard")

    def _browse(self) -> None:
        if self._gate is not None and self.page is not None:
            self.page.show_waiting()
            self._gate.try_browser(closed=self._standing == "hard")

    def _cancel(self) -> None:
        if self._gate is not None:
            self._gate.cancel()

    # -- the cover ---------------------------------------------------------------------------------------------

    def _cover(self, reason: Reason, *, closed: bool, way: Way | None = None) -> None:
        assert self._gate is not None  # whoever locks has one
        if way is None:
            way = "sign_in" if reason in ("absent", "doubtful") else self._gate.way()
        page = LockPage(reason, way, closed=closed, browser=self._gate.offers_browser())
        page.secret_given.connect(self._give)
        page.browser_asked.connect(self._browse)
        page.cancel_asked.connect(self._cancel)
        self.page = page
        self._app.window.cover_with(page)

    def _open(self, *, forgive: bool = True) -> None:
        self.page = None
        self._again.stop()
        self._stand("open")
        if forgive:
            self._app.settings.locked = False
        self._app.window.uncover()
        self._app.follow_link()

    def _stand(self, standing: Standing) -> None:
        if standing != self._standing:
            self._standing = standing
            self.changed.emit(standing)

    # -- what is heard -----------------------------------------------------------------------------------------

    def _look(self) -> None:
        session = self._session
        if session is None:
            return
        me, frame = session.desk.me, self._app.frame
        policy = policy_of(me.lock_after_s, me.hard_lock_after_s)
        calling = in_call(session)
        depth = depth_of(self.idle.idle_s, policy, in_call=calling)
        self.idle.hurry(depth != depth_of(self.idle.idle_s + _AHEAD_S, policy, in_call=calling))
        if depth == "hard":
            self.close_store("idle")
        elif depth == "soft":
            self.lock("idle")
        elif depth == "warned" and self._standing == "open" and frame is not None:
            self._warn(frame)

    def _warn(self, frame: Frame) -> None:
        if not frame.notices.stands(_NOTICE):
            words = self.tr(
                "This desk locks in a moment, because nobody has touched it. Any key keeps it open."
            )
            frame.notices.tell(_NOTICE, words, "warn", dismissible=False)

    def _touched(self) -> None:
        if self._app.frame is not None:
            self._app.frame.notices.withdraw(_NOTICE)

    def _hear_system(self) -> None:
        if self._system is None:
            self._system = self._make_system()
            self._system.setParent(self)
            self._system.locked.connect(self._screen_locked)
            self._system.sleeping.connect(self._sleeping)

    def _screen_locked(self) -> None:
        self.lock("system")

    def _sleeping(self) -> None:
        """The key must not lie in an image of the memory on the disk; the window is covered before anything else."""
        self.close_store("sleep")


def in_call(session: Session) -> bool:
    """Whether a citizen is in hand: a number is held for a call, or somebody is on the line."""
    desk = session.desk
    return desk.online.lease is not None or (desk.line is not None and desk.line.state != "idle")


def forget_clipboard() -> None:
    """What was copied here goes; what another program copied is theirs."""
    clipboard = QGuiApplication.clipboard()
    alone = QGuiApplication.platformName() in _CLIPBOARD_OF_ITS_OWN
    if clipboard.ownsClipboard() or alone:
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
