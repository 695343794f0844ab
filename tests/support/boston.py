"""The Boston 311 file for tests: the real one where it is found, else a seeded stand-in of the same shape.

The real file (58,251 rows, July to December 2011) is public data and is never copied into the project. The stand-in has
its 29 columns and its edge cases, so that a test which computes its expectations from the file holds on either.
Nothing here is random: the same seed makes the same bytes.
"""

from __future__ import annotations

import csv
import io
import os
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REAL_NAME = Path("boston311") / "311_service_requests_2011.zip"
STAND_IN_ROWS = 6_000

COLUMNS = (
    "case_enquiry_id", "open_dt", "target_dt", "closed_dt", "ontime", "case_status", "closure_reason", "case_title",
    "subject", "reason", "type", "queue", "department", "submittedphoto", "closedphoto", "location", "fire_district",
    "pwd_district", "city_council_district", "police_district", "neighborhood", "neighborhood_services_district",
    "ward", "precinct", "location_street_name", "location_zipcode", "latitude", "longitude", "source",
)  # fmt: skip


@dataclass(frozen=True)
class BostonFile:
    """A zip that holds one CSV of cases."""

    path: Path
    real: bool

    @cached_property
    def rows(self) -> int:
        """How many cases it holds."""
        return sum(1 for _ in self.read())

    def read(self) -> Iterator[dict[str, str]]:
        """The rows as the file has them, every value a string, blanks and single spaces included."""
        with zipfile.ZipFile(self.path) as archive, archive.open(archive.namelist()[0]) as raw:
            yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8", newline=""))


