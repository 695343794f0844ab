"""A person's hands on the real program: signing in, waiting, looking. What each role does stands in ``deeds``.

A deed works the window's own pages and forms, waits for what a person would wait for, and never reaches past them into
the store, but to read.
"""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import requests
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit

from desktop.app import App
from desktop.models.domain.wire import sum_hashes
from desktop.models.store.tables import (
    application_list,
    finding_list,
    notice_list,
    outbox,
    projection,
    ticket_list,
    urge_list,
    urgent_report_list,
    visit_list,
)
from desktop.services.queries.base import Reader

PATIENCE_MS = 180_000
FIRST_SYNC_MS = 240_000
PASSPHRASE = "correct horse battery"
TABLES = {
    t.name: t
    for t in (
        application_list,
        finding_list,
        notice_list,
        outbox,
        projection,
        ticket_list,
        urge_list,
        urgent_report_list,
        visit_list,
    )
}


class Impatient(Exception):
    """What was waited for did not come."""


class Hands(QObject):
    """Carries out deeds on the GUI thread, one after the other."""

    given = Signal(str)

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.given.connect(self._do, Qt.ConnectionType.QueuedConnection)
        QDesktopServices.setUrlHandler("http", self, "browse")  # type: ignore[arg-type]  # the stub is wrong
        self._login = ("", "")

    # -- plumbing ----------------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Read deeds until standard input ends, then close the window."""
        for line in sys.stdin:
            self.given.emit(line)
        self.given.emit('{"deed": "close"}')

    @Slot(str)
    def _do(self, line: str) -> None:
        asked = json.loads(line)
        deed = getattr(self, f"deed_{asked.pop('deed')}")
        try:
            answer = {"ok": deed(**asked)}
        except Exception as error:  # noqa: BLE001  the test on the other side decides what a failure means
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=str) + "\n")
        sys.stdout.flush()

    def wait(self, what: str, condition: Callable[[], object], patience_ms: int = PATIENCE_MS) -> Any:
        """What ``condition`` answers as soon as it is true of the program; the event loop runs meanwhile."""
        loop, clock, late = QEventLoop(), QTimer(), QTimer()
        found: list[Any] = []

        def look() -> None:
            value = condition()
            if value:
                found.append(value)
                loop.quit()

        clock.timeout.connect(look)
        late.setSingleShot(True)
        late.timeout.connect(loop.quit)
        clock.start(20)
        late.start(patience_ms)
        loop.exec()
        clock.stop()
        if not found:
            raise Impatient(what)
        return found[0]

    def read(self, query: Callable[[Reader], Any]) -> Any:
        """A query's answer."""
        box = _Box()
        self.desk.run_query(box, query, box.put, failed=box.fail)
        self.wait("a query", lambda: box.full)
        return box.value()

    @property
    def desk(self) -> Any:
        """The desk of the person at work."""
        assert self.app.session is not None
        return self.app.session.desk

    @property
    def frame(self) -> Any:
        """What the window shows."""
        return self.app.frame

    # -- signing in --------------------------------------------------------------------------------------------

    @Slot(QUrl)
    def browse(self, url: QUrl) -> None:
        """The person's browser: opens the page, fills in the form and follows where it leads."""
        threading.Thread(target=_browse, args=(url.toString(), self._login), daemon=True).start()

    def deed_sign_in(self, login: str, password: str) -> str:
        """Through the sign-in page, the browser and the passphrase; back when the first sync is complete."""
        self._login = (login, password)
        page = self.wait("the sign-in page", self._sign_in_page)
        page.sign_in_asked.emit(page.address.value())
        self._enter_passphrase(page)
        return self.deed_wait_synced()

    def deed_sign_in_again(self, login: str, password: str) -> str:
        """From the status bar: without a keyring no sign-in outlives the program."""
        self.wait(
            "the sign-in to be missed",
            lambda: self.desk.connection.state in ("signed_out", "sign_in_expired"),
        )
        self._login = (login, password)  # the browser asks for nothing else, and the page stays
        self.frame.sign_in_asked.emit()
        return self.deed_wait_synced()

    def deed_come_back(self) -> str:
        """A second start: nothing but the passphrase is asked for."""
        page = self.wait("the page for the passphrase", self._sign_in_page)
        self._enter_passphrase(page)
        self.wait("the frame", lambda: self.frame is not None)
        return str(self.desk.me.name)

    def _sign_in_page(self) -> Any:
        page = getattr(self.app.mode, "_page", None)
        return page if page is not None and page.isVisible() else None

    def _enter_passphrase(self, page: Any) -> None:
        try:
            face = self.wait("the passphrase", lambda: page.face() if "passphrase" in page.face() else "")
        except Impatient as missed:
            raise Impatient(f"{missed}; the page shows {page.face()}") from missed
        for line in page.findChildren(QLineEdit):
            if line.echoMode() == QLineEdit.EchoMode.Password and line.isVisible():
                line.setText(PASSPHRASE)
        (page._choose if face == "new_passphrase" else page._enter)()

    def deed_wait_synced(self) -> str:
        """Until the first sync is complete; the person's name."""
        self.wait(
            "the first sync",
            lambda: self.app.session is not None and self.app.session.worker.progress.state == "done",
            FIRST_SYNC_MS,
        )
        self.wait("the connection", lambda: self.desk.connection.online)
        return str(self.desk.me.name)

    def deed_sync(self) -> int:
        """Sync now and until nothing waits; how many operations are still unsent."""
        worker = self.app.session.worker  # type: ignore[union-attr]
        box = _Box()
        worker.settled.connect(box.ring)
        worker.sync_now()
        self.wait("a round", lambda: box.full and self.desk.connection.online)
        self.wait("an empty outbox", lambda: self.desk.connection.waiting == 0)
        box.full = False
        worker.sync_now()
        self.wait("another round", lambda: box.full)
        worker.settled.disconnect(box.ring)
        return int(self.desk.connection.waiting)

    def deed_wait_offline(self) -> str:
        """Until the program has noticed that the network is gone."""
        self.app.session.worker.sync_now()  # type: ignore[union-attr]
        self.wait("being offline", lambda: self.desk.connection.state == "offline")
        return str(self.desk.connection.state)

    def deed_waiting(self) -> int:
        """How many operations wait; back when the status bar says the same."""
        self.wait("the status bar", lambda: self.desk.connection.waiting == self._unsent())
        return self._unsent()

    def _unsent(self) -> int:
        return sum(row["state"] in ("queued", "in_flight") for row in self.deed_rows("outbox"))

    # -- looking -----------------------------------------------------------------------------------------------

    def deed_overdue(self) -> list[str]:
        """The numbers of the overdue list, in the order in which the list shows them."""
        page = self.frame.open_page("supervision", "overdue")
        self.wait("the list", lambda: page.is_stale() is False and page.list.model.rowCount() > 0)
        self.wait(
            "the count", lambda: page.list._count.text().replace(",", "") == str(page.list.model.rowCount())
        )
        rids = list(page.list.model.rids())
        numbers = dict(self.read(lambda r: [(row.rid, row.number) for row in r.all(_NUMBERS)]))
        return [numbers[rid] for rid in rids]

    def deed_rows(self, table: str) -> list[dict[str, Any]]:
        """A table of the store, as a list draws from it."""
        found: list[dict[str, Any]] = self.read(
            lambda r: [_plain(row) for row in r.all(TABLES[table].select())]
        )
        return found

    def deed_wait_row(self, table: str, **wanted: str) -> dict[str, Any]:
        """Until a row with these values is in a table of the store."""
        found: list[dict[str, Any]] = []

        def look() -> bool:
            found[:] = [r for r in self.deed_rows(table) if all(str(r[k]) == v for k, v in wanted.items())]
            return bool(found)

        worker = self.app.session.worker  # type: ignore[union-attr]
        for _ in range(60):
            if look():
                return found[0]
            worker.sync_now()
            self._pause()
        raise Impatient(f"{table} {wanted}")

    def _pause(self) -> None:
        """Let a round pass."""
        box = _Box()
        worker = self.app.session.worker  # type: ignore[union-attr]
        worker.settled.connect(box.ring)
        with contextlib.suppress(Impatient):
            self.wait("a round", lambda: box.full, 2_000)
        worker.settled.disconnect(box.ring)

    def deed_shot(self, path: str) -> bool:
        """A picture of the window."""
        return bool(self.app.window.grab().save(path))

    def deed_advance_clock(self, to: str) -> str:
        """Move the replayed office's clock forward; the office time afterwards."""
        box = _Box()
        self.desk.online.advance_clock(box, datetime.fromisoformat(to), box.put, box.fail)
        self.wait("the clock", lambda: box.full)
        return str(box.value().office_time)

    def deed_differences(self) -> list[str]:
        """Types of rows whose count or hashes differ between this store and the server's digest for this person."""
        session = self.app.session
        assert session is not None
        box: list[Any] = []
        threading.Thread(target=lambda: box.append(session.server.online.digest()), daemon=True).start()
        digest = self.wait("the digest", lambda: box and box[0])
        rows = self.read(lambda r: [(row.type, row.id, row.version) for row in r.all(_VERSIONS)])
        mine: dict[str, list[tuple[str, int]]] = {}
        for entity_type, entity_id, version in rows:
            mine.setdefault(entity_type, []).append((entity_id, version))
        types = {t for t, e in digest.types.items() if e.count} | set(mine)
        return sorted(t for t in types if digest.types.get(t) != sum_hashes(mine.get(t, [])))

    def deed_close(self) -> bool:
        """Close the window as a person does."""
        QTimer.singleShot(0, self.app.window.close)
        return True


