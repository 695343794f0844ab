"""An OpenID provider that is not ours: npm's oidc-provider in a process, and a browser that fills its pages in.

    with openid_provider(keys=[key]) as provider:
        target = Browser().sign_in(url, "wangmin")     # the address on loopback that the browser is sent to

The package is installed from its lock, by hash, once; where there is no node, npm or package registry the test is
skipped in words. Its sign-in page takes anybody by name, which suits a test and nothing else.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import select
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
from joserfc.jwk import RSAKey

HERE = Path(__file__).resolve().parent / "openid_provider"
ROOT = HERE.parents[2]
CLIENT_ID = "supervision-desk-of-the-office"
_INSTALL_S = 240
_START_S = 60
_PAGES = 12


@dataclass
class RunningProvider:
    """``issuer`` is its address."""

    issuer: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.issuer.rpartition(":")[2])


def signing_key(name: str) -> RSAKey:
    """A key as a provider signs with, under this kid."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"}, private=True)


def installed() -> Path:
    """The folder with the package. Skips the running test where it cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("no node or npm here: the independent OpenID provider cannot be started")
    lock = HERE / "package-lock.json"
    mark = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    folder = ROOT / ".venv" / f"openid-provider-{mark}"
    if not (folder / "ready").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev", "--loglevel=error"]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=_INSTALL_S
        )
        if done.returncode:
            pytest.skip(f"npm could not install the independent OpenID provider: {done.stderr[-300:]}")
        (folder / "ready").touch()
    shutil.copy(HERE / "provider.mjs", folder)
    return folder


@contextmanager
def openid_provider(
    *, keys: Sequence[RSAKey], port: int = 0, client_id: str = CLIENT_ID
) -> Iterator[RunningProvider]:
    """A provider with one native client; it signs with the first of ``keys``."""
    folder = installed()
    asked: dict[str, Any] = {
        "port": port,
        "keys": [key.as_dict(private=True) for key in keys],
        "clients": [
            {
                "client_id": client_id,
                "application_type": "native",
                "token_endpoint_auth_method": "none",
                "grant_types": ["authorization_code", "refresh_token"],
                "response_types": ["code"],
                "redirect_uris": ["http://127.0.0.1/callback"],
            }
        ],
    }
    with (folder / "provider.log").open("ab") as log:
        process = subprocess.Popen(
            ["node", "provider.mjs", json.dumps(asked)],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        if not select.select([process.stdout], [], [], _START_S)[0]:
            raise RuntimeError(f"the provider does not start; see {folder / 'provider.log'}")
        yield RunningProvider(json.loads(process.stdout.readline())["issuer"], process)
    finally:
        process.terminate()
        process.wait(60)
        process.stdin.close()
        process.stdout.close()


class Browser:
    """As much of a browser as the provider's pages need: cookies, redirects, forms."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.trust_env = False

    def close(self) -> None:
        self.session.close()

    def sign_in(self, url: str, name: str) -> str:
        """Fill in each page until the browser is sent to the waiting program; that address."""
        reply = self.session.get(url, allow_redirects=False, timeout=30)
        for _ in range(_PAGES):
            if reply.is_redirect:
                target = urljoin(reply.url, reply.headers["Location"])
                if "/callback?" in target:
                    return target
                reply = self.session.get(target, allow_redirects=False, timeout=30)
                continue
            assert reply.status_code == 200, reply.text[:2000]
            action, fields = _form(reply.text)
            if "login" in fields:
                fields |= {"login": name, "password": "anything"}
            reply = self.session.post(
                urljoin(reply.url, action), data=fields, allow_redirects=False, timeout=30
            )
        raise AssertionError("the provider's pages lead nowhere")


def _form(page: str) -> tuple[str, dict[str, str]]:
    found = re.search(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert found, page[:2000]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", found[2]):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if "name" in attributes:
            fields[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return html.unescape(found[1]), fields
