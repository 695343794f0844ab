"""One peer on the same cases in a plain file; prints what it measured as JSON. Runs in `.venv-peers`.

`python -m benchmarks.peer_child NAME PLAIN-FILE NOW WORD…`: pandas behind a Qt model, Django's admin, Anki's backend,
DuckDB. Each is used as its own documents show it, and given what helps it: indexes, a warm file, its own order.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

OPEN = "open a list"
OVERDUE = "overdue filter"
SORT = "sort by title"
END = "to the end"
SEARCH = "search"
COUNTS = "counts of all queues"
BY_UNIT = "cases, open and late, by unit"
_ROUNDS = 5
_PAGE = 64


class Told:
    """Seconds by name, and bytes above the bare process."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self.bytes: dict[str, int] = {}
        self._bare = _resident()

    def time(self, name: str, work: Callable[[], object], rounds: int = _ROUNDS) -> None:
        for _ in range(rounds):
            began = time.perf_counter()
            work()
            self.seconds.setdefault(name, []).append(time.perf_counter() - began)

    def tell(self, name: str) -> None:
        self.bytes[name] = _resident() - self._bare
        print(json.dumps({"seconds": self.seconds, "bytes": self.bytes}))


def _resident() -> int:
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 if statm.exists() else 0


def with_pandas(plain: Path, now: int, words: list[str]) -> None:
    """A data frame as the model of a QTableView, painted after each step."""
    import pandas as pd  # type: ignore[import-untyped, import-not-found, unused-ignore]  # in `.venv-peers` alone
    from PySide6.QtCore import QAbstractTableModel
    from PySide6.QtWidgets import QApplication, QTableView

    told = Told()
    qt = QApplication([])
    shown = (
        "number",
        "title",
        "state",
        "unit_id",
        "due_at",
        "request_type",
        "channel",
        "urgency",
        "received_at",
    )

    class Frame(QAbstractTableModel):
        def __init__(self) -> None:
            super().__init__()
            self.frame: Any = None

        def rowCount(self, parent: Any = None) -> int:
            return 0 if self.frame is None else len(self.frame)

        def columnCount(self, parent: Any = None) -> int:
            return len(shown)

        def data(self, index: Any, role: int = 0) -> object:
            return str(self.frame.iat[index.row(), index.column() + 1]) if role == 0 else None

        def show(self, frame: Any) -> None:
            self.beginResetModel()
            self.frame = frame
            self.endResetModel()
            table.scrollToTop()
            qt.processEvents()

    model, table = Frame(), QTableView()
    table.resize(1366, 768)
    table.setModel(model)
    table.show()
    qt.processEvents()
    every: Any = None

    def load() -> None:
        nonlocal every
        columns = ", ".join(f"l.{name}" for name in ("rid", *shown, "open", "paused"))
        with sqlite3.connect(plain) as file:
            every = pd.read_sql_query(
                f"SELECT {columns}, t.text FROM ticket_list l JOIN ticket_text t USING (rid)", file
            )
        model.show(every)

    told.time(OPEN, load, rounds=1)
    told.time(
        OVERDUE,
        lambda: model.show(
            every[(every.open == 1) & (every.paused == 0) & (every.due_at < now)].sort_values(
                ["due_at", "number"]
            )
        ),
    )
    told.time(SORT, lambda: model.show(every.sort_values("title")), rounds=3)

    def end() -> None:
        table.scrollToBottom()
        qt.processEvents()

    def search(word: str) -> None:
        model.show(every[every.text.str.contains(word, regex=False)])

    told.time(END, end, rounds=1)
    for word in words:
        told.time(f"{SEARCH} {word}", partial(search, word), rounds=3)
    told.tell("pandas behind a Qt model")


