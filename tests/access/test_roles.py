"""T21: each role against every verb and query there is, found by looking: refused before anything is read, or not."""

import inspect
from collections.abc import Iterator
from contextlib import suppress
from datetime import time
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import inside_only
from models.access.records import AccessEvent
from models.access.rules import AccessKind, Permission, Role, permissions_of, who_can
from models.bootstrap import Club, UnitOfWork, open_club
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import BadInput, BreatherError, Denied
from models.kernel.ids import seeded_ids
from models.people import queries as people
from models.people import service as people_service
from models.storage.guarded import INSIDE, guarded
from models.storage.journal_check import verify_chain
from tests.access.roles import acting, person
from tests.clubs import DEVICE, PASSPHRASE, SATURDAY, a_child, new_club, put
from tests.declared import every_taker, permission_of

VERBS = every_taker()
GUARDED = {name: verb for name, verb in VERBS.items() if permission_of(verb) in [*Permission]}
PEOPLE = [(), *((role,) for role in Role), (Role.LEAD, Role.SAFEGUARDING)]
NAMES = [" and ".join(roles) or "nobody" for roles in PEOPLE]
CLOCK = FixedClock(london_instant(SATURDAY, time(10)))


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path, SATURDAY)
    yield made
    made.close()


def no_database(*roles: Role) -> UnitOfWork:
    """A unit of work on no database at all: whatever reads or writes with it fails with another error."""
    uow = UnitOfWork(Session(), person(*roles), CLOCK, seeded_ids(3))
    uow.sealing_key = bytes(32)
    return uow


def events(club: Club) -> list[tuple[str, str]]:
    """Who was refused what, oldest first."""
    found = select(AccessEvent.who, AccessEvent.detail).where(AccessEvent.kind == AccessKind.DENIED)
    ordered = found.order_by(AccessEvent.at)
    return [(row.who, row.detail) for row in club.read(lambda uow: uow.session.execute(ordered).all())]


@pytest.mark.parametrize("roles", PEOPLE, ids=NAMES)
def test_every_verb_and_query_refuses_whoever_lacks_its_permission_before_anything_is_read(
    roles: tuple[Role, ...],
) -> None:
    """Called without a single argument: the guard speaks first, or the call fails for want of them."""
    held, wrong = permissions_of(*roles), []
    for name, verb in GUARDED.items():
        needed = permission_of(verb)
        try:
            verb(no_database(*roles))
            outcome = "let by"
        except Denied as denied:
            outcome = "refused" if (denied.permission, denied.verb) == (needed, name) else f"refused: {denied}"
        except Exception:
            outcome = "let by"
        if outcome != ("let by" if needed in held else "refused"):
            wrong.append((name, outcome))
    assert wrong == []
    assert len(GUARDED) > 150


def test_what_is_only_a_part_of_others_refuses_everybody() -> None:
    """Even a manager: reached from a screen it would ask nobody."""
    for verb in VERBS.values():
        if permission_of(verb) == INSIDE:
            with pytest.raises(Denied) as refused:
                verb(no_database(Role.MANAGER))
            assert refused.value.permission == INSIDE


def test_every_refusal_is_journaled_on_the_spot_and_changes_nothing_else(club: Club) -> None:
    before = club.facts()
    with acting(club):
        for number, verb in enumerate(GUARDED.values()):
            call = club.read if number % 2 else lambda change: club.write(change, "Try")
            with pytest.raises(Denied):
                call(verb)
    assert sorted(detail for _, detail in events(club)) == sorted(
        f"{name} needs: {permission_of(verb)}" for name, verb in GUARDED.items()
    )
    assert {who for who, _ in events(club)} == {"Kemi Adeyemi"}
    after = club.facts()
    assert (after.children, after.activities, after.marks) == (before.children, before.activities, before.marks)
    assert club.read(verify_chain) == []


def test_a_refusal_within_another_call_is_journaled_once(club: Club) -> None:
    with acting(club, Role.SESSIONAL), pytest.raises(Denied):
        club.write(lambda _: club.read(GUARDED["reports.figures.figures"]), "Look while writing")
    assert len(events(club)) == 1


def test_a_refusal_takes_back_what_its_unit_had_written(club: Club) -> None:
    def two_things(uow: UnitOfWork) -> None:
        a_child(uow)
        people_service.add_family(uow, {})

    with acting(club, Role.SESSIONAL), pytest.raises(Denied):
        club.write(two_things, "Two things")
    assert club.read(people.children) == ()
    assert len(events(club)) == 1


