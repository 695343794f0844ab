"""The queue, my day, booking slots, and recording: what a caller is shown is what the rules and the rows say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.models.domain.entities import Answers, Visit
from desktop.models.domain.fold import Refused
from desktop.models.domain.return_visits import may_book, standing
from desktop.services.commands.return_visits import (
    Call,
    VisitForm,
    complete_visit,
    form_key,
    keep_form,
    may_record,
    record_outcome,
    schedule_visit,
)
from desktop.services.queries.drafts import draft_form
from desktop.services.queries.my_day import my_day
from desktop.services.queries.visits import (
    FILTERS,
    VisitInHand,
    attempts_of,
    booking_permission,
    in_filter,
    open_slots,
    unsent_work,
    visit_in_hand,
    visit_queue,
    visit_queue_counts,
    visits_waiting,
)
from desktop.views.return_visits import visit_words
from tests.support.builders import (
    NOW,
    OFFICER,
    VISITOR,
    make_application,
    make_attempt,
    make_ticket,
    make_visit,
)
from tests.support.return_visits import queue_rows
from tests.support.stores import DeskStore, open_desk_store

GOOD = Answers(
    identity_confirmed=True, contacted="yes", resolved="resolved", satisfied_result="very_satisfied"
)
CALL = Call(at=NOW - timedelta(minutes=3), duration_s=80, lease_id="lease-1", lease_epoch=4, practice=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    with open_desk_store(tmp_path, me=VISITOR) as opened:
        opened.pull(*queue_rows())
        yield opened


def in_hand(store: DeskStore, visit_id: str) -> VisitInHand:
    found = store.ask(lambda r: visit_in_hand(r, visit_id))
    assert found is not None
    return found


def visit_of(store: DeskStore, visit_id: str) -> Visit:
    return in_hand(store, visit_id).visit


def kept(store: DeskStore, visit_id: str) -> VisitForm | None:
    return store.ask(lambda r: draft_form(r, form_key(visit_id), VisitForm))


def test_the_queue_stands_as_the_rules_say(store: DeskStore) -> None:
    """A queue in another order, or with another reason beside a name, would call people out of turn."""
    rows = store.ask(visit_queue)
    for row in rows:
        found = in_hand(store, row.visit_id)
        assert row.standing == standing(store.profile, found.visit, found.attempts, store.now())
    assert [row.standing.rank for row in rows] == sorted(row.standing.rank for row in rows)
    assert [row.standing.why for row in rows] == [
        "booked", "overdue", "close_to_due", "new_band", "oldest", "oldest", "oldest", "oldest", "oldest",
        "booked_waiting", "resting",
    ]  # fmt: skip
    assert {row.visit_id: row.others for row in rows if row.others} == {f"v-three-{n}": 2 for n in (1, 2, 3)}


def test_filters_and_their_counts_agree(store: DeskStore) -> None:
    """The number on the rail must be the number of rows behind it."""
    rows = store.ask(visit_queue)
    counts = store.ask(visit_queue_counts)
    assert counts == {key: sum(in_filter(row, key, VISITOR.person_id) for row in rows) for key in FILTERS}
    assert counts == {"all": 11, "mine": 1, "booked": 2, "due": 2, "asked": 0}
    assert store.ask(visits_waiting) == 11


def test_what_an_unsent_record_has_settled_is_not_called_again(store: DeskStore) -> None:
    """Offline, a person who refused an hour ago must not stand in the queue until the server has heard of it."""
    store.run(lambda w: record_outcome(w, {"v-due": VisitForm()}, "refused", CALL))
    store.run(lambda w: record_outcome(w, {"v-late": VisitForm()}, "no_answer", CALL))
    ids = [row.visit_id for row in store.ask(visit_queue)]
    assert "v-due" not in ids
    assert "v-late" in ids, "a miss leaves the visit waiting"
    assert store.ask(visits_waiting) == len(ids)


def test_one_call_counts_for_every_matter_of_the_person(store: DeskStore) -> None:
    """A miss noted at one matter alone would have the same citizen rung again at once for the next."""
    forms = {f"v-three-{n}": VisitForm(given={"contacted": "yes"}, call=CALL) for n in (1, 2, 3)}
    store.run(lambda w: record_outcome(w, forms, "line_fault", CALL, note="断线"))
    for visit_id in forms:
        found = in_hand(store, visit_id)
        (attempt,) = found.attempts
        assert (attempt.outcome, attempt.lease_id, attempt.lease_epoch) == ("line_fault", "lease-1", 4)
        assert (attempt.note, attempt.practice, attempt.duration_s) == ("断线", True, 80)
        assert kept(store, visit_id) == VisitForm(given={"contacted": "yes"}), (
            "answers given before the line broke"
        )


def test_completing_forgets_the_draft_and_says_what_follows(store: DeskStore) -> None:
    """A draft left behind would come back over the completed visit; a bad answer must propose a further step."""
    store.run(lambda w: keep_form(w, "v-old-1", VisitForm(given={"contacted": "no"})))
    bad = replace(GOOD, contacted="no", resolved="not_resolved")
    store.run(lambda w: complete_visit(w, "v-old-1", bad, CALL, new_matter=" 路灯也坏了 "))
    visit = visit_of(store, "v-old-1")
    assert (visit.state, visit.valid, visit.proposal) == ("completed", True, "rework")
    assert kept(store, "v-old-1") is None
    assert store.ask(lambda r: unsent_work(r, [visit.ticket_id])) == 2
    assert store.ask(lambda r: unsent_work(r, ["t-none"])) == 0


def test_an_incomplete_visit_records_nothing(store: DeskStore) -> None:
    """Half a completed visit, its attempt without its answers, would count as a call that never ended."""
    with pytest.raises(Refused, match="incomplete"):
        store.run(lambda w: complete_visit(w, "v-old-1", replace(GOOD, resolved=None), CALL))
    visit = visit_of(store, "v-old-1")
    assert visit.state == "waiting"
    assert store.ask(lambda r: attempts_of(r, visit)) == ()


def test_my_day_counts_my_calls_of_today(store: DeskStore) -> None:
    """A caller's own figures: a colleague's calls and yesterday's must not be among them."""
    ticket = make_ticket()
    visit = make_visit(ticket)
    mine = {"by_id": VISITOR.person_id, "at": NOW - timedelta(hours=1)}
    store.pull(
        ticket,
        visit,
        make_attempt(visit, **mine, outcome="refused"),
        make_attempt(visit, **{**mine, "by_id": OFFICER.person_id}),
        make_attempt(visit, **{**mine, "at": NOW - timedelta(hours=12)}),
    )
    before = store.ask(my_day)
    store.run(lambda w: complete_visit(w, "v-old-1", GOOD, CALL))
    store.run(lambda w: complete_visit(w, "v-due", replace(GOOD, satisfied_result="no_rating"), CALL))
    after = store.ask(my_day)
    assert (after.attempts - before.attempts, after.reached - before.reached) == (2, 2)
    assert (before.reached, before.completed) == (1, 0)
    assert (after.completed, after.valid, after.goal) == (2, 1, 30)