def data_folder() -> Path | None:
    """The folder of real data: what DESK_DATA names, else ../shared/data beside the checkout, else None."""
    named = os.environ.get("DESK_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    return folder.resolve() if folder.is_dir() else None


def real_file() -> Path | None:
    """The real file, if this machine has it."""
    folder = data_folder()
    path = folder / REAL_NAME if folder else None
    return path if path and path.is_file() else None


def write_stand_in(path: Path, *, rows: int = STAND_IN_ROWS, seed: int = 311) -> BostonFile:
    """Write the stand-in to `path` and return it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_cases(rows, random.Random(seed)))
    entry = zipfile.ZipInfo("311_service_requests_2011.csv", date_time=(2012, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, text.getvalue())
    return BostonFile(path, real=False)


# --- how a case is drawn ------------------------------------------------------------------------------------------

_WORKS, _ISD, _PARKS = "Public Works Department", "Inspectional Services", "Parks & Recreation Department"
_TRAFFIC, _HOTLINE, _PROPERTY = (
    "Transportation - Traffic Division",
    "Mayor's 24 Hour Hotline",
    "Property Management",
)
_WATER = "Boston Water & Sewer Commission"

# (department, subject, reason, type, days allowed or None, weight); weights follow the real file.
_KINDS: tuple[tuple[str, str, str, str, float | None, int], ...] = (
    ("PWDx", _WORKS, "Sanitation", "Schedule a Bulk Item Pickup", 4, 12_445),
    ("PWDx", _WORKS, "Street Lights", "Street Light Outages", 14, 4_918),
    ("PWDx", _WORKS, "Highway Maintenance", "Pothole Repair (Internal)", 3, 4_082),
    ("PWDx", _WORKS, "Sanitation", "Missed Trash/Recycling/Yard Waste/Bulk Item", 1, 2_707),
    ("ISD", _ISD, "Housing", "Unsatisfactory Living Conditions", None, 2_258),
    ("PARK", _PARKS, "Trees", "Tree Emergencies", 1, 1_984),
    ("PWDx", _WORKS, "Highway Maintenance", "Highway Maintenance", 30, 1_959),
    ("PROP", _PROPERTY, "Graffiti", "Graffiti Removal", 45, 1_943),
    ("PARK", _PARKS, "Trees", "Tree Maintenance Requests", 365, 1_895),
    (
        "INFO",
        _HOTLINE,
        "Employee & General Comments",
        "General Comments For a Program or Policy",
        None,
        1_706,
    ),
    ("PWDx", _WORKS, "Highway Maintenance", "Request for Pothole Repair", 2, 1_636),
    ("PWDx", _WORKS, "Highway Maintenance", "Sidewalk Repair (Make Safe)", 7, 1_363),
    ("PWDx", _WORKS, "Recycling", "Request for Recycling Cart", 30, 1_319),
    ("BTDT", _TRAFFIC, "Signs & Signals", "Traffic Signal Repair", 1, 1_151),
    ("BTDT", _TRAFFIC, "Enforcement & Abandoned Vehicles", "Abandoned Vehicles", 7, 1_049),
    ("PWDx", _WORKS, "Street Cleaning", "Pick up Dead Animal", 1, 929),
    ("ISD", _ISD, "Environmental Services", "Rodent Activity", 2, 811),
    ("PARK", _PARKS, "Trees", "New Tree Requests", 730, 485),
    ("ISD", _ISD, "Building", "Work w/out Permit", None, 394),
    ("BTDT", _TRAFFIC, "Signs & Signals", "New Sign  Crosswalk or Pavement Marking", 180, 437),
    ("ISD", _ISD, "Health", "Food Alert - Unconfirmed", 1, 31),
    ("BWSC", _WATER, "Catchbasin", "Catchbasin", None, 9),
    ("No Q", _WORKS, "Administrative & General Requests", "Misc. Snow Complaint", None, 3),
)
_RARE_KINDS = 118  # with those above, as many kinds as the real file has: 141

# (neighborhood, council, police, fire, works district, ward, streets, latitude, longitude)
_PLACES: tuple[tuple[str, str, str, str, str, int, tuple[str, ...], float, float], ...] = (
    (
        "Dorchester",
        "4",
        "C11",
        "7",
        "07",
        17,
        ("Adams St", "Bowdoin St", "Dorchester Ave"),
        42.2995,
        -71.0650,
    ),
    ("Roxbury", "7", "B2", "9", "10B", 9, ("Cedar St", "Warren St", "Blue Hill Ave"), 42.3242, -71.0888),
    ("Allston / Brighton", "9", "D14", "11", "04", 22, ("Brighton Ave", "Harvard Ave"), 42.3529, -71.1321),
    ("Jamaica Plain", "6", "E13", "9", "02", 19, ("Centre St", "South St", "O'Leary Way"), 42.3097, -71.1151),
    ("West Roxbury", "6", "E5", "12", "06", 20, ("Lagrange St", "Park St"), 42.2798, -71.1627),
    (
        "South Boston / South Boston Waterfront",
        "2",
        "C6",
        "6",
        "05",
        7,
        ("E Broadway", "L St"),
        42.3364,
        -71.0476,
    ),
    (
        "Greater Mattapan",
        "4",
        "B3",
        "8",
        "03",
        14,
        ("Outlook Rd", "River St", "Norfolk St"),
        42.2823,
        -71.0950,
    ),
    ("Hyde Park", "5", "E18", "12", "08", 18, ("Hyde Park Ave", "Truman Pkwy"), 42.2557, -71.1241),
    ("East Boston", "1", "A7", "1", "09", 1, ("Bennington St", "Meridian St"), 42.3751, -71.0392),
    (
        "Downtown / Financial District",
        "1",
        "A1",
        "3",
        "1C",
        3,
        ("City Hall Plz", "State St"),
        42.3603,
        -71.0583,
    ),
    ("Charlestown", "1", "A15", "3", "1A", 2, ("Bunker Hill St", "Main St"), 42.3782, -71.0602),
    ("Chestnut Hill", "9", "D14", "11", "04", 21, ("Beacon St",), 42.3339, -71.1700),
)

_SOURCES = (
    ("Constituent Call", 28_136),
    ("Employee Generated", 17_925),
    ("Self Service", 8_160),
    ("Citizens Connect App", 3_907),
    ("Maximo Integration", 120),
    ("Twitter", 30),
)

_REASONS = (
    "Case Closed Case Resolved ",
    "Case Closed Case Scheduled Items have been scheduled for pickup. ",
    "Case Closed Internal Case Performed by Highway Maintenance crew ",
    "Case Closed Case Noted ",
    "Case Closed Case Invalid no such number, please call again ",
    'Case Closed Case Noted this area already has "stop" signs posted ',
    "Case Closed Case Resolved  to be paved during the 2012 season (April 15th –November 15th)  ",
    "Case Closed Case Resolved owner’s gate repaired ” see file ",
)

_FIRST, _LAST = datetime(2011, 7, 1, 1, 32, 33), datetime(2011, 12, 31, 23, 11, 6)


def _cases(count: int, rng: random.Random) -> list[dict[str, str]]:
    """In order of opening, as the real file; the ids are not."""
    kinds = [*_KINDS, *_rare_kinds()]
    seconds = int((_LAST - _FIRST).total_seconds())
    opened = sorted(_FIRST + timedelta(seconds=rng.randrange(seconds)) for _ in range(count))
    for index in range(40, count, 97):  # several calls within one second
        opened[index] = opened[index - 1]
    ids = list(range(101_000_295_613, 101_000_295_613 + count))
    for index in range(50, count, 53):
        ids[index], ids[index - 1] = ids[index - 1], ids[index]
    drawn = rng.choices(kinds, [kind[-1] for kind in kinds], k=count)
    drawn[: len(kinds)] = kinds  # every kind occurs, however rare
    return [_case(number, at, kind, rng) for number, at, kind in zip(ids, opened, drawn, strict=True)]


def _rare_kinds() -> Iterator[tuple[str, str, str, str, float | None, int]]:
    for index in range(_RARE_KINDS):
        department, subject, reason, kind, days, _ = _KINDS[index % len(_KINDS)]
        yield department, subject, reason, f"{kind} - Kind {index // len(_KINDS) + 2}", days, 12


def _case(
    number: int, opened: datetime, kind: tuple[str, str, str, str, float | None, int], rng: random.Random
) -> dict[str, str]:
    department, subject, reason, type_, days, _ = kind
    target = _target(opened, days, rng)
    closed = _closed(opened, rng)
    late = target is not None and (closed is None or closed > target)
    if target is None and rng.random() < 0.015:
        ontime = ""
    else:
        ontime = "OVERDUE" if late or (closed is None and rng.random() < 0.9) else "ONTIME"
    title = (
        type_
        if rng.random() < 0.9
        else rng.choice((f"Missed Trash: District {department}", "Other: Compliment", type_))
    )
    return {
        "case_enquiry_id": str(number),
        "open_dt": _stamp(opened),
        "target_dt": _stamp(target),
        "closed_dt": _stamp(closed),
        "ontime": ontime,
        "case_status": "Closed" if closed else "Open",
        "closure_reason": rng.choice(_REASONS) if closed else " ",
        "case_title": title,
        "subject": subject,
        "reason": reason,
        "type": type_,
        "queue": f"{department}_{type_}".replace("/", "\\"),
        "department": department,
        "submittedphoto": "",
        "closedphoto": "",
        **_place(rng),
        "source": rng.choices([name for name, _ in _SOURCES], [weight for _, weight in _SOURCES])[0],
    }


def _target(opened: datetime, days: float | None, rng: random.Random) -> datetime | None:
    if days is None or rng.random() < 0.08:
        return None
    draw = rng.random()
    if draw < 0.003:
        return datetime(2059, 12, 31, 8, 30)
    if draw < 0.006:
        return opened - timedelta(seconds=1)  # before it was opened
    if draw < 0.3:  # many share one round target time
        return (opened + timedelta(days=days)).replace(hour=8, minute=30, second=0)
    return opened + timedelta(days=days)


def _closed(opened: datetime, rng: random.Random) -> datetime | None:
    draw = rng.random()
    if draw < 0.063:
        return None
    if draw < 0.106:
        return opened
    if draw < 0.83:
        return opened + timedelta(seconds=rng.randrange(60, 20 * 86_400))
    if draw < 0.985:
        return opened + timedelta(days=rng.randrange(20, 400), seconds=rng.randrange(86_400))
    return opened + timedelta(days=rng.randrange(400, 2_900))


def _stamp(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _place(rng: random.Random) -> dict[str, str]:
    names = (
        "location", "fire_district", "pwd_district", "city_council_district", "police_district", "neighborhood",
        "neighborhood_services_district", "ward", "precinct", "location_street_name", "location_zipcode",
        "latitude", "longitude",
    )  # fmt: skip
    if rng.random() < 0.05:  # no place: one blank each, but for the street, and the middle of the city
        return dict(zip(names, [" "] * 9 + ["", "", "42.3594", "-71.0587"], strict=True))
    hood, council, police, fire, works, ward, streets, latitude, longitude = rng.choice(_PLACES)
    if rng.random() < 0.3 and len(streets) > 1:
        first, second = rng.sample(streets, 2)
        street, zipcode = f"INTERSECTION {first} & {second}", ""
        location = f"INTERSECTION of {first} & {second}  {hood.split(' / ')[0]}  MA  "
    else:
        street, zipcode = f"{rng.randrange(1, 400)} {rng.choice(streets)}", f"021{ward + 8:02d}"
        location = f"{street}  {hood.split(' / ')[0]}  MA  {zipcode}"
    values = [
        location,
        fire if rng.random() > 0.003 else "",
        works if rng.random() > 0.002 else works.lstrip("0"),
        council if rng.random() > 0.001 else "0",
        police,
        hood if rng.random() > 0.002 else "",
        str(ward % 15 + 1),
        f"Ward {ward}" if rng.random() > 0.08 else f"{ward:02d}",
        f"{ward:02d}{rng.randrange(1, 15):02d}" if rng.random() > 0.002 else " ",
        street,
        zipcode,
        f"{latitude + rng.uniform(-0.01, 0.01):.4f}",
        f"{longitude + rng.uniform(-0.01, 0.01):.4f}",
    ]
    return dict(zip(names, values, strict=True))
