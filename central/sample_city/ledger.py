"""What is numbered or counted over the whole city: notices and findings in the order of issue, and the planted truth.

Notices and findings are few; they wait here until the last ticket is made, then get their numbers and go out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from desktop.models.domain.entities import Finding, Notice, UrgentReport
from desktop.models.domain.profile import RuleProfile


@dataclass(frozen=True)
class Planted:
    """A false completion that the generator made: the truth that no row tells.

    ``signals`` name how it shows: denied (the visit contradicts the file), fast, last_minute, template.
    """

    ticket_id: str
    number: str
    unit_id: str
    signals: tuple[str, ...]


class Ledger:
    """One city's. ``last_numbers`` is filled while the rows are taken out: series name → last number drawn."""

    def __init__(self, profile: RuleProfile) -> None:
        self._profile = profile
        self._notices: list[Notice] = []
        self._findings: list[Finding] = []
        self._reports: list[UrgentReport] = []
        self.last_numbers: Counter[str] = Counter()

    def add_notice(self, notice: Notice) -> None:
        """Keep a notice until it can be numbered."""
        self._notices.append(notice)

    def add_finding(self, finding: Finding) -> None:
        """Keep a finding until it can be numbered."""
        self._findings.append(finding)

    def add_report(self, report: UrgentReport) -> None:
        """Keep an urgent report until it can be numbered."""
        self._reports.append(report)

    def rows(self) -> Iterator[Notice | Finding | UrgentReport]:
        """Every notice, finding and urgent report, numbered in the order in which it was issued or filed."""
        for notice in sorted(self._notices, key=lambda n: (n.issued_at or n.created_at, n.id)):
            if notice.issued_at is None:
                yield notice
            else:
                series = self._profile.series_of(notice.rung)
                number = self.number(notice.rung, series, notice.issued_at.year)
                yield replace(notice, number=number)
        for finding in sorted(self._findings, key=lambda f: (f.filed_at or f.created_at, f.id)):
            if finding.filed_at is None:
                yield finding
            else:
                number = self.number("finding", self._profile.finding_series, finding.filed_at.year)
                yield replace(finding, number=number)

        for report in sorted(self._reports, key=lambda u: (u.approved_at or u.created_at, u.id)):
            if report.approved_at is None:
                yield report
            else:
                number = self.number("urgent_report", self._profile.report_series, report.approved_at.year)
                yield replace(report, number=number)

    def number(self, name: str, series: str, year: int) -> str:
        """The next number of a year's series, "" where there is none."""
        if not series:
            return ""
        key = f"{name}:{year}"
        self.last_numbers[key] += 1
        return series.format(year=year, n=self.last_numbers[key])
