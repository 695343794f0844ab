"""The machine's own password check, asked of the real PAM library with services of the test's own."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from pathlib import Path

import pytest

from desktop.services.account.owner import PamOwner

_PASSWORD = "密码 with spaces"


def _pam_is_here() -> bool:
    found = ctypes.util.find_library("pam")
    modules = any(Path("/").glob("lib/*/security/pam_exec.so")) or any(
        Path("/").glob("usr/lib*/**/pam_exec.so")
    )
    return bool(found) and modules and hasattr(ctypes.CDLL(found), "pam_start_confdir")


pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PAM with folders of its own is Linux's"),
    pytest.mark.skipif(not _pam_is_here(), reason="no Linux-PAM 1.4 with pam_exec here (libpam-modules)"),
]


def service(folder: Path, *lines: str) -> PamOwner:
    (folder / "lock").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return PamOwner("nobody", service="lock", folder=str(folder))


def test_only_the_password_of_the_account_opens(tmp_path: Path) -> None:
    """A lock that takes any password, or none, is a screen saver."""
    judge = tmp_path / "judge"
    judge.write_text(
        f'#!{sys.executable}\nimport sys\nsys.exit(sys.stdin.buffer.read().rstrip(b"\\0") != {_PASSWORD.encode()!r})\n',
        "utf-8",
    )
    judge.chmod(0o755)
    owner = service(
        tmp_path, f"auth required pam_exec.so quiet expose_authtok {judge}", "account required pam_permit.so"
    )
    assert owner.available
    assert owner.proves(_PASSWORD) == "yes"
    assert owner.proves("another") != "yes"
    assert owner.proves("") != "yes"


def test_a_refusal_and_a_system_that_cannot_say_are_told_apart(tmp_path: Path) -> None:
    """ "Wrong password" before somebody who has only a card would send them round in circles."""
    assert service(tmp_path, "auth required pam_deny.so").proves(_PASSWORD) == "no"
    assert service(tmp_path, "auth required pam_gone.so").proves(_PASSWORD) != "yes"
    assert not PamOwner("", service="lock", folder=str(tmp_path)).available
