"""Who can sign in: added, given another role or password, taken off; each touching nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from models.access.records import AccessEvent, AccountRecord
from models.access.rules import AccessKind, Permission
from models.bootstrap import Club, Place, Role, open_club
from models.kernel.errors import BadInput, Damaged, Denied, NotFound, Stale, WrongPassphrase
from models.storage import keys
from models.storage.journal_check import verify_chain
from tests.access.signing import GRACE, NEW, SAM, grace, opens, refused, sam, slot_texts
from tests.clubs import DEVICE, PASSPHRASE, new_club

pytestmark = pytest.mark.file_only  # about the keys file; sign-in on a server is asked in tests/server


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


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
        lambda: club.recovery_key(GRACE),
        lambda: club.concerns_recovery_key(GRACE),
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
    with pytest.raises(WrongPassphrase, match="name and password"):  # no more is said to them
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


@pytest.mark.file_only
def test_nor_with_one_of_another_machine_that_was_changed_as_often(club: Club) -> None:
    account = sam(club)
    there = keys.read_ring(club.path)
    club.set_password(account, NEW)
    club.close()
    key = there.unlock(SAM).key
    keys.write_ring(club.path, there.changed(key))  # as many changes, but others
    assert keys.read_ring(club.path).serial == there.serial + 1
    with pytest.raises(WrongPassphrase, match="has been changed since"):
        opens(club, SAM, "Sam Jones")
    opens(club, PASSPHRASE, "Manager").close()  # who has the same password in both puts it in order
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


@pytest.mark.file_only
def test_an_older_file_kept_beside_this_one_is_told_of_where_their_password_opens_it(
    club: Club, tmp_path: Path
) -> None:
    account = sam(club)
    made = club.save_copy(tmp_path / "kept.breather-backup")
    club = club.restored_from(made.path)
    later = grace(club)
    removed, other = club.remove_person(account), club.remove_person(later)
    (aside,) = tmp_path.glob("club replaced *.breather")
    assert [aside.name in sentence for sentence in removed.words] == [True]
    assert not any(aside.name in sentence for sentence in other.words)  # they came after it was put aside
    club.close()
    open_club(aside, SAM, name="Sam Jones", device=DEVICE, clock=club.clock).close()


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


def test_every_change_of_keys_is_journaled_though_no_row_may_show_it(club: Club) -> None:
    """Also the second of two, which changes nothing else any more."""
    graces, sams = grace(club), sam(club)
    ola = club.add_person("Ola Odu", "lost marbles in tunnels", role=None, safeguarding=True).account.id
    for password in (NEW, SAM):
        club.set_password(sams, password)
    club.change_own_password(PASSPHRASE, "twelve round copper bells")
    club = opens(club, GRACE, "Grace Adeyemi")
    club.grant_concerns(ola)
    club.recover_concerns(club.concerns_recovery_key(GRACE))
    club = opens(club, "twelve round copper bells", "Manager")
    for account in (graces, ola):
        club.set_password(account, NEW)
    club = opens(club, NEW, "Grace Adeyemi")
    club.begin_concerns_anew()
    found = select(AccessEvent.who, AccessEvent.kind, AccessEvent.detail).order_by(AccessEvent.at)
    told = [tuple(row) for row in club.read(lambda uow: uow.session.execute(found).all())]
    new = AccessKind.REKEYED
    assert sorted(told) == sorted([
        *[("Manager", new, "Gave Sam Jones another password.")] * 2,
        ("Manager", new, "Changed their own password."),
        ("Grace Adeyemi", new, "Let Ola Odu read the concerns."),
        ("Grace Adeyemi", AccessKind.RECOVERED, "Was shown the recovery key of concerns."),
        ("Grace Adeyemi", AccessKind.RECOVERED, "The recovery key of concerns was typed in."),
        ("Manager", new, "Gave Grace Adeyemi another password."),
        ("Manager", new, "Gave Ola Odu another password."),
        ("Grace Adeyemi", new, "Began the concerns anew: there was none from before."),
    ])  # fmt: skip
    assert club.read(verify_chain) == []
    club.close()


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
