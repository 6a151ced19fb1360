"""Coming in to a club on a server with the recovery key on paper, where no manager can."""

from pathlib import Path

from models.access.permissions import holder_of_the_passphrase
from models.kernel.clock import Clock, SystemClock, machine_now
from models.kernel.errors import WrongPassphrase
from models.kernel.ids import IdSource, random_ids
from models.migrations.upgrade import KNOWN
from models.server.club import ServerClub, guesses_at
from models.server.entry import Entered, by_key, come_in
from models.server.keeper import ServerKeeper, read_ring
from models.server.opening import must_be_newest
from models.storage import recovery
from models.storage.keys import Unlocked
from models.storage.server_address import Address, recovery_of
from models.storage.server_store import ServerStore
from models.storage.uow import UnitOfWork


def open_with_recovery(
    address: Address,
    recovery_key: str,
    *,
    name: str,
    password: str,
    device: str,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    data: Path | None = None,
    losing_concerns: bool = False,
) -> ServerClub:
    """Opens a club on a server with its recovery key, and makes `name` a manager with a new password, as in a file.

    Raises BadInput (fields "recovery_key", "name", "password"), WrongPassphrase for a key that is not this club's or
    not its newest, LosesConcerns, NoServer, NotFound or NewerVersion.
    """
    key, ids = recovery.from_words(recovery_key), ids or random_ids()
    store = ServerStore.open((entered := _by_paper(address, key, clock)).place, KNOWN)
    try:
        holder = holder_of_the_passphrase(device)
        with UnitOfWork(must_be_newest(store).reading(), holder, clock or SystemClock(), ids, read_only=True) as uow:
            ring = read_ring(uow)
        keeper = ServerKeeper(address.database, store.club, Unlocked(entered.more), ring.strength)
        club = ServerClub(store, holder, clock, ids, keeper, guesses_at(address, data))
        club.recover(name, password, losing_concerns=losing_concerns)
    except BaseException:
        store.close()
        raise
    return club


def _by_paper(address: Address, key: bytes, clock: Clock | None) -> Entered:
    wrong = WrongPassphrase(
        "That recovery key does not open this club.",
        "Check that the paper is of this club on its server, and the newest one: each new one ends the one before.",
    )
    try:
        entered = come_in(address, recovery_of(address.database), by_key(key), machine_now(clock))
    except WrongPassphrase:
        raise wrong from None
    if entered is None:
        raise wrong
    return entered