def with_duckdb(plain: Path, now: int, words: list[str]) -> None:
    """The same columns in its own format, in memory."""
    import duckdb  # type: ignore[import-not-found, unused-ignore]  # in the peers' environment alone
    import pandas as pd  # type: ignore[import-untyped, import-not-found, unused-ignore]

    told = Told()
    with sqlite3.connect(plain) as file:
        frame = pd.read_sql_query(
            "SELECT unit_id, open, paused, due_at, rework, escalated, received_at, title FROM ticket_list",
            file,
        )
    base = duckdb.connect()
    base.register("frame", frame)
    base.execute("CREATE TABLE cases AS SELECT * FROM frame")
    base.unregister("frame")
    del frame
    late = f"open = 1 AND paused = 0 AND due_at < {now:d}"
    counted = ", ".join(
        f"count(*) FILTER (WHERE {what})"
        for what in (
            late, f"open = 1 AND paused = 0 AND due_at BETWEEN {now:d} AND {now + 86400:d}", "open = 1", "rework > 0",
            "escalated = 1 AND open = 1", "paused = 1", f"open = 1 AND received_at > {now - 86400:d}", "true",
        )
    )  # fmt: skip
    told.time(COUNTS, lambda: base.execute(f"SELECT {counted} FROM cases").fetchall(), rounds=20)
    late = f"count(*) FILTER (WHERE open = 1 AND due_at < {now:d})"
    by_unit = f"SELECT unit_id, count(*), sum(open), {late} FROM cases GROUP BY unit_id"
    told.time(BY_UNIT, lambda: base.execute(by_unit).fetchall(), rounds=20)
    told.tell("DuckDB in memory")


