"""Somebody asks what is held of a child: a draft, decided line by line, and released."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.access.rules import Role, permissions_of
from models.bootstrap import Club
from models.history import queries as history
from models.kernel.errors import BadInput, Denied, Refused
from models.people import around, queries
from models.people import service as people
from models.people.rules import CollectorKind, ContactKind
from models.privacy import erasure, requests
from models.privacy.belongings import KNOWN
from models.privacy.gather import SAFEGUARDING_LINE, SECTIONS, Line
from models.privacy.requests import Draft, proposed_decision
from models.privacy.rules import Decision, Proposal, WhyErased
from models.schema import METADATA
from tests.clubs import (
    a_booking,
    a_child,
    a_collector,
    a_consent,
    a_contact,
    a_family,
    a_mark,
    an_activity,
    new_club,
    put,
    reopen,
)


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


@pytest.fixture
def child(club: Club) -> UUID:
    home = put(club, lambda uow: a_family(uow, address="12 Quay Street", notes="Dad left in spring."))
    child = put(
        club, lambda uow: a_child(uow, "Maryam", "Müller", home, cares_for="Mother", condition_category="Mental health")
    )
    put(club, lambda uow: a_contact(uow, home, "Leyla Müller"))
    put(
        club,
        lambda uow: a_contact(uow, home, "Joan Price", kind=ContactKind.EMERGENCY, call_order=2, phone="020 7946 0999"),
    )
    put(club, lambda uow: a_collector(uow, child, "Omar Müller", password="bluebell"))
    barred = {"kind": CollectorKind.MUST_NOT, "reason": "Court order of May"}
    put(club, lambda uow: a_collector(uow, child, "Tom Müller", **barred))
    put(club, lambda uow: a_consent(uow, child))
    day = put(club, lambda uow: an_activity(uow, "November club", date(2026, 11, 7)))
    put(club, lambda uow: a_booking(uow, day, child))
    put(club, lambda uow: a_mark(uow, day, 1, child_id=child, note="Tired"))
    put(club, lambda uow: people.edit_child(uow, child, None, {"school": "Dock Lane"}), "Moved school")
    gone = put(club, lambda uow: around.add_collector(uow, child, {"name": "Uncle Sid"}))
    put(club, lambda uow: around.remove_collector(uow, gone, None))
    friend = put(club, lambda uow: a_child(uow, "Grace", "Okoro"))
    put(club, lambda uow: people.edit_child(uow, friend, None, {"notes": "Sits with Maryam Müller."}))
    return child


def start(club: Club, child: UUID, by: str = "Leyla Müller") -> UUID:
    def change(uow: Any) -> UUID:
        return requests.start_request(uow, child, date(2026, 12, 1), by, "Mother", "Saw her passport")

    return put(club, change, "Somebody asked to see a record")


def draft(club: Club, request: UUID) -> Draft:
    return club.read(lambda uow: requests.draft(uow, request))


def line_of(made: Draft, section: str, label: str) -> Line:
    return next(one.line for one in made.lines if one.line.section == section and one.line.label.endswith(label))


def decide_all(club: Club, request: UUID) -> None:
    for how in Decision:
        seen = {one.line.key: one.line.seen for one in draft(club, request).lines if proposed_decision(one.line) is how}
        put(club, lambda uow, seen=seen, how=how: requests.decide(uow, request, seen, how, "About somebody else"))


def test_everything_held_is_in_the_draft(club: Club, child: UUID) -> None:
    made = draft(club, start(club, child))
    text = "\n".join(f"{one.line.label} {one.line.text}" for one in made.lines)
    for word in ("Maryam", "12 Quay Street", "Leyla", "Joan Price", "Omar", "bluebell", "Court order", "Tired",
                 "November club", "Quayside Primary", "Dock Lane", "Uncle Sid", "Sits with", "Dad left"):  # fmt: skip
        assert word in text, word
    sections = [one.line.section for one in made.lines]
    assert sections == sorted(sections, key=SECTIONS.index)
    assert len({one.line.key for one in made.lines}) == len(made.lines)


def test_each_line_has_its_proposal(club: Club, child: UUID) -> None:
    made = draft(club, start(club, child))
    for section, label, what in (
        ("The child", "school", Proposal.GIVE),
        ("The child", "kind of condition", Proposal.CARED_FOR),
        ("Home", "address", Proposal.GIVE),
        ("People to ring", "Leyla Müller: phone", Proposal.GIVE),
        ("Who may collect", "password", Proposal.HOLD),
        ("Who may collect", "reason", Proposal.LEGAL),
        ("Notes about others that name the child", "child, notes", Proposal.THIRD_PARTY),
        ("Safeguarding", "may hold", Proposal.SAFEGUARDING),
    ):
        assert line_of(made, section, label).proposal is what, (section, label)
    joan = [one.line for one in made.lines if one.line.text == "020 7946 0999"]
    assert [line.proposal for line in joan] == [Proposal.OTHER_PARENT]
    barred = [one.line for one in made.lines if one.line.text == "Tom Müller"]
    assert [line.proposal for line in barred] == [Proposal.HARM]


def test_the_address_is_the_other_parents_when_somebody_else_asks(club: Club, child: UUID) -> None:
    made = draft(club, start(club, child, "Tom Müller"))
    assert line_of(made, "Home", "address").proposal is Proposal.OTHER_PARENT


def test_the_address_may_be_the_other_parents_where_there_are_two_or_one_is_barred(club: Club, child: UUID) -> None:
    home = club.read(lambda uow: queries.child(uow, child)).family.id
    father = put(club, lambda uow: a_contact(uow, home, "Adam Müller", call_order=3))
    for asker in ("Leyla Müller", "Adam Müller"):
        made = draft(club, start(club, child, asker))
        assert line_of(made, "Home", "address").proposal is Proposal.OTHER_PARENT, asker
    put(club, lambda uow: around.remove_contact(uow, father, None))
    barred = {"kind": CollectorKind.MUST_NOT}
    put(club, lambda uow: a_collector(uow, child, "Leyla Müller", **barred))
    assert line_of(draft(club, start(club, child)), "Home", "address").proposal is Proposal.OTHER_PARENT


def test_a_concern_is_never_in_it_but_that_the_lead_must_be_asked(club: Club, child: UUID) -> None:
    lines = [one.line for one in draft(club, start(club, child)).lines if one.line.section == "Safeguarding"]
    assert [line.key for line in lines] == [SAFEGUARDING_LINE]
    assert "safeguarding lead" in lines[0].text


def test_a_draft_goes_on_where_it_was_left(club: Club, child: UUID) -> None:
    request = start(club, child)
    school = line_of(draft(club, request), "The child", "school")
    put(club, lambda uow: requests.decide(uow, request, {school.key: school.seen}, Decision.GIVE))
    again = reopen(club)
    made = draft(again, request)
    assert [one.line.key for one in made.lines if one.decision] == [school.key]


def test_a_line_that_says_something_else_is_undecided_again(club: Club, child: UUID) -> None:
    request = start(club, child)
    school = line_of(draft(club, request), "The child", "school")
    put(club, lambda uow: requests.decide(uow, request, {school.key: school.seen}, Decision.GIVE))
    put(club, lambda uow: people.edit_child(uow, child, None, {"school": "Hill Top"}))
    assert next(one for one in draft(club, request).lines if one.line.key == school.key).decision is None
    with pytest.raises(Refused, match="something else"):
        put(club, lambda uow: requests.decide(uow, request, {school.key: school.seen}, Decision.GIVE))


def test_what_is_withheld_needs_a_reason(club: Club, child: UUID) -> None:
    request = start(club, child)
    school = line_of(draft(club, request), "The child", "school")
    for how in (Decision.BLANK, Decision.LEAVE_OUT):
        with pytest.raises(BadInput) as error:
            put(club, lambda uow, how=how: requests.decide(uow, request, {school.key: school.seen}, how))
        assert error.value.field == "reason"


@pytest.mark.parametrize("typed", [["Dok Lane"], ["Dock", "Lan"], ["Quayside"]])
def test_words_that_are_not_in_a_line_are_not_taken_for_blanked_out(club: Club, child: UUID, typed: list[str]) -> None:
    put(club, lambda uow: people.edit_child(uow, child, None, {"school": "Dock Lane"}))
    request = start(club, child)
    school = line_of(draft(club, request), "The child", "school")
    seen = {school.key: school.seen}
    with pytest.raises(BadInput, match="not in this line") as error:
        put(club, lambda uow: requests.decide(uow, request, seen, Decision.BLANK, "Where she is", typed))
    assert error.value.field == "blanked"
    put(club, lambda uow: requests.decide(uow, request, seen, Decision.BLANK, "Where she is", ["dock"]))
    given = next(one.given for one in draft(club, request).lines if one.line.key == school.key)
    assert given == "[blanked out] Lane"


def test_it_is_released_once_every_line_is_decided_and_says_what_was_withheld(club: Club, child: UUID) -> None:
    request = start(club, child)
    with pytest.raises(Refused, match="still to be decided"):
        put(club, lambda uow: requests.release(uow, request, None))
    decide_all(club, request)
    put(club, lambda uow: requests.release(uow, request, None), "Released an answer")
    done = club.read(lambda uow: requests.requests(uow))[0]
    assert done.released_by == club.actor.name
    assert {
        "section": "Who may collect",
        "what": "password",
        "how": "leave out",
        "why": "About somebody else",
    } in done.withheld
    told = club.read(lambda uow: history.what_changed(uow, request))[0]
    assert "About somebody else" in str(told.lines), "the journal says what was withheld and why"
    with pytest.raises(BadInput, match="released already"):
        put(club, lambda uow: requests.drop_request(uow, request, None))


def test_only_a_manager_releases(club: Club, child: UUID) -> None:
    request = start(club, child)
    decide_all(club, request)
    club.actor = replace(club.actor, permissions=permissions_of(Role.LEAD))
    with pytest.raises(Denied):
        put(club, lambda uow: requests.release(uow, request, None))
    club.actor = replace(club.actor, permissions=permissions_of(Role.SESSIONAL))
    with pytest.raises(Denied):
        draft(club, request)


def test_a_request_without_a_child_is_told_at_its_field(club: Club) -> None:
    with pytest.raises(BadInput, match="The child is missing") as error:
        put(
            club, lambda uow: requests.start_request(uow, None, date(2026, 12, 1), "Leyla Müller", "Mother", "Passport")
        )
    assert error.value.field == "child_id"


def test_longer_needs_a_reason(club: Club, child: UUID) -> None:
    request = start(club, child)
    with pytest.raises(BadInput):
        put(club, lambda uow: requests.needs_longer(uow, request, None, " "))
    put(club, lambda uow: requests.needs_longer(uow, request, None, "Eleven years of notes"))
    assert club.read(lambda uow: requests.requests(uow))[0].due_on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("received", "by", "entitled", "field"),
    [
        (date(2026, 12, 4), "Leyla", "Passport", "received_on"),
        (date(2026, 12, 1), " ", "Passport", "asked_by"),
        (date(2026, 12, 1), "Leyla", "", "entitled"),
    ],
)
def test_a_request_says_who_asked_when_and_by_what_right(
    club: Club, child: UUID, received: date, by: str, entitled: str, field: str
) -> None:
    with pytest.raises(BadInput) as error:
        put(club, lambda uow: requests.start_request(uow, child, received, by, "Mother", entitled))
    assert error.value.field == field


def test_an_open_request_stops_an_erasure(club: Club, child: UUID) -> None:
    request = start(club, child)
    with pytest.raises(Refused, match="Answer first"):
        put(club, lambda uow: erasure.erase_child(uow, child, WhyErased.ASKED, lead_asked=True))
    put(club, lambda uow: requests.drop_request(uow, request, None))
    put(club, lambda uow: erasure.erase_child(uow, child, WhyErased.ASKED, lead_asked=True))


def test_no_table_that_points_to_a_child_is_forgotten() -> None:
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "child"
    }
    assert pointing == KNOWN
