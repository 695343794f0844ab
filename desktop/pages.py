"""Which pages there are, for whom, in which order, and where their signals lead: the only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.views.shell.pages import DeedSpec, PageSpec, Parent, QueueSpec

if TYPE_CHECKING:
    from desktop.services.background.desk import Desk
    from desktop.views.common.page import Page

OFFICE = frozenset({"officer", "approve", "deputy_director"})
CALLERS = frozenset({"return_visit", "officer"})
INSPECTORS = frozenset({"officer"})
UNIT = frozenset({"liaison"})
SUPERIORS = frozenset({"approve", "deputy_director"})
CLEARED = frozenset({"cleared"})
RULE_ADMINS = frozenset({"rule_admin"})


def page_specs() -> tuple[PageSpec, ...]:
    """Every page of the program; the frame keeps those of the person at work."""
    return (
        _supervision(),
        _return_visits(),
        _visit_records(),
        _inspections(),
        _sampling(),
        _board(),
        _upward(),
        _reviews(),
        _morning(),
        _units(),
        _guidance(),
        _my_cases(),
        _report_requests(),
        _record(),
        _rules(),
        _outbox(),
    )


def import_all() -> None:
    """Import every page, where there is time for it; from any thread."""
    modules = (
        "supervision",
        "return_visits",
        "inspections",
        "sampling",
        "board",
        "units",
        "guidance",
        "my_cases",
        "outbox",
        "rules",
    )
    for module in modules:
        import_module(f"desktop.views.{module}.page")
    import_module("desktop.views.supervision.morning_page")
    for module in ("page", "reviews_page"):
        import_module(f"desktop.views.upward.{module}")
    import_module("desktop.views.return_visits.records_page")
    for module in ("record_page", "requests_page"):
        import_module(f"desktop.views.oversight.{module}")


def _supervision() -> PageSpec:
    from desktop.views.common.ticket_list import queues

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.supervision.page import SupervisionPage

        return SupervisionPage(desk, parent)

    return PageSpec(
        key="supervision",
        title=lambda: QCoreApplication.translate("Pages", "Supervision"),
        icon="gauge",
        factory=make,
        order=10,
        roles=OFFICE,
        queues=tuple(QueueSpec(face.key, face.title, face.shape) for face in queues.FACES),
        queue_counts=queues.counts,
        rail_count=queues.overdue_count,
        keywords=("supervision", "overdue", "urge"),
        routes={
            "finding_requested": ("inspections", "begin_finding"),
            "visit_requested": ("return_visits", "open_ticket"),
            "upward_requested": ("upward", "begin"),
            "settle_requested": ("outbox", "open_ticket_entries"),
            "access_requested": ("record", "show_requester"),
            "unit_requested": ("units", "show_unit"),
            "counts_stale": ("", "refresh_counts"),
        },
        opens_tickets=True,
        deeds=(
            _letter("urging", lambda: QCoreApplication.translate("Pages", "Letter: urging letter")),
            _letter("notice", lambda: QCoreApplication.translate("Pages", "Letter: supervision notice")),
            _letter("yellow_card", lambda: QCoreApplication.translate("Pages", "Letter: yellow card notice")),
            _letter("red_card", lambda: QCoreApplication.translate("Pages", "Letter: red card notice")),
            _letter("bulletin", lambda: QCoreApplication.translate("Pages", "Letter: bulletin")),
            _letter("interview", lambda: QCoreApplication.translate("Pages", "Letter: interview notice")),
            _letter("referral", lambda: QCoreApplication.translate("Pages", "Letter: referral letter")),
            _letter("reminder", lambda: QCoreApplication.translate("Pages", "Letter: reminder letter")),
            _letter(
                "rectification", lambda: QCoreApplication.translate("Pages", "Letter: rectification notice")
            ),
        ),
    )


def _letter(kind: str, title: Callable[[], str]) -> DeedSpec:
    return DeedSpec(title, "ask_letter", kind, "file-text", ("letter", "docx", "word", "pdf", "gongwen"))


def _return_visits() -> PageSpec:
    from desktop.services.queries.visits import visit_queue_counts, visits_waiting
    from desktop.views.return_visits.queues import FACES

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.return_visits.page import ReturnVisitsPage

        return ReturnVisitsPage(desk, parent=parent)

    return PageSpec(
        key="return_visits",
        title=lambda: QCoreApplication.translate("Pages", "Return visits"),
        icon="phone-call",
        factory=make,
        order=20,
        roles=CALLERS,
        queues=tuple(QueueSpec(face.key, face.title, face.shape) for face in FACES),
        queue_counts=visit_queue_counts,
        rail_count=visits_waiting,
        keywords=("return visits", "call"),
        routes={
            "ticket_requested": ("", "open_ticket"),
            "finding_requested": ("inspections", "begin_finding"),
            "notice_requested": ("supervision", "open_notice_on"),
        },
    )


def _visit_records() -> PageSpec:
    from desktop.views.return_visits import queues

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.return_visits.records_page import RecordsPage

        return RecordsPage(desk, parent)

    return PageSpec(
        key="visit_records",
        title=lambda: QCoreApplication.translate("Pages", "Visit records"),
        icon="history",
        factory=make,
        order=22,
        roles=OFFICE | CALLERS,
        queues=tuple(QueueSpec(key, partial(queues.record_title, key)) for key in queues.RECORDS),
        queue_counts=queues.record_counts,
        rail_count=queues.to_decide,
        keywords=(
            "visit records",
            "overturn",
            "contact log",
            "text message",
            "robot",
            "tuifan",
            "huifangjilu",
        ),
        routes={"ticket_requested": ("", "open_ticket")},
    )


def _inspections() -> PageSpec:
    from desktop.services.queries.findings import findings_answered

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.inspections.page import InspectionsPage

        return InspectionsPage(desk, parent)

    return PageSpec(
        key="inspections",
        title=lambda: QCoreApplication.translate("Pages", "Inspections"),
        icon="clipboard-check",
        factory=make,
        order=30,
        roles=INSPECTORS,
        rail_count=findings_answered,
        keywords=("inspections", "findings"),
        routes={"ticket_requested": ("", "open_ticket")},
    )


def _sampling() -> PageSpec:
    from desktop.services.queries.inspections import inspections_running

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.sampling.page import SamplingPage

        return SamplingPage(desk, parent)

    return PageSpec(
        key="sampling",
        title=lambda: QCoreApplication.translate("Pages", "Samples"),
        icon="clipboard-list",
        factory=make,
        order=35,
        roles=OFFICE | UNIT,
        rail_count=inspections_running,
        keywords=("inspections", "sample", "draw", "redraw", "choujian", "chouyang"),
        routes={
            "ticket_requested": ("", "open_ticket"),
            "finding_requested": ("inspections", "begin_finding"),
        },
    )


def _board() -> PageSpec:
    from desktop.views.board import queues

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.board.page import BoardPage

        return BoardPage(desk, parent)

    return PageSpec(
        key="board",
        title=lambda: QCoreApplication.translate("Pages", "Contradictions"),
        icon="git-merge",
        factory=make,
        order=40,
        roles=OFFICE,
        queues=tuple(QueueSpec(key, partial(queues.title_of, key)) for key in queues.KEYS),
        queue_counts=queues.counts,
        keywords=("contradictions", "false completion", "F01", "board", "maodun"),
        routes={
            "finding_requested": ("inspections", "begin_finding"),
            "ticket_requested": ("", "open_ticket"),
        },
    )


def _upward() -> PageSpec:
    from desktop.views.upward import queues

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.upward.page import UpwardPage

        return UpwardPage(desk, parent)

    return PageSpec(
        key="upward",
        title=lambda: QCoreApplication.translate("Pages", "Instructions"),
        icon="stamp",
        factory=make,
        order=8,
        lands=False,
        roles=OFFICE,
        queues=tuple(QueueSpec(key, partial(queues.upward_title, key)) for key in queues.UPWARD),
        queue_counts=queues.upward_counts,
        rail_count=queues.instructions_open,
        keywords=("instructions", "urgent report", "leader", "pishi", "yaoqing", "zhuanbao"),
        routes={"ticket_requested": ("", "open_ticket")},
    )


def _reviews() -> PageSpec:
    from desktop.views.upward import queues

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.upward.reviews_page import ReviewsPage

        return ReviewsPage(desk, parent)

    return PageSpec(
        key="reviews",
        title=lambda: QCoreApplication.translate("Pages", "Reviews"),
        icon="file-check",
        factory=make,
        order=25,
        roles=OFFICE,
        queues=tuple(QueueSpec(key, partial(queues.review_title, key)) for key in queues.REVIEWS),
        queue_counts=queues.review_counts,
        rail_count=queues.reviews_waiting,
        keywords=("reviews", "extension", "return", "yanqi", "tuidan"),
        routes={"ticket_requested": ("", "open_ticket")},
    )


def _morning() -> PageSpec:
    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.supervision.morning_page import MorningPage

        return MorningPage(desk, parent)

    return PageSpec(
        key="morning",
        title=lambda: QCoreApplication.translate("Pages", "Morning sheet"),
        icon="sun",
        factory=make,
        order=50,
        roles=OFFICE,
        keywords=("morning", "since I left", "today", "chenjian"),
        routes={
            "finding_requested": ("inspections", "begin_finding"),
            "visit_requested": ("return_visits", "open_ticket"),
            "upward_requested": ("upward", "begin"),
            "settle_requested": ("outbox", "open_ticket_entries"),
            "access_requested": ("record", "show_requester"),
            "unit_requested": ("units", "show_unit"),
            "ticket_requested": ("", "open_ticket"),
        },
    )


def _units() -> PageSpec:
    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.units.page import UnitsPage

        return UnitsPage(desk, parent)

    return PageSpec(
        key="units",
        title=lambda: QCoreApplication.translate("Pages", "Unit directory"),
        icon="book-open",
        factory=make,
        order=60,
        roles=OFFICE | UNIT,
        keywords=("units", "directory", "liaison", "telephone", "danweitongxunlu"),
        routes={"unit_cases_requested": ("supervision", "show_unit_cases")},
    )


def _guidance() -> PageSpec:
    from desktop.services.queries.guidance import to_read_count

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.guidance.page import GuidancePage

        return GuidancePage(desk, parent)

    return PageSpec(
        key="guidance",
        title=lambda: QCoreApplication.translate("Pages", "Guidance"),
        icon="message-square",
        factory=make,
        order=62,
        roles=OFFICE | UNIT,
        rail_count=to_read_count,
        keywords=("guidance", "tip", "reminder", "gongzuotishi", "tixinghan"),
    )


def _my_cases() -> PageSpec:
    from desktop.services.queries.my_cases import asked_count
    from desktop.views.my_cases import queues

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.my_cases.page import MyCasesPage

        return MyCasesPage(desk, parent)

    return PageSpec(
        key="my_cases",
        title=lambda: QCoreApplication.translate("Pages", "My cases"),
        icon="inbox",
        factory=make,
        order=10,
        roles=UNIT,
        queues=tuple(QueueSpec(key, title, shape) for key, title, shape in queues.faces()),
        queue_counts=queues.counts,
        rail_count=asked_count,
        keywords=("my cases", "asked of my unit"),
        routes={"settle_requested": ("outbox", "open_ticket_entries")},
        opens_tickets=True,
    )


def _report_requests() -> PageSpec:
    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.oversight.requests_page import RequestsPage

        return RequestsPage(desk, parent)

    return PageSpec(
        key="report_requests",
        title=lambda: QCoreApplication.translate("Pages", "Report requests"),
        icon="user-check",
        factory=make,
        order=70,
        roles=OFFICE,
        also=CLEARED,
        keywords=("report", "second person", "agree"),
        routes={"ticket_requested": ("", "open_ticket")},
    )


def _record() -> PageSpec:
    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.oversight.record_page import RecordPage

        return RecordPage(desk, parent)

    return PageSpec(
        key="record",
        title=lambda: QCoreApplication.translate("Pages", "Access record"),
        icon="history",
        factory=make,
        order=80,
        roles=SUPERIORS,
        keywords=("audit", "who saw what", "reveals", "exports"),
        routes={"ticket_requested": ("", "open_ticket")},
    )


def _rules() -> PageSpec:
    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.rules.page import RulesPage

        return RulesPage(desk, parent)

    return PageSpec(
        key="rules",
        title=lambda: QCoreApplication.translate("Pages", "City rules"),
        icon="settings",
        factory=make,
        order=85,
        roles=RULE_ADMINS,
        keywords=("rules", "profile", "calendar", "publish", "guize", "rili"),
    )


def _outbox() -> PageSpec:
    from desktop.views.outbox import queues

    def make(desk: Desk, parent: Parent) -> Page:
        from desktop.views.outbox.page import OutboxPage

        return OutboxPage(desk, parent)

    return PageSpec(
        key="outbox",
        title=lambda: QCoreApplication.translate("Pages", "Outbox"),
        icon="send",
        factory=make,
        order=90,
        queues=tuple(QueueSpec(key, title, shape) for key, title, shape in queues.faces()),
        queue_counts=queues.counts,
        rail_count=queues.unsettled_count,
        keywords=("outbox", "waiting to be sent", "conflicts", "needs me"),
        routes={"ticket_requested": ("", "open_ticket")},
    )