def with_django(plain: Path, now: int, words: list[str]) -> None:
    """The admin's change list as it comes: a hundred rows a page, rendered to the last byte."""
    import django  # type: ignore[import-not-found, unused-ignore]  # in the peers' environment alone
    from django.conf import settings  # type: ignore[import-not-found, unused-ignore]

    folder = Path(tempfile.mkdtemp(prefix="peer-django-"))
    file = folder / "cases.db"
    shutil.copy(plain, file)
    admin = "django.contrib.admin"
    apps = [
        admin,
        *(f"django.contrib.{a}" for a in ("auth", "contenttypes", "sessions", "messages", "staticfiles")),
    ]
    processors = ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                  "django.contrib.messages.context_processors.messages"]  # fmt: skip
    settings.configure(
        SECRET_KEY="of a benchmark", ALLOWED_HOSTS=["*"], ROOT_URLCONF="benchmarks.peer_cases", STATIC_URL="/static/",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}},
        INSTALLED_APPS=[*apps, "benchmarks.peer_cases"], USE_TZ=True,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
                    "OPTIONS": {"context_processors": processors}}],
    )  # fmt: skip
    django.setup()
    from django.contrib import admin as site_of  # type: ignore[import-not-found, unused-ignore]
    from django.contrib.auth.models import User  # type: ignore[import-not-found, unused-ignore]
    from django.core.management import call_command  # type: ignore[import-not-found, unused-ignore]
    from django.db import models  # type: ignore[import-not-found, unused-ignore]
    from django.test import RequestFactory  # type: ignore[import-not-found, unused-ignore]
    from django.urls import path  # type: ignore[import-not-found, unused-ignore]

    from benchmarks import peer_cases

    call_command("migrate", verbosity=0)
    told = Told()
    text, whole = models.TextField, models.IntegerField
    fields: dict[str, Any] = {
        name: text() for name in ("number", "title", "state", "unit_id", "request_type", "channel", "urgency")
    }
    fields |= {name: whole(null=True) for name in ("open", "paused", "due_at", "received_at")}

    def meta(table: str) -> type:
        return type("Meta", (), {"app_label": "peer_cases", "managed": False, "db_table": table})

    home = {"__module__": "benchmarks.peer_cases"}
    key = models.AutoField(primary_key=True)
    ticket: Any = type("Ticket", (models.Model,), {**home, "Meta": meta("ticket_list"), "rid": key, **fields})
    one = models.OneToOneField(
        ticket, models.DO_NOTHING, primary_key=True, db_column="rid", related_name="body"
    )
    type("Body", (models.Model,), {**home, "Meta": meta("ticket_text"), "text": text(), "ticket": one})
    columns = (
        "number",
        "title",
        "state",
        "unit_id",
        "due_at",
        "request_type",
        "channel",
        "urgency",
        "received_at",
    )
    listed: Any = type("TicketAdmin", (site_of.ModelAdmin,), {
        "list_display": columns, "search_fields": ("body__text",), "ordering": ("due_at", "number"),
    })  # fmt: skip
    site_of.site.register(ticket, listed)
    peer_cases.urlpatterns = [path("admin/", site_of.site.urls)]  # type: ignore[attr-defined]
    user = User.objects.create_superuser("bench", "", "bench")
    page_of = site_of.site._registry[ticket]
    ask = RequestFactory()

    def get(**asked: str) -> None:
        request = ask.get("/admin/peer_cases/ticket/", asked)
        request.user = user
        response = page_of.changelist_view(request)
        body = response.render().content
        assert response.status_code == 200
        assert b"result_list" in body

    rows = ticket.objects.count()
    get()
    told.time(OPEN, get)
    told.time(OVERDUE, lambda: get(open="1", paused="0", due_at__lt=str(now)))
    told.time(SORT, lambda: get(o="2"), rounds=3)
    told.time(END, lambda: get(p=str(max(1, rows // 100))), rounds=3)
    for word in words:
        told.time(f"{SEARCH} {word}", partial(get, q=word), rounds=3)
    told.tell("Django admin (the server's)")
    shutil.rmtree(folder)


def with_anki(plain: Path, now: int, words: list[str]) -> None:
    """Cases as notes with a card each, late ones due; a first page is 64 rows of its browser."""
    from anki.collection import Collection  # type: ignore[import-not-found, unused-ignore]  # in the peers' environment

    folder = Path(tempfile.mkdtemp(prefix="peer-anki-"))
    collection = Collection(str(folder / "collection.anki2"))
    kind = collection.models.by_name("Basic")["id"]
    source = sqlite3.connect(plain)
    rows = source.execute(
        "SELECT l.rid, l.title, t.text, l.open = 1 AND l.paused = 0 AND l.due_at < ? FROM ticket_list l "
        "JOIN ticket_text t USING (rid)",
        (now,),
    )
    rng = random.Random(1)
    collection.close()
    made = sqlite3.connect(
        folder / "collection.anki2", isolation_level=None
    )  # its own way takes a commit a note
    made.execute("BEGIN")
    while part := rows.fetchmany(50_000):
        made.executemany(
            "INSERT INTO notes VALUES (?, ?, ?, 0, 0, '', ?, ?, 0, 0, '')",
            [
                (rid, f"{rng.getrandbits(60):x}", kind, f"{title}\x1f{text}", title)
                for rid, title, text, _ in part
            ],
        )
        made.executemany(
            "INSERT INTO cards VALUES (?, ?, 1, 0, 0, 0, ?, ?, ?, 10, 2500, 1, 0, 0, 0, 0, 0, '')",
            [
                (rid, rid, 2 if late else 0, 2 if late else -1, -1 if late else rid)
                for rid, _, _, late in part
            ],
        )
    made.execute("COMMIT")
    made.close()
    source.close()
    told = Told()
    collection = Collection(str(folder / "collection.anki2"))

    def page(query: str, order: str) -> None:
        found = collection.find_cards(query, order=order)
        for card in found[:_PAGE]:
            collection.browser_row_for_id(card)

    collection.set_browser_card_columns(["noteFld", "cardDue", "deck"])
    collection.load_browser_card_columns()
    page("", "c.id asc")
    told.time(OPEN, lambda: page("", "c.id asc"))
    told.time(OVERDUE, lambda: page("is:due", "c.due asc"))
    told.time(SORT, lambda: page("", "n.sfld asc"), rounds=3)
    for word in words:
        told.time(f"{SEARCH} {word}", partial(page, word, "c.due asc"), rounds=3)
    told.tell("Anki's backend")
    collection.close()
    shutil.rmtree(folder)


_PEERS = {"pandas": with_pandas, "duckdb": with_duckdb, "django": with_django, "anki": with_anki}


def main(argv: list[str]) -> int:
    name, plain, now, *words = argv
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _PEERS[name](Path(plain), int(now), words)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
