"""Concerns are not lost by a slip: who alone can read them is not taken off, or reset, before that was said twice."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.access.door import at_the_door
from models.access.rules import Role
from models.bootstrap import Club, UnitOfWork, open_club, open_with_recovery
from models.concerns import queries, service
from models.history.service import undo
from models.kernel.errors import LosesConcerns, TooManyGuesses, WrongPassphrase
from models.storage.keys import keys_path
from tests.access.screens import GIVEN, Manager
from tests.access.signing import GRACE, NEW, SAM, grace
from tests.clubs import DEVICE, PASSPHRASE, new_club
from tests.shell.apps import MANAGER, leave

FACTS = {"noticed_on": date(2026, 11, 2), "told_on": date(2026, 11, 2), "reference": "MASH 4471"}


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


def kept(club: Club, number: int = 1) -> UUID:
    """Grace, the one lead, has written some down; the manager acts."""
    account = grace(club)
    club.sign_in("Grace Adeyemi", GRACE)
    for _ in range(number):
        club.write(lambda uow: service.write_down(uow, FACTS), "")
    club.sign_in(MANAGER, PASSPHRASE)
    return account


LOSING: dict[str, Callable[[Club, UUID, bool], object]] = {
    "taken off": lambda club, who, sure: club.remove_person(who, losing_concerns=sure),
    "a lead no longer": lambda club, who, sure: club.set_roles(
        who, role=Role.LEAD, safeguarding=False, losing_concerns=sure
    ),
    "a new password": lambda club, who, sure: club.set_password(who, NEW, losing_concerns=sure),
}


@pytest.mark.parametrize("how", LOSING)
def test_the_last_who_can_read_them_goes_only_once_it_is_known_what_is_lost(club: Club, how: str) -> None:
    account = kept(club, 3)
    before = club.facts()
    with pytest.raises(LosesConcerns, match="3 concerns can never be read again") as refused:
        LOSING[how](club, account, False)
    assert refused.value.concerns == 3
    assert "Grace Adeyemi is the only one who can read the concerns" in refused.value.what
    assert club.facts() == before
    club.sign_in("Grace Adeyemi", GRACE)
    assert len(club.read(queries.concerns)) == 3
    club.sign_in(MANAGER, PASSPHRASE)
    LOSING[how](club, account, True)
    told = "Nobody can read 3 concerns now: Grace Adeyemi was the last who held the key."
    assert (MANAGER, told) in [(row.who, row.what) for row in club.read(at_the_door)]


@pytest.mark.parametrize("how", LOSING)
def test_once_their_key_is_on_paper_it_is_only_told(club: Club, how: str) -> None:
    account = kept(club)
    club.sign_in("Grace Adeyemi", GRACE)
    club.concerns_recovery_key(GRACE)
    club.sign_in(MANAGER, PASSPHRASE)
    told: list[str] = LOSING[how](club, account, False).words  # type: ignore[attr-defined] # each answers with a Told
    assert "until the recovery key of concerns is typed in" in told[0]


@pytest.mark.parametrize("how", LOSING)
def test_or_somebody_else_was_given_it(club: Club, how: str) -> None:
    account = kept(club)
    ola = club.add_person("Ola Odu", SAM, role=None, safeguarding=True).account.id
    club.sign_in("Grace Adeyemi", GRACE)
    club.grant_concerns(ola)
    club.sign_in(MANAGER, PASSPHRASE)
    LOSING[how](club, account, False)
    assert not [row for row in club.read(at_the_door) if "Nobody can read" in row.what]


def test_where_there_is_none_nothing_is_lost(club: Club) -> None:
    account = grace(club)
    club.sign_in("Grace Adeyemi", GRACE)
    club.write(lambda uow: service.write_down(uow, FACTS), "")
    club.write(lambda uow: undo(uow, lambda *_: nullcontext()), "Undo")
    assert club.concerns_standing().concerns == 0
    club.sign_in(MANAGER, PASSPHRASE)
    club.remove_person(account)


def test_a_paper_of_the_key_from_before_counts_for_nothing(club: Club) -> None:
    account = kept(club)
    club.sign_in("Grace Adeyemi", GRACE)
    club.concerns_recovery_key(GRACE)
    club.sign_in(MANAGER, PASSPHRASE)
    club.set_password(account, NEW)
    club.sign_in("Grace Adeyemi", NEW)
    club.begin_concerns_anew()
    club.write(lambda uow: service.write_down(uow, FACTS), "")
    club.sign_in(MANAGER, PASSPHRASE)
    assert "Began the concerns anew: 1 concern from before stays sealed." in [r.what for r in club.read(at_the_door)]
    with pytest.raises(LosesConcerns):
        club.remove_person(account)


def shown(club: Club) -> list[tuple[str, str]]:
    def rows(uow: UnitOfWork) -> list[tuple[str, str]]:
        return [(row.who, row.what) for row in at_the_door(uow) if "shown" in row.what]

    return club.read(rows)


@pytest.mark.file_only
def test_a_recovery_key_is_shown_to_nobody_unseen(club: Club) -> None:
    kept(club)
    with pytest.raises(WrongPassphrase):
        club.recovery_key("not the password")
    assert shown(club) == []
    club.recovery_key(PASSPHRASE)
    assert shown(club) == [(MANAGER, "Was shown the recovery key of the file.")]
    club.sign_in("Grace Adeyemi", GRACE)
    with pytest.raises(WrongPassphrase):
        club.concerns_recovery_key("not the password")
    club.concerns_recovery_key(GRACE)
    club.sign_in(MANAGER, PASSPHRASE)
    assert ("Grace Adeyemi", "Was shown the recovery key of concerns.") in shown(club)
    assert len(shown(club)) == 2


@pytest.mark.file_only
def test_the_recovery_key_by_the_name_of_the_last_who_can_read_them_asks_first(club: Club) -> None:
    kept(club, 2)
    paper = club.recovery_key(PASSPHRASE)
    path = club.path
    assert path is not None
    club.close()
    before = path.read_bytes(), keys_path(path).read_bytes()

    def come_in(name: str, *, sure: bool = False) -> Club:
        return open_with_recovery(path, paper, name=name, password=NEW, device=DEVICE, losing_concerns=sure)

    with pytest.raises(LosesConcerns, match="Come in by another name: Grace Adeyemi may still remember") as refused:
        come_in("grace adeyemi")
    assert refused.value.concerns == 2
    assert (path.read_bytes(), keys_path(path).read_bytes()) == before
    come_in("Somebody Else").close()
    theirs = open_club(path, GRACE, name="Grace Adeyemi", device=DEVICE)
    assert len(theirs.read(queries.concerns)) == 2
    theirs.close()
    back = come_in("Grace Adeyemi", sure=True)
    lost = "Nobody can read 2 concerns now: Grace Adeyemi was the last who held the key."
    assert lost in [row.what for row in back.read(at_the_door)]
    back.close()


@pytest.mark.file_only
def test_wrong_passwords_for_it_are_counted_as_at_the_door(club: Club) -> None:
    def guess() -> None:
        for _ in range(12):
            with pytest.raises(WrongPassphrase):
                club.recovery_key("not the password")

    with pytest.raises(TooManyGuesses):
        guess()


@pytest.fixture
def manager(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Manager]:
    somebody = Manager(qtbot, qapp, tmp_path)
    yield somebody
    leave(somebody.app)


def test_at_the_window_it_is_said_how_many_and_ticked(manager: Manager) -> None:
    club = open_club(manager.file, GIVEN, name="Priya Shah", device=DEVICE)
    club.write(lambda uow: service.write_down(uow, FACTS), "")
    club.close()
    manager.open_people()
    manager.go_to("Priya Shah")
    manager.press("Take off Priya Shah")
    manager.press("Take off")
    manager.waits_for("Priya Shah is the only one who can read the concerns")
    manager.waits_for("the one concern can never be read again")
    manager.press("Take off")
    manager.until(lambda: "This is not ticked." in manager.form.field("known").error())
    assert manager.people()["Priya Shah"] == "New password"
    manager.tick(manager.button("The one concern may be lost for good"))
    manager.press("Take off")
    manager.waits_for("Nobody can read the concerns now")
