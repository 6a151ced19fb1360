"""Adults who left: due six years on, and erased without a trace but for the row old registers count."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from models.access.records import AccessEvent, AccountRecord
from models.access.rules import AccessKind, Role
from models.bootstrap import Club, UnitOfWork
from models.history import service as history
from models.kernel.actor import Actor
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import BadInput, NotFound, Refused
from models.people.records import ChildRecord
from models.privacy import adults, erasure, holds, retention
from models.privacy.belongings import KNOWN_OF_ADULTS, kind_of
from models.privacy.due import Due
from models.privacy.rules import Keep, WhyAdultErased
from models.programme.rules import DutyStatus
from models.readiness.records import GoAheadRecord
from models.registers import queries as registers
from models.registers.records import MarkRecord
from models.reports import figures as reports
from models.schema import METADATA
from models.search.queries import find
from models.storage.erasing import ERASED_ADULT
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.journal_check import verify_chain
from models.team import queries as team
from models.team import service as team_service
from models.transport.records import LegRecord
from tests.clubs import (
    a_booking,
    a_child,
    a_duty,
    a_leg,
    a_mark,
    a_seat,
    a_vehicle,
    an_activity,
    an_adult,
    behind_its_back,
    new_club,
    put,
)
from tests.faults.canaries import AsItIs, dumped, found_in, raw

LEFT = date(2020, 7, 18)
LAST = date(2020, 7, 11)
TOLD = ["Zuleikha", "Quartermain", "07700 911911", "zq@example.org", "Enhanced-zq", "B since zq", "Notes of zq"]
YEAR = (date(2020, 1, 1), date(2020, 12, 31))


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


def due(club: Club, kind: Keep = Keep.ADULTS) -> list[Due]:
    return [one for one in club.read(retention.due_for_review) if one.kind is kind]


def zuleikha(uow: UnitOfWork, name: str = "Zuleikha Quartermain", **values: Any) -> UUID:
    said = {"mobile": "07700 911911", "email": "zq@example.org", "dbs_level": "Enhanced-zq", "licence": "B since zq",
            "notes": "Notes of zq", "left_on": LEFT, "cleared_on": date(2016, 1, 1)}  # fmt: skip
    return an_adult(uow, name, **said | values)


def an_account(uow: UnitOfWork, name: str = "Zuleikha Quartermain", **values: Any) -> UUID:
    given = {"role": Role.LEAD, "removed_at": london_instant(LEFT, time(9)), "pin": ""}
    return uow.add(AccountRecord(**given | {"name": name} | values)).id


def erase(club: Club, adult: UUID, why: WhyAdultErased = WhyAdultErased.TIME_UP, **more: Any) -> erasure.Erased:
    def change(uow: Any) -> erasure.Erased:
        return adults.erase_adult(uow, adult, why, lead_asked=True, **more)

    return club.write(change, "Erased what was held of an adult").value


def seen_at_the_door(uow: UnitOfWork, year: int) -> UUID:
    said = {"who": f"Zzyx {year}", "detail": "may not"}
    return uow.add(AccessEvent(kind=AccessKind.DENIED, at=datetime(year, 1, 8, tzinfo=UTC), **said)).id


def refusals(club: Club, adult: UUID) -> str:
    return " ".join(club.read(lambda uow: adults.preview_adult(uow, adult)).refusals)


def a_life(club: Club) -> dict[str, UUID]:
    """An adult of seven years ago in every place there is, named in what others wrote and signed in themselves."""
    adult = put(club, zuleikha, "Added Zuleikha Quartermain")
    account = put(club, an_account, "Zuleikha may sign in")
    child = put(club, lambda uow: a_child(uow, notes="Zuleikha Quartermain fetched her. Likes drawing."))
    day = put(club, lambda uow: an_activity(uow, "Old club", LAST, lead_id=adult, risk_notes="Zuleikha has the key."))
    put(club, lambda uow: a_duty(uow, day, adult, note="Bad back, zq"), "Zuleikha is confirmed")
    put(club, lambda uow: a_mark(uow, day, 1, adult_id=adult, note="Left at noon, zq"))
    bus = put(club, a_vehicle)
    leg = put(club, lambda uow: a_leg(uow, day, bus, driver_id=adult))
    other = put(club, lambda uow: an_adult(uow, "Denise Okafor"))
    put(club, lambda uow: a_seat(uow, leg, adult_id=other))
    mine = club.actor
    club.actor = Actor(account, "Zuleikha Quartermain", mine.permissions, mine.device)
    put(club, lambda uow: a_booking(uow, day, child, note="Kept a place"))
    put(club, lambda uow: a_mark(uow, day, 2, child_id=child, collected_by="Zuleikha Quartermain"), "Mark of a child")
    club.actor = mine
    put(club, lambda uow: _elsewhere(uow, day, adult), "Went ahead")
    put(club, lambda uow: team_service.edit_adult(uow, adult, None, {"notes": "Notes of zq"}))
    return {"adult": adult, "account": account, "child": child, "day": day, "leg": leg}


def _elsewhere(uow: UnitOfWork, day: UUID, adult: UUID) -> None:
    line = {"rule": "dbs", "line_text": "Zuleikha Quartermain’s DBS check is old", "reason": "She rang them"}
    uow.add(GoAheadRecord(activity_id=day, decided_at=uow.clock.now(), decided_by="Zuleikha Quartermain", **line))
    uow.add(kind_of("pack_copy")(activity_id=day, number=1, holder="Zuleikha", out_at=uow.clock.now()))
    seen = {"kind": AccessKind.DENIED, "detail": "Zuleikha Quartermain may not erase", "at": uow.clock.now()}
    uow.add(AccessEvent(who="Zuleikha Quartermain", **seen))
    came: dict[str, Any] = {
        "kind": "team",
        "key": "zuleikha quartermain",
        "record_id": adult,
        "imported_at": uow.clock.now(),
    }
    uow.add(kind_of("imported")(**came, values={"name": "Zuleikha Quartermain"}))


def test_an_adult_who_left_six_years_ago_is_due_with_the_reason(club: Club) -> None:
    adult = put(club, zuleikha)
    put(club, lambda uow: zuleikha(uow, name="Later Leaver", left_on=date(2020, 12, 4)))
    put(club, lambda uow: zuleikha(uow, name="Still Here", left_on=None))
    (item,) = due(club)
    assert (item.thing, item.title, item.since) == (str(adult), "Zuleikha Quartermain", date(2026, 7, 18))
    assert "The adult has left: 18 Jul 2020" in item.why
    assert "DBS" in item.why


def test_the_last_day_they_came_counts_where_it_is_later(club: Club) -> None:
    adult = put(club, zuleikha)
    day = put(club, lambda uow: an_activity(uow, "Came again", date(2021, 2, 6)))
    put(club, lambda uow: a_mark(uow, day, 1, adult_id=adult))
    assert due(club) == []
    put(club, lambda uow: retention.set_span(uow, Keep.ADULTS, 60))
    assert [one.since for one in due(club)] == [date(2026, 2, 6)]


def test_every_column_that_points_to_an_adult_is_known() -> None:
    keys = [key for table in METADATA.sorted_tables for key in table.foreign_keys]
    assert {f"{key.parent.table.name}.{key.parent.name}" for key in keys if key.target_fullname == "adult.id"} == (
        KNOWN_OF_ADULTS
    )


def test_somebody_who_only_signed_in_is_due_too_and_nobody_twice(club: Club) -> None:
    put(club, zuleikha)
    put(club, an_account)
    alone = put(club, lambda uow: an_account(uow, "Xanthe Trustee"))
    put(club, lambda uow: an_account(uow, "Came Back"))
    put(club, lambda uow: an_account(uow, "Came Back", removed_at=None))
    assert [one.title for one in due(club)] == ["Xanthe Trustee", "Zuleikha Quartermain"]
    erase(club, alone)
    assert found_in(dumped(club), ["Xanthe", "Trustee"]) == []
    assert [one.title for one in due(club)] == ["Zuleikha Quartermain"]
    assert club.read(verify_chain) == []


@pytest.mark.file_only  # looks at every page of the file
def test_nothing_is_left_of_an_erased_adult(club: Club) -> None:
    at = a_life(club)
    assert found_in(raw(club), TOLD) == TOLD
    before = club.read(lambda uow: reports.figures(uow, *YEAR))
    made = [club.clock.now() - timedelta(days=40)]
    done = erase(club, at["adult"], backups=made)
    assert done.backups_gone_by is not None
    assert found_in(dumped(club), [*TOLD, " zq"]) == []
    assert found_in(raw(club), [*TOLD, " zq"]) == []
    assert club.read(lambda uow: find(uow, "Zuleikha")) == ()
    assert club.read(verify_chain) == []
    assert club.faults() == []
    assert club.read(lambda uow: reports.figures(uow, *YEAR)) == before
    assert due(club) == []


def test_the_words_of_others_stay_without_the_name(club: Club) -> None:
    at = a_life(club)
    erase(club, at["adult"])
    assert found_in(dumped(club), TOLD) == []

    def left(uow: UnitOfWork) -> list[Any]:
        child = uow.get(ChildRecord, at["child"])
        ahead = uow.session.scalars(select(GoAheadRecord)).one()
        mark = uow.session.scalars(select(MarkRecord).where(MarkRecord.child_id == at["child"])).one()
        return [child.notes, ahead.line_text, ahead.decided_by, ahead.reason, mark.entered_by, mark.collected_by]

    assert club.read(left) == [
        "[erased] fetched her. Likes drawing.", "[erased]’s DBS check is old", ERASED_ADULT, "She rang them",
        ERASED_ADULT, ERASED_ADULT,
    ]  # fmt: skip


def test_the_history_of_others_keeps_its_words_and_who_did_what_is_nameless(club: Club) -> None:
    at = a_life(club)
    erase(club, at["adult"])

    def told(uow: UnitOfWork) -> tuple[set[str], list[Any]]:
        names = set(uow.session.scalars(select(ChangeRecord.actor_name).where(ChangeRecord.actor_id == at["account"])))
        notes = select(EntryRecord.after).where(EntryRecord.record_id == at["child"], EntryRecord.table_name == "child")
        return names, [after["notes"] for after in uow.session.scalars(notes) if after]

    assert club.read(told) == ({ERASED_ADULT}, ["[erased] fetched her. Likes drawing."])
    labels = club.read(lambda uow: list(uow.session.scalars(select(ChangeRecord.label))))
    assert "Mark of a child" in labels
    assert found_in(" ".join(labels), ["Zuleikha"]) == []


def test_old_registers_still_count_them(club: Club) -> None:
    at = a_life(club)
    before = club.read(lambda uow: registers.register(uow, at["day"]))
    erase(club, at["adult"])
    after = club.read(lambda uow: registers.register(uow, at["day"]))
    assert [(line.name, line.why_not) for line in after.adults] == [(ERASED_ADULT, before.adults[0].why_not)]
    assert after.live == before.live
    driver = club.read(lambda uow: uow.session.scalar(select(LegRecord.driver_id)))
    assert driver == at["adult"]


def test_they_are_in_no_list_and_cannot_be_erased_twice(club: Club) -> None:
    at = a_life(club)
    erase(club, at["adult"])
    assert [one.name for one in club.read(lambda uow: team.adults(uow, include_left=True))] == ["Denise Okafor"]
    assert club.read(adults.who_left) == ()
    (told,) = club.read(erasure.erasures)
    assert (told.adult, told.why, told.erased_by) == (True, WhyAdultErased.TIME_UP, club.actor.name)
    with pytest.raises(BadInput, match="already"):
        erase(club, at["adult"])
    with pytest.raises(BadInput, match="erased"):
        put(club, lambda uow: team_service.add_adult(uow, {"name": ERASED_ADULT}))
    with pytest.raises(NotFound):
        erase(club, UUID(int=9))


def test_what_was_erased_cannot_be_undone_and_the_rest_can(club: Club) -> None:
    at = a_life(club)
    put(club, lambda uow: an_activity(uow, "January club", date(2027, 1, 9)), "New club in January")
    erase(club, at["adult"])
    assert club.read(history.undoable) == "New club in January"
    club.write(lambda uow: history.undo(uow, AsItIs), "Undo")
    label = club.read(history.undoable)
    assert found_in(label or "", TOLD) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [({"left_on": None}, "still on the team"), ({"left_on": date(2026, 12, 4)}, "still on the team")],
)
def test_somebody_still_on_the_team_is_not_erased(club: Club, values: dict[str, Any], words: str) -> None:
    adult = put(club, lambda uow: zuleikha(uow, **values))
    assert words in refusals(club, adult)
    with pytest.raises(Refused, match=words):
        erase(club, adult, WhyAdultErased.ASKED)


def test_somebody_who_can_still_sign_in_is_not_erased(club: Club) -> None:
    adult = put(club, zuleikha)
    put(club, lambda uow: an_account(uow, "zuleikha  QUARTERMAIN", removed_at=None))
    assert "can still sign in" in refusals(club, adult)
    with pytest.raises(Refused, match="People"):
        erase(club, adult)


@pytest.mark.parametrize("how", ["asked", "leads", "drives", "escorts"])
def test_somebody_down_for_a_day_to_come_is_not_erased(club: Club, how: str) -> None:
    adult = put(club, zuleikha)
    day = put(club, lambda uow: an_activity(uow, lead_id=adult if how == "leads" else None))
    bus = put(club, a_vehicle)
    leg = put(club, lambda uow: a_leg(uow, day, bus, driver_id=adult if how == "drives" else None))
    if how == "asked":
        put(club, lambda uow: a_duty(uow, day, adult, status=DutyStatus.ASKED))
    if how == "escorts":
        put(club, lambda uow: a_seat(uow, leg, adult_id=adult))
    assert "is down for December club" in refusals(club, adult)
    with pytest.raises(Refused):
        erase(club, adult)


def test_who_looked_after_children_is_kept_as_long_as_the_register(club: Club) -> None:
    adult = put(club, lambda uow: zuleikha(uow, left_on=date(2024, 1, 1)))
    day = put(club, lambda uow: an_activity(uow, "Last club", date(2023, 12, 9)))
    put(club, lambda uow: a_duty(uow, day, adult))
    assert "until 9 Dec 2026" in refusals(club, adult)
    with pytest.raises(Refused, match="Last club"):
        erase(club, adult, WhyAdultErased.ASKED)
    club.clock = FixedClock(datetime(2026, 12, 9, 9, tzinfo=UTC))
    erase(club, adult, WhyAdultErased.ASKED)
    assert found_in(dumped(club), TOLD) == []


def test_an_allegation_is_kept_longer_and_then_nobody_erases_them(club: Club) -> None:
    adult = put(club, lambda uow: zuleikha(uow, birth_date=date(1985, 6, 1)))
    old = put(club, lambda uow: zuleikha(uow, name="Old Hand", birth_date=date(1950, 6, 1)))
    assert club.read(lambda uow: adults.allegation_kept_until(uow, adult)) == date(2052, 6, 1)
    assert club.read(lambda uow: adults.allegation_kept_until(uow, old)) == date(2036, 12, 3)
    until = date(2052, 6, 1)
    put(club, lambda uow: retention.keep_longer(uow, Keep.ADULTS, str(adult), until, "An allegation, zq"))
    assert [one.title for one in due(club)] == ["Old Hand"]
    assert "An allegation, zq" in refusals(club, adult)
    with pytest.raises(Refused, match="To be kept until"):
        erase(club, adult)
    club.clock = FixedClock(datetime(2052, 6, 1, 9, tzinfo=UTC))
    erase(club, adult)
    assert found_in(dumped(club), ["Zuleikha", "An allegation"]) == []


def test_a_hold_on_a_child_keeps_who_looked_after_it(club: Club) -> None:
    adult = put(club, zuleikha)
    child = put(club, a_child)
    day = put(club, lambda uow: an_activity(uow, "Old club", LAST))
    put(club, lambda uow: a_duty(uow, day, adult))
    put(club, lambda uow: a_booking(uow, day, child))
    hold = put(club, lambda uow: holds.place_hold(uow, child, "A claim about a fall"))
    with pytest.raises(Refused, match="legal hold"):
        erase(club, adult)
    assert found_in(dumped(club), TOLD) == TOLD
    put(club, lambda uow: holds.lift_hold(uow, hold, None, "Settled"))
    erase(club, adult)
    assert found_in(dumped(club), TOLD) == []


def test_what_somebody_else_of_the_name_has_stays_and_is_shown(club: Club) -> None:
    adult = put(club, zuleikha)
    put(club, lambda uow: zuleikha(uow, left_on=None, mobile="07700 922922", email="", licence="", notes=""))
    account = put(club, lambda uow: an_account(uow, removed_at=None))
    put(club, lambda uow: a_child(uow, notes="Ask Zuleikha Quartermain."))
    assert "can still sign in" in refusals(club, adult), "it may be either of them"
    put(club, lambda uow: setattr(uow.get(AccountRecord, account), "removed_at", london_instant(LEFT, time(9))))
    doubts = club.read(lambda uow: adults.preview_adult(uow, adult)).doubts
    assert "Ask Zuleikha Quartermain." in [one.value for one in doubts]
    erase(club, adult)
    assert "07700 911911" not in dumped(club)
    assert "Ask Zuleikha Quartermain." in dumped(club)
    assert [one.name for one in club.read(team.adults)] == ["Zuleikha Quartermain"]


def test_a_name_they_had_before_goes_too(club: Club) -> None:
    adult = put(club, lambda uow: zuleikha(uow, name="Zuleikha Maidenham"))
    put(club, lambda uow: a_child(uow, notes="Ask Zuleikha Maidenham."))
    put(club, lambda uow: team_service.edit_adult(uow, adult, None, {"name": "Zuleikha Quartermain"}), "A new name")
    erase(club, adult)
    assert found_in(dumped(club), ["Maidenham", *TOLD]) == []


def test_nobody_erases_without_the_safeguarding_lead_or_the_permission(club: Club) -> None:
    adult = put(club, zuleikha)
    with pytest.raises(BadInput, match="safeguarding lead"):
        put(club, lambda uow: adults.erase_adult(uow, adult, WhyAdultErased.TIME_UP, lead_asked=False))
    with pytest.raises(BadInput, match="by itself"):
        put(club, lambda uow: retention.erase_due(uow, Keep.ADULTS, str(adult)))
    assert found_in(dumped(club), TOLD) == TOLD


def test_an_unsigned_change_that_was_altered_is_found(club: Club) -> None:
    """Guard: an erasure excuses only what shows that something was taken out."""
    at = a_life(club)
    erase(club, at["adult"])
    assert club.read(verify_chain) == []
    behind_its_back(club, f"UPDATE journal_change SET actor_name = 'Denise Okafor' WHERE actor_name = '{ERASED_ADULT}'")
    assert club.read(verify_chain)


@pytest.mark.file_only  # looks at every page of the file
def test_what_happened_at_the_door_is_let_go_after_three_years(club: Club) -> None:
    put(club, lambda uow: seen_at_the_door(uow, 2022))
    put(club, lambda uow: seen_at_the_door(uow, 2025))
    (item,) = due(club, Keep.DOOR)
    assert (item.title, item.since) == ("1 line of what happened at the door", date(2025, 1, 8))
    club.write(lambda uow: retention.erase_due(uow, Keep.DOOR, "all"), "Let go")
    assert found_in(raw(club), ["Zzyx 2022", "Zzyx 2025"]) == ["Zzyx 2025"]
    assert due(club, Keep.DOOR) == []
    assert club.read(verify_chain) == []
