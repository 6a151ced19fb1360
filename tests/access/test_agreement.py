"""Rows and keys agree, whatever happens between them; the recovery key; files from before there were people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from models.access.records import AccessEvent, AccountRecord
from models.access.rules import Permission
from models.bootstrap import Club, Role, open_with_recovery
from models.history.service import undoable
from models.kernel.errors import BadInput, DiskTrouble, WrongPassphrase
from models.storage import keys
from models.storage.journal import EntryRecord
from models.storage.uow import UnitOfWork
from tests.access.signing import GRACE, NEW, SAM, grace, opens, refused, sam, sealing
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, a_child, new_club, put

pytestmark = pytest.mark.file_only  # about the keys file; sign-in on a server is asked in tests/server


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


# --- row and slot agree, whatever happens between them


def stop(*_: object) -> None:
    raise RuntimeError("stopped here")


@pytest.mark.parametrize("change", ["add", "remove", "password"])
def test_stopped_between_the_keys_file_and_the_commit(club: Club, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a crash: the keys file is new, the rows are old, and nobody came by to put the keys file back."""
    account = sam(club)
    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", stop)
        patch.setattr(type(club._keys), "take_back", lambda *_: None)
        with pytest.raises(RuntimeError):
            {
                "add": lambda: grace(club),
                "remove": lambda: club.remove_person(account),
                "password": lambda: club.set_password(account, NEW),
            }[change]()
    club.close()
    if change == "add":
        with pytest.raises(WrongPassphrase):
            opens(club, GRACE, "Grace Adeyemi")
    club = opens(club, PASSPHRASE, "Manager")
    assert [row.name for row in club.people()] == ["Manager", "Sam Jones"]
    assert club.read(club._keys.ring) == keys.read_ring(club.path)
    if change == "password":
        opens(club, NEW, "Sam Jones").close()
    elif change == "remove":
        club.remove_person(account)  # it can be done again
        club.close()
    else:
        grace(club)
        opens(club, GRACE, "Grace Adeyemi").close()


