"""An import from beginning to end: what the database knows of the source, the records, the loader, the report.

Running it twice changes nothing, and running it again after an interruption goes on: every row has a stable id and the
loader leaves alone what its source still tells alike. A source never goes back in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec import Struct

from central.database import Database, put_setting
from central.installation import installation_of
from central.loader import Contact, LoadCount, Loader
from central.office_clock import OfficeClock
from central.profile_store import all_profiles, ensure_profile
from central.profiles import default_profile
from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Row
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.tickets import is_open, is_overdue

from . import sample_visits
from .due_times import computed
from .mapping import FileMapping
from .problems import ImportProblem, RowProblem
from .reading import Record, read_tables
from .rejects import Rejects
from .times import FileTimes
from .translate import Case, RecordTranslator, Translator

_CASES_IN_ONE_LOAD = 2_000
_RECORDS_BETWEEN_NEWS = 200

Tell = Callable[[int, float], None]
"""(records read, fraction of the file)."""


class SourceState(Struct, frozen=True, kw_only=True):
    """What the database remembers of a source: how far in time it was imported, and whom it was said to visit."""

    as_of: datetime
    visits: tuple[str, ...] | None = None
    candidates: int = 0


@dataclass
class Report:
    """What an import did. ``open`` and ``overdue`` hold at ``as_of``."""

    as_of: datetime
    records: int = 0
    cases: int = 0
    later: int = 0
    refused: int = 0
    open: int = 0
    overdue: int = 0
    visits: int = 0
    candidates: int = 0
    repeated: int = 0
    left_out: int = 0
    count: LoadCount = field(default_factory=LoadCount)
    seconds: float = 0.0


class Import:
    """One mapping, one database. ``clock`` is real time, ``office`` the office's."""

    def __init__(
        self, database: Database, mapping: FileMapping, *, clock: Clock, office: OfficeClock
    ) -> None:
        self._database = database
        self._mapping = mapping
        self._clock = clock
        self._office = office
        self._profiles: tuple[RuleProfile, ...] = ()
        if mapping.sample_visits:
            sample_visits.check(mapping.sample_visits)

    def run(self, file: Path, *, as_of: datetime | None, rejects: Rejects, tell: Tell) -> Report:
        """Import ``file`` as it stood at ``as_of`` (aware), None = the office's now. Raises :class:`ImportProblem`."""
        started = self._clock.monotonic()
        known = self._state()
        as_of = self._stand_at(as_of, known)
        profile = self._profile()
        with self._database.read() as connection:
            self._profiles = all_profiles(connection)
        state = self._remember(known, as_of, file, profile)
        translator = self._translator(as_of)
        report = Report(as_of, candidates=state.candidates)
        loader = Loader(self._database, clock=self._clock)
        numbers = {key: number for number, key in enumerate(state.visits or ())}
        batch: list[Case] = []
        for case in self._cases(file, translator, numbers, profile, rejects, report, tell):
            batch.append(case)
            if len(batch) == _CASES_IN_ONE_LOAD:
                _load(loader, batch, report)
                batch = []
        _load(loader, batch, report)
        report.refused = rejects.count
        report.repeated, report.left_out = translator.times.repeated, translator.times.left_out
        report.seconds = self._clock.monotonic() - started
        return report

    # --- what is settled before the first record ------------------------------------------------------------------

    def _stand_at(self, as_of: datetime | None, known: SourceState | None) -> datetime:
        """The time the file is read as of; settles the office clock once."""
        if known is not None and as_of is not None and as_of < known.as_of:
            raise ImportProblem(
                f"{self._mapping.source} was already imported as of {_shown(known.as_of, self._mapping)}; "
                "what has become known cannot be taken back"
            )
        if not self._office.is_settled:
            self._office.settle(as_of)
        now = self._office.now()
        if as_of is None:
            return now
        if as_of > now:
            if not self._office.offset:
                raise ImportProblem("--as-of lies in the future of this office, whose clock is the real one")
            self._office.advance(as_of)
        return as_of

    def _profile(self) -> RuleProfile:
        mapping = self._mapping
        first = default_profile(
            city_zh=mapping.city_zh,
            city_en=mapping.city_en,
            timezone=mapping.times.zone,
            calendar=mapping.calendar,
        )
        return ensure_profile(self._database, first, at=self._clock.now())

    def _remember(
        self, known: SourceState | None, as_of: datetime, file: Path, profile: RuleProfile
    ) -> SourceState:
        """Store how far the source is imported, and once which cases wait for a sample visit."""
        state = SourceState(as_of=as_of)
        if known is not None:
            state = msgspec.structs.replace(known, as_of=as_of)
        if self._mapping.sample_visits and state.visits is None:
            keys = set(self._closed_lately(file, as_of, profile))
            visits = sample_visits.choose(keys, self._mapping.sample_visits)
            state = SourceState(as_of=as_of, visits=visits, candidates=len(keys))
        with self._database.write() as tx:
            put_setting(tx, self._setting, msgspec.json.encode(state).decode())
        return state

    def _closed_lately(self, file: Path, as_of: datetime, profile: RuleProfile) -> Iterator[str]:
        """The keys of cases that may be visited: a first reading of the file for this alone."""
        sample = self._mapping.sample_visits
        if sample is None:
            return
        since = sample_visits.window_start(profile, as_of, sample.working_days)
        received = self._mapping.times.happened["received_at"]
        translator = self._translator(as_of)
        with closing(read_tables(file, self._mapping.file)) as tables:
            for table in tables:
                bound = translator.for_columns(table.columns)
                yield from _within(bound, table.records, since, sample.closed, received)

    @property
    def _setting(self) -> str:
        return f"import.{self._mapping.source}"

    def _state(self) -> SourceState | None:
        stored = self._database.setting(self._setting)
        return None if stored is None else msgspec.json.decode(stored, type=SourceState)

    def _translator(self, as_of: datetime) -> Translator:
        with self._database.read() as connection:
            key = installation_of(connection).key("contacts of an import")

        def fingerprint(text: str) -> str:
            return blake2b(text.encode(), key=key, digest_size=16).hexdigest()

        times = FileTimes(self._mapping.zone(), self._mapping.times.formats)
        return Translator(self._mapping, times=times, as_of=as_of, fingerprint=fingerprint)

    # --- the records ----------------------------------------------------------------------------------------------

    def _cases(
        self,
        file: Path,
        translator: Translator,
        numbers: dict[str, int],
        profile: RuleProfile,
        rejects: Rejects,
        report: Report,
        tell: Tell,
    ) -> Iterator[Case]:
        seen: set[int] = set()
        with closing(read_tables(file, self._mapping.file)) as tables:
            for table in tables:
                bound = translator.for_columns(table.columns)
                for record in table.records:
                    report.records += 1
                    if report.records % _RECORDS_BETWEEN_NEWS == 0:
                        tell(report.records, table.fraction())
                    try:
                        case = _case(bound, record)
                        if case is None:
                            report.later += 1
                            continue
                        _refuse_a_second(case, seen, self._mapping)
                    except RowProblem as problem:
                        rejects.add(table.name, record.line, problem)
                        continue
                    if self._mapping.times.compute_due:
                        case = replace(case, ticket=computed(self._profiles, case.ticket, case.unit_kind))
                    number = numbers.get(bound.key(record.cells))
                    if number is not None:
                        case = sample_visits.with_visit(case, number, self._mapping, profile)
                        report.visits += 1
                    report.cases += 1
                    report.open += is_open(case.ticket)
                    report.overdue += is_overdue(case.ticket, report.as_of)
                    yield case


