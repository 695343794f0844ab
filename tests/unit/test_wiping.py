"""A wipe killed at any step goes on at the next start, the key first; and only the server's own word begins one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import msgspec
import pytest

from central.boxes import open_box
from central.commands.recovery import new_key
from desktop.models.domain.wire import Device
from desktop.services.account import wiping
from desktop.services.account.sealing import BadRecoveryKey, seal
from desktop.services.account.wiping import WipeOrder, carry_out, finish, is_ordered, note, pending

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "0a1b2c"
SECRET = b"what a citizen said"

_CHILD = """
import os, signal, sys
from pathlib import Path
from desktop.services.account.wiping import WipeOrder, carry_out, note, pending
accounts, left = Path(sys.argv[1]), [int(sys.argv[2])]
key = accounts.parent / "key"
def die(event, args):
    if event in ("open", "os.remove", "os.rename", "os.rmdir", "os.chmod") and str(accounts.parent) in str(args[0]):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
def destroy():
    key.unlink(missing_ok=True)
    return True
order = pending(accounts) or WipeOrder(account="0a1b2c", server="https://x")
note(accounts, order)
carry_out(accounts, order, destroy)
"""


def store(root: Path) -> Path:
    """An account as it lies on a disk, with a copy that was set aside and a file that was open elsewhere."""
    accounts = root / "accounts"
    for place in (
        f"{ACCOUNT}/desk.db",
        f"{ACCOUNT}/desk.db-wal",
        f"{ACCOUNT}/opened/x.pdf",
        f"{ACCOUNT}.aside-1/desk.db",
    ):
        path = accounts / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(SECRET * 1000)
    (accounts / "other" / "desk.db").parent.mkdir()
    (accounts / "other" / "desk.db").write_bytes(b"a colleague's")
    (root / "key").write_bytes(b"k")
    return accounts


def test_a_wipe_killed_at_any_step_ends_at_the_next_start(tmp_path: Path) -> None:
    """Whoever pulls the plug in the middle keeps nothing: no file outlives the key by more than the interruption."""
    for step in range(1, 60):
        accounts = store(tmp_path / str(step))
        child = subprocess.run(
            [sys.executable, "-S", "-c", _prelude() + _CHILD, str(accounts), str(step)], cwd=ROOT, check=False
        )
        if child.returncode == 0:
            break
        assert child.returncode == -signal.SIGKILL
        key_there = (tmp_path / str(step) / "key").exists()
        if not (accounts / ACCOUNT / "desk.db").exists():
            assert not key_there, "the files went before the key"
        order = pending(accounts)
        if order is None:
            assert key_there, "without an order written down nothing may be destroyed"
            assert (accounts / ACCOUNT / "desk.db").read_bytes() == SECRET * 1000
            continue
        key = tmp_path / str(step) / "key"
        order = carry_out(accounts, order, lambda key=key: key.unlink(missing_ok=True) or True)  # type: ignore[misc]
        assert order.stage == "files_gone"
        finish(accounts, order)
        assert sorted(p.name for p in accounts.iterdir() if not p.name.endswith(".part")) == ["other"]
        assert not key.exists()
    else:
        pytest.fail("the child never got through")
    assert step > 10, "the wipe was interrupted at too few places"
    assert not (accounts / ACCOUNT).exists()
    assert (accounts / "other" / "desk.db").read_bytes() == b"a colleague's"


def test_a_keyring_that_hangs_delays_the_key_and_not_the_files(tmp_path: Path) -> None:
    """The order stands until both halves are gone; neither is of use alone."""
    accounts = store(tmp_path)
    order = WipeOrder(account=ACCOUNT, server="https://x")
    note(accounts, order)
    order = carry_out(accounts, order, lambda: False)
    assert order.stage == "ordered"
    assert not (accounts / ACCOUNT).exists()
    assert pending(accounts) == order
    assert carry_out(accounts, order, lambda: True).stage == "files_gone"


def test_only_the_servers_word_about_this_very_device_is_an_order() -> None:
    assert is_ordered(Device(id="mine", state="wipe"), "mine")
    for told in (Device(id="another", state="wipe"), Device(id="mine", state="locked"), Device(id="mine")):
        assert not is_ordered(told, "mine")


def test_what_was_sealed_opens_with_the_citys_key_alone(tmp_path: Path) -> None:
    """Three days of field work survive the wipe, readable by the office and nobody who finds the machine."""
    chance = random.Random(5)
    public = new_key(tmp_path / "recovery.key")
    box = seal(SECRET, public, secret=chance.randbytes(32), nonce=chance.randbytes(12))
    assert SECRET not in box
    private = (tmp_path / "recovery.key").read_text("ascii")
    assert open_box(box, b64decode(private)) == SECRET
    with pytest.raises(FileExistsError):
        new_key(tmp_path / "recovery.key")
    new_key(tmp_path / "another.key")
    changed = msgspec.json.decode(box)
    changed["sealed"] = (
        "A" + changed["sealed"][1:] if changed["sealed"][0] != "A" else "B" + changed["sealed"][1:]
    )
    for spoilt, key in (
        (box, (tmp_path / "another.key").read_text("ascii")),
        (msgspec.json.encode(changed), private),
    ):
        with pytest.raises(ValueError, match="another key"):
            open_box(spoilt, b64decode(key))
    with pytest.raises(BadRecoveryKey):
        seal(SECRET, "bm90IGEga2V5", secret=chance.randbytes(32), nonce=chance.randbytes(12))
    assert wiping.keep_sealed(tmp_path, "x", box).stat().st_mode & 0o077 == 0


def _prelude() -> str:
    """``-S`` starts quickly and knows no packages: the path of the ones that are needed."""
    return f"import sys; sys.path[:0] = {[p for p in sys.path if p]!r}\n"
