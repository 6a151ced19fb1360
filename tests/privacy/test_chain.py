"""After an erasure the journal's chain is whole, and still shows every hand laid on it."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, text

from models.bootstrap import Club, UnitOfWork
from models.kernel.errors import BadInput, Damaged
from models.people import service
from models.people.records import ChildRecord
from models.privacy import erasure
from models.privacy.rules import WhyErased
from models.storage.erasing import ERASED_LABEL, ErasureRecord
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.journal_check import verify_chain
from tests.clubs import a_child, a_family, behind_its_back, new_club, put

NAMED = "Changed Zephyrine and Grace"


@pytest.fixture
def club(tmp_path: Path) -> Club:
    """A club in which two children were added, both changed in one change that names them, and one was erased."""
    club = new_club(tmp_path)
    home = put(club, lambda uow: a_family(uow, address="2 Dock Road"))
    first = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"), "Added Zephyrine")
    other = put(club, lambda uow: a_child(uow, "Grace", "Okoro", home), "Added Grace")
    put(club, lambda uow: _both(uow, first, other), NAMED)
    assert club.read(verify_chain) == []
    club.write(lambda uow: erasure.erase_child(uow, first, WhyErased.TIME_UP, lead_asked=True), "Erased")
    return club


def _both(uow: UnitOfWork, first: UUID, other: UUID) -> None:
    service.edit_child(uow, first, None, {"school": "Dock Lane"})
    service.edit_child(uow, other, None, {"school": "Dock Lane"})


def tamper(club: Club, *statements: str) -> list[str]:
    behind_its_back(club, *statements)
    return club.read(verify_chain)


def test_the_chain_is_whole_and_the_label_gone(club: Club) -> None:
    assert club.read(verify_chain) == []
    labels = club.read(lambda uow: [one.label for one in uow.session.query(ChangeRecord).order_by(ChangeRecord.number)])
    assert ERASED_LABEL in labels
    assert not [label for label in labels if "Zephyrine" in label]


def test_what_is_left_of_a_shared_change_still_says_what_it_said(club: Club) -> None:
    shared = club.read(
        lambda uow: [
            entry.after
            for entry in uow.session.query(EntryRecord)
            if entry.after and entry.after.get("school") == "Dock Lane" and entry.table_name == "child"
        ]
    )
    assert len(shared) == 1, "the other child's half of the change"


@pytest.mark.parametrize(
    "statements",
    [
        [f"UPDATE journal_change SET label = 'Nothing' WHERE label = '{ERASED_LABEL}'"],
        [f"UPDATE journal_change SET actor_name = 'Somebody' WHERE label = '{ERASED_LABEL}'"],
        [f"UPDATE journal_change SET at = '2020-01-01 00:00:00' WHERE label = '{ERASED_LABEL}'"],
        ["UPDATE journal_entry SET after = '{\"school\": \"X\"}' WHERE CAST(after AS TEXT) LIKE '%Dock Lane%'"],
        ["UPDATE journal_entry SET before = NULL, after = NULL WHERE CAST(after AS TEXT) LIKE '%Okoro%'"],
        ['UPDATE journal_entry SET after = \'{"school": "X"}\' WHERE before IS NULL AND after IS NULL'],
        ["UPDATE journal_entry SET after = '{\"entries\": {}}' WHERE table_name = 'journal_erasure'"],
        ["DELETE FROM journal_entry WHERE table_name = 'journal_erasure'"],
    ],
)
def test_what_is_done_to_it_after_an_erasure_is_found(club: Club, statements: list[str]) -> None:
    assert tamper(club, *statements) != []


def test_without_the_new_digests_the_chain_would_break(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.storage.journal_check.resealed", lambda _uow: {})
    assert club.read(verify_chain) != []


def test_nothing_is_erased_from_a_journal_that_was_altered(club: Club) -> None:
    other = club.read(lambda uow: uow.session.query(ChildRecord).filter_by(legal_first="Grace").one().id)

    def forged(uow: UnitOfWork) -> None:
        uow.session.connection().execute(
            text("UPDATE journal_entry SET after = '{}' WHERE CAST(after AS TEXT) LIKE '%Okoro%'")
        )
        erasure.erase_child(uow, other, WhyErased.TIME_UP, lead_asked=True)

    with pytest.raises(Damaged):
        club.write(forged, "Erased")


def test_two_erasures_follow_each_other(club: Club) -> None:
    other = club.read(lambda uow: uow.session.query(ChildRecord).filter_by(legal_first="Grace").one().id)
    club.write(lambda uow: erasure.erase_child(uow, other, WhyErased.TIME_UP, lead_asked=True), "Erased")
    assert club.read(verify_chain) == []
    assert len(club.read(lambda uow: uow.session.query(ErasureRecord).all())) == 2


def test_bulk_statements_are_refused_still(club: Club) -> None:
    def bulk(uow: UnitOfWork) -> None:
        uow.session.execute(delete(ChildRecord))

    with pytest.raises(BadInput, match="Bulk"):
        club.write(bulk, "Bulk")


def test_an_erasure_names_nobody(club: Club) -> None:
    said = club.read(lambda uow: str([vars(one) for one in uow.session.query(ErasureRecord)]))
    assert "Zephyrine" not in said
