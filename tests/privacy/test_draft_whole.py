"""A draft is held against the whole decrypted file: nothing of the child is missing, nobody else is given away."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdfium2 import PdfDocument

from models.bootstrap import Club
from models.documents.subject_access import Answer, release_answer
from models.kernel.errors import Refused
from models.people import service as people
from models.people.rules import CollectorKind
from models.privacy import holds, requests, retention
from models.privacy.requests import Draft, proposed_decision
from models.privacy.rules import Decision, Keep, Proposal
from models.programme.rules import Answer as Rung
from models.registers.records import SheetRecord
from models.registers.rules import CollectedHow, MarkKind
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
)  # fmt: skip

NOT_OF_A_CHILD = frozenset(
    {
        "decided_by",
        "placed_by",
        "actor_name",
        "device",
        "area",
        "table_name",
        "salt",
        "digest",
        "chain",
        "kind",
        "id",
        "thing",
    }
)
"""What the file says of a record itself: who wrote it, where, and the sums of the journal."""

OWN = frozenset(
    {"child", "contact", "collector", "consent", "booking", "mark", "legal_hold", "retention_longer", "subject_request"}
)
"""Tables whose rows are about one child."""


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


@pytest.fixture
def child(club: Club) -> UUID:
    """Two parents who live apart, one of them barred; a sister; another child whom notes speak of."""
    home = put(club, lambda uow: a_family(uow, notes="Dad lives at 9 Hill Road since spring."))
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill", home, known_as="Zeph"), "Added Zephyrine Quill")
    put(club, lambda uow: a_child(uow, "Otto", "Quill", home, notes="Fights with Zeph at home."))
    other = put(club, lambda uow: a_child(uow, "Alfie", "Bates", notes="Zeph hit him."))
    put(club, lambda uow: a_contact(uow, home, "Karen Quill"))
    put(club, lambda uow: a_contact(uow, home, "Derek Stone", relationship="Father", phone="020 7000 0001"))
    barred = {"kind": CollectorKind.MUST_NOT, "reason": "Court order of May"}
    put(club, lambda uow: a_collector(uow, child, "Derek Stone", **barred))
    put(club, lambda uow: a_consent(uow, child, signatory="Derek Stone", note="Rang Auntie Jo"))
    for day, title in ((date(2026, 10, 3), "October club"), (date(2026, 11, 7), "November club")):
        _day(club, day, title, child, other)
    put(club, lambda uow: retention.set_safeguarding_history(uow, child, True))
    why = "Her mother may sue about the fall"
    put(club, lambda uow: retention.keep_longer(uow, Keep.CHILD_FILE, str(child), date(2030, 1, 1), why))
    put(club, lambda uow: holds.place_hold(uow, child, "A claim"))
    put(club, lambda uow: people.edit_child(uow, other, None, {"notes": "Zeph says sorry."}))
    put(club, lambda uow: people.edit_child(uow, child, None, {"notes": "Knows Alfie."}), "Noted of Zeph")
    put(club, lambda uow: people.edit_child(uow, child, None, {"notes": "Swims."}), "Noted of Zeph")
    return child


def _day(club: Club, day: date, title: str, child: UUID, other: UUID) -> None:
    where = put(club, lambda uow: an_activity(uow, title, day, notes=f"Zeph sang at {title}; Alfie too."))
    put(club, lambda uow: a_booking(uow, where, child, note="Not beside Alfie"))
    put(club, lambda uow: a_booking(uow, where, other, note="Not beside Zeph"))
    number = day.month * 10
    put(club, lambda uow: a_mark(uow, where, number, child_id=child, note="Bitten by Alfie"), "Zeph came in")
    taken = {"collected_by": "Priya Shah", "collected_how": CollectedHow.KNOWN}
    put(club, lambda uow: a_mark(uow, where, number + 1, MarkKind.OUT, child_id=child, **taken))
    put(club, lambda uow: a_mark(uow, where, number + 2, child_id=other, note="Bit Zephyrine"))
    rows = [str(other), str(child)]
    put(club, lambda uow: uow.add(SheetRecord(activity_id=where, number=1, printed_at=uow.clock.now(), rows=rows)))


@pytest.fixture
def request_id(club: Club, child: UUID) -> UUID:
    def ask(uow: Any) -> UUID:
        return requests.start_request(uow, child, date(2026, 12, 1), "Karen Quill", "Mother", "Saw her passport")

    return put(club, ask, "Somebody asked")


def draft(club: Club, request_id: UUID) -> Draft:
    return club.read(lambda uow: requests.draft(uow, request_id))


def held(uow: Any, child: UUID) -> list[tuple[str, str]]:
    """Every text in the decrypted file, with its table, of the child's own rows, or that says a name of it."""
    found = []
    for table in METADATA.sorted_tables:
        for row in uow.session.execute(table.select()).mappings():
            whole = str(dict(row))
            if any(sign in whole for sign in (str(child), child.hex, "Zeph", "Quill")):
                own = row.get("table_name", table.name) in OWN and str(child) in whole
                texts = [text for name, value in row.items() for text in _texts(name, value)]
                found += [(table.name, text) for text in texts if own or "Zeph" in text]
    return found


