"""Each thing Breather does that replaces a file: what was there before, the doing, and which of the two is there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models.bootstrap import Club, Place, open_club, restore
from models.kernel.errors import WrongPassphrase
from models.storage import archive, keys
from models.storage.archive import SUFFIX
from models.storage.keys import Unlocked
from models.storage.trouble import told
from tests.clubs import DEVICE, PASSPHRASE, a_child, new_club, put

OLD, NEW = "old", "new"
PAPER = {OLD: b"%PDF the old register" * 400, NEW: b"%PDF the new register" * 500}
OTHER = "seven slow green herons"


@dataclass(frozen=True)
class Work:
    """One such thing, in a folder.

    Attributes:
        before: makes the folder as it is first, at rest. do: the work, which has returned once it is acknowledged.
        look: which is there, the old or the new; raises whatever goes wrong where it is neither.
    """

    name: str
    before: Callable[[Path], object]
    do: Callable[[Path], object]
    look: Callable[[Path], str]


@contextmanager
def using(folder: Path, password: str = PASSPHRASE, name: str = "club.breather") -> Iterator[Club]:
    """The club, closed afterwards whatever happens."""
    club = open_club(folder / name, password, device=DEVICE)
    try:
        yield club
    finally:
        club.close()


def a_club(folder: Path) -> None:
    """A club of one child, closed."""
    club = new_club(folder)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    club.close()


def children(folder: Path, name: str = "club.breather", password: str = PASSPHRASE) -> int:
    """How many children are in a sound club file."""
    with using(folder, password, name) as club:
        assert club.faults() == []
        return club.facts().children


def place(folder: Path) -> Place:
    return Place(folder / "backups")


def a_club_with_a_backup(folder: Path) -> None:
    a_club(folder)
    with using(folder) as club:
        club.back_up(place(folder))


def a_backup(folder: Path) -> None:
    with using(folder) as club:
        club.back_up(place(folder))


def look_at_backups(folder: Path) -> str:
    with using(folder) as club:
        assert club.faults() == []
        found = club.backups(place(folder).folder)
        facts = club.facts()
    assert len(found) == len(list(place(folder).folder.glob(f"*{SUFFIX}"))), "each that is called a backup is one"
    key = keys.read_ring(folder / "club.breather").unlock(PASSPHRASE, None).key
    for one in found:
        archive.prove(one.path, key)
        assert one.facts == facts
    return {1: OLD, 2: NEW}[len(found)]


def two_children_and_a_backup_of_one(folder: Path) -> None:
    a_club_with_a_backup(folder)
    with using(folder) as club:
        put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))


def and_a_new_key_since(folder: Path) -> None:
    """The backup's keys are not those of the file it is to replace."""
    two_children_and_a_backup_of_one(folder)
    a_new_key(folder)


def the_backup(folder: Path) -> Path:
    return next(place(folder).folder.glob(f"*{SUFFIX}"))


def restored_within(folder: Path) -> None:
    with using(folder) as club:
        club.restored_from(the_backup(folder)).close()


def restored_by_command(folder: Path) -> None:
    restore(the_backup(folder), folder / "club.breather", PASSPHRASE, device=DEVICE).close()


def look_at_restored(folder: Path) -> str:
    now = {2: OLD, 1: NEW}[children(folder)]
    if now == NEW:
        kept = [one.name for one in folder.glob("* replaced *.breather")]
        assert any(children(folder, name) == 2 for name in kept), "what was replaced is kept"
    return now


def a_new_password(folder: Path) -> None:
    with using(folder) as club:
        club.change_own_password(PASSPHRASE, OTHER)


def look_at_password(folder: Path) -> str:
    try:
        assert children(folder) == 1
    except WrongPassphrase:
        assert children(folder, password=OTHER) == 1
        return NEW
    return OLD


def a_new_key(folder: Path) -> None:
    path = folder / "club.breather"
    ring, new_key = keys.read_ring(path), keys.new_key()
    with using(folder) as club:
        club._store.rekeyed(ring, new_key, ring.rekeyed(Unlocked(new_key))).close()


def look_at_key(folder: Path) -> str:
    assert children(folder) == 1
    with using(folder) as club:
        made = club.look_into(the_backup(folder))  # a backup from before opens with either key
        assert made.facts is not None
        assert made.facts.children == 1
        before = archive.ring_of(made.path).unlock(PASSPHRASE, None).key
        return OLD if club._store.key == before else NEW


def a_paper(folder: Path) -> None:
    (folder / "register.pdf").write_bytes(PAPER[OLD])


def a_new_paper(folder: Path) -> None:
    with told(folder / "register.pdf"):
        keys.replace_file(folder / "register.pdf", PAPER[NEW])


def look_at_paper(folder: Path) -> str:
    found = (folder / "register.pdf").read_bytes()
    return next(which for which, content in PAPER.items() if content == found)


WORKS = (
    Work("backup", a_club_with_a_backup, a_backup, look_at_backups),
    Work("restore in the open club", two_children_and_a_backup_of_one, restored_within, look_at_restored),
    Work("restore by the command line", two_children_and_a_backup_of_one, restored_by_command, look_at_restored),
    Work("restore from before a new key", and_a_new_key_since, restored_within, look_at_restored),
    Work("new password", a_club, a_new_password, look_at_password),
    Work("new key", a_club_with_a_backup, a_new_key, look_at_key),
    Work("export", a_paper, a_new_paper, look_at_paper),
)
