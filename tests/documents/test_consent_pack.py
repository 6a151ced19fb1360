"""The consent pack: what it says, what it can never say, and that it stays on its pages."""

import dataclasses
import re
import typing
from dataclasses import replace
from datetime import date

import pytest

from models.documents.consent_pack import consent_pack
from models.documents.facts import Answers, BusList, ConsentChild, ConsentPack, ContactsSheet, RegisterSheet, TripPack
from tests.documents import paper

FORBIDDEN = re.compile(
    r"caring|cares|cared|role|condition|barred|must_not|not_collect|password|refer|case|key_worker|notes?$|worker|ethnic"
    r"|address|postcode|support|status|risk",
)


def text_of(*children: ConsentChild, **more: typing.Any) -> str:
    return "\n".join(paper.read(consent_pack(paper.consents(*children, **more))))


def _all_fields(kind: type) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for name, hint in typing.get_type_hints(kind).items():
        found.add((kind.__name__, name))
        for part in (hint, *typing.get_args(hint)):
            if dataclasses.is_dataclass(part) and isinstance(part, type):
                found |= _all_fields(part)
    return found


def test_the_facts_have_no_place_for_what_must_not_travel() -> None:
    fields = _all_fields(ConsentPack)
    assert ("ConsentChild", "allergies") in fields
    assert ("Adult", "phones") in fields
    assert not [field for field in fields if FORBIDDEN.search(field[1])]


@pytest.mark.parametrize("kind", [RegisterSheet, BusList, ContactsSheet, TripPack])
def test_no_sheet_of_the_day_has_a_place_for_secrets(kind: type) -> None:
    never = re.compile(r"caring|cares|cared|condition|barred|not_collect|password|refer|case|home|address|reason")
    fields = _all_fields(kind)
    assert ("Activity", "venue") in fields
    assert not [field for field in fields if never.search(field[1])]


def test_only_the_childs_own_home_is_there() -> None:
    """No other person of the form has a place to live: neither contacts nor collectors."""
    homes = {field for field in _all_fields(ConsentPack) if re.search(r"home|street|lives", field[1])}
    assert homes == {("ConsentChild", "home")}


@pytest.mark.parametrize(
    "words",
    [
        "Niamh (Nee) O’Brien", "18/01/2019", "4 Willow Lane", "London SE13 4HU", "07700 900856", "Leila Sivakumar",
        "Peanuts", "Asthma", "Salbutamol, runs out 31/03/2027", "Vegetarian", "Meadow Surgery",
        "Ladywell Fields Primary", "118 cm, uses a booster seat", "Friday 18 December 2026",
        "Tuesday 22 December 2026, 10:00 to 16:00",
        "Ringway at 09:45", "minibus", "parental responsibility", "within 28 days", "A copy for you to keep",
    ],
)  # fmt: skip
def test_it_says_what_a_family_must_check(words: str) -> None:
    said = re.sub(r"\s+", " ", text_of(paper.NIAMH))
    assert words in said


def test_our_record_is_said_where_there_is_one() -> None:
    child = replace(paper.NIAMH, answers=Answers(photos=False))
    said = text_of(child)
    assert said.count("Our record says: No") == 1
    assert "Our record says: Yes" not in said


def test_a_club_asks_for_no_trip_consent() -> None:
    said = text_of(paper.NIAMH, activity=paper.CLUB_DAY)
    assert "may come on this trip" not in said
    assert "minibus" not in said
    assert "Keeping children safe" in said


def test_families_are_never_told_of_respite_or_caring() -> None:
    said = (text_of(paper.NIAMH) + text_of(paper.NIAMH, activity=paper.CLUB_DAY)).lower()
    said = said.replace(paper.CLUB.name.lower(), "")
    assert not re.search(r"respite|carer for|young carer|cares for", said)


def test_each_child_has_the_name_on_every_page_and_pages_counted() -> None:
    names = ("Niamh O’Brien", "Thi-Mai Nguyễn", "Zbigniew Świątek", "Emre Yılmaz")
    pages = paper.read(consent_pack(paper.consents(*(paper.child(name) for name in names))))
    counts = [re.search(r"Page (\d+) of (\d+)", page) for page in pages]
    wholes = [re.search(r"(\d+) of (\d+) in all", page) for page in pages]
    at = 0
    for name in names:
        found = counts[at]
        assert found is not None
        for number in range(1, int(found[2]) + 1):
            here, whole = counts[at], wholes[at]
            assert here is not None
            assert whole is not None
            assert (int(here[1]), here[2]) == (number, found[2])
            assert (int(whole[1]), int(whole[2])) == (at + 1, len(pages))
            assert name in pages[at]
            at += 1
    assert at == len(pages)


def test_one_family_is_not_counted_twice() -> None:
    pages = paper.read(consent_pack(paper.consents(paper.NIAMH)))
    assert len(pages) == 3
    assert "in all" not in "".join(pages)


def test_nothing_known_leaves_lines_to_write_on() -> None:
    child = ConsentChild("Théo", "Osei")
    said = text_of(child)
    assert "Dear parent or carer," in said
    assert "Allergies (or" in said
    assert "None" not in said


def test_sixty_children_have_no_blank_page() -> None:
    pack = paper.consents(*(paper.child(f"Child{number} {paper.NAMES[0][6:]}") for number in range(60)))
    pages = paper.read(consent_pack(pack))
    assert len(pages) == 180
    assert min(len(page) for page in pages) > 300


def test_no_sheets_is_no_trouble() -> None:
    assert consent_pack(paper.consents()).startswith(b"%PDF")


def test_the_same_facts_give_the_same_bytes() -> None:
    pack = paper.consents(paper.NIAMH, paper.child("محمد علي"))
    assert consent_pack(pack) == consent_pack(pack)


def test_without_a_day_to_return_by_none_is_named() -> None:
    pack = paper.consents(paper.NIAMH)
    open_ended = replace(pack, sheets=(replace(pack.sheets[0], return_by=None),))
    assert "18 December" not in "".join(paper.read(consent_pack(open_ended)))
    assert pack.sheets[0].return_by == date(2026, 12, 18)
