"""The endpoints of the contract as methods. Every method blocks and raises one of ``errors``.

None keeps the state of a row or decides when to call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct

from desktop.models.domain.ids import NewId
from desktop.models.domain.oversight import (
    AuditPage,
    Recusal,
    ReportAsk,
    ReportDecision,
    ReportReveal,
    ReportReveals,
    RequesterAccess,
)
from desktop.models.domain.profile import CalendarData, RuleProfile
from desktop.models.domain.wire import (
    AdvanceClock,
    ChangesPage,
    DataAct,
    DataActs,
    DataActsTaken,
    Device,
    DiallingRequest,
    Digest,
    FieldBlock,
    KeptBox,
    KeptKey,
    Lease,
    LeaseClaim,
    LeaseHolders,
    LeaseRenewal,
    Me,
    NewDevice,
    NewFieldBlock,
    NewSnapshot,
    OperationResult,
    PresenceClaim,
    PushReply,
    PushRequest,
    Revealed,
    RevealRequest,
    RulesVersion,
    RulesVersions,
    SamplePerson,
    ServerMeta,
    Snapshot,
    SnapshotPage,
    TokenReply,
)

from .errors import RefusedByServer
from .exchange import PAGE_S, Ask, Caller, Tokens, decode
from .files import FilesApi
from .server_time import ServerTime
from .transport import Transport

CLIENT_ID = "supervision-desk"
_SAMPLE_GRANT = "urn:supervision-desk:sample"
_EXCHANGE_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
_WAIT_MARGIN_S = 20.0


class SignInProvider(Struct, frozen=True, kw_only=True):
    """The OpenID provider where an office's people sign in, as the central server names it."""

    issuer: str
    client_id: str
    scope: str