@pytest.mark.parametrize("whom", ["the manager", "grace"])
def test_stopped_before_somebody_was_a_safeguarding_lead_they_have_no_key(
    club: Club, whom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who makes the leads would have the key of concerns for good, with nothing to show for it."""
    account = grace(club, safeguarding=False) if whom == "grace" else club.actor.id
    role, password = (Role.LEAD, GRACE) if whom == "grace" else (Role.MANAGER, PASSPHRASE)
    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", stop)
        patch.setattr(type(club._keys), "take_back", lambda *_: None)
        with pytest.raises(RuntimeError):
            club.set_roles(account, role=role, safeguarding=True)
    assert sealing(club, password) is not None  # so far the keys file went ahead of the rows
    club = opens(club, PASSPHRASE, "Manager")
    assert (club.sealing_key, sealing(club, password)) == (None, None)
    club.set_roles(account, role=role, safeguarding=True)  # it can be done again
    assert sealing(club, password) is not None


def test_stopped_before_somebody_was_a_lead_no_longer_they_keep_the_key(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = grace(club)
    key = sealing(club, GRACE)
    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", stop)
        patch.setattr(type(club._keys), "take_back", lambda *_: None)
        with pytest.raises(RuntimeError):
            club.set_roles(account, role=Role.LEAD, safeguarding=False)
    opens(club, PASSPHRASE, "Manager").close()
    assert sealing(club, GRACE) == key is not None


def test_a_commit_that_fails_puts_the_keys_file_back(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    account = sam(club)
    before = keys.keys_path(club.path).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", stop)
        with pytest.raises(RuntimeError):
            club.set_password(account, NEW)
    assert keys.keys_path(club.path).read_bytes() == before
    club.sign_in("Sam Jones", SAM)


def test_what_goes_wrong_after_the_commit_leaves_the_new_keys(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = UnitOfWork.commit

    def stops_late(uow: UnitOfWork) -> None:
        commit(uow)
        raise KeyboardInterrupt

    account = sam(club)
    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", stops_late)
        with pytest.raises(KeyboardInterrupt):
            club.set_password(account, NEW)
    club.sign_in("Sam Jones", NEW)
    assert club.read(club._keys.ring) == keys.read_ring(club.path)


def test_a_keys_file_that_cannot_be_written_leaves_the_rows(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(keys, "replace_file", full)
        with pytest.raises(DiskTrouble, match="no room left"):
            sam(club)
    assert [row.name for row in club.people()] == ["Manager"]


# --- journal, undo


def test_it_is_journaled_and_passed_over_by_undo(club: Club) -> None:
    put(club, a_child, "Add a child")
    sam(club)
    found = club.read(lambda uow: list(uow.session.scalars(select(EntryRecord.table_name))))
    assert found.count("account") == 1
    assert club.read(undoable) == "Add a child"


def test_no_password_stands_in_the_file(club: Club) -> None:
    sam(club)
    rows = club.read(lambda uow: [str(row) for row in uow.session.execute(select(AccountRecord.__table__))])
    said = club.read(lambda uow: [str(row) for row in uow.session.execute(select(EntryRecord.__table__))])
    assert not [row for row in (*rows, *said) if SAM in row or PASSPHRASE in row]


# --- the recovery key


def test_the_recovery_key_opens_the_file_without_any_slot(club: Club) -> None:
    grace(club)
    secret, key = sealing(club, GRACE), club.recovery_key(PASSPHRASE)
    club.close()
    keys.keys_path(club.path).unlink()
    back = open_with_recovery(
        club.path, key.lower(), name="manager", password=NEW, device=DEVICE, clock=club.clock, strength=CHEAP
    )
    assert (back.actor.name, back.account is not None and back.account.new_password) == ("Manager", False)
    events = back.read(lambda uow: [(row.kind.value, row.who) for row in uow.session.scalars(select(AccessEvent))])
    assert events == [("recovery key used", "Manager")] * 2  # that it was shown, and that it was typed in
    with pytest.raises(WrongPassphrase):
        opens(back, PASSPHRASE)
    back = opens(back, GRACE)  # everybody else signs in as before
    assert back.sealing_key == secret
    back.close()


def test_the_recovery_key_makes_a_new_manager(club: Club) -> None:
    sam(club)
    key = club.recovery_key(PASSPHRASE)
    club.close()
    for name, people in (("Ola Odu", 3), ("Sam Jones", 3)):
        back = open_with_recovery(
            club.path, key, name=name, password=NEW, device=DEVICE, clock=club.clock, strength=CHEAP
        )
        assert (back.actor.name, back.actor.may(Permission.PEOPLE), len(back.people())) == (name, True, people)
        back.close()


def test_the_recovery_key_opens_a_backup_on_another_computer(club: Club, tmp_path: Path) -> None:
    """The laptop is gone and the last manager forgot: the stick with the backups and the paper are enough."""
    put(club, a_child)
    made, key = club.save_copy(tmp_path / "stick.breather-backup"), club.recovery_key(PASSPHRASE)
    club.close()
    elsewhere = tmp_path / "new laptop"
    elsewhere.mkdir()
    given = {"name": "Manager", "device": DEVICE, "clock": club.clock, "strength": CHEAP, "backup": made.path}
    with pytest.raises(BadInput):
        open_with_recovery(elsewhere / "club.breather", key, password="short", **given)
    assert list(elsewhere.iterdir()) == []
    back = open_with_recovery(elsewhere / "club.breather", key, password=NEW, **given)
    assert (back.actor.name, back.facts().children) == ("Manager", 1)
    back.close()
    assert opens(back, NEW).actor.name == "Manager"


def test_a_recovery_key_of_another_file_says_so(club: Club, tmp_path: Path) -> None:
    from models.storage.recovery import to_words

    club.close()
    before = club.path.read_bytes()
    with pytest.raises(WrongPassphrase, match="That recovery key does not open"):
        open_with_recovery(club.path, to_words(bytes(32)), name="X", password=NEW, device=DEVICE)
    with pytest.raises(BadInput):
        open_with_recovery(club.path, "7ZQ1X", name="X", password=NEW, device=DEVICE)
    assert club.path.read_bytes() == before


# --- a file from before there were people


@pytest.fixture
def old(club: Club) -> Club:
    """The club as one made before there were people: no accounts, one slot of format 1."""
    from models.access.records import KeySlotsCopy

    key = keys.read_ring(club.path).open(PASSPHRASE)
    slot = keys.OldSlot.make("Holder of the passphrase", key, club.id, PASSPHRASE, CHEAP)
    ring = keys.KeyRing(club.id, old=(slot,), serial=0)

    def back_in_time(uow: UnitOfWork) -> None:
        for record in uow.session.scalars(select(AccountRecord)):
            uow.remove(record)
        uow.get(KeySlotsCopy, club.id).slots = ring.to_json()

    put(club, back_in_time)
    keys.write_ring(club.path, ring)
    return opens(club, PASSPHRASE)


def test_it_opens_with_its_passphrase_as_the_holder(old: Club) -> None:
    assert (old.actor.name, old.account, old.people()) == ("Holder of the passphrase", None, ())
    old.confirm(PASSPHRASE)
    refused(old, lambda: old.change_own_password(PASSPHRASE, NEW))
    old.close()


def test_its_first_person_is_a_manager_and_replaces_the_passphrase(old: Club) -> None:
    refused(old, lambda: old.add_person("Grace Adeyemi", GRACE, role=Role.LEAD))
    told = old.add_person("Grace Adeyemi", GRACE, role=Role.MANAGER)
    assert told.words == ("The old passphrase opens this file no more.",)
    assert (old.actor.name, told.account.new_password) == ("Grace Adeyemi", False)
    with pytest.raises(WrongPassphrase):
        opens(old, PASSPHRASE)
    opens(old, GRACE).close()


def test_it_is_rekeyed_too(old: Club) -> None:
    old.rekey(PASSPHRASE)
    again = opens(old, PASSPHRASE)
    assert again.actor.name == "Holder of the passphrase"
    again.close()
