"""What is said where the system's keyring does not give the store's key: what is, what is safe, what to do.

One entry a state, because each has another way out. None of them is to make a new key or a new store.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject


class KeyringWords(NamedTuple):
    """A title, what is the matter, and what to do."""

    title: str
    what: str
    do: str


class KeyringSays(QObject):
    """A QObject for the sake of ``self.tr`` alone."""

    def of(self, code: str, *, new: bool) -> KeyringWords:
        """The words for a code of the vault; ``new``: nothing is kept on this machine yet."""
        title, what, do = self._states().get(code, self._states()["keyring_failed"])
        if new:
            safe = self.tr("Nothing is kept on this machine yet, so a passphrase can lock it instead.")
        else:
            safe = self.tr("Your work is where it was and stays locked; no new key and no new store is made.")
        return KeyringWords(title, f"{what} {safe}", do)

    def _states(self) -> dict[str, tuple[str, str, str]]:
        return {
            "keyring_missing": (
                self.tr("The system's keyring is not running"),
                self.tr("The key to your work was put into it, and this session has none."),
                self.tr("Sign in to the computer as usual, with its desktop, and try again."),
            ),
            "keyring_locked": (
                self.tr("The system's keyring is locked"),
                self.tr("It asks for its password in a window of its own, which nobody has answered."),
                self.tr("Look for that window, perhaps behind this one, or sign in to the computer again."),
            ),
            "keyring_refused": (
                self.tr("The keyring was not unlocked"),
                self.tr("Its window was closed, or it could not be shown."),
                self.tr("Try again and type the keyring's password; it is mostly the one of your computer."),
            ),
            "keyring_timeout": (
                self.tr("The system's keyring does not answer"),
                self.tr("It runs, but seems to hang."),
                self.tr("Try again in a minute. If it stays so, sign out of the computer and in again."),
            ),
            "keyring_gone": (
                self.tr("The system's keyring has ended"),
                self.tr("It was there a moment ago."),
                self.tr("Try again; if it does not come back, sign out of the computer and in again."),
            ),
            "keyring_other": (
                self.tr("Something else lies in the keyring"),
                self.tr("Under the name of this store's key there is something that is no key."),
                self.tr("Ask your administrator whether an earlier copy of the keyring can be brought back."),
            ),
            "keyring_failed": (
                self.tr("The system's keyring reports an error"),
                self.tr("It could not be read."),
                self.tr("Try again; the program's log names the error for your technician."),
            ),
        }