class _Box(QObject):
    """Where an answer comes home."""

    def __init__(self) -> None:
        super().__init__()
        self.full = False
        self._value: Any = None
        self._error: Any = None

    @Slot(object)
    def put(self, value: Any) -> None:
        self._value, self.full = value, True

    @Slot(object)
    def fail(self, error: Any) -> None:
        self._error, self.full = error, True

    @Slot()
    def ring(self) -> None:
        self.full = True

    def value(self) -> Any:
        if self._error is not None:
            raise Impatient(f"{self._error.code} {self._error.params}")
        return self._value


class _Fields(HTMLParser):
    """The hidden fields of the sign-in form."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "input" and named.get("type") == "hidden":
            self.found[named.get("name") or ""] = named.get("value") or ""


def _browse(url: str, login: tuple[str, str]) -> None:
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(url, timeout=30)
        form = _Fields()
        form.feed(page.text)
        fields = form.found | {"login": login[0], "password": login[1]}
        browser.post(page.url.partition("?")[0], data=fields, timeout=30)


def _plain(row: Any) -> dict[str, Any]:
    return {k: v.decode() if isinstance(v, bytes) else v for k, v in row._mapping.items()}


_VERSIONS = projection.select().with_only_columns(projection.c.type, projection.c.id, projection.c.version)
_NUMBERS = ticket_list.select().with_only_columns(ticket_list.c.rid, ticket_list.c.number)
