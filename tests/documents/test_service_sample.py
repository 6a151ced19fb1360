"""Paper for the sample club's own families: every page against what its tracker holds and must not be printed."""

import csv
import re
from collections.abc import Iterator
from datetime import date

import pytest

from models.bootstrap import Club
from models.documents.service import make, make_and_note
from models.intake.reading import read_files
from models.intake.service import prepare, take_in
from models.kernel.places import resources
from models.programme import queries as programme
from tests import clubs
from tests.documents import paper

SAMPLE = resources() / "sample"


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    made = clubs.new_club(tmp_path_factory.mktemp("sample"))
    preview = made.read(lambda uow: prepare(uow, read_files([SAMPLE])))
    clubs.put(made, lambda uow: take_in(uow, preview))
    yield made
    made.close()


@pytest.fixture(scope="module")
def tracker() -> list[dict[str, str]]:
    with (SAMPLE / "young-carers.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def of_nobody_else(tracker: list[dict[str, str]]) -> set[str]:
    """Passwords, barred people and conditions, as the tracker has them."""
    secrets = {row["Condition (category)"] for row in tracker}
    secrets |= {row["Must not collect"].split(" (")[0] for row in tracker if row["Must not collect"]}
    secrets |= {found for row in tracker for found in re.findall(r"password: (\w+)", row["May collect"])}
    return {words for words in secrets if words}


def text_of(page: str) -> str:
    return " ".join(page.split())


@pytest.mark.parametrize("day", [date(2026, 12, 5), date(2026, 12, 22), None])
def test_no_consent_form_holds_another_familys_or_private_facts(
    club: Club, tracker: list[dict[str, str]], day: date | None
) -> None:
    activity = club.read(lambda uow: programme.find_activity(uow, day)).id if day else None
    made = club.read(lambda uow: make(uow, "consent-pack", activity))
    homes = {text_of(row["Address"]) for row in tracker}
    private = of_nobody_else(tracker)
    assert len(private) > 12
    pages = [text_of(page) for page in paper.read(made.pdf)]
    assert len(pages) == made.sheets * 3
    for at, page in enumerate(pages):
        assert not [words for words in private if words in page]
        printed = [home for home in homes if f" {home} " in page]
        assert len(printed) == (1 if at % 3 == 0 else 0)  # the first page of a form holds its own


@pytest.mark.parametrize("what", ["register", "contacts", "trip-pack"])
@pytest.mark.parametrize("day", [date(2026, 12, 5), date(2026, 12, 22)])
def test_no_other_paper_holds_private_facts(club: Club, tracker: list[dict[str, str]], what: str, day: date) -> None:
    activity = club.read(lambda uow: programme.find_activity(uow, day)).id
    made = clubs.put(club, lambda uow: make_and_note(uow, what, activity))
    said = " ".join(text_of(page) for page in paper.read(made.pdf))
    assert not [words for words in of_nobody_else(tracker) if words in said]
    assert not [row["Address"] for row in tracker if row["Address"] in said]


def test_the_decembers_papers_name_everybody_with_a_place(club: Club) -> None:
    trip = club.read(lambda uow: programme.find_activity(uow, date(2026, 12, 22)))
    made = club.read(lambda uow: make(uow, "consent-pack", trip.id))
    assert made.sheets == trip.booked == 12
    assert made.title == "Consent pack, Pantomime, 22 Dec 2026"
