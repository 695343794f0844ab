"""What a city lays down for the return-visit desk: nobody is led, remedies hold on their days, help is at hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from desktop.models.domain.entities import Answers, RequestType
from desktop.models.domain.profile_checks import faults_of
from desktop.models.domain.visit_rules import Remedy, VisitRules, leading
from desktop.services.queries.my_day import my_day, next_hour
from desktop.services.queries.visits import visit_queue
from tests.support.builders import NOW, OFFICER, VISITOR, make_ticket, make_visit, reference_rows
from tests.support.return_visits import queue_rows
from tests.support.stores import open_desk_store, profile

ANSWERS = Answers(identity_confirmed=True, contacted="yes", resolved="resolved", satisfied_result="satisfied")


def test_no_script_that_leads_is_published() -> None:
    """ "You are satisfied, right?" has one answer; a rate measured that way measures the question."""
    now = profile()
    following = replace(now, version=now.version + 1, effective_from=date(2030, 1, 1))
    assert faults_of(following, now, date(2030, 1, 1)) == ()  # the default script leads nobody
    script = now.questionnaire
    questions = (replace(script.questions[2], zh="您的问题已经解决了吧？"), *script.questions[3:])
    led = replace(following, questionnaire=replace(script, questions=questions))
    (fault,) = faults_of(led, now, date(2030, 1, 1))
    assert (fault.where, "解决了吧" in fault.what) == ("/questionnaire/questions/0", True)
    assert leading("Surely  you are\nsatisfied", ("surely you",)) == ("surely you",)


def test_a_remedy_is_told_on_its_days_and_for_its_kind() -> None:
    """A citizen sent after a remedy that was repealed, or is not theirs, loses the time in which the right one ran."""
    rules = VisitRules(
        remedies=(
            Remedy(zh="再次拨打", en="again"),
            Remedy(zh="复查", en="review", request_types=("complaint",), valid_from=date(2022, 5, 1)),
            Remedy(zh="旧规", en="old", valid_until=date(2022, 4, 30)),
        )
    )

    def told(kind: RequestType, day: date) -> list[str]:
        return [each.en for each in rules.remedies_for(kind, day)]

    assert told("complaint", date(2022, 5, 1)) == ["again", "review"]
    assert told("complaint", date(2022, 4, 30)) == ["again", "old"]
    assert told("praise", date(2024, 1, 1)) == ["again"]


def test_a_threat_of_self_harm_comes_with_whom_to_call() -> None:
    """Nobody should look for a number in that minute; without the flag none is shown."""
    rules = profile().visits
    assert "12356" in [each.number for each in rules.numbers_for(("elderly", "self_harm"))]
    assert rules.numbers_for(("elderly",)) == ()


def test_the_next_hour_is_mine_and_nobodys_else(tmp_path: Path) -> None:
    """A plan that counted a colleague's promised calls would be a plan nobody can keep."""
    with open_desk_store(tmp_path, me=VISITOR) as store:
        store.pull(*queue_rows())
        rows = store.ask(visit_queue)
    plan = next_hour(rows, VISITOR.person_id, NOW)
    assert (plan.booked, plan.due) == (1, 1)
    later = next_hour(rows, VISITOR.person_id, NOW + timedelta(hours=6))
    assert later.booked == 1  # the other promised call is a colleague's


def test_how_far_a_colleague_hears_the_same_is_mine_alone(tmp_path: Path) -> None:
    """Whoever was asked once more answers for nobody; the figure is told to the caller it is about."""
    done = {"state": "completed", "completed_at": NOW, "answers": ANSWERS}
    unlike = replace(ANSWERS, resolved="not_resolved")
    with open_desk_store(tmp_path, me=VISITOR) as store:
        store.pull(*reference_rows())
        for number, answers in enumerate((ANSWERS, unlike, ANSWERS)):
            ticket = make_ticket()
            mine = make_visit(ticket, id=f"v-{number}", completed_by_id=VISITOR.person_id, valid=True, **done)
            again = {**done, "answers": answers, "recheck_of": mine.id, "completed_by_id": OFFICER.person_id}
            store.pull(ticket, mine, make_visit(ticket, id=f"w-{number}", **again))
        day = store.ask(my_day)
    assert (day.rechecked, day.agreed) == (3, 2)
    with open_desk_store(tmp_path, me=OFFICER) as colleagues:
        assert colleagues.ask(my_day).rechecked == 0