class AuthorizationServer(Struct, frozen=True, kw_only=True):
    """RFC 8414: where to sign in; absolute addresses."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    revocation_endpoint: str = ""
    sign_in_provider: SignInProvider | None = None


class Api:
    """The client of one server for one device. Thread-safe as its transport and tokens are."""

    def __init__(
        self,
        transport: Transport,
        *,
        device_id: str,
        client_version: str,
        new_id: NewId,
        tokens: Tokens | None = None,
        server_time: ServerTime | None = None,
    ) -> None:
        """``server_time`` is told when the server stamped each of its replies."""
        self.transport = transport
        self.device_id = device_id
        self.server_time = server_time
        self._caller = Caller(
            transport,
            device_id=device_id,
            client_version=client_version,
            new_id=new_id,
            tokens=tokens,
            server_time=server_time,
        )
        self.files = FilesApi(self._caller)

    def use_tokens(self, tokens: Tokens | None) -> None:
        """From now on calls are signed with these; None signs out."""
        self._caller.tokens = tokens

    # -- the server, the person, the device

    def meta(self) -> ServerMeta:
        """What the server is and asks of a client; needs no sign-in."""
        return self._caller.fetch(Ask("GET", "/meta", signed=False), ServerMeta)

    def me(self) -> Me:
        """Who is signed in."""
        return self._caller.fetch(Ask("GET", "/me"), Me)

    def profile(self, etag: str = "") -> tuple[RuleProfile, str] | None:
        """The rules with their ETag; None where ``etag`` is still the current one."""
        headers = {"If-None-Match": etag} if etag else {}
        reply = self._caller.call(Ask("GET", "/profile", expect=(200, 304), headers=headers))
        if reply.status == 304:
            return None
        return decode(reply, RuleProfile), reply.headers.get("ETag", "")

    def rules_of_version(self, version: int) -> RuleProfile | None:
        """One published version of the rules; None where the server has none of that number."""
        reply = self._caller.call(Ask("GET", f"/profile/versions/{version}", expect=(200, 404)))
        return None if reply.status == 404 else decode(reply, RuleProfile)

    def rules_versions(self) -> RulesVersions:
        """Every version of the rules, also those that are not in force yet."""
        return self._caller.fetch(Ask("GET", "/profile/versions"), RulesVersions)

    def country_calendar(self) -> CalendarData:
        """The country's days off as the server's release knows them."""
        return self._caller.fetch(Ask("GET", "/profile/calendar"), CalendarData)

    def publish_rules(self, rules: RuleProfile) -> RulesVersion:
        """Makes the next version. Raises RefusedByServer(403, 409, 422)."""
        return self._caller.fetch(Ask("POST", "/profile/publish", rules, expect=(201,)), RulesVersion)

    def register_device(self, name: str) -> Device:
        """Makes this device known; asking twice changes nothing."""
        body = NewDevice(id=self.device_id, name=name)
        return self._caller.fetch(Ask("POST", "/devices", body, expect=(200, 201)), Device)

    def device(self) -> Device:
        """What the server thinks of this device: active, locked, to be wiped."""
        return self._caller.fetch(Ask("GET", f"/devices/{quote(self.device_id)}"), Device)

    def open_kept_key(self, box: KeptBox) -> KeptKey:
        """The key of this device's store, locked at the last sign-out."""
        return self._caller.fetch(Ask("POST", "/kept-keys/open", box, repeatable=True), KeptKey)

    def acknowledge_wipe(self) -> None:
        """The key and the files of this device are destroyed."""
        self._caller.call(Ask("POST", "/devices/self/wipe-ack", expect=(204,), repeatable=True))

    # -- sync

    def begin_snapshot(self, page_rows: int = 1000) -> Snapshot:
        """Begins a first load; its cursor was taken before the first row is read."""
        body = NewSnapshot(page_rows=page_rows)
        return self._caller.fetch(
            Ask("POST", "/sync/snapshots", body, expect=(201,), limit_s=PAGE_S), Snapshot
        )

    def snapshot_page(self, snapshot_id: str, page_token: str) -> SnapshotPage:
        """One page of a first load. Raises StartOver when the server has dropped the snapshot."""
        path = f"/sync/snapshots/{quote(snapshot_id)}"
        return self._caller.fetch(
            Ask("GET", path, params={"page_token": page_token}, limit_s=PAGE_S), SnapshotPage
        )

    def changes(
        self, cursor: str, *, limit: int = 500, wait_s: int = 0, presence: str | None = None
    ) -> ChangesPage:
        """What changed since ``cursor``; with ``wait_s`` the server holds an empty answer back for that long.

        ``presence``: the state of it last heard, "" for none; None where nobody wants to know.

        Raises Interrupted where somebody called ``transport.interrupt()`` and there was waiting to be done.
        """
        params = {"cursor": cursor, "limit": str(limit), "wait": str(wait_s)}
        if presence is not None:
            params["presence"] = presence
        limit_s = wait_s + _WAIT_MARGIN_S if wait_s else PAGE_S
        ask = Ask("GET", "/sync/changes", params=params, limit_s=limit_s, held=wait_s > 0)
        return self._caller.fetch(ask, ChangesPage)

    def push(self, request: PushRequest) -> PushReply:
        """Sends operations; there is a result for each, in order."""
        ask = Ask(
            "POST", "/sync/operations", request, limit_s=PAGE_S, repeatable=True
        )  # by each operation's id
        return self._caller.fetch(ask, PushReply)

    def operation(self, op_id: str) -> OperationResult | None:
        """What became of an operation; None where the server does not know it."""
        try:
            return self._caller.fetch(Ask("GET", f"/sync/operations/{quote(op_id)}"), OperationResult)
        except RefusedByServer as error:
            if error.status == 404:
                return None
            raise

    def digest(self) -> Digest:
        """Counts and hashes of the rows in scope, true at the cursor it names."""
        return self._caller.fetch(Ask("GET", "/sync/digest", limit_s=PAGE_S), Digest)

    def tell_acts(self, acts: Sequence[DataAct]) -> frozenset[str]:
        """What left this desktop, at most 100; the ids that stand in the server's audit now."""
        body = DataActs(acts=tuple(acts))
        ask = Ask("POST", "/audit/acts", body, repeatable=True)  # by each act's id
        return frozenset(self._caller.fetch(ask, DataActsTaken).taken)

    # -- what needs the server at that moment

    def claim_next(self) -> Lease | None:
        """Leases the visits of the person next in the queue; None when nobody waits."""
        reply = self._caller.call(Ask("POST", "/visit-leases/claim-next", expect=(201, 204)))
        return None if reply.status == 204 else decode(reply, Lease)

    def claim(self, visit_id: str, takeover_reason: str = "") -> Lease:
        """Leases one visit and the others of the same person. Raises RefusedByServer(409) where another holds it.

        With a reason a supervisor takes the person over from a colleague who has not dialled.
        """
        asked = LeaseClaim(takeover_reason=takeover_reason) if takeover_reason else None
        return self._caller.fetch(
            Ask("POST", f"/visits/{quote(visit_id)}/lease", asked, expect=(201,)), Lease
        )

    def lease_holders(self) -> LeaseHolders:
        """Who has whom in hand, of the visits in scope."""
        return self._caller.fetch(Ask("GET", "/visit-leases"), LeaseHolders)

    def take_block(self, asked: NewFieldBlock) -> FieldBlock:
        """Visits to take along, with their numbers; a block that stands on this device makes way."""
        return self._caller.fetch(Ask("POST", "/visit-blocks", asked, expect=(201,)), FieldBlock)

    def give_block_back(self, block_id: str) -> None:
        """Gives a field block back; one that has ended is given back already."""
        self._caller.call(Ask("DELETE", f"/visit-blocks/{quote(block_id)}", expect=(204, 404)))

    def renew_lease(self, lease_id: str, epoch: int) -> Lease:
        """Holds a lease on. Raises RefusedByServer(410) once it has expired."""
        return self._caller.fetch(Ask("PUT", _lease(lease_id), LeaseRenewal(epoch=epoch)), Lease)

    def release_lease(self, lease_id: str) -> None:
        """Gives a lease back; one that has expired is given back already."""
        self._caller.call(Ask("DELETE", _lease(lease_id), expect=(204, 404, 410)))

    def dialling(self, lease_id: str, epoch: int) -> None:
        """Says that the call begins; the lease then holds for the length of a call."""
        path = f"{_lease(lease_id)}/dialling"
        self._caller.call(Ask("POST", path, DiallingRequest(epoch=epoch), expect=(200, 204)))

    def claim_presence(self, claim: PresenceClaim) -> None:
        """Says which case this desktop has open; polls renew it."""
        self._caller.call(Ask("PUT", "/presence", claim, expect=(204,)))

    def reveal(self, contact_id: str, request: RevealRequest) -> Revealed:
        """One value of one person; the server writes the reason down before it answers."""
        return self._caller.fetch(Ask("POST", f"/contacts/{quote(contact_id)}/reveal", request), Revealed)

    def report_reveals(self) -> ReportReveals:
        """What I asked to see behind reports, and what waits for a second person like me."""
        return self._caller.fetch(Ask("GET", "/report-reveals"), ReportReveals)

    def ask_report(self, asked: ReportAsk) -> ReportReveal:
        """Asks a second person; asking twice under one id is once."""
        ask = Ask("POST", "/report-reveals", asked, expect=(200, 201), repeatable=True)  # by its id
        return self._caller.fetch(ask, ReportReveal)

    def decide_report(self, request_id: str, decision: ReportDecision) -> ReportReveal:
        """Agrees, or declines with a reason. Raises RefusedByServer(409, 410) where that comes too late."""
        path = f"{_request(request_id)}/decision"
        return self._caller.fetch(Ask("POST", path, decision), ReportReveal)

    def reveal_report(self, request_id: str) -> Revealed:
        """The value that was agreed to, once."""
        return self._caller.fetch(Ask("POST", f"{_request(request_id)}/reveal"), Revealed)

    def withdraw_report(self, request_id: str) -> None:
        """Takes a request back; one that has ended is taken back already."""
        self._caller.call(Ask("DELETE", _request(request_id), expect=(204, 404, 409, 410)))

    def recuse(self, ticket_id: str, recusal: Recusal) -> None:
        """Keeps a person from a case."""
        path = f"/tickets/{quote(ticket_id)}/recusals"
        self._caller.call(Ask("POST", path, recusal, expect=(204,), repeatable=True))

    def lift_recusal(self, ticket_id: str, person_id: str) -> None:
        """Takes a recusal back; one that is not there is taken back already."""
        path = f"/tickets/{quote(ticket_id)}/recusals/{quote(person_id)}"
        self._caller.call(Ask("DELETE", path, expect=(204, 404)))

    # -- the record of who saw what

    def audit(self, **filters: str | int) -> AuditPage:
        """One page of the record; filters as GET /audit names them, empty ones left out."""
        params = {name: str(value) for name, value in filters.items() if value != ""}
        return self._caller.fetch(Ask("GET", "/audit", params=params), AuditPage)

    def requester_access(self, requester_id: str) -> RequesterAccess:
        """Who saw what of one requester, named by contact or by one of their cases."""
        path = f"/requesters/{quote(requester_id)}/access"
        return self._caller.fetch(Ask("GET", path, limit_s=PAGE_S), RequesterAccess)

    def advance_clock(self, request: AdvanceClock) -> ServerMeta:
        """Moves a sample city's office time forward."""
        return self._caller.fetch(Ask("POST", "/sample/clock", request), ServerMeta)

    def sample_people(self) -> list[SamplePerson]:
        """The people of a sample city, whom anybody may sign in as; other servers do not know the question."""
        return self._caller.fetch(Ask("GET", "/sample/people", signed=False), list[SamplePerson])

    # -- signing in

    def authorization_server(self) -> AuthorizationServer:
        """Where to sign in, as the server's metadata document says."""
        path = "/.well-known/oauth-authorization-server"
        return self._caller.fetch(Ask("GET", path, signed=False, prefix=""), AuthorizationServer)

    def exchange_code(self, code: str, verifier: str, redirect_uri: str) -> TokenReply:
        """Tokens for the code that the browser brought. Raises SignedOut where it is not taken."""
        return self._tokens(
            {
                "grant_type": "authorization_code",
                "client_id": CLIENT_ID,
                "code": code,
                "code_verifier": verifier,
                "redirect_uri": redirect_uri,
            }
        )

    def refresh(self, refresh_token: str) -> TokenReply:
        """The successor of a refresh token. Raises SignedOut("sign_in_expired") where it is no longer taken."""
        return self._tokens(
            {"grant_type": "refresh_token", "client_id": CLIENT_ID, "refresh_token": refresh_token}
        )

    def exchange_id_token(self, id_token: str, refresh_token: str = "") -> TokenReply:
        """Tokens for the word of the office's provider; with ``refresh_token`` the same sign-in goes on.

        Raises SignedOut("unknown_person" | "provider_refused" | "sign_in_expired"), Busy where the provider is away.
        """
        form = {
            "grant_type": _EXCHANGE_GRANT,
            "client_id": CLIENT_ID,
            "subject_token": id_token,
            "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
        }
        return self._tokens(form | ({"refresh_token": refresh_token} if refresh_token else {}))

    def sign_in_sample(self, person: str) -> TokenReply:
        """Signs a person of a sample city in, by id or account name; other servers refuse."""
        return self._tokens({"grant_type": _SAMPLE_GRANT, "client_id": CLIENT_ID, "person": person})

    def revoke(self, refresh_token: str) -> None:
        """Ends a sign-in on the server; an unknown token is no error."""
        self._caller.submit_form("/oauth/revoke", {"token": refresh_token})

    def _tokens(self, form: Mapping[str, str]) -> TokenReply:
        return decode(
            self._caller.submit_form("/oauth/token", {**form, "device_id": self.device_id}), TokenReply
        )


def _request(request_id: str) -> str:
    return f"/report-reveals/{quote(request_id)}"


def _lease(lease_id: str) -> str:
    return f"/visit-leases/{quote(lease_id)}"
