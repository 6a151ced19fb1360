"""Who can sign in: added, given another role or password, taken off; each touching nobody else."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from models.access.records import AccessEvent, AccountRecord
from models.access.rules import Permission
from models.bootstrap import Club, Place, Role, open_club, open_with_recovery
from models.history.service import undoable
from models.kernel.errors import BadInput, Damaged, Denied, DiskTrouble, NotFound, Stale, WrongPassphrase
from models.storage import keys
from models.storage.journal import EntryRecord
from models.storage.uow import UnitOfWork
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, a_child, new_club, put

GRACE, SAM = "four calm paper boats", "seven loud purple kites"
NEW = "nine dusty velvet spoons"


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


def grace(club: Club, *, safeguarding: bool = True) -> UUID:
    return club.add_person("Grace Adeyemi", GRACE, role=Role.LEAD, safeguarding=safeguarding).account.id


def sam(club: Club, role: Role = Role.SESSIONAL) -> UUID:
    return club.add_person("Sam Jones", SAM, role=role).account.id


def slot_texts(club: Club) -> dict[str, str]:
    """Each slot as it stands in the keys file, by whose it is."""
    return {slot.account: repr(slot) for slot in keys.read_ring(club.path).slots}


def opens(club: Club, password: str, name: str | None = None) -> Club:
    club.close()
    return open_club(club.path, password, name=name, device=DEVICE, clock=club.clock)


def refused(club: Club, change: Callable[[], object], error: type[Exception] = BadInput) -> Exception:
    """The error, after which the keys file and the rows are as they were."""
    before = keys.keys_path(club.path).read_bytes(), club.facts()
    with pytest.raises(error) as caught:
        change()
    assert (keys.keys_path(club.path).read_bytes(), club.facts()) == before
    return caught.value


# --- the first one, and adding


def test_the_first_person_is_a_manager(club: Club) -> None:
    (row,) = club.people()
    assert (row.name, row.role, row.new_password, row.id) == ("Manager", Role.MANAGER, False, club.actor.id)
    assert club.account == row
    assert club.actor.may(Permission.PEOPLE)
    assert not club.actor.may(Permission.CONCERNS)


def test_each_signs_in_with_their_own_password_and_may_what_their_role_may(club: Club) -> None:
    grace(club, safeguarding=False)
    sam(club)
    club = opens(club, SAM, "sam jones")
    assert (club.actor.name, club.account is not None and club.account.new_password) == ("Sam Jones", True)
    assert club.actor.permissions == {Permission.SEE_DAY, Permission.REGISTER}
    club = opens(club, GRACE)  # without a name
    assert (club.actor.name, club.actor.may(Permission.PLAN)) == ("Grace Adeyemi", True)
    club.close()


def test_adding_touches_no_other_slot(club: Club) -> None:
    grace(club)
    before = slot_texts(club)
    sam(club)
    after = slot_texts(club)
    assert len(after) == 3
    assert {account: after[account] for account in before} == before


def test_the_ring_inside_and_the_keys_file_are_the_same(club: Club) -> None:
    account = grace(club)
    club.set_password(account, NEW)
    assert club.read(club._keys.ring) == keys.read_ring(club.path)


@pytest.mark.parametrize(
    ("name", "password", "role", "field"),
    [
        ("", SAM, Role.LEAD, "name"),
        ("x" * 121, SAM, Role.LEAD, "name"),
        ("MANAGER ", SAM, Role.LEAD, "name"),
        ("Sam Jones", "sam jones 123", Role.LEAD, "password"),
        ("Sam Jones", SAM, None, "role"),
        ("Sam Jones", SAM, Role.SAFEGUARDING, "role"),
    ],
)
def test_what_cannot_be_added(club: Club, name: str, password: str, role: Role | None, field: str) -> None:
    error = refused(club, lambda: club.add_person(name, password, role=role))
    assert isinstance(error, BadInput)
    assert error.field == field


def test_a_safeguarding_lead_needs_no_other_role(club: Club) -> None:
    told = club.add_person("Ola Safe", SAM, role=None, safeguarding=True)
    assert (told.account.words, told.words) == ("safeguarding lead", ())
    club = opens(club, SAM)
    assert club.actor.permissions == {Permission.SEE_DAY, Permission.SEE_FAMILIES, Permission.CONCERNS}
    assert len(club.sealing_key or b"") == 32
    club.close()


def test_only_who_may_say_who_signs_in_does(club: Club) -> None:
    account = sam(club)
    club.sign_in("Sam Jones", SAM)
    for verb in (
        lambda: club.add_person("X Y", NEW, role=Role.LEAD),
        lambda: club.set_roles(account, role=Role.MANAGER, safeguarding=False),
        lambda: club.set_password(account, NEW),
        lambda: club.remove_person(account),
        club.people,
        club.recovery_key,
        club.concerns_recovery_key,
        lambda: club.grant_concerns(account),
    ):
        with pytest.raises(Denied):
            verb()


# --- roles


def test_a_role_is_changed_and_holds_at_once_for_oneself(club: Club) -> None:
    account = sam(club, Role.MANAGER)
    told = club.set_roles(club.actor.id, role=Role.LEAD, safeguarding=False)
    assert (told.account.role, club.actor.may(Permission.PEOPLE)) == (Role.LEAD, False)
    club.sign_in("Sam Jones", SAM)
    row = club.set_roles(account, role=Role.MANAGER, safeguarding=True).account
    assert (row.words, club.actor.may(Permission.CONCERNS)) == ("manager and safeguarding lead", True)


def test_a_stale_form_is_refused(club: Club) -> None:
    account = sam(club)
    club.set_roles(account, role=Role.LEAD, safeguarding=False, version=1)
    refused(club, lambda: club.set_roles(account, role=Role.MANAGER, safeguarding=False, version=1), Stale)


def test_the_last_manager_is_neither_demoted_nor_taken_off(club: Club) -> None:
    me = club.actor.id
    account = sam(club)
    error = refused(club, lambda: club.set_roles(me, role=Role.LEAD, safeguarding=True))
    assert (
        str(error)
        == "Manager is the only manager, and cannot be given another role. Make somebody else a manager first."
    )
    refused(club, lambda: club.remove_person(me))
    club.set_roles(account, role=Role.MANAGER, safeguarding=False)
    refused(club, lambda: club.remove_person(me))  # not oneself, even so
    club.sign_in("Sam Jones", SAM)
    club.remove_person(me)
    refused(club, lambda: club.set_roles(account, role=None, safeguarding=True))


# --- taking off


def test_who_is_taken_off_opens_the_file_no_more_and_nobody_else_is_touched(club: Club) -> None:
    account, before = sam(club), None
    grace(club)
    before = {who: text for who, text in slot_texts(club).items() if who != str(account)}
    told = club.remove_person(account)
    assert (told.account.removed_at, told.backups, told.until) == (club.clock.now(), (), None)
    assert slot_texts(club) == before
    with pytest.raises(WrongPassphrase):
        opens(club, SAM, "Sam Jones")
    club = opens(club, PASSPHRASE)
    assert [row.name for row in club.people()] == ["Grace Adeyemi", "Manager", "Sam Jones"]
    refused(club, lambda: club.set_password(account, NEW), NotFound)
    club.add_person("Sam Jones", NEW, role=Role.LEAD)  # they are back, as somebody new
    club.close()


def test_an_old_keys_file_lets_nobody_back_in(club: Club) -> None:
    account = sam(club)
    grace(club)
    old = keys.keys_path(club.path).read_bytes()
    club.remove_person(account)
    club.close()
    keys.keys_path(club.path).write_bytes(old)
    with pytest.raises(WrongPassphrase):
        opens(club, SAM, "Sam Jones")
    club = opens(club, GRACE)
    club.close()
    assert len(keys.read_ring(club.path).slots) == 2  # it was put in order


def test_a_password_that_was_changed_does_not_come_back_with_an_old_keys_file(club: Club) -> None:
    account = sam(club)
    old = keys.keys_path(club.path).read_bytes()
    club.set_password(account, NEW)
    club.close()
    keys.keys_path(club.path).write_bytes(old)
    with pytest.raises(WrongPassphrase, match="older than the file"):
        opens(club, SAM, "Sam Jones")
    opens(club, PASSPHRASE).close()
    opens(club, NEW, "Sam Jones").close()


def test_a_keys_file_that_nobody_with_the_key_wrote_is_told_apart(club: Club) -> None:
    account = sam(club)
    ring = keys.read_ring(club.path)
    keys.write_ring(club.path, keys.KeyRing(ring.club, ring.slots[:1], serial=99, seal=ring.seal))
    with pytest.raises(Damaged, match="altered"):
        opens(club, PASSPHRASE)
    keys.write_ring(club.path, ring)
    club = opens(club, PASSPHRASE)
    assert account in {row.id for row in club.people()}
    club.close()


def test_backups_that_still_open_with_their_password_are_named_and_when_they_go(club: Club, tmp_path: Path) -> None:
    place = Place(tmp_path / "backups", chosen=True)
    place.folder.mkdir()
    club.back_up(place)
    account = sam(club)
    theirs = club.back_up(place)
    told = club.remove_person(account, place)
    assert [one.path for one in told.backups] == [theirs.path]
    assert str(told.until) == "2027-12-03"
    club.close()


# --- passwords


def test_a_password_somebody_else_set_is_to_be_changed(club: Club) -> None:
    account = sam(club)
    club.sign_in("Sam Jones", SAM)
    club.change_own_password(SAM, NEW)
    assert club.account is not None
    assert not club.account.new_password
    club.sign_in("Manager", PASSPHRASE)
    assert club.set_password(account, "a dozen green umbrellas").account.new_password
    with pytest.raises(WrongPassphrase):
        club.sign_in("Sam Jones", NEW)


def test_ones_own_password_needs_the_old_one_and_a_better_one(club: Club) -> None:
    refused(club, lambda: club.change_own_password("not this one at all", NEW), WrongPassphrase)
    refused(club, lambda: club.change_own_password(PASSPHRASE, PASSPHRASE))
    refused(club, lambda: club.change_own_password(PASSPHRASE, "Manager12345"))
    refused(club, lambda: club.set_password(club.actor.id, NEW))
    club.change_own_password(PASSPHRASE, NEW)
    club.confirm(NEW)


def test_the_pins_hash_alone_is_kept_and_shown_nowhere(club: Club) -> None:
    club.set_pin("4071")
    assert club.account is not None
    assert club.account.has_pin
    kept = club.read(lambda uow: uow.session.scalar(select(AccountRecord.pin)))
    assert str(kept).startswith("$argon2id$")
    refused(club, lambda: club.set_pin("1234"))
    club.set_pin("")
    assert not club.account.has_pin


# --- the key of concerns


def sealing(club: Club, password: str) -> bytes | None:
    return keys.read_ring(club.path).unlock(password).sealing_key


def test_the_first_safeguarding_lead_has_a_key_of_concerns_that_the_manager_never_sees(club: Club) -> None:
    grace(club)
    assert (club.sealing_key, sealing(club, PASSPHRASE)) == (None, None)
    assert len(sealing(club, GRACE) or b"") == 32


def test_the_next_one_gets_it_from_a_safeguarding_lead_alone(club: Club) -> None:
    first = grace(club)
    told = club.add_person("Sam Jones", SAM, role=Role.MANAGER, safeguarding=True)
    assert told.words == (
        "Sam Jones cannot read the concerns that are kept until another safeguarding lead lets them.",
    )
    assert sealing(club, SAM) is None
    club.sign_in("Sam Jones", SAM)
    with pytest.raises(BadInput):
        club.grant_concerns(first)
    club.sign_in("Grace Adeyemi", GRACE)
    club.grant_concerns(told.account.id)
    assert sealing(club, SAM) == sealing(club, GRACE) == club.sealing_key
    club.confirm(GRACE)  # granting left her password as it was


def test_a_reset_loses_it_until_it_is_granted_again(club: Club) -> None:
    account = grace(club)
    secret = sealing(club, GRACE)
    told = club.set_password(account, NEW)
    assert "until the recovery key of concerns is typed in" in told.words[0]
    club.sign_in("Grace Adeyemi", NEW)
    assert club.sealing_key is None
    with pytest.raises(BadInput):
        club.concerns_recovery_key()
    assert secret is not None
    from models.storage.recovery import to_words

    with pytest.raises(Damaged):
        club.recover_concerns(to_words(bytes(32)))
    club.recover_concerns(to_words(secret))
    assert (club.sealing_key, sealing(club, NEW)) == (secret, secret)
    assert club.concerns_recovery_key() == to_words(secret)


def test_concerns_begin_anew_only_where_nobody_has_the_key(club: Club) -> None:
    account = grace(club)
    secret = sealing(club, GRACE)
    told = club.add_person("Sam Jones", SAM, role=None, safeguarding=True)
    club.sign_in("Sam Jones", SAM)
    with pytest.raises(BadInput, match="Grace Adeyemi can still read the concerns"):
        club.begin_concerns_anew()
    club.sign_in("Manager", PASSPHRASE)
    club.remove_person(account)
    with pytest.raises(Denied):
        club.begin_concerns_anew()
    club.sign_in("Sam Jones", SAM)
    club.begin_concerns_anew()
    assert club.sealing_key == sealing(club, SAM) != secret
    assert told.account.id == club.actor.id


def test_ones_own_new_password_keeps_it(club: Club) -> None:
    grace(club)
    secret = sealing(club, GRACE)
    club.sign_in("Grace Adeyemi", GRACE)
    club.change_own_password(GRACE, NEW)
    assert sealing(club, NEW) == secret


def test_who_is_a_safeguarding_lead_no_longer_has_it_no_longer(club: Club) -> None:
    account = grace(club)
    told = club.set_roles(account, role=Role.LEAD, safeguarding=False)
    assert told.words[0].startswith("Nobody can read the concerns now")
    assert sealing(club, GRACE) is None
    again = club.set_roles(account, role=Role.LEAD, safeguarding=True)
    assert "until another safeguarding lead lets them" in again.words[0]  # not a second key in the first one's place


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
    secret, key = sealing(club, GRACE), club.recovery_key()
    club.close()
    keys.keys_path(club.path).unlink()
    back = open_with_recovery(
        club.path, key.lower(), name="manager", password=NEW, device=DEVICE, clock=club.clock, strength=CHEAP
    )
    assert (back.actor.name, back.account is not None and back.account.new_password) == ("Manager", False)
    events = back.read(lambda uow: [(row.kind.value, row.who) for row in uow.session.scalars(select(AccessEvent))])
    assert events == [("recovery key used", "Manager")]
    with pytest.raises(WrongPassphrase):
        opens(back, PASSPHRASE)
    back = opens(back, GRACE)  # everybody else signs in as before
    assert back.sealing_key == secret
    back.close()


def test_the_recovery_key_makes_a_new_manager(club: Club) -> None:
    sam(club)
    key = club.recovery_key()
    club.close()
    for name, people in (("Ola Odu", 3), ("Sam Jones", 3)):
        back = open_with_recovery(
            club.path, key, name=name, password=NEW, device=DEVICE, clock=club.clock, strength=CHEAP
        )
        assert (back.actor.name, back.actor.may(Permission.PEOPLE), len(back.people())) == (name, True, people)
        back.close()


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
