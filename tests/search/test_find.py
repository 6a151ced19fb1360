"""Finding by a few letters: any case, any accents, any word, small slips, best first, and quickly."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from models.bootstrap import Club, UnitOfWork
from models.people.records import ChildRecord
from models.people.rules import ChildStatus
from models.search.matching import plain_words
from models.search.queries import Kept, find, get_ready
from models.team.records import AdultRecord
from tests.clubs import a_child, a_vehicle, a_venue, an_activity, an_adult, new_club, put


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Any:
    def fill(uow: UnitOfWork) -> None:
        a_child(uow, "Maryam", "Müller", known_as="Mar", ref="IYC007")
        a_child(uow, "Łucja", "O’Neill", ref="IYC008", status=ChildStatus.CLOSED)
        a_child(uow, "Marcus", "Osei", ref="IYC009")
        a_child(uow, "Søren", "da Silva", ref="IYC010")
        an_adult(uow, "Marcus Bell", role="Driver")
        an_adult(uow, "Denise Achebe", role="Lead", left_on=date(2026, 1, 1))
        a_venue(uow, "Harbour Hall", postcode="SE8 3AA")
        a_vehicle(uow, "HY26 ABC", name="The blue bus")
        an_activity(uow, "December club")
        an_activity(uow, "January club", date(2027, 1, 9))

    club = new_club(tmp_path_factory.mktemp("search"))
    put(club, fill)
    yield club
    club.close()


def titles(club: Club, text: str, limit: int = 20) -> list[str]:
    return [one.title for one in club.read(lambda uow: find(uow, text, limit))]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mul", "Maryam (Mar) Müller"),
        ("MÜLLER", "Maryam (Mar) Müller"),
        ("müller mar", "Maryam (Mar) Müller"),
        ("lucja", "Łucja O’Neill"),
        ("oneill", "Łucja O’Neill"),
        ("o'neill", "Łucja O’Neill"),
        ("soren", "Søren da Silva"),
        ("silva", "Søren da Silva"),
        ("iyc009", "Marcus Osei"),
        ("achebe", "Denise Achebe"),
        ("hall", "Harbour Hall"),
        ("se8", "Harbour Hall"),
        ("hy26abc", "The blue bus"),
        ("hy26 a", "The blue bus"),
        ("club jan", "January club"),
        ("5 dec", "December club"),
        ("mulelr", "Maryam (Mar) Müller"),
        ("muler", "Maryam (Mar) Müller"),
        ("denize", "Denise Achebe"),
        ("harbuor", "Harbour Hall"),
        ("marum", "Maryam (Mar) Müller"),
        ("achib", "Denise Achebe"),
    ],
)
def test_what_was_meant_comes_first(club: Club, typed: str, first: str) -> None:
    assert titles(club, typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["", "   ", "-", "zzzz", "xq", "%", "_"])
def test_nothing_for_nothing(club: Club, typed: str) -> None:
    assert titles(club, typed) == []


def test_people_come_first_and_the_limit_holds(club: Club) -> None:
    assert titles(club, "marcus") == ["Marcus Osei", "Marcus Bell"]
    assert titles(club, "mar")[:3] == ["Maryam (Mar) Müller", "Marcus Osei", "Marcus Bell"]
    assert len(titles(club, "mar", 2)) == 2


def test_near_misses_come_after_what_matches(tmp_path: Path) -> None:
    club = new_club(tmp_path)
    put(club, lambda uow: [a_child(uow, first, "Osei", ref=first) for first in ("Marcos", "Marcus", "Ann", "Ana")])
    assert titles(club, "marcus") == ["Marcus Osei", "Marcos Osei"]
    assert titles(club, "ann") == ["Ann Osei"]  # of three letters too much is like too much
    assert titles(club, "anx") == ["Ana Osei", "Ann Osei"]  # unless nothing else is found
    club.close()


def test_from_letter_to_letter_it_finds_what_a_search_anew_would(tmp_path: Path) -> None:
    club, kept = new_club(tmp_path), Kept()

    def found(text: str) -> list[str]:
        seen = [one.title for one in club.read(lambda uow: find(uow, text, kept=kept))]
        assert seen == titles(club, text)
        return seen

    club.read(lambda uow: get_ready(uow, kept))
    assert found("os") == []
    child = put(club, lambda uow: a_child(uow, "Marcus", "Osei"))
    adult = put(club, lambda uow: an_adult(uow, "Marta Osei"))
    assert found("o") == found("os") == found("osei m") == ["Marcus Osei", "Marta Osei"]
    assert found("osie") == ["Marcus Osei", "Marta Osei"]
    put(club, lambda uow: uow.remove(uow.get(AdultRecord, adult)))
    put(club, lambda uow: setattr(uow.get(ChildRecord, child), "legal_last", "Müller"))
    assert (found("osei"), found("mul")) == ([], ["Marcus Müller"])
    club.close()


def test_what_was_read_is_read_again_only_once_something_changed(tmp_path: Path) -> None:
    club, kept, asked = new_club(tmp_path), Kept(), list[str]()
    put(club, lambda uow: a_child(uow, "Marcus", "Osei"))

    def statements(text: str) -> int:
        def run(uow: UnitOfWork) -> None:
            connection = uow.session.connection()
            event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
            find(uow, text, kept=kept)

        asked.clear()
        club.read(run)
        return len(asked)

    assert [statements(text) for text in ("o", "os", "ose", "osx")] == [6, 1, 1, 1]
    put(club, a_venue)
    assert statements("os") == 6
    club.close()


def test_details_tell_two_of_one_name_apart(club: Club) -> None:
    details = {one.kind: one.detail for one in club.read(lambda uow: find(uow, "marcus"))}
    assert details == {"child": "IYC009 · born 14 Mar 2019 · Active", "adult": "Driver"}
    assert club.read(lambda uow: find(uow, "denise"))[0].detail == "Lead · has left"


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Zoë  O’Neill-Łapa", " zoe oneill lapa"), ("ØRSTED's", " orsteds"), ("", " "), ("ﬁne", " fine")],
)
def test_plain_words(text: str, plain: str) -> None:
    assert plain_words(text) == plain
