"""Whether who sits here knows the password of this machine's account: asked of the system, as a screen lock does.

Linux and macOS through PAM, Windows through LogonUser. The password goes to the system and nowhere else, and nothing
here keeps it. Blocks for seconds where it is wrong, on the system's purpose; never call it on the GUI thread.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_void_p, cast
from pathlib import Path
from typing import Any, Literal, Protocol

_log = logging.getLogger(__name__)

Owned = Literal["yes", "no", "unknown"]
"""``unknown``: the system could not say (no account of its own, a card instead of a password, a fault)."""

SERVICES = ("supervision-desk", "system-auth", "common-auth", "checkpw", "login")
"""PAM's ways in, the first that this machine has: ours where an administrator made one, else those of screen locks."""

_PLACES = ("/etc/pam.d", "/usr/lib/pam.d", "/usr/share/pam.d")
_SUCCESS, _CONV_ERR = 0, 19
_REFUSALS = frozenset({7, 8, 11, 13})
"""PAM_AUTH_ERR, CRED_INSUFFICIENT, MAXTRIES, ACCT_EXPIRED of Linux-PAM: a no, whatever a better password would do."""

_ECHO_OFF, _ECHO_ON = 1, 2


class Owner(Protocol):
    """Asks the system. ``available`` says, without a password, whether there is any sense in asking."""

    @property
    def available(self) -> bool: ...

    def proves(self, password: str) -> Owned: ...


class _Message(Structure):
    _fields_ = (("style", c_int), ("text", c_char_p))


class _Answer(Structure):
    _fields_ = (("text", c_void_p), ("code", c_int))


_Talk = CFUNCTYPE(c_int, c_int, POINTER(POINTER(_Message)), POINTER(POINTER(_Answer)), c_void_p)


class _Conversation(Structure):
    _fields_ = (("talk", _Talk), ("data", c_void_p))


class PamOwner:
    """The account ``user`` of this machine. ``folder`` holds other descriptions of services than the system's."""

    def __init__(self, user: str, *, service: str = "", folder: str = "") -> None:
        self._user = user
        self._service = service or _first_service()
        self._folder = folder
        self._pam, self._libc = _library("libpam.so.0", "libpam.2.dylib"), _library("libc.so.6", "libc.dylib")

    @property
    def available(self) -> bool:
        """There is PAM, a service to ask, and somebody to ask about."""
        return bool(self._pam is not None and self._libc is not None and self._service and self._user)

    def proves(self, password: str) -> Owned:
        """Whether ``password`` is the account's. Blocks."""
        pam, libc = self._pam, self._libc
        if pam is None or libc is None or not self.available:
            return "unknown"
        handle = c_void_p()
        conversation = _Conversation(_Talk(_Speaker(libc, password.encode())), None)
        names = (self._service.encode(), self._user.encode())
        if self._folder:
            begun = pam.pam_start_confdir(*names, byref(conversation), self._folder.encode(), byref(handle))
        else:
            begun = pam.pam_start(*names, byref(conversation), byref(handle))
        if begun != _SUCCESS:
            return "unknown"
        answer = pam.pam_authenticate(handle, 0)
        pam.pam_end(handle, answer)
        if answer == _SUCCESS:
            return "yes"
        if answer in _REFUSALS:
            return "no"
        _log.info("the system could not say who sits here (%d)", answer)
        return "unknown"


class _Speaker:
    """Answers every question for something unseen with the password, and others with nothing."""

    def __init__(self, libc: ctypes.CDLL, password: bytes) -> None:
        self._libc = libc
        self._password = password
        self._libc.calloc.restype = c_void_p
        self._libc.calloc.argtypes = (c_size_t, c_size_t)
        self._libc.strdup.restype = c_void_p
        self._libc.strdup.argtypes = (c_char_p,)

    def __call__(self, count: int, messages: Any, answers: Any, _: Any) -> int:
        room = self._libc.calloc(count, ctypes.sizeof(_Answer))  # PAM frees it, and the texts in it
        if not room:
            return _CONV_ERR
        written = cast(room, POINTER(_Answer))
        for index in range(count):
            style = messages[index].contents.style
            if style in (_ECHO_OFF, _ECHO_ON):
                written[index].text = self._libc.strdup(self._password if style == _ECHO_OFF else b"")
        answers[0] = written
        return _SUCCESS


class WindowsOwner:
    """The signed-in user of Windows."""

    _NETWORK, _DEFAULT, _WRONG = 3, 0, 1326

    def __init__(self, user: str, domain: str) -> None:
        self._user = user
        self._domain = domain

    @property
    def available(self) -> bool:
        """There is a name to ask about."""
        return bool(self._user)

    def proves(self, password: str) -> Owned:
        """Whether ``password`` is the account's. Blocks."""
        windll: Any = getattr(ctypes, "WinDLL")  # noqa: B009  mypy on another system does not know it
        advapi, kernel = windll("advapi32", use_last_error=True), windll("kernel32")
        token = c_void_p()
        done = advapi.LogonUserW(
            self._user, self._domain or ".", password, self._NETWORK, self._DEFAULT, byref(token)
        )
        if done:
            kernel.CloseHandle(token)
            return "yes"
        last_error: Any = getattr(ctypes, "get_last_error")  # noqa: B009
        return "no" if last_error() == self._WRONG else "unknown"


def find_owner(platform: str = sys.platform) -> Owner | None:
    """Who this machine says is signed in; None where it cannot be asked."""
    owner: Owner
    if platform == "win32":
        import os

        owner = WindowsOwner(os.environ.get("USERNAME", ""), os.environ.get("USERDOMAIN", ""))
    else:
        owner = PamOwner(_user_name())
    return owner if owner.available else None


def _user_name() -> str:
    import os
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""


def _first_service() -> str:
    return next((name for name in SERVICES if any(Path(place, name).exists() for place in _PLACES)), "")


def _library(*names: str) -> ctypes.CDLL | None:
    for name in names:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None