def _texts(name: str, value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each, one in value.items() for text in _texts(each, one)]
    known = name in NOT_OF_A_CHILD or name.endswith(("_id", "_at", "_on", "_date", "until"))
    return [value] if isinstance(value, str) and value and not known else []


def test_nothing_that_the_file_holds_of_the_child_is_missing(club: Club, child: UUID, request_id: UUID) -> None:
    text = "\n".join(f"{one.line.label} {one.line.text}" for one in draft(club, request_id).lines)
    of_it = club.read(lambda uow: held(uow, child))
    seen = {"child", "collector", "consent", "booking", "mark", "activity", "legal_hold", "journal_entry"}
    assert seen | {"retention_longer", "journal_change"} <= {table for table, _ in of_it}
    told = {Rung.NOT_ASKED: "No answer of the family is written down"}
    assert sorted({(table, words) for table, words in of_it if told.get(words, words) not in text}) == []


def test_a_printed_register_and_how_the_record_is_kept_are_in_it(club: Club, request_id: UUID) -> None:
    keys = {one.line.key.split(":")[0]: one.line for one in draft(club, request_id).lines}
    assert keys["register_sheet"].text == "row 2 of printed register 1"
    assert "25th birthday" in keys["child_file"].text
    assert keys["child_file"].proposal is Proposal.SAFEGUARDING
    assert "sue about the fall" in keys["retention_longer"].text
    assert keys["retention_longer"].proposal is not Proposal.GIVE


@pytest.mark.parametrize("name", ["Alfie", "Priya Shah", "Derek Stone", "Auntie Jo", "9 Hill Road", "Otto"])
def test_no_line_that_speaks_of_somebody_else_is_plain(club: Club, request_id: UUID, name: str) -> None:
    lines = [one.line for one in draft(club, request_id).lines if name in one.line.text]
    assert (lines == []) is (name == "Otto"), "a sister's own notes are named by where they stand, not by her"
    assert [line.text for line in lines if line.proposal is Proposal.GIVE] == []
    third = [line for line in lines if line.proposal is Proposal.THIRD_PARTY]
    assert all(name in line.words for line in third)


def test_a_barred_persons_telephone_is_harm_and_not_merely_an_address(club: Club, request_id: UUID) -> None:
    lines = [one.line for one in draft(club, request_id).lines]
    barred = [line for line in lines if line.section == "Who may collect" and line.label == "phone"]
    assert [line.proposal for line in barred] == [Proposal.HARM]


def test_what_is_grave_is_left_out_whole_and_not_only_the_name_in_it(club: Club, child: UUID, request_id: UUID) -> None:
    notes = "Alfie saw that mum drinks."
    put(club, lambda uow: people.edit_child(uow, child, None, {"notes": notes}))
    line = next(one.line for one in draft(club, request_id).lines if one.line.text == notes)
    assert (line.proposal, line.words) == (Proposal.CARED_FOR, ("Alfie",))
    assert proposed_decision(line) is Decision.LEAVE_OUT


def released(club: Club, request_id: UUID) -> Answer:
    def decide(uow: Any) -> None:
        for one in requests.draft(uow, request_id).lines:
            how = proposed_decision(one.line)
            why = "" if how is Decision.GIVE else "It tells of somebody else"
            words = one.line.words if how is Decision.BLANK else ()
            requests.decide(uow, request_id, {one.line.key: one.line.seen}, how, why, words)

    put(club, decide)
    return put(club, lambda uow: release_answer(uow, request_id, None))


def test_what_is_withheld_stands_in_neither_and_both_say_the_same(club: Club, request_id: UUID) -> None:
    with pytest.raises(Refused, match="still to be decided"):
        put(club, lambda uow: release_answer(uow, request_id, None))
    answer = released(club, request_id)
    pdf = PdfDocument(answer.pdf)
    shown = "".join("\n".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    said = json.loads(answer.json)
    lines = [line for section in said["sections"] for line in section["lines"]]
    for line in lines:
        assert "".join(line["said"].split()) in shown, line
    for name in ("Alfie", "Priya", "Shah", "Derek", "Stone", "HillRoad", "02070000001", "Courtorder", "AuntieJo"):
        assert name not in shown, name
        assert name not in "".join(answer.json.decode().split()), name
        assert name.encode() not in answer.pdf, name
