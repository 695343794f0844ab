"""The lock page, the keyring's troubles, the question of a sign-out and a wiped desk as pictures.

The lock is the sample city's own; pages that need a real account are shown with what such an account would tell them.
"""

from __future__ import annotations

from typing import Final, Protocol

from desktop.services.queries.unsent import Unsent
from desktop.tools.player import Script
from desktop.tools.stage import Stage
from desktop.views.shell.lock_page import LockPage, Reason, Way
from desktop.views.shell.sign_in import SignInPage
from desktop.views.shell.sign_out_panel import SignOutPanel
from desktop.views.shell.wiped_page import WipedPage

_KEYRING: Final = (
    "keyring_missing",
    "keyring_locked",
    "keyring_refused",
    "keyring_timeout",
    "keyring_gone",
    "keyring_other",
)
_LOCKS: Final[tuple[tuple[str, Reason, Way, bool], ...]] = (
    ("lock-soft", "idle", "system", False),
    ("lock-hard", "sleep", "passphrase", True),
    ("lock-absent", "absent", "sign_in", True),
    ("lock-doubtful", "doubtful", "sign_in", True),
)


class Album(Protocol):
    """Where pictures go."""

    def shot(self, name: str) -> Script: ...


def locks(stage: Stage, album: Album) -> Script:
    """On the desk: the question before a sign-out, and the lock over it, with a wrong answer."""
    frame = stage.app.frame
    assert frame is not None  # somebody is at work
    panel = SignOutPanel(frame)
    panel.show_unsent(Unsent(waiting=3, to_settle=1, drafts=2, files=1), online=True)
    panel.open_over()
    yield 0.2
    yield from album.shot("sign-out")
    panel.hide()
    panel.deleteLater()
    stage.app.locks.lock_now()
    yield 0.2
    yield from album.shot("lock-now")
    for name, reason, way, closed in _LOCKS:
        page = LockPage(reason, way, closed=closed, browser=way != "passphrase")
        stage.app.window.cover_with(page)
        if name == "lock-soft":
            page.show_trouble(stage.say(("密码不正确。", "The password does not fit.")))
        yield 0.2
        yield from album.shot(name)
    stage.app.locks.opened()
    yield 0.2


def outside(stage: Stage, album: Album) -> Script:
    """Instead of a desk: each trouble of the keyring, a lost key, a wiped machine."""
    for code in _KEYRING:
        page = SignInPage("https://12345.example.gov.cn")
        page.show_keyring(code, new=code == "keyring_timeout")
        stage.app.window.show_content(page)
        yield 0.2
        yield from album.shot(code.replace("_", "-"))
    page = SignInPage("https://12345.example.gov.cn")
    page.show_face("lost")
    stage.app.window.show_content(page)
    yield 0.2
    yield from album.shot("keyring-lost")
    for name, sealed in (
        ("wiped-sealed", "~/.local/share/supervision-desk/accounts/5f2c.sealed"),
        ("wiped", ""),
    ):
        stage.app.window.show_content(WipedPage(unsent=4, sealed=sealed))
        yield 0.2
        yield from album.shot(name)