def _case(bound: RecordTranslator, record: Record) -> Case | None:
    if record.problem:
        raise RowProblem("", record.problem)
    return bound.case(record.cells)


def _within(
    bound: RecordTranslator, records: Iterator[Record], since: datetime, closed: str, received: str
) -> Iterator[str]:
    """The keys of records that were closed between ``since`` and the as-of time."""
    for record in records:
        try:
            moments = bound.moments(record.cells) if not record.problem else {}
            at = moments.get(closed)
            if at is not None and at >= since and moments[received] is not None:
                yield bound.key(record.cells)
        except RowProblem:
            continue  # refused, and told, at the second reading


def _refuse_a_second(case: Case, seen: set[int], mapping: FileMapping) -> None:
    """Two records of one key would overwrite each other in every import anew."""
    short = UUID(case.ticket.id).int >> 64
    if short in seen:
        raise RowProblem(
            mapping.key.strip("{}"), "a record of this key stands further up; the first one counts"
        )
    seen.add(short)


def _load(loader: Loader, batch: list[Case], report: Report) -> None:
    rows: list[Row] = []
    contacts: list[Contact] = []
    texts: list[tuple[str, str]] = []
    for case in batch:
        rows += (*case.reference, case.ticket, *case.children)
        if case.contact is not None:
            contacts.append(case.contact)
        if case.secret:
            texts.append((case.ticket.id, case.secret))
    report.count += loader.load(rows, contacts, texts)


def _shown(moment: datetime, mapping: FileMapping) -> str:
    return moment.astimezone(mapping.zone()).strftime("%Y-%m-%d %H:%M")