def test_without_its_guard_the_very_same_call_goes_through(club: Club) -> None:
    """So that it is the guard which refuses, and nothing else."""
    with acting(club, Role.SESSIONAL):
        with pytest.raises(Denied, match="may not edit families"):
            club.write(lambda uow: people_service.add_family(uow, {"address": "1 Quay"}), "Add")
        bare = inspect.unwrap(people_service.add_family)
        club.write(lambda uow: bare(uow, {"address": "1 Quay"}), "Add")
    assert len(events(club)) == 1


def test_refusals_are_journaled_from_threads_that_read(club: Club) -> None:
    """Each from a thread of its own, and each another one: what is the same is counted (see test_refusals)."""
    names = sorted(name for name, verb in GUARDED.items() if permission_of(verb) == Permission.SEE_FAMILIES)[:6]

    def look(name: str) -> None:
        with suppress(Denied):
            club.read(GUARDED[name])

    with acting(club, Role.SESSIONAL):
        threads = [Thread(target=look, args=(name,)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(events(club)) == [("Kemi Adeyemi", f"{name} needs: see families") for name in names]
    assert club.read(verify_chain) == []


@pytest.mark.file_only
def test_refusals_are_journaled_by_a_copy_that_only_looks_beside_one_that_writes(club: Club) -> None:
    looking = open_club(club.path, PASSPHRASE, device=DEVICE, clock=club.clock, ids=seeded_ids(9), looking=True)
    try:
        with acting(looking, Role.SESSIONAL), pytest.raises(Denied):
            looking.read(GUARDED["reports.figures.figures"])
    finally:
        looking.close()
    put(club, a_child)
    assert events(club) == [("Kemi Adeyemi", "reports.figures.figures needs: see reports")]
    assert club.read(verify_chain) == []


def test_a_refusal_stands_where_it_cannot_be_written_down(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(club._store, "noting", full)
    with acting(club, Role.SESSIONAL), pytest.raises(Denied):
        club.read(GUARDED["reports.figures.figures"])
    assert events(club) == []


@pytest.mark.file_only
def test_a_copy_of_the_club_is_put_back_or_taken_away_by_a_manager_alone(club: Club, tmp_path: Path) -> None:
    kept = club.save_copy(tmp_path / "kept.breather-backup").path
    for role in (Role.SESSIONAL, Role.LEAD, Role.SAFEGUARDING):
        with acting(club, role):
            with pytest.raises(Denied, match="may not restore and move the club file"):
                club.save_copy(tmp_path / "away.breather-backup")
            with pytest.raises(Denied):
                club.restored_from(kept)
    assert not (tmp_path / "away.breather-backup").exists()
    assert len(events(club)) == 3  # one for each of them: the second of a minute is counted


# --- the guard itself --------------------------------------------------------------------------------------------


def test_only_the_call_made_first_is_asked_and_the_next_one_again() -> None:
    @guarded("see families")
    def inner(uow: UnitOfWork) -> str:
        return uow.verb

    @guarded("see the day")
    def outer(uow: UnitOfWork) -> str:
        return inner(uow)

    uow = no_database(Role.SESSIONAL)
    assert outer(uow).endswith("outer")
    assert uow.verb == ""
    with pytest.raises(Denied, match="may not see families"):
        inner(uow)


def test_the_guard_is_back_after_something_went_wrong() -> None:
    @guarded("see the day")
    def failing(uow: UnitOfWork) -> None:
        raise BadInput("No.")

    uow = no_database(Role.SESSIONAL)
    with pytest.raises(BreatherError):
        failing(uow)
    with pytest.raises(Denied):
        inside_only(lambda uow: None)(uow)


def test_a_requirement_inside_asks_always() -> None:
    @guarded("see the day")
    def countersign(uow: UnitOfWork) -> None:
        uow.require(Permission.GO_AHEAD, who_can(Permission.GO_AHEAD))

    with pytest.raises(Denied) as refused:
        countersign(no_database(Role.LEAD))
    assert refused.value.what == "Kemi Adeyemi may not go ahead anyway."
    assert refused.value.next_step == "Ask a manager to do it, or a manager to change your role."
    countersign(no_database(Role.MANAGER))


def test_who_is_held_to_one_activity_is_refused_another() -> None:
    uow = UnitOfWork(Session(), person(Role.SESSIONAL, activity=UUID(int=5)), CLOCK, seeded_ids(3))
    for name in ("register", "collection_today", "sheets"):
        with pytest.raises(Denied) as refused:
            GUARDED[f"registers.queries.{name}"](uow, UUID(int=6))
        assert refused.value.permission == "other activities"
    with pytest.raises(Denied):
        GUARDED["registers.service.close_day"](uow, UUID(int=6))


def test_no_role_sees_concerns_but_the_safeguarding_leads() -> None:
    assert [role for role in Role if Permission.CONCERNS in permissions_of(role)] == [Role.SAFEGUARDING]
    assert [role for role in Role if Permission.GO_AHEAD in permissions_of(role)] == [Role.MANAGER]
