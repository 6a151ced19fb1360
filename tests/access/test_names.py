"""A misspelt name is put right: its person signs in with the new one and their own password; nobody else notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.access.door import at_the_door
from models.access.rules import Permission, Role
from models.bootstrap import Club, Place, create_club
from models.kernel.errors import BadInput, Denied, Stale, WrongPassphrase
from models.storage import keys
from models.storage.journal_check import verify_chain
from models.storage.uow import UnitOfWork
from tests.access.screens import GIVEN, Manager, opens_with
from tests.access.signing import GRACE, SAM, grace, opens, refused, sam, sealing, slot_texts
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, new_club
from tests.shell.apps import MANAGER, leave


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


@pytest.mark.file_only
def test_a_name_is_put_right_and_the_password_stays(club: Club) -> None:
    account = grace(club)
    secret, before = sealing(club, GRACE), slot_texts(club)
    told = club.rename(account, "  Grace   Adéyẹmí ")
    assert told.account.name == "Grace Adéyẹmí"
    assert [name for name, text in slot_texts(club).items() if text != before[name]] == [str(account)]
    club = opens(club, GRACE, "grace adéyẹmí")
    assert (club.actor.name, club.actor.id, club.sealing_key) == ("Grace Adéyẹmí", account, secret)
    with pytest.raises(WrongPassphrase):
        opens(club, GRACE, "Grace Adeyemi")
    club = opens(club, PASSPHRASE)
    assert "Put a name right: Grace Adeyemi is Grace Adéyẹmí now." in [row.what for row in club.read(at_the_door)]
    assert club.read(verify_chain) == []
    club.close()


def test_letters_nobody_sees_are_in_no_name(club: Club) -> None:
    with pytest.raises(BadInput, match="somebody called Manager already"):
        club.add_person(f"{MANAGER}\u200b", SAM, role=Role.LEAD)
    with pytest.raises(BadInput, match="name is missing"):
        club.add_person("\u200b\u202e", SAM, role=Role.LEAD)
    account = club.add_person("\ufeffSam\u00ad Jones", SAM, role=Role.LEAD).account
    assert account.name == "Sam Jones"
    with pytest.raises(BadInput, match="somebody called Manager already"):
        club.rename(account.id, "Man\u200bager")
    club.sign_in("Sam Jones", SAM)


@pytest.mark.file_only
def test_nor_in_that_of_the_first_manager(tmp_path: Path) -> None:
    made = create_club(
        tmp_path / "new.breather", "Quay", SAM, person="\u200bDenise Okafor", device=DEVICE, strength=CHEAP
    )
    assert made.actor.name == "Denise Okafor"
    made.close()


def test_ones_own_name_holds_at_once(club: Club) -> None:
    me = club.actor.id
    if club.shared:
        with pytest.raises(BadInput, match="Ask another manager"):
            club.rename(me, "Denise Okafor")
        return
    club.rename(me, "Denise Okafor")
    assert club.actor.name == "Denise Okafor"
    assert club.actor.may(Permission.PEOPLE)
    club.confirm(PASSPHRASE)
    club.sign_in("Denise Okafor", PASSPHRASE)


def test_on_either_engine_somebody_signs_in_under_the_new_name_alone(club: Club) -> None:
    account = sam(club)
    club.rename(account, "Sam Johns")
    club.rename(account, "SAM JOHNS")  # of the same letters: only how it is written
    with pytest.raises(WrongPassphrase):
        club.sign_in("Sam Jones", SAM)
    assert club.sign_in("Sam Johns", SAM).name == "SAM JOHNS"


@pytest.mark.file_only
def test_what_is_no_name_changes_nothing(club: Club) -> None:
    grace(club)
    account = sam(club)
    for name in ("", "   ", "grace  ADEYEMI", "x" * 121):
        assert refused(club, lambda name=name: club.rename(account, name)).field == "name"  # type: ignore[misc,attr-defined] # a BadInput
    version = next(row.version for row in club.people() if row.id == account)
    club.set_roles(account, role=Role.LEAD, safeguarding=False)
    refused(club, lambda: club.rename(account, "Sam Johns", version), Stale)
    club.sign_in("Sam Jones", SAM)
    refused_by_role(club)


def refused_by_role(club: Club) -> None:
    with pytest.raises(Denied):
        club.rename(club.actor.id, "Sam Johns")


@pytest.mark.file_only
def test_stopped_between_keys_and_rows_the_old_name_is_good_again(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next opening makes the keys what the rows say: else nobody could sign in under the name that is shown."""
    account = sam(club)

    def stop(*_: object) -> None:
        raise RuntimeError("stopped here")

    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", stop)
        patch.setattr(type(club._keys), "take_back", lambda *_: None)
        with pytest.raises(RuntimeError):
            club.rename(account, "Sam Johns")
    club = opens(club, PASSPHRASE, MANAGER)
    assert [row.name for row in club.people()] == [MANAGER, "Sam Jones"]
    assert club.read(club._keys.ring) == keys.read_ring(club.path)
    opens(club, SAM, "Sam Jones").close()


@pytest.mark.file_only
def test_a_backup_from_before_still_knows_the_old_name(club: Club, tmp_path: Path) -> None:
    account = sam(club)
    backup = club.back_up(Place(tmp_path / "stick"))
    club.rename(account, "Sam Johns")
    back = club.restored_from(backup.path)
    assert [row.name for row in back.people()] == [MANAGER, "Sam Johns"]  # who can sign in is a matter of now
    back.sign_in("Sam Johns", SAM)
    back.close()


@pytest.fixture
def manager(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Manager]:
    somebody = Manager(qtbot, qapp, tmp_path)
    yield somebody
    if not somebody.app.gone:
        leave(somebody.app)


def test_at_the_window(manager: Manager) -> None:
    manager.open_people()
    manager.go_to("Marcus Bell")
    manager.write("Name", "Marcus Bellamy")
    manager.save()
    manager.until(lambda: "Marcus Bellamy" in manager.people())
    manager.until(lambda: not manager.page.panel.shown)
    manager.go_to("Marcus Bellamy")
    manager.write("Name", "priya shah")
    manager.save()
    manager.until(lambda: "There is somebody called" in manager.form.field("name").error())
    leave(manager.app)
    assert opens_with(manager.file, "Marcus Bellamy", GIVEN)
    assert not opens_with(manager.file, "Marcus Bell", GIVEN)
