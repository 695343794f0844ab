"""The proxy that the operating system names for an address, in the form the HTTP client takes.

Asking may take seconds where the system runs a script to find out: never on the GUI thread. Loopback has no proxy.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import QUrl
from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_TUNNELS: Final = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)


def system_proxy(address: str) -> str:
    """``http://host:port`` of the proxy on the way to ``address``, "" for a direct way. Blocks."""
    if urlsplit(address).hostname in _LOOPBACK:
        return ""
    for proxy in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(address))):
        if proxy.type() in _TUNNELS and proxy.hostName():
            return f"http://{proxy.hostName()}:{proxy.port() or 8080}"
        if proxy.type() == QNetworkProxy.ProxyType.NoProxy:
            return ""
    return ""
