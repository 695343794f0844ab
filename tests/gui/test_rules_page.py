"""The city's rules on their page: what each version changed, a next one checked in one's own words, and published."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from central.profile_store import all_profiles, current_profile, store_profile
from desktop.models.domain.entities import Person
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.profile_changes import changes_of
from desktop.models.domain.profile_checks import CODES, Fault
from desktop.views.common import rule_words
from desktop.views.rules.page import RulesPage
from tests.support.central_office import Office, open_office
from tests.support.engine import open_engine
from tests.support.outbox_stage import desk_on
from tests.support.widgets import cut_texts


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        opened.services.accounts.add(Person(id="p-rules", name="孟规", roles=("rule_admin",)), "rules")
        yield opened


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, office: Office) -> Iterator[RulesPage]:
    with ExitStack() as stack:
        engine = stack.enter_context(open_engine(tmp_path, office, "rules"))
        engine.sync()
        desk = stack.enter_context(desk_on(engine))
        made = RulesPage(desk)
        made.resize(1000, 900)
        made.show()
        qtbot.waitUntil(lambda: made.draft is not None)
        yield made
        made.release()
        made.deleteLater()


def stored(office: Office) -> tuple[RuleProfile, ...]:
    with office.database.read() as connection:
        return all_profiles(connection)


def test_the_citys_own_day_off_is_added_and_published(qtbot: QtBot, office: Office, page: RulesPage) -> None:
    """A festival of the city: every unit would be due on a day on which nobody is there."""
    assert page.publish.text() == "Publish version 2"
    assert page.publish.reason() == "It says what the version before says."
    festival = office.now.date() + timedelta(days=20)
    page.city.added.emit(festival, "市庆", False)
    assert page.changes.text() == f"Calendar · {festival} · the city's days off: new, 市庆"
    assert page.publish.isEnabled()
    assert cut_texts(page) == []
    page.publish_now()
    qtbot.waitUntil(lambda: "Version 2 is published" in page.told.text())
    latest = stored(office)[-1]
    assert latest.calendar.city_days_off == {festival: "市庆"}
    assert latest.effective_from == page.day.value().date()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: page.publish.text() == "Publish version 3")
    assert "市庆" in page.changed_then.text(), (
        "what the version in force changed is read here by everybody after"
    )
    with office.database.read() as connection:
        assert current_profile(connection).version == 2


def test_a_legal_ground_ends_and_another_begins_and_only_the_one_in_force_is_cited(
    qtbot: QtBot, office: Office, page: RulesPage
) -> None:
    """An order that cites a repealed statute is void: the table is the city's, with the days of each."""
    today, table = office.now.date(), page.citations
    table.edit("zfdc-2021")
    assert table.put.text() == "Change the citation"
    table.last.set_value(datetime.combine(today - timedelta(days=1), time()))
    table.put.click()
    assert any(line.startswith("zfdc-2021") and "no longer in force" in line for line in table.texts())
    table.code.set_value("zfdc-2024")
    table.put.click()
    assert table.zh.error() == "Give it its title"
    table.zh.set_value("云州市政务服务热线监督检查办法")
    table.number.set_value("云政办〔2024〕8号")
    table.first.set_value(datetime.combine(today, time()))
    table.put.click()
    assert table.texts()[-1].startswith("zfdc-2024 · 《云州市政务服务热线监督检查办法》（云政办〔2024〕8号）")
    assert table.texts()[-1].endswith("in force")
    table.removed.emit(office.services.profile().inspections.citations[-1].code)
    page.publish_now()
    qtbot.waitUntil(lambda: "Version 2 is published" in page.told.text())
    officer = office.hand("officer")
    plan = {
        "title": "抽查",
        "kind": "spot_check",
        "purpose": "核实",
        "unit_ids": ["u-roads"],
        "from_day": today - timedelta(days=30),
        "to_day": today,
        "checklist": "handling",
        "inspector_ids": ["p-officer"],
    }
    said = []
    for mandate in ("zfdc-2021", "zfdc-2024"):
        op = officer.op("inspection.create", plan | {"mandate": mandate})
        officer.push(op)
        issued = officer.does("inspection.issue", entity_id=op.entity_id, base=1)
        said.append(issued.problem.code if issued.problem is not None else issued.status)
    assert said == ["incomplete", "applied"]


def test_a_file_that_cannot_be_rules_is_told_by_its_place(
    qtbot: QtBot, office: Office, page: RulesPage, tmp_path: Path
) -> None:
    """Whoever edits a file of eight hundred lines by hand needs the line and the reason, not a traceback."""
    file = tmp_path / "next.json"
    page.save_to(str(file))
    qtbot.waitUntil(lambda: page.told.text().startswith("Saved"))
    text = file.read_text("utf-8")
    file.write_text(text.replace('"limit": 5', '"limit": "five"', 1), "utf-8")
    page.read_file(str(file))
    qtbot.waitUntil(lambda: "Time limits · " in page.told.text())
    assert "limit" in page.told.text()
    file.write_text(text[:200], "utf-8")
    page.read_file(str(file))
    qtbot.waitUntil(lambda: "JSON" in page.told.text())
    file.write_text(text.replace('"limit": 5', '"limit": 0', 1), "utf-8")
    page.read_file(str(file))
    qtbot.waitUntil(lambda: "a limit is between 1 and" in page.faults.text())
    assert "limit: 5 → 0" in page.changes.text()
    assert not page.publish.isEnabled()
    file.write_text(text.replace('"limit": 5', '"limit": 4', 1), "utf-8")
    page.read_file(str(file))
    qtbot.waitUntil(lambda: "limit: 5 → 4" in page.changes.text())
    assert page.faults.isHidden()
    (other,) = stored(office)
    with office.database.write() as tx:
        store_profile(tx, replace(other, version=2), at=office.clock.now())
    page.publish_now()
    qtbot.waitUntil(lambda: "published meanwhile" in page.told.text())
    assert len(stored(office)) == 2, "the first of two who publish is not overwritten"


def test_each_difference_is_named_by_what_it_is_about(office: Office) -> None:
    """A list of rules in another order, or with one taken out, is not a list in which everything changed."""
    (rules,) = stored(office)
    first, *rest = rules.deadlines
    other = replace(rules, version=2, deadlines=(*rest, replace(first, limit=first.limit + 1)))
    told = [(each.section, each.item, each.field) for each in changes_of(rules, other)]
    assert told == [("deadlines", first.name, "limit"), ("deadlines", "", "(order)")]
    gone = replace(rules, finding_codes=rules.finding_codes[1:], due_soon_hours=36)
    (scalar, code) = sorted(changes_of(rules, gone), key=lambda each: each.after is None)
    assert (scalar.section, scalar.before, scalar.after) == ("due_soon_hours", "24", "36")
    assert (code.item, code.after) == (rules.finding_codes[0].code, None)
    assert changes_of(rules, msgspec.json.decode(msgspec.json.encode(rules), type=RuleProfile)) == ()


def test_every_fault_has_words_in_the_persons_language(qtbot: QtBot) -> None:
    """A new check without words would end the page where it is needed most."""
    for code in CODES:
        assert rule_words.fault(Fault("/deadlines/3/limit", code, ("1", "2", str(date(2026, 1, 1)))))
