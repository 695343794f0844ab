"""What every test gets: Qt without a screen, the guard against leftovers, the Boston file, and PostgreSQL.

Fixtures of one kind of test live beside those tests or in tests/support, not here.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest

# Before anything imports Qt; name another platform in QT_QPA_PLATFORM to see the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support import boston
from tests.support.leaks import LeakGuard
from tests.support.patience import PatientBot
from tests.support.postgres import Cluster, running_cluster
from tools import campaigns, environment, translations

environment.keep_compiled()

# A busy machine is no fault of the code, and CI looks at the same examples every time.
hypothesis.settings.register_profile("desk", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("desk")

_FAILED = pytest.StashKey[bool]()

_LONG = (
    "tests/sync/test_simulation.py",
    "tests/journeys/test_main_job.py",
    "tests/campaigns/test_load.py",
    "tests/central/test_contract.py",
    "tests/campaigns/test_fuzz.py",
    "tests/campaigns/test_kill.py",
    "tests/sync/test_mutants.py",
    "tests/postgres/test_lease_race.py",
    "tests/campaigns/test_network_faults.py",
    "tests/campaigns/test_io_faults.py",
    "tests/central/test_authority_matrix.py",
    "tests/journeys/test_benchmarks.py",
    "tests/campaigns/test_canaries.py",
    "tests/central/test_import_boston.py",
    "tests/postgres/test_commit_order.py",
    "tests/journeys/test_shift.py",
)
"""Files of half a minute and more, the longest first: one that begins last would leave two processes without work."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tests see the translations as committed, also when pytest is called without dev.py."""
    if not hasattr(session.config, "workerinput"):
        translations.build()
        if campaigns.RESULTS not in os.environ:
            folder = tempfile.mkdtemp(prefix="desk-tests-")
            os.environ[campaigns.RESULTS] = str(Path(folder) / "results.jsonl")
            session.config.add_cleanup(partial(_forget_results, folder))


def _forget_results(folder: str) -> None:
    shutil.rmtree(folder)
    del os.environ[campaigns.RESULTS]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, the others in their order."""
    rank = {name: place for place, name in enumerate(_LONG)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(_LONG)))


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end; nobody need look through it for garbage again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on which data the figures of this run stand."""
    for line in campaigns.lines_of(Path(os.environ[campaigns.RESULTS])):
        terminalreporter.write_line(line)
    real = boston.real_file()
    if real:
        terminalreporter.write_line("Boston 311 data: the real file")
    else:
        why = "no such file below DESK_DATA or in ../shared/data"
        terminalreporter.write_line(
            f"Boston 311 data: seeded stand-in of {boston.STAND_IN_ROWS:,} rows ({why})"
        )


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.node.get_closest_marker("leaves_behind"):
        yield
        return
    guard = LeakGuard(monkeypatch)
    yield
    # A failed test's traceback keeps its widgets alive; they are not what went wrong.
    failed = request.node.stash.get(_FAILED, False)
    leftovers = guard.leftovers(look_at_widgets=not failed)
    if leftovers:
        pytest.fail("the test left something behind:\n  " + "\n  ".join(leftovers), pytrace=False)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with more patience."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def data_dir() -> Path | None:
    """The folder of real data, or None where there is none; a test that needs it skips and says so."""
    return boston.data_folder()


@pytest.fixture(scope="session")
def boston_file(tmp_path_factory: pytest.TempPathFactory) -> boston.BostonFile:
    """The real Boston 311 file, or its seeded stand-in. Compute expectations from it, never from a count you know."""
    real = boston.real_file()
    if real:
        return boston.BostonFile(real, real=True)
    return boston.write_stand_in(tmp_path_factory.mktemp("boston") / "311_service_requests_2011.zip")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL for this run, careless of the disk: it is thrown away."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the server that outgrows SQLite runs on Linux")
    with running_cluster() as cluster:
        yield cluster
