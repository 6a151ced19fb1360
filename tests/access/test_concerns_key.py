"""The key of concerns: made for the first safeguarding lead, handed on by one alone, lost and found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.bootstrap import Club, Role
from models.kernel.errors import BadInput, Damaged, Denied
from tests.access.signing import GRACE, NEW, SAM, grace, sealing
from tests.clubs import PASSPHRASE, new_club

pytestmark = pytest.mark.file_only  # about the keys file; sign-in on a server is asked in tests/server


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


# --- the key of concerns


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
        club.concerns_recovery_key(NEW)
    assert secret is not None
    from models.storage.recovery import to_words

    with pytest.raises(Damaged):
        club.recover_concerns(to_words(bytes(32)))
    club.recover_concerns(to_words(secret))
    assert (club.sealing_key, sealing(club, NEW)) == (secret, secret)
    assert club.concerns_recovery_key(NEW) == to_words(secret)


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