def test_every_slot_offered_may_be_booked(store: DeskStore) -> None:
    """A suggestion that the server refuses afterwards would have been promised to a citizen in vain."""
    for visit_id in ("v-late", "v-band", "v-rest"):
        found = in_hand(store, visit_id)
        slots = open_slots(store.profile, found.visit, found.attempts, store.now())
        assert len(slots) == 6
        for slot in slots:
            assert may_book(store.profile, found.visit, found.attempts, slot.start, store.now()).allowed
            assert slot.start < slot.end
            assert store.ask(partial(booking_permission, visit_id=visit_id, at=slot.start)).allowed
        assert slots == tuple(sorted(slots, key=lambda slot: slot.start))


def test_a_booking_is_taken_back(store: DeskStore) -> None:
    """A citizen who cancels must fall back into the ordinary order."""
    at = NOW.replace(hour=15)
    store.run(lambda w: schedule_visit(w, "v-due", booked_at=at, assigned_to=OFFICER.person_id))
    row = next(r for r in store.ask(visit_queue) if r.visit_id == "v-due")
    assert (row.standing.why, row.standing.next_at, row.assigned_name) == ("booked_waiting", at, OFFICER.name)
    store.run(lambda w: schedule_visit(w, "v-due", booked_at=None))
    row = next(r for r in store.ask(visit_queue) if r.visit_id == "v-due")
    assert (row.standing.why, row.assigned_name, row.pending) == ("close_to_due", "", True)


def test_who_may_record_without_a_lease(store: DeskStore) -> None:
    """Online nobody records what a colleague may be calling; offline only who the visit was given to by name."""
    visit = visit_of(store, "v-booked")
    me, other = VISITOR.person_id, OFFICER.person_id
    assert may_record(visit, me, lease_held=True, online=True)
    assert not may_record(visit, me, lease_held=False, online=True)
    assert may_record(visit, me, lease_held=False, online=False)
    assert not may_record(visit, other, lease_held=False, online=False)
    assert not may_record(visit_of(store, "v-due"), "", lease_held=False, online=False)


def test_what_was_entered_outlives_the_visits_leaving(store: DeskStore) -> None:
    """A visit that moves out of scope in mid-call must not take the answers with it."""
    form = VisitForm(given={"note": "还没说完"})
    store.run(lambda w: keep_form(w, "v-gone", form))
    assert kept(store, "v-gone") == form
    store.run(lambda w: keep_form(w, "v-gone", VisitForm()))
    assert kept(store, "v-gone") is None


def test_a_citizen_is_told_what_a_review_decided_in_the_words_meant_for_them(store: DeskStore) -> None:
    """Who asks why it took so long would hear a guess, though a reviewer has written the answer down."""
    ticket = make_ticket(state="to_visit", completed_at=NOW)
    visit = make_visit(ticket)
    granted = make_application(
        ticket, state="agreed", decided_at=NOW - timedelta(days=2), citizen_words="配件到货后三天内修好。"
    )
    waiting = make_application(ticket, citizen_words="")
    store.pull(ticket, visit, granted, waiting)
    found = in_hand(store, visit.id)
    assert found.decided == (granted,)
    lines = visit_words.explained(store.profile, found, NOW, "en")
    assert [line for line in lines if "配件到货后三天内修好。" in line] == [lines[1]]
    assert lines[1].startswith("More time granted")
