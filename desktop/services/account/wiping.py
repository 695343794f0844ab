"""Wiping one account from this machine by order of its server: the key first, then the files, whatever interrupts it.

The order is written down before anything is destroyed, so that a process killed at any moment goes on at the next
start. Never begins a wipe by itself: who calls has asked the server, and been told so in so many words.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desktop.models.domain.wire import Device

from .durable import write_durably

Stage = Literal["ordered", "key_gone", "files_gone"]
_SUFFIX = ".wipe"
_SEALED = ".sealed"
_HEAD = 8192
"""Bytes at the beginning of a file that are overwritten before it goes: its salt, without which the key is none."""


class WipeOrder(Struct, frozen=True, kw_only=True):
    """What is being wiped and how far it has come. Names folders and the server; no person and no case."""

    account: str
    server: str
    stage: Stage = "ordered"
    unsent: int = 0
    sealed: str = ""
    left: str = ""


def is_ordered(device: Device, device_id: str) -> bool:
    """Whether the server's own word about *this* device is that it be wiped. Nothing else is an order: not a refused
    sign-in, not a code of an error, not the state of another device."""
    return device.id == device_id and device.state == "wipe"


def pending(accounts: Path) -> WipeOrder | None:
    """The order that a killed process left behind."""
    for path in sorted(accounts.glob(f"*{_SUFFIX}")):
        try:
            return msgspec.json.decode(path.read_bytes(), type=WipeOrder)
        except (OSError, msgspec.MsgspecError):
            continue
    return None


def note(accounts: Path, order: WipeOrder) -> None:
    """Write down how far it has come; it is on disk when this returns. Raises OSError."""
    write_durably(accounts / f"{order.account}{_SUFFIX}", msgspec.json.encode(order))


def keep_sealed(accounts: Path, name: str, box: bytes) -> Path:
    """Put a sealed box where the wipe leaves it; ``name`` is used for no other box."""
    path = accounts / f"{name}{_SEALED}"
    with path.open("wb") as out:
        out.write(box)
        out.flush()
        os.fsync(out.fileno())
    path.chmod(0o600)
    return path


def carry_out(accounts: Path, order: WipeOrder, destroy_key: Callable[[], bool]) -> WipeOrder:
    """Destroy the key, then the files; may be called again and again until the stage is "files_gone".

    A keyring that does not answer keeps its copy until the next try, and the files go meanwhile: neither half is of
    use without the other, and the order stands until both are gone.
    """
    if order.stage == "ordered" and destroy_key():
        order = replace(order, stage="key_gone")
        note(accounts, order)
    left = ""
    folders = [accounts / order.account, *accounts.glob(f"{order.account}.aside-*")]
    for folder in folders:
        left = destroy_files(folder) or left
    order = replace(order, left=left)
    if order.stage == "key_gone":
        order = replace(order, stage="files_gone")
    note(accounts, order)
    return order


def finish(accounts: Path, order: WipeOrder) -> None:
    """The server knows; the order is history."""
    (accounts / f"{order.account}{_SUFFIX}").unlink(missing_ok=True)


def destroy_files(folder: Path) -> str:
    """Overwrite the head of every file in ``folder`` and remove it; one that the system does not let go, or "".

    On a solid-state disk old blocks may outlive this; they are as unreadable as the key is gone.
    """
    left = ""
    if not folder.is_dir():
        return left
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        try:
            path.chmod(0o600)
            with path.open("r+b") as out:
                out.write(bytes(min(_HEAD, path.stat().st_size)))
                out.flush()
                os.fsync(out.fileno())
            path.unlink()
        except OSError:
            left = str(path)
    shutil.rmtree(folder, ignore_errors=True)
    return left if folder.exists() else ""
