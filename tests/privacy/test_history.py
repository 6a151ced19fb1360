"""What is done for privacy can be read in History, and taken back where that makes sense."""

from pathlib import Path

import pytest

from models.bootstrap import Club
from models.history import queries, service
from models.privacy import erasure, holds, retention
from models.privacy.rules import Keep, WhyErased
from tests.clubs import a_child, new_club, put
from tests.faults.canaries import AsItIs


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


def months(club: Club) -> int:
    return next(one.months for one in club.read(retention.spans) if one.kind is Keep.CONSENTS)


def test_how_long_things_are_kept_can_be_undone(club: Club) -> None:
    put(club, lambda uow: retention.set_span(uow, Keep.CONSENTS, 48), "How long consents are kept")
    assert club.write(lambda uow: service.undo(uow, AsItIs), "Undo").value == "How long consents are kept"
    assert months(club) == 36


def test_a_hold_is_passed_over_by_undo(club: Club) -> None:
    child = put(club, a_child, "Added Maryam")
    put(club, lambda uow: holds.place_hold(uow, child, "A claim"), "Placed a legal hold")
    assert club.read(service.undoable) == "Added Maryam"


def test_an_erasure_is_told_without_a_name(club: Club) -> None:
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"), "Added Zephyrine")
    club.write(lambda uow: erasure.erase_child(uow, child, WhyErased.ASKED, lead_asked=True), "Erased a child’s record")
    rows = club.read(queries.recent)
    assert "Zephyrine" not in str(rows)
    assert {"erasure", "erased record"} <= {row.kind for row in rows}
    assert {"erased"} == {row.what for row in rows if row.label == "Something erased since"}
