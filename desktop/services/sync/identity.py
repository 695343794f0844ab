"""Who works here and by which rules, asked of the server and kept with the rows. Makes no decision about a person."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.fold import Actor
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import ServerMeta
from desktop.models.store import settings
from desktop.models.store.folding import Folder
from desktop.models.store.projection import reescalate

from .context import NotReady, SyncContext

AGAIN_S = 900.0
"""Seconds after which a round asks again who works here by which rules; rules change a few times a year."""

_VERSIONS_KEPT = 60
"""Rules change a few times a year, and nobody asks why a case of twenty years ago was due."""

_STEP_S = 1.0


def refresh_identity(ctx: SyncContext) -> Changes:
    """Asks for me and profile and keeps what is new.

    Raises NotReady("other_person") where the store belongs to somebody else: their unsent work is in it.
    """
    me = ctx.api.me()
    with ctx.store.read() as connection:
        before = settings.me(connection)
        tag = settings.get(connection, settings.PROFILE_TAG, str) or ""
        rules_before = settings.profile(connection)
        horizon_before = settings.get(connection, settings.BACKUP_HORIZON_DAYS, int)
    if before is not None and before.person_id != me.person_id:
        raise NotReady("other_person")
    if before is None:
        ctx.api.register_device(ctx.device_name)
    stated = ctx.api.meta()  # the first list already stands in the office's time
    told = ctx.api.profile(tag if rules_before is not None else "")
    asked_at = ctx.clock.monotonic()
    in_force = told[0] if told is not None else rules_before
    earlier = _earlier_rules(ctx, stated, in_force, rules_before)
    horizon = stated.limits.backup_horizon_days
    if me == before and told is None and not earlier and horizon == horizon_before:
        _settled(ctx, asked_at, in_force)
        return NO_CHANGES
    with ctx.store.write() as connection:
        settings.put(connection, settings.ME, me)
        settings.put(connection, settings.BACKUP_HORIZON_DAYS, horizon)
        note_offset(ctx, connection, stated.office_time - stated.server_time)
        for each in earlier:
            settings.put(connection, settings.rules_key(each.version), each)
        if told is not None:
            rules, tag = told
            settings.put(connection, settings.PROFILE, rules)
            settings.put(connection, settings.PROFILE_TAG, tag)
            if rules_before is not None:
                settings.put(connection, settings.rules_key(rules_before.version), rules_before)
            if rules_before is not None and rules_before.escalation != rules.escalation:
                reescalate(connection, rules.escalation)
    _settled(ctx, asked_at, in_force)  # not before it is on disk: without it no round can go on
    changes = Changes(types=frozenset({"profile", "ticket"}), everything=True)
    ctx.on_changes(changes)
    return changes


def _settled(ctx: SyncContext, asked_at: float, rules: RuleProfile | None) -> None:
    ctx.memory.identified_at = asked_at
    ctx.memory.rules_version = rules.version if rules is not None else None


def _earlier_rules(
    ctx: SyncContext, stated: ServerMeta, rules: RuleProfile | None, before: RuleProfile | None
) -> list[RuleProfile]:
    """The versions before the one in force that this store lacks: due times of their days are explained by them.

    Asked for at the first round of a program's life and when the rules are others than ``before``, which it has.
    """
    if rules is None or "profile_versions" not in stated.capabilities:
        return []
    if ctx.memory.rules_version == rules.version:
        return []
    wanted = range(max(1, rules.version - _VERSIONS_KEPT), rules.version)
    held = before.version if before is not None else 0
    with ctx.store.read() as connection:
        missing = [n for n in wanted if n != held and settings.rules_of_version(connection, n) is None]
    found = (ctx.api.rules_of_version(version) for version in missing)
    return [each for each in found if each is not None]


def identity_is_due(ctx: SyncContext) -> bool:
    """True at the first round of a program's life and every quarter of an hour."""
    asked = ctx.memory.identified_at
    return asked is None or ctx.clock.monotonic() - asked >= AGAIN_S


def folder_of(connection: Connection) -> Folder:
    """Who folds by which rules. Raises NotReady("no_identity") before the first answer of the server."""
    me, rules = settings.me(connection), settings.profile(connection)
    if me is None or rules is None:
        raise NotReady("no_identity")
    return Folder(actor=Actor(id=me.person_id, name=me.name), profile=rules)


def horizon_of(connection: Connection) -> timedelta:
    """How old a backup may be that this server is restored from, as it last said."""
    return timedelta(days=settings.get(connection, settings.BACKUP_HORIZON_DAYS, int) or 0)


def recall_offset(ctx: SyncContext) -> None:
    """Office time − this machine's time as it was when the program last ran."""
    with ctx.store.read() as connection:
        kept = settings.get(connection, settings.CLOCK_OFFSET_S, float)
    ctx.memory.offset = timedelta(seconds=kept or 0.0)


def note_offset(ctx: SyncContext, connection: Connection, stated: timedelta) -> None:
    """Keeps what a reply states of the office's time; ``stated`` = office time − the server's real time."""
    if is_news(ctx, stated):
        ctx.memory.offset = _offset(ctx, stated)
        settings.put(connection, settings.CLOCK_OFFSET_S, ctx.memory.offset.total_seconds())


def is_news(ctx: SyncContext, stated: timedelta) -> bool:
    """Whether the office's time is another than we thought; a second more or less is the network."""
    return abs((_offset(ctx, stated) - ctx.memory.offset).total_seconds()) > _STEP_S


def _offset(ctx: SyncContext, stated: timedelta) -> timedelta:
    """Office time − this machine's time: a clock that was set wrong changes no deadline once a server was heard."""
    server_time = ctx.api.server_time
    skew = server_time.skew if server_time is not None else None
    return stated + (skew or timedelta(0))
