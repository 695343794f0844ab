"""What operations on inspections carry. Shapes only; the catalogue says who may send them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from .entities import Id, InspectionKind, PopulationDate, RequestType, ShortText, Text
from .inspection_rules import MUSTS, CheckVerdict, Method, Must

_Units = Annotated[tuple[Id, ...], Meta(max_length=200)]
_People = Annotated[tuple[Id, ...], Meta(max_length=50)]
_Reason = Annotated[str, Meta(min_length=1, max_length=20_000)]


class InspectionPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The plan of an inspection as it is first written; every field is checked for real when it is issued."""

    title: ShortText
    kind: InspectionKind
    mandate: ShortText = ""
    purpose: Text = ""
    plan: Text = ""
    unit_ids: _Units = ()
    from_day: date
    to_day: date
    by_date: PopulationDate = "completed"
    request_types: tuple[RequestType, ...] = ()
    category_ids: _Units = ()
    checklist: ShortText = ""
    inspector_ids: _People = ()


class RecusePayload(Struct, frozen=True, kw_only=True):
    """An inspector who shall have no part in it, and why."""

    person_id: Id
    reason: _Reason


class CriteriaPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the sample will be drawn, and where its seed will come from: fixed before anybody can know the seed."""

    method: Method
    size: Annotated[int, Meta(ge=0, le=20_000)]
    musts: tuple[Must, ...] = MUSTS
    rework_from: Annotated[int, Meta(ge=1, le=100)] = 2
    seed_source: Annotated[str, Meta(min_length=1, max_length=200)]


class SeedPayload(Struct, frozen=True, kw_only=True):
    seed: Annotated[str, Meta(min_length=1, max_length=200)]


class CheckPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an inspector found in one ticket of the sample: verdicts by line of the checklist."""

    ticket_id: Id
    inspection_id: Id
    checklist: ShortText
    results: Annotated[dict[ShortText, CheckVerdict], Meta(max_length=200)] = {}
    note: Text = ""
