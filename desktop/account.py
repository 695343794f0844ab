"""One person's account on this machine: its server, its folder, its key. All of it blocks and belongs into a lane.

Never makes a new key while a store exists; destroys a key and a store only by sign-out and wipe, and in that order.
Knows no window.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event

import msgspec

from desktop.models.domain.absence import Absence, heard, observe, signed_in, verdict
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me, ServerMeta
from desktop.models.store import mark
from desktop.models.store import settings as kept
from desktop.models.store.engine import StoreError, open_store
from desktop.models.store.unsent import UnsentWork, unsent_work
from desktop.paths import STORE_NAME, ProfilePaths, private_folder
from desktop.services.account import kept_key, wiping
from desktop.services.account.kept_key import Keep
from desktop.services.account.keys import (
    KeyAnswer,
    KeyLost,
    KeyReady,
    find_key,
    forget_key,
    key_from_passphrase,
    key_name,
    recipe_path,
)
from desktop.services.account.oauth import LoopbackSignIn
from desktop.services.account.owner import Owner
from desktop.services.account.sealing import BadRecoveryKey, seal
from desktop.services.account.tokens import Keeper, MemoryKeeper, VaultKeeper
from desktop.services.account.vault import Vault, VaultError
from desktop.services.account.wiping import WipeOrder
from desktop.services.api.errors import ApiError
from desktop.session import Opened, Server, StoreTrouble, open_session, reach
from desktop.settings import Settings
from desktop.version import own_version
from desktop.way import way_to
from desktop.world import World

_log = logging.getLogger(__name__)


class Account:
    """See the module. ``server`` and ``folder`` are None until somebody has come back or signed in."""

    def __init__(
        self,
        paths: ProfilePaths,
        settings: Settings,
        world: World,
        *,
        find_vault: Callable[[], Vault | None],
        find_owner: Callable[[], Owner | None],
    ) -> None:
        self._paths = paths
        self._settings = settings
        self._world = world
        self._find_vault = find_vault
        self._find_owner = find_owner
        self._vault: Vault | None = None
        self._vault_known = False
        self._owner: Owner | None = None
        self._owner_known = False
        self.server: Server | None = None
        self.folder: Path | None = None
        self._signed_in = False  # by a person, since the store was last opened
        self.at_provider = False  # whether the last sign-in led to the office's own provider

    # -- the way there -----------------------------------------------------------------------------------------

    def reach(self, address: str, keeper: Keeper) -> Server:
        """The clients of a server by the way that the person has set."""
        device_id = self._settings.device_id(self._world.new_id)
        server = reach(address, device_id, keeper, version=own_version(), world=self._world)
        self.lead(server)
        return server

    def lead(self, server: Server) -> None:
        """Go by the proxy and certificate that are set now."""
        for api in (server.sync, server.online, server.files):
            way = way_to(api.transport.base_url, self._settings)
            api.transport.go_by(way.proxies, way.authority, way.pins)

    def ask_meta(self, address: str) -> ServerMeta:
        """What the server says of itself, without a sign-in."""
        server = self.reach(address, MemoryKeeper())
        try:
            return server.online.meta()
        finally:
            _hang_up(server)

    # -- opening -----------------------------------------------------------------------------------------------

    def come_back(self, address: str, folder: Path) -> KeyAnswer:
        """Where the person was."""
        self.server = self.reach(address, self._keeper(address))
        self.folder = folder
        return self.key()

    def sign_in(
        self,
        address: str,
        *,
        language: str,
        open_browser: Callable[[str], None],
        cancel: Event,
        only: str = "",
        own_page: bool = False,
    ) -> KeyAnswer:
        """Through the browser. ``only``: the folder of the one person whom it may be, else StoreTrouble. ``own_page``:
        at the server itself, also where the office has a provider."""
        server = self.reach(address, self._keeper(address) if not only else MemoryKeeper())
        world = self._world
        attempt = LoopbackSignIn(
            server.online,
            random_bytes=world.rng.randbytes,
            monotonic=world.clock.monotonic,
            language=language,
            own_page=own_page,
        )
        self.at_provider = attempt.at_provider
        with attempt:
            open_browser(attempt.url)
            tokens = attempt.wait(cancel)
        server.sign_in.begin(tokens)
        me = server.online.me()
        self._signed_in = True
        folder = self._paths.account(address, me.person_id)
        if only:
            if folder.name != only:
                server.sign_in.end()
                raise StoreTrouble("other_person")
            server = self.reach(address, self._keeper(address))
            server.sign_in.begin(tokens)
        self.server, self.folder = server, private_folder(folder)
        return self.key()

    def key(self) -> KeyAnswer:
        """The key of the folder's store, or what is missing."""
        assert self.folder is not None  # somebody came back or signed in
        store, vault, name = self.folder / STORE_NAME, self.vault(), key_name(self.folder.name)
        find = partial(find_key, store, vault, name=name, random_bytes=self._world.rng.randbytes)
        answer = find()
        if isinstance(answer, KeyLost) and vault is not None and self.server is not None:
            kept_key.bring_back(store, vault, self.server.online.open_kept_key, name=name)
            answer = find()
        if isinstance(answer, KeyReady):
            kept_key.forget_box(store)
        return answer

    def open(self, key: bytes, checking: Callable[[], None]) -> Opened:
        """The session's makings. Raises StoreTrouble."""
        if self.server is None or self.folder is None:
            raise StoreTrouble("signed_out")
        opened = open_session(
            self.folder, key, self.server, device_name="", world=self._world, checking=checking
        )
        try:
            self._judge_absence(opened)
        except BaseException:
            opened.blobs.close()
            opened.context.store.close()
            raise
        return opened

    def _judge_absence(self, opened: Opened) -> None:
        """Raises StoreTrouble("absent" or "doubtful") where a desk may not be worked at before its server was heard."""
        store, now = opened.context.store, self._world.clock.now()
        with store.read() as connection:
            before = kept.get(connection, kept.ABSENCE, Absence)
        fresh, self._signed_in = self._signed_in, False
        if fresh or before is None:
            found = signed_in(now)
        else:
            found = observe(before, now, 0.0)
            if verdict(found) == "doubtful":
                with suppress(ApiError, VaultError):
                    opened.server.online.me()
                    found = heard(found, now)
        with store.write() as connection:
            kept.put(connection, kept.ABSENCE, found)
        if verdict(found) != "free":
            raise StoreTrouble(verdict(found))

    def key_by_passphrase(self, passphrase: str) -> bytes:
        """The key that a passphrase makes. Raises StoreTrouble("wrong_passphrase") where the store's mark knows it is
        another's."""
        if self.folder is None:
            raise StoreTrouble("signed_out")
        path = self.folder / STORE_NAME
        key = key_from_passphrase(path, passphrase, random_bytes=self._world.rng.randbytes)
        known = mark.read_mark(path)
        if known is not None and known.proves(key) is False:
            raise StoreTrouble("wrong_passphrase")
        return key

    # -- proving -----------------------------------------------------------------------------------------------

    @property
    def by_passphrase(self) -> bool:
        """Whether the store is behind a passphrase."""
        return self.folder is not None and recipe_path(self.folder / STORE_NAME).exists()

    def owner(self) -> Owner | None:
        """The machine's own password check."""
        if not self._owner_known:
            self._owner, self._owner_known = self._find_owner(), True
        return self._owner

    def prove(self, secret: str) -> None:
        """Whether who sits here is who the store belongs to. Raises StoreTrouble with a code that has words."""
        if self.by_passphrase:
            self.key_by_passphrase(secret)
            return
        owner = self.owner()
        answer = owner.proves(secret) if owner is not None else "unknown"
        if answer == "no":
            raise StoreTrouble("wrong_password")
        if answer == "unknown":
            raise StoreTrouble("password_unknown")

    # -- the keyring -------------------------------------------------------------------------------------------

    def vault(self) -> Vault | None:
        """This machine's keyring. Raises VaultError where it hangs: that is not the same as none."""
        if not self._vault_known:
            self._vault = self._find_vault()
            self._vault_known = True
        return self._vault

    def look_again(self) -> None:
        """The person says that the keyring is there now."""
        self._vault, self._vault_known = None, False

    def _keeper(self, address: str) -> Keeper:
        vault = self.vault()
        return MemoryKeeper() if vault is None else VaultKeeper(vault, _token_name(address))

    # -- leaving -----------------------------------------------------------------------------------------------

    def drop(self) -> None:
        """Hold nothing of the account any more but where it lies: no token, no connection."""
        server, self.server = self.server, None
        if server is not None:
            _hang_up(server)

    def sign_out(self, *, keep: Keep | None = None) -> None:
        """Tokens go here and, where it can be reached, on the server. Without ``keep`` the key and the store go too;
        with it the store stays, and its key is locked to the server.

        The session has been closed before. A key that the keyring would not let go of is of no use: its store is gone.
        """
        server, folder = self.server, self.folder
        if keep is not None and server is not None and folder is not None:
            store, name, device = folder / STORE_NAME, key_name(folder.name), server.online.device_id
            chance = self._world.rng.randbytes
            with suppress(VaultError):
                kept_key.lock_away(
                    store, self.vault(), keep, name=name, device_id=device, random_bytes=chance
                )
        if server is not None:
            with suppress(VaultError, ApiError):
                server.sign_in.end()
        self.drop()
        if folder is not None and keep is None:
            if not self._forget_key(folder):
                _log.warning("the keyring kept a key of no use")
            wiping.destroy_files(folder)
        self._settings.account = ""
        self.folder = None

    def _forget_key(self, folder: Path) -> bool:
        try:
            vault = self.vault()
        except VaultError:
            return False
        return forget_key(folder / STORE_NAME, vault, name=key_name(folder.name))

    # -- wiping ------------------------------------------------------------------------------------------------

    def wipe_is_ordered(self) -> bool:
        """Ask the server itself about this very device. Raises ApiError where it does not answer as it should."""
        server = self.server
        return server is not None and wiping.is_ordered(server.online.device(), server.online.device_id)

    @property
    def wipe_pending(self) -> bool:
        """Whether a killed process left a wipe behind. Looks into one folder; does not block."""
        return any(self._paths.accounts.glob("*.wipe"))

    def begin_wipe(self, key: bytes) -> WipeOrder:
        """Write the order down, seal what was not sent if the city can open it, then destroy. The session is closed."""
        assert self.folder is not None  # there was a session
        assert self.server is not None
        accounts, name = self._paths.accounts, self.folder.name
        order = WipeOrder(account=name, server=self.server.online.transport.base_url)
        wiping.note(accounts, order)
        return self._wipe(order, key)

    def go_on_wiping(self) -> WipeOrder | None:
        """At a start: finish what a killed process began. None where nothing was."""
        order = wiping.pending(self._paths.accounts)
        if order is None:
            return None
        self.server = self.reach(order.server, self._keeper_if_any(order.server))
        self.folder = self._paths.accounts / order.account
        key = b""
        if order.stage == "ordered" and not order.sealed:
            with suppress(VaultError):
                answer = self.key() if (self.folder / STORE_NAME).exists() else None
                key = answer.key if isinstance(answer, KeyReady) and not answer.new else b""
        return self._wipe(order, key)

    def _wipe(self, order: WipeOrder, key: bytes) -> WipeOrder:
        accounts = self._paths.accounts
        folder = accounts / order.account
        if key and not order.sealed:
            order = self._seal(order, folder / STORE_NAME, key)
        order = wiping.carry_out(accounts, order, partial(self._forget_key, folder))
        server = self.server
        if order.stage == "files_gone":
            if server is not None:
                with suppress(ApiError, VaultError):
                    server.online.acknowledge_wipe()
                with suppress(ApiError, VaultError):
                    server.sign_in.end()
            wiping.finish(accounts, order)
        self.drop()
        self.folder = None
        self._settings.account = ""
        self._settings.forget_device()
        return order

    def _seal(self, order: WipeOrder, path: Path, key: bytes) -> WipeOrder:
        """A store that cannot be read leaves nothing to seal: the order stands all the same."""
        try:
            work, city_key = _unsent(path, key)
        except StoreError as error:
            _log.warning("nothing could be sealed before the wipe: %s", error.code)
            return order
        order = msgspec.structs.replace(order, unsent=work.count)
        if work.count and city_key:
            rng = self._world.rng
            try:
                box = seal(
                    msgspec.json.encode(work), city_key, secret=rng.randbytes(32), nonce=rng.randbytes(12)
                )
            except BadRecoveryKey:
                _log.error("the city's recovery key is none")
            else:
                sealed = wiping.keep_sealed(
                    self._paths.accounts, f"{order.account}-{self._world.new_id()}", box
                )
                order = msgspec.structs.replace(order, sealed=str(sealed))
        wiping.note(self._paths.accounts, order)
        return order

    def _keeper_if_any(self, address: str) -> Keeper:
        try:
            return self._keeper(address)
        except VaultError:
            return MemoryKeeper()


def _unsent(path: Path, key: bytes) -> tuple[UnsentWork, str]:
    store = open_store(path, key)
    try:
        with store.read() as connection:
            me: Me | None = kept.me(connection)
            rules: RuleProfile | None = kept.profile(connection)
            work = unsent_work(connection, me.person_id if me is not None else "")
            return work, rules.recovery_key if rules is not None else ""
    finally:
        store.close()


def _token_name(address: str) -> str:
    digest = hashlib.blake2b(address.encode(), digest_size=8).hexdigest()
    return f"sign-in:{digest}"


def _hang_up(server: Server) -> None:
    for api in (server.online, server.sync, server.files):
        api.transport.close()
