"""The keys of the ``setting`` table, apart from what reads and writes it: the first rows of a start need only them."""

from __future__ import annotations

CURSOR = "cursor"
SERVER_EPOCH = "server_epoch"
SCOPE_REV = "scope_rev"
DEVICE_ID = "device_id"
ME = "me"
PROFILE = "profile"
PROFILE_TAG = "profile_tag"
CLOCK_OFFSET_S = "clock_offset_s"
BACKUP_HORIZON_DAYS = "backup_horizon_days"
LAST_SYNC_AT = "last_sync_at"
SNAPSHOT = "snapshot"
PACE = "pace"
ABSENCE = "absence"
FIELD_BLOCK = "field_block"
"""Visits taken along without a network, with their numbers: the one exception to what a store may hold."""
PACK = "pack"
"""What a unit takes along: see ``domain/taking_along``."""
RECOVERY = "recovery"
"""What a new store keeps of what was saved from a damaged one, until the person has read it."""


def aside_key(person_id: str) -> str:
    """Under which key lie the contradicted cases that a person has put aside: ticket id → when the unit said done."""
    return f"aside.{person_id}"


def work_key(person_id: str) -> str:
    """Under which key lies when a person was last at work."""
    return f"work.{person_id}"


def looked_key(person_id: str) -> str:
    """Under which key lies what a person has looked at on a morning's sheet."""
    return f"looked.{person_id}"


def rules_key(version: int) -> str:
    """Under which one version of the city's rules is kept, beside the one in force (``PROFILE``)."""
    return f"{PROFILE}.{version}"
