"""What a person can do about a refusal, by the rule that refused: one sentence a code, beside the why of ``words``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def remedy(code: str) -> str:
    """What can be done about a refusal, by the rule that refused."""
    unit = QCoreApplication.translate("OutboxWords", "Choose a unit that handles the case and send it again.")
    again = QCoreApplication.translate("OutboxWords", "Correct what is wrong and send it again.")
    role = QCoreApplication.translate(
        "OutboxWords", "A colleague with the right role can do it; your words can go to them as a note."
    )
    call = QCoreApplication.translate(
        "OutboxWords", "The call itself cannot be recorded as it is; what you learnt can go out as a note."
    )
    file = QCoreApplication.translate("OutboxWords", "Add the file to the case once more, then discard this.")
    program = QCoreApplication.translate(
        "OutboxWords", "Try it again after an update; until then nothing of it is lost."
    )
    supervised = QCoreApplication.translate(
        "OutboxWords", "Open the case to see the notice that is there; your ground can go out as a note."
    )
    person = QCoreApplication.translate("OutboxWords", "Choose another colleague and send it again.")
    time = QCoreApplication.translate("OutboxWords", "Choose another time and send it again.")
    asked = QCoreApplication.translate(
        "OutboxWords", "Open the case to see how it stands; your reason can go out as a note."
    )
    return {
        "unit_not_of_ticket": unit,
        "unit_recused": unit,
        "not_your_unit": unit,
        "unknown_unit": unit,
        "unknown_guidance": again,
        "already_supervised": supervised,
        "incomplete": again,
        "bad_value": again,
        "bad_payload": again,
        "bad_id": program,
        "bad_shape": program,
        "field_not_editable": again,
        "unknown_code": again,
        "unknown_person": person,
        "clearance_needed": role,
        "role_not_allowed": role,
        "not_permitted": role,
        "forbidden": role,
        "not_your_draft": role,
        "not_your_case": role,
        "own_act": role,
        "rung_not_permitted": role,
        "attempt_not_permitted": call,
        "in_future": time,
        "booking_not_permitted": time,
        "unknown_upload": file,
        "upload_incomplete": file,
        "upload_linked": file,
        "unknown_kind": program,
        "schema_unknown": program,
        "id_reused": program,
        "exists": program,
        "already_asked": asked,
        "case_not_in_hand": asked,
        "no_due_time": asked,
        "own_unit": role,
        "extension_too_often": asked,
        "receipt_awaited": time,
        "verification_missing": again,
        "not_in_the_look_back": again,
        "not_verified_yet": again,
        "unknown_verification": again,
        "visit_waits_already": again,
        "took_part": role,
        "reviewed_already": asked,
        "review_too_late": asked,
        "basis_not_in_force": again,
        "extension_too_long": again,
        "visit_over": asked,
        "visit_waits": asked,
        "not_valid": asked,
        "already_sent_back": asked,
        "nothing_proposed": asked,
        "other_channel": call,
    }.get(code, "")
