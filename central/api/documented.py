"""What each operation may answer, in one table: the part of the contract that signatures do not tell.

Pure data for ``central.openapi``; a test calls every path and holds the replies against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.models.domain import oversight, wire
from desktop.models.domain.entities import Ticket
from desktop.models.domain.profile import CalendarData, RuleProfile

from . import oauth

HTML = "text/html"
BYTES = "application/octet-stream"


@dataclass(frozen=True)
class Link:
    """Where a reply leads: an operation with the values it takes from the reply (OpenAPI runtime expressions)."""

    operation: str
    parameters: Mapping[str, str]
    body: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Documented:
    """``replies``: status → struct, media type, or None for an empty body. ``problems``: statuses with a problem.

    ``headers`` of the successful replies. ``oauth_error``: 400 is RFC 6749's own form. ``parameters`` are required and
    match the pattern given, or are answered with 400.
    """

    replies: Mapping[int, Any]
    problems: tuple[int, ...] = ()
    headers: tuple[str, ...] = ()
    oauth_error: bool = False
    optional_body: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[int, tuple[Link, ...]] = field(default_factory=dict)


_HELD = {"path.lease_id": "$response.body#/lease_id"}
_EPOCH = {"epoch": "$response.body#/epoch"}
_LEASE_LINKS = (Link("renew", _HELD, _EPOCH), Link("dialling", _HELD, _EPOCH), Link("release", _HELD))
_BLOCK_LINKS = (Link("give_block_back", {"path.block_id": "$response.body#/block_id"}),)
_UPLOAD = {"path.upload_id": "$response.body#/id"}
_UPLOAD_LINKS = (
    Link("offset", _UPLOAD),
    Link("append", {**_UPLOAD, "header.Upload-Offset": "$response.body#/offset"}),
    Link("content", {"path.content_id": "$response.body#/id"}),
)
_SNAPSHOT_LINKS = (
    Link(
        "snapshot_page",
        {
            "path.snapshot_id": "$response.body#/snapshot_id",
            "query.page_token": "$response.body#/first_page",
        },
    ),
    Link("changes", {"query.cursor": "$response.body#/cursor"}),
)
_ASKED = {"path.request_id": "$response.body#/id"}
_ASKED_LINKS = (Link("reveal_report", _ASKED), Link("withdraw_report", _ASKED))
_SIGNED = (401, 403, 429, 503)
_PULL = (*_SIGNED, 426)
_BODY = (400, 413, 415, 422)

DOCUMENTED: Mapping[tuple[str, str], Documented] = {
    ("get", "/.well-known/oauth-authorization-server"): Documented({200: oauth.AuthorizationServer}),
    ("get", "/oauth/authorize"): Documented({200: HTML, 400: HTML}, parameters=oauth.CARRIED),
    ("post", "/oauth/authorize"): Documented(
        {303: None, 400: HTML, 403: HTML, 429: HTML}, (413, 415), ("Location",)
    ),
    ("post", "/oauth/token"): Documented({200: wire.TokenReply}, (413, 415, 503), oauth_error=True),
    ("post", "/oauth/revoke"): Documented({200: dict[str, str]}, (413, 415), oauth_error=True),
    ("get", "/meta"): Documented({200: wire.ServerMeta}, (503,)),
    ("get", "/me"): Documented({200: wire.Me}, _SIGNED),
    ("post", "/kept-keys/open"): Documented({200: wire.KeptKey}, (*_SIGNED, *_BODY, 404)),
    ("get", "/profile"): Documented({200: RuleProfile, 304: None}, _SIGNED, ("ETag",)),
    ("get", "/profile/versions/{version}"): Documented(
        {200: RuleProfile, 304: None}, (*_SIGNED, 400, 404), ("ETag",)
    ),
    ("get", "/profile/versions"): Documented({200: wire.RulesVersions}, _SIGNED),
    ("get", "/profile/calendar"): Documented({200: CalendarData}, _SIGNED),
    ("post", "/profile/publish"): Documented({201: wire.RulesVersion}, (*_SIGNED, *_BODY, 409)),
    ("post", "/devices"): Documented({200: wire.Device, 201: wire.Device}, (*_SIGNED, *_BODY)),
    ("get", "/devices/{device_id}"): Documented({200: wire.Device}, (*_SIGNED, 400, 404)),
    ("delete", "/devices/{device_id}"): Documented({204: None}, (*_SIGNED, 400, 404)),
    ("post", "/devices/self/wipe-ack"): Documented({204: None}, _SIGNED),
    ("post", "/sync/snapshots"): Documented(
        {201: wire.Snapshot}, (*_PULL, *_BODY), links={201: _SNAPSHOT_LINKS}
    ),
    ("get", "/sync/snapshots/{snapshot_id}"): Documented({200: wire.SnapshotPage}, (*_PULL, 400, 410)),
    ("get", "/sync/changes"): Documented(
        {200: wire.ChangesPage},
        (*_PULL, 400, 410),
        links={200: (Link("changes", {"query.cursor": "$response.body#/next_cursor"}),)},
    ),
    ("get", "/sync/digest"): Documented({200: wire.Digest}, _PULL),
    ("post", "/sync/operations"): Documented(
        {200: wire.PushReply},
        (*_SIGNED, *_BODY, 410),
        links={200: (Link("operation", {"path.op_id": "$response.body#/results/0/op_id"}),)},
    ),
    ("get", "/sync/operations/{op_id}"): Documented({200: wire.OperationResult}, (*_SIGNED, 400, 404)),
    ("get", "/tickets/{ticket_id}"): Documented({200: Ticket, 304: None}, (*_SIGNED, 400, 404), ("ETag",)),
    ("get", "/presence"): Documented({200: wire.Presence}, _SIGNED),
    ("put", "/presence"): Documented({204: None}, (*_SIGNED, *_BODY, 404)),
    ("post", "/visit-leases/claim-next"): Documented(
        {201: wire.Lease, 204: None}, _SIGNED, links={201: _LEASE_LINKS}
    ),
    ("post", "/visits/{visit_id}/lease"): Documented(
        {201: wire.Lease}, (*_SIGNED, *_BODY, 404, 409), optional_body=True, links={201: _LEASE_LINKS}
    ),
    ("get", "/visit-leases"): Documented({200: wire.LeaseHolders}, _SIGNED),
    ("post", "/visit-blocks"): Documented(
        {201: wire.FieldBlock}, (*_SIGNED, *_BODY, 409), links={201: _BLOCK_LINKS}
    ),
    ("delete", "/visit-blocks/{block_id}"): Documented({204: None}, (*_SIGNED, 400, 404)),
    ("put", "/visit-leases/{lease_id}"): Documented({200: wire.Lease}, (*_SIGNED, *_BODY, 404, 410)),
    ("delete", "/visit-leases/{lease_id}"): Documented({204: None}, (*_SIGNED, 400, 404)),
    ("post", "/visit-leases/{lease_id}/dialling"): Documented(
        {200: wire.Lease}, (*_SIGNED, *_BODY, 404, 410)
    ),
    ("post", "/contacts/{contact_id}/reveal"): Documented({200: wire.Revealed}, (*_SIGNED, *_BODY, 404)),
    ("post", "/attachments"): Documented(
        {200: wire.Upload, 201: wire.Upload},
        (*_SIGNED, *_BODY, 404, 409),
        ("Upload-Offset",),
        links={201: _UPLOAD_LINKS},
    ),
    ("head", "/attachments/{upload_id}/upload"): Documented(
        {200: None}, (*_SIGNED, 400, 404), ("Upload-Offset", "Upload-Length")
    ),
    ("patch", "/attachments/{upload_id}/upload"): Documented(
        {200: wire.Upload}, (*_SIGNED, *_BODY, 404, 409), ("Upload-Offset",)
    ),
    ("get", "/attachments/{content_id}/content"): Documented(
        {200: BYTES, 206: BYTES}, (*_SIGNED, 400, 404, 416), ("ETag", "Content-Range")
    ),
    ("head", "/attachments/{content_id}/content"): Documented({200: None}, (*_SIGNED, 400, 404), ("ETag",)),
    ("get", "/report-reveals"): Documented({200: oversight.ReportReveals}, _SIGNED),
    ("post", "/report-reveals"): Documented(
        {200: oversight.ReportReveal, 201: oversight.ReportReveal},
        (*_SIGNED, *_BODY, 404, 409),
        links={201: _ASKED_LINKS},
    ),
    ("post", "/report-reveals/{request_id}/decision"): Documented(
        {200: oversight.ReportReveal}, (*_SIGNED, *_BODY, 404, 409, 410)
    ),
    ("post", "/report-reveals/{request_id}/reveal"): Documented(
        {200: wire.Revealed}, (*_SIGNED, 400, 404, 409, 410)
    ),
    ("delete", "/report-reveals/{request_id}"): Documented({204: None}, (*_SIGNED, 400, 404, 409, 410)),
    ("post", "/tickets/{ticket_id}/recusals"): Documented({204: None}, (*_SIGNED, *_BODY, 404, 409)),
    ("delete", "/tickets/{ticket_id}/recusals/{person_id}"): Documented({204: None}, (*_SIGNED, 400, 404)),
    ("get", "/audit"): Documented({200: oversight.AuditPage}, (*_SIGNED, 400)),
    ("get", "/requesters/{requester_id}/access"): Documented(
        {200: oversight.RequesterAccess}, (*_SIGNED, 400, 404)
    ),
    ("post", "/audit/acts"): Documented({200: wire.DataActsTaken}, (*_SIGNED, *_BODY)),
    ("get", "/sample/people"): Documented({200: list[wire.SamplePerson]}, (404, 503)),
    ("post", "/sample/clock"): Documented({200: wire.ServerMeta}, (*_SIGNED, *_BODY, 404, 409)),
}
"""Method and path, below the prefix where the path is not one of OAuth's."""
