"""T19: hostile backups. Each is refused, by the open club and by a restore elsewhere, and nothing is written for it."""

import io
import os
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.bootstrap import Club, Place, open_club, restore
from models.kernel.errors import BadBackup, BreatherError
from models.storage import archive, snapshot
from tests.clubs import DEVICE, PASSPHRASE, a_child, new_club, put
from tests.faults.conftest import Figures

pytestmark = pytest.mark.file_only

Members = list[tuple[zipfile.ZipInfo | str, bytes]]
Change = Callable[[Members], Members]
LABEL, SEALED, CLUB, KEYS = range(4)
SYMLINK = 0o120777 << 16
BOMB = 64 * 2**20


def renamed(at: int, name: str) -> Change:
    return lambda members: [(name if here == at else old, body) for here, (old, body) in enumerate(members)]


def replaced(at: int, body: bytes) -> Change:
    return lambda members: [(old, body if here == at else own) for here, (old, own) in enumerate(members)]


def flipped(at: int, byte: int | None = None) -> Change:
    """One bit of a member, in its middle unless a byte is given."""

    def change(members: Members) -> Members:
        body = bytearray(members[at][1])
        body[len(body) // 2 if byte is None else byte] ^= 1
        return replaced(at, bytes(body))(members)

    return change


def a_symlink(at: int, target: str) -> Change:
    def change(members: Members) -> Members:
        link = zipfile.ZipInfo(str(members[at][0]))
        link.create_system, link.external_attr = 3, SYMLINK
        return [*members[:at], (link, target.encode()), *members[at + 1 :]]

    return change


CHANGED: dict[str, Change] = {
    "a name that climbs out": renamed(CLUB, "../../club.breather"),
    "a label's name that climbs out": renamed(LABEL, "../backup.json"),
    "an absolute name": renamed(CLUB, "/etc/club.breather"),
    "a Windows name": renamed(CLUB, "C:\\club.breather"),
    "a backslash": renamed(KEYS, "..\\club.breather.keys"),
    "a share's name": renamed(KEYS, "\\\\server\\share\\club.breather.keys"),
    "a device's name": renamed(KEYS, "NUL"),
    "a name with a stream": renamed(CLUB, "club.breather:hidden"),
    "a name that looks the same": renamed(CLUB, "club.breather\u200b"),
    "other capitals": renamed(CLUB, "Club.breather"),
    "a folder for a file": renamed(CLUB, "club.breather/"),
    "a symlink for the club file": a_symlink(CLUB, "/etc/passwd"),
    "a symlink for the keys": a_symlink(KEYS, "../../.ssh/id_rsa"),
    "the club file twice": lambda members: [*members, members[CLUB]],
    "the keys twice": lambda members: [*members[:3], members[KEYS], members[KEYS]],
    "one member more": lambda members: [*members, ("autorun.inf", b"x")],
    "one member less": lambda members: members[:-1],
    "another order": lambda members: members[::-1],
    "no members": lambda _members: [],
    "no club file": replaced(CLUB, b""),
    "a label altered": flipped(LABEL),
    "a seal altered": flipped(SEALED),
    "a page altered": flipped(CLUB),
    "a key slot altered": flipped(KEYS),
    "no keys": replaced(KEYS, b""),
    "keys a mile deep": replaced(KEYS, b"[" * 100_000),
    "a label that is no JSON": replaced(LABEL, b"{"),
    "a label a mile deep": replaced(LABEL, b"[" * 100_000),
    "a label of a list": replaced(LABEL, b"[]"),
    "a label of two megabytes": replaced(LABEL, b" " * 2**21),
    "no seal": replaced(SEALED, b""),
}


def changed(path: Path, change: Change, compression: int = zipfile.ZIP_STORED) -> bytes:
    """The archive with its members changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old:
        members: Members = [(one.filename, old.read(one)) for one in old.infolist()]
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(out, "w", compression) as new:
        for name, content in change(members):
            new.writestr(name, content)
    return out.getvalue()


def squeezed(path: Path) -> bytes:
    return changed(path, lambda members: members, zipfile.ZIP_DEFLATED)


def a_bomb(path: Path) -> bytes:
    return changed(path, replaced(CLUB, bytes(BOMB)), zipfile.ZIP_DEFLATED)


def locked_with_a_password(path: Path) -> bytes:
    """Says of every member that it is encrypted."""
    raw = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(mark)
        while place >= 0:
            raw[place + at] |= 1
            place = raw.find(mark, place + 4)
    return bytes(raw)


def larger_than_itself(path: Path) -> bytes:
    """The list at the end says that the club file is four gigabytes long."""
    raw = bytearray(path.read_bytes())
    place = raw.rfind(b"PK\x01\x02", 0, raw.rfind(b"PK\x01\x02"))
    struct.pack_into("<2I", raw, place + 20, 0xFFFFFFF0, 0xFFFFFFF0)
    return bytes(raw)


def another_name_inside(path: Path) -> bytes:
    """The list at the end says one name, the member itself another."""
    raw = path.read_bytes()
    return raw.replace(b"club.breather.keys", b"../../../evil.keys", 1)


RAW: dict[str, Callable[[Path], bytes]] = {
    "squeezed": squeezed,
    "a bomb for the club file": a_bomb,
    "locked with a password": locked_with_a_password,
    "larger than itself": larger_than_itself,
    "two names for one member": another_name_inside,
    "cut in the middle": lambda path: path.read_bytes()[: path.stat().st_size // 2],
    "nothing at all": lambda _path: b"",
    "no archive": lambda _path: b"MZ" + bytes(5000),
}
HOSTILE: dict[str, Callable[[Path], bytes]] = RAW | {
    name: lambda path, change=change: changed(path, change)  # type: ignore[misc] # the loop's own value
    for name, change in CHANGED.items()
}


@pytest.fixture
def club(tmp_path: Path) -> Club:
    club = new_club(tmp_path)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    return club


@contextmanager
def writes_seen() -> Iterator[list[str]]:
    """Every path that Python opens to write, links or renames to, meanwhile."""
    seen: list[str] = []
    listening = [True]

    def heard(event: str, given: tuple[Any, ...]) -> None:
        if not listening:
            return
        if event == "open" and isinstance(given[0], str | bytes | Path):
            mode, flags = given[1], given[2]
            if (mode and mode[0] in "wxa") or (not mode and flags & (os.O_CREAT | os.O_WRONLY)):
                seen.append(os.fsdecode(given[0]))
        elif event in ("os.rename", "os.link", "os.symlink", "os.mkdir"):
            seen.append(os.fsdecode(given[1] if event != "os.mkdir" else given[0]))

    sys.addaudithook(heard)
    try:
        yield seen
    finally:
        listening.clear()


def refused_everywhere(club: Club, path: Path, folder: Path) -> None:
    """Neither the open club nor a restore elsewhere takes it; no file appears, changes or is written outside."""
    club.close()
    before = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    target = folder / "elsewhere.breather"
    with writes_seen() as written:
        for place in (target, club.path):
            with pytest.raises(BreatherError):
                restore(path, place, PASSPHRASE, device=DEVICE).close()
        again = open_club(club.path, PASSPHRASE, device=DEVICE, clock=club.clock)
        with pytest.raises(BreatherError):
            again.restored_from(path)
        assert again.facts().children == 1
        again.close()
    assert {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()} == before
    assert {str(Path(each).parent) for each in written} <= {str(folder)}
    assert {Path(each).name for each in written} <= OWN


OWN = {
    f"{stem}.breather{suffix}"
    for stem in ("club", "elsewhere")
    for suffix in (".lock", ".restoring", ".restoring.keys", ".guesses", ".guesses.new", ".keys", ".keys.new")
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_backup_is_refused_and_nothing_written(how: str, club: Club, tmp_path: Path) -> None:
    made = club.back_up(Place(tmp_path / "stick"))
    made.path.write_bytes(HOSTILE[how](made.path))
    refused_everywhere(club, made.path, tmp_path)


def test_another_clubs_backup_is_refused(club: Club, tmp_path: Path, figures: Figures) -> None:
    (tmp_path / "other").mkdir()
    other = new_club(tmp_path / "other", name="Quayside", seed=9)
    made = other.back_up(Place(tmp_path / "stick"))
    other.close()
    with pytest.raises(BadBackup, match="another club"):
        club.restored_from(made.path)
    club.close()
    with pytest.raises(BadBackup, match="another club"):
        restore(made.path, club.path, PASSPHRASE, device=DEVICE)
    figures.say("hostile backups, each tried in three ways", len(HOSTILE) + 1, "all refused, nothing written")


def test_without_looking_it_over_a_bomb_is_unpacked(
    club: Club, tmp_path: Path, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard is `archive._look_over`: without it a small archive fills the disk before it is refused."""
    made = club.back_up(Place(tmp_path / "stick"))
    made.path.write_bytes(a_bomb(made.path))
    size = made.path.stat().st_size
    unpacked = [0]
    copied = archive._copied

    def counting(inside: Any, out: Any) -> str:
        digest = copied(inside, out)
        unpacked[0] = max(unpacked[0], inside.tell())
        return digest

    monkeypatch.setattr(archive, "_copied", counting)
    with pytest.raises(BadBackup):
        club.restored_from(made.path)
    assert unpacked[0] == 0
    monkeypatch.setattr(archive, "_look_over", lambda *_given: None)
    with pytest.raises(BadBackup):
        club.restored_from(made.path)
    assert unpacked[0] == BOMB
    club.close()
    figures.say("without looking it over: a bomb", 1, f"{BOMB:,} bytes written for an archive of {size:,}")


class Anything:
    """A digest that fits everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment] # never a key


def test_without_comparing_an_altered_backup_takes_the_clubs_place(
    club: Club, tmp_path: Path, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard is the comparison with what is sealed: without it an altered page is restored."""
    made = club.back_up(Place(tmp_path / "stick"))
    whole = made.path.read_bytes()
    unsealed = archive._unsealed

    def unsealed_loosely(*given: Any) -> Any:
        return unsealed(*given)[0], {archive.CLUB: Anything(), archive.KEYS: Anything()}

    monkeypatch.setattr(archive, "_unsealed", unsealed_loosely)
    monkeypatch.setattr(snapshot, "prove", lambda *_given: None)
    tried = taken = 0
    for page in range(10, 30):  # a page that the restore itself has to read is met there all the same
        made.path.write_bytes(whole)
        made.path.write_bytes(changed(made.path, flipped(CLUB, page * 4096 + 99)))
        tried += 1
        try:
            back = restore(made.path, tmp_path / f"{page}.breather", PASSPHRASE, device=DEVICE)
        except BreatherError:
            continue
        taken += back.faults() != []
        back.close()
    assert taken
    club.close()
    figures.say("without comparing: a backup with a page altered", tried, f"{taken} restored with the broken page")
