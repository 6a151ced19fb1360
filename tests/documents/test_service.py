"""Paper made from a club file: what stands on it, what never does, and what is noted about it."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from uuid import UUID

import pytest

from models.access.permissions import Permission
from models.access.rules import Role
from models.bootstrap import Club, UnitOfWork
from models.consents import queries as consent_queries
from models.consents import service as consents
from models.consents.rules import ConsentKind, ConsentState
from models.documents import facts, queries, service, wording
from models.documents.service import Made, make
from models.kernel.actor import Actor
from models.kernel.errors import BadInput, Denied, NotFound, Stale
from models.people.records import ChildRecord
from models.people.rules import ChildStatus, CollectorKind, ContactKind
from models.programme import queries as programme
from models.programme.rules import ActivityKind, ActivityStatus, BookingStatus, ChoreKind, DutyRole
from models.registers import queries as registers
from models.registers import service as registers_service
from models.transport.rules import Direction
from tests import clubs
from tests.documents import paper

TRIP_DAY = date(2026, 12, 22)
SECRETS = (
    "penguin", "Samuel Roberts", "court order", "Mental ill health", "Mum cares", "St Saviour referral",
    "social worker", "9 Far Street", "SE99 9ZZ",
)  # fmt: skip


class Family:
    """A club on Saturday, a pantomime by minibus, and children whose records hold all that must not be printed."""

    club_day: UUID
    trip: UUID
    niamh: UUID
    rory: UUID
    zoe: UUID
    emre: UUID
    denise: UUID

    def __init__(self, uow: UnitOfWork) -> None:
        self._people(uow)
        self._activities(uow)
        for child in (self.niamh, self.rory):
            clubs.a_booking(uow, self.club_day, child)
        for child in (self.niamh, self.zoe):
            clubs.a_booking(uow, self.trip, child)
        clubs.a_booking(uow, self.trip, self.rory, status=BookingStatus.WAITING, position=1)
        granted = {"state": ConsentState.GRANTED, "signed_on": date(2026, 9, 1)}
        for child in (self.niamh, self.rory, self.zoe):
            clubs.a_consent(uow, child, ConsentKind.SAFEGUARDING, **granted)
        clubs.a_consent(uow, self.niamh, ConsentKind.TRIP, **granted)
        clubs.a_consent(uow, self.niamh, ConsentKind.PHOTOS, state=ConsentState.REFUSED, ended_on=date(2026, 9, 1))

    def _people(self, uow: UnitOfWork) -> None:
        home = clubs.a_family(uow, address="4 Willow Lane", postcode="SE13 4HU", notes="Known to a social worker")
        far = clubs.a_family(uow, address="9 Far Street", postcode="SE99 9ZZ")
        private = {
            "cares_for": "Mum cares", "condition_category": "Mental ill health", "referred_by": "St Saviour referral",
            "notes": "Known to a social worker",
        }  # fmt: skip
        self.niamh = clubs.a_child(
            uow, "Niamh", "Walker", home, known_as="Nee", allergies="Peanuts - carries EpiPen; Egg", medical="Asthma",
            medicine_expires=date(2027, 3, 31), medicine_kept="Red bag", diet="Halal", height_cm=118,
            gp="Meadow Surgery", **private,
        )  # fmt: skip
        self.rory = clubs.a_child(uow, "Rory", "Walker", far, **private)
        self.zoe = clubs.a_child(uow, "Zoë", "Adeyemi", one_to_one=1, **private)
        self.emre = clubs.a_child(uow, "Emre", "Yılmaz", **private)
        clubs.a_child(uow, "Gone", "Away", status=ChildStatus.CLOSED)
        clubs.a_contact(uow, home, "Finn Walker", phone="07700 900856", other_phone="020 7946 0991")
        clubs.a_contact(uow, home, "Samuel Roberts", kind=ContactKind.EMERGENCY, call_order=2)
        clubs.a_contact(uow, home, "Leila Sivakumar", kind=ContactKind.EMERGENCY, call_order=3, phone="07700 900650")
        clubs.a_collector(uow, self.niamh, "Leila Sivakumar", password="penguin")
        clubs.a_collector(uow, self.niamh, "Samuel Roberts", kind=CollectorKind.MUST_NOT, reason="court order")

    def _activities(self, uow: UnitOfWork) -> None:
        self.denise = clubs.an_adult(uow, "Denise Achebe", mobile="07700 900534")
        driver, helper = clubs.a_driver(uow, "Bert Olsen"), clubs.an_adult(uow, "Shreya Raman")
        hall = clubs.a_venue(uow)
        confirmed = {"status": ActivityStatus.CONFIRMED, "lead_id": self.denise, "venue_id": hall}
        self.club_day = clubs.an_activity(uow, **confirmed)
        self.trip = clubs.an_activity(
            uow, "Pantomime: “Aladdin”", TRIP_DAY, kind=ActivityKind.TRIP, by_minibus=True, meeting_place="Ringway",
            lead_id=self.denise, venue_id=clubs.a_venue(uow, "Broadway Theatre", address="Catford", postcode="SE6 4RU"),
            risk_notes="Crossing the road\nCrowded foyer",
        )  # fmt: skip
        for activity in (self.club_day, self.trip):
            clubs.a_duty(uow, activity, self.denise, role=DutyRole.LEAD)
        clubs.a_duty(uow, self.trip, driver, role=DutyRole.DRIVER)
        clubs.a_duty(uow, self.trip, helper, role=DutyRole.ONE_TO_ONE, one_to_one_child_id=self.zoe)
        bus = clubs.a_vehicle(uow)
        for way, leaves, arrives in ((Direction.OUT, time(9), time(9, 40)), (Direction.BACK, time(15), time(15, 45))):
            leg = clubs.a_leg(uow, self.trip, bus, direction=way, departs=leaves, arrives=arrives, driver_id=driver)
            clubs.a_seat(uow, leg, child_id=self.niamh, booster=True)
            clubs.a_seat(uow, leg, child_id=self.zoe)
            clubs.a_seat(uow, leg, adult_id=helper)


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = clubs.new_club(tmp_path)
    yield made
    made.close()


@pytest.fixture
def known(club: Club) -> Family:
    return clubs.put(club, Family)


def text_of(made: Made) -> str:
    return " ".join(" ".join(paper.read(made.pdf)).split())


def pages_of(made: Made) -> list[str]:
    return [" ".join(page.split()) for page in paper.read(made.pdf)]


def test_a_consent_pack_for_a_trip_has_a_form_for_every_place(club: Club, known: Family) -> None:
    made = club.read(lambda uow: make(uow, "consent-pack", known.trip))
    said = text_of(made)
    assert made.sheets == 2
    for words in ("Niamh (Nee) Walker", "Zoë Adeyemi", "4 Willow Lane", "SE13 4HU", "Finn Walker", "07700 900856",
                  "Leila Sivakumar", "Peanuts - carries EpiPen", "Our record says: No", "Broadway Theatre, Catford",
                  "Ringway at 09:00", "15:45", "by Friday 18 December 2026", "31/03/2027"):  # fmt: skip
        assert words in said, words
    assert "Rory" not in said  # waiting, and of another household
    assert made.title == "Consent pack, Pantomime “Aladdin”, 22 Dec 2026"


@pytest.mark.parametrize("which", ["trip", "club", "family", "outstanding"])
def test_a_consent_pack_never_holds_what_is_nobody_elses(club: Club, known: Family, which: str) -> None:
    made = club.read(
        lambda uow: {
            "trip": lambda: make(uow, "consent-pack", known.trip),
            "club": lambda: make(uow, "consent-pack", known.club_day),
            "family": lambda: make(uow, "consent-pack", None, [known.niamh]),
            "outstanding": lambda: make(uow, "consent-pack"),
        }[which]()
    )
    for page in pages_of(made):
        secrets = [words for words in SECRETS if words in page]
        if "Rory Walker" in page:  # the other household's form has its own address
            secrets = [words for words in secrets if words not in ("9 Far Street", "SE99 9ZZ")]
            assert "4 Willow Lane" not in page
        assert not secrets


@pytest.mark.parametrize("what", ["trip-pack", "manifest", "contacts", "register"])
def test_no_other_paper_holds_what_is_nobody_elses(club: Club, known: Family, what: str) -> None:
    said = text_of(club.read(lambda uow: make(uow, what, known.trip)))
    assert not [words for words in SECRETS if words in said]


def test_outstanding_asks_whoever_lacks_a_needed_consent(club: Club, known: Family) -> None:
    """Niamh has both; Zoë lacks the trip's; Rory has what the club needs; Emre has no place and nothing signed."""
    pages = pages_of(club.read(lambda uow: make(uow, "consent-pack")))
    forms = {page.split(" Dear")[0] for page in pages}
    assert {name for name in ("Niamh", "Zoë", "Rory", "Emre", "Gone") if name in " ".join(forms)} == {"Zoë", "Emre"}
    letter = next(page for page in pages if "Emre" in page and "Dear" in page)
    assert "when there is a place" in letter
    assert "looking forward" not in letter


def test_a_consent_grown_old_is_asked_for_again(club: Club, known: Family) -> None:
    def age(uow: UnitOfWork) -> None:
        old = consent_queries.consent(uow, known.niamh, ConsentKind.TRIP)
        assert old is not None
        consents.edit(uow, known.niamh, ConsentKind.TRIP, old.version, {"signed_on": date(2025, 9, 1)})

    clubs.put(club, age)
    assert "Niamh (Nee) Walker" in text_of(club.read(lambda uow: make(uow, "consent-pack")))


def test_a_family_is_asked_about_the_next_day_it_has_a_place(club: Club, known: Family) -> None:
    made = club.read(lambda uow: make(uow, "consent-pack", None, [known.niamh]))
    assert "Saturday 5 December 2026" in text_of(made)
    assert made.title == "Consent pack"
    about_the_trip = club.read(lambda uow: make(uow, "consent-pack", known.trip, [known.niamh]))
    assert "Tuesday 22 December 2026" in text_of(about_the_trip)
    assert about_the_trip.sheets == 1


def test_a_household_is_its_active_children(club: Club, known: Family) -> None:
    def add(uow: UnitOfWork) -> UUID:
        home = uow.get(ChildRecord, known.niamh).family_id
        clubs.a_child(uow, "Old", "Walker", home, status=ChildStatus.CLOSED)
        return clubs.a_child(uow, "Ada", "Walker", home)

    ada = clubs.put(club, add)
    assert set(club.read(lambda uow: queries.household(uow, known.niamh))) == {known.niamh, ada}


def test_printed_consents_can_be_noted_as_asked_today(club: Club, known: Family) -> None:
    made = club.read(lambda uow: make(uow, "consent-pack", known.trip))
    ((kinds, children),) = made.asked
    assert set(kinds) == set(ConsentKind)
    assert set(children) == {known.niamh, known.zoe}
    clubs.put(club, lambda uow: service.consent_pack_printed(uow, children, kinds))
    zoe = club.read(lambda uow: consent_queries.consent(uow, known.zoe, ConsentKind.TRIP))
    niamh = club.read(lambda uow: consent_queries.consent(uow, known.niamh, ConsentKind.TRIP))
    assert zoe is not None
    assert niamh is not None
    assert (zoe.state, zoe.asked_on) == (ConsentState.ASKED, clubs.THURSDAY)
    assert (niamh.state, niamh.asked_on) == (ConsentState.GRANTED, clubs.THURSDAY)


def test_a_register_carries_the_number_it_is_keyed_back_by(club: Club, known: Family) -> None:
    unnumbered = club.read(lambda uow: make(uow, "register", known.club_day))
    assert "Not numbered" in text_of(unnumbered)
    sheet = clubs.put(club, lambda uow: service.register_printed(uow, known.club_day))
    made = club.read(lambda uow: make(uow, "register", known.club_day))
    assert made.sheet_id == sheet.id
    assert "5 Dec 2026, number 1" in text_of(made)
    children = [line.child_id for line in club.read(lambda uow: registers.register(uow, known.club_day)).children]
    assert list(sheet.rows) == children
    assert "1 Nee Walker See lead" in text_of(made)


def test_the_same_rows_printed_again_are_the_same_sheet_and_others_a_new_one(club: Club, known: Family) -> None:
    first = clubs.put(club, lambda uow: service.register_printed(uow, known.club_day))
    assert clubs.put(club, lambda uow: service.register_printed(uow, known.club_day)).id == first.id
    clubs.put(club, lambda uow: clubs.a_booking(uow, known.club_day, known.emre))
    made = clubs.put(club, lambda uow: service.make_and_note(uow, "register", known.club_day))
    assert "number 2" in text_of(made)
    assert [sheet.number for sheet in club.read(lambda uow: registers.sheets(uow, known.club_day))] == [1, 2]


def test_make_and_note_makes_the_others_as_make_does(club: Club, known: Family) -> None:
    noted = clubs.put(club, lambda uow: service.make_and_note(uow, "contacts", known.club_day))
    assert noted.pdf == club.read(lambda uow: make(uow, "contacts", known.club_day)).pdf


def test_the_contact_sheet_rings_in_order_and_says_see_lead(club: Club, known: Family) -> None:
    said = text_of(club.read(lambda uow: make(uow, "contacts", known.club_day)))
    assert "See the lead first" in said
    assert said.index("1. Finn Walker") < said.index("2. Leila Sivakumar")
    assert said.count("07700 900650") == 1  # among those to ring, not again among those who collect


def test_a_bracket_stands_in_no_bracket() -> None:
    gran = facts.Adult("Finn Walker", "Gran (special guardian)", ("020 7946 0991",))
    assert wording.person(gran).replace("\u00a0", " ") == "Finn Walker, Gran (special guardian): 020 7946 0991"


def test_the_bus_list_has_a_page_for_each_journey(club: Club, known: Family) -> None:
    made = club.read(lambda uow: make(uow, "manifest", known.trip))
    out, back = pages_of(made)
    assert made.sheets == 2
    for words in ("Journey out", "HY26 ABC", "Bert Olsen", "Shreya Raman", "Ringway at 09:00", "Broadway Theatre",
                  "Nee Walker", "See lead", "1 booster"):  # fmt: skip
        assert words in out, words
    assert "Broadway Theatre at 15:00" in back


def test_before_journeys_are_planned_the_bus_list_is_to_fill_in_by_hand(club: Club, known: Family) -> None:
    trip = clubs.put(club, lambda uow: clubs.an_activity(uow, "Farm", kind=ActivityKind.TRIP, by_minibus=True))
    with pytest.raises(BadInput, match="No child has a place"):
        club.read(lambda uow: make(uow, "manifest", trip))
    for child in (known.niamh, known.zoe):
        clubs.put(club, lambda uow, child=child: clubs.a_booking(uow, trip, child))
    out, back = pages_of(club.read(lambda uow: make(uow, "manifest", trip)))
    for words in ("Journey out", "Driver", "Passenger assistants", "Nee Walker", "Zoë Adeyemi", "Booster"):
        assert words in out, words
    assert "Journey back" in back
    hall = clubs.put(club, lambda uow: clubs.an_activity(uow, "Party"))
    with pytest.raises(BadInput, match="No journey is planned for Party"):
        club.read(lambda uow: make(uow, "manifest", hall))


def test_a_trip_pack_in_numbered_copies(club: Club, known: Family) -> None:
    made = club.read(lambda uow: make(uow, "trip-pack", known.trip, holders=["Denise Achebe", "  ", "Shreya"]))
    said = text_of(made)
    assert made.holders == ("Denise Achebe", "Shreya")
    for words in ("Copy 1 of 2: Denise Achebe", "Copy 2 of 2: Shreya", "07700 900534", "Crowded foyer",
                  "Trips and minibus", "Not asked: Zoë Adeyemi", "Kept: Red bag", "Food: Halal"):  # fmt: skip
        assert words in said, words
    leaders = [page for page in pages_of(made) if "Leader’s copy only" in page]
    assert len(leaders) == 1
    assert "Copy 1 of 2" in leaders[0]
    ids = clubs.put(club, lambda uow: service.packs_sent_out(uow, known.trip, made.holders))
    again = club.read(lambda uow: make(uow, "trip-pack", known.trip))
    assert len(ids) == 2
    assert "Copy 3 of 4: Denise Achebe" in text_of(again)
    assert again.holders == ("Denise Achebe", "Base")


def test_the_safeguarding_lead_stands_on_the_pack_or_a_line_to_write_on(club: Club, known: Family) -> None:
    """Who signs in as safeguarding lead, with the mobile the team list has of somebody of that name."""
    before = pages_of(club.read(lambda uow: make(uow, "trip-pack", known.trip)))
    assert "Safeguarding lead This pack" in before[0], "a line to write on"
    assert club.account is not None
    club.set_roles(club.account.id, role=Role.MANAGER, safeguarding=True)  # made without a name, as the sample club is
    assert "Safeguarding lead This pack" in pages_of(club.read(lambda uow: make(uow, "trip-pack", known.trip)))[0]
    club.add_person("shreya raman", "oddly-silver-kettle-barn", role=None, safeguarding=True)
    clubs.put(club, lambda uow: clubs.an_adult(uow, "Shreya Raman", mobile="07700 900777", left_on=date(2026, 1, 1)))
    clubs.put(club, lambda uow: clubs.an_adult(uow, "Bola Both", mobile="07700 900535"))
    cover = pages_of(club.read(lambda uow: make(uow, "trip-pack", known.trip)))[0]
    assert "Safeguarding lead shreya raman" in cover
    assert "07700 900777" not in cover, "who left is not rung"
    club.add_person("Bola Both", "oddly-silver-kettle-barn", role=Role.LEAD, safeguarding=True)
    cover = pages_of(club.read(lambda uow: make(uow, "trip-pack", known.trip)))[0]
    assert "Safeguarding lead Bola Both: 07700 900535 or shreya raman" in cover


def test_printing_the_paper_a_day_needs_ticks_that_off(club: Club, known: Family) -> None:
    clubs.put(club, lambda uow: service.packs_printed(uow, "contacts", known.club_day))
    clubs.put(club, lambda uow: service.packs_printed(uow, "register", known.trip))
    assert club.read(lambda uow: programme.chores(uow, [known.club_day, known.trip])) == ()
    clubs.put(club, lambda uow: service.packs_printed(uow, "register", known.club_day))
    clubs.put(club, lambda uow: service.packs_printed(uow, "trip-pack", known.trip))
    done = club.read(lambda uow: programme.chores(uow, [known.club_day, known.trip]))
    assert {(chore.activity_id, chore.kind) for chore in done} == {
        (known.club_day, ChoreKind.PRINTED),
        (known.trip, ChoreKind.PRINTED),
    }


def test_groups_pair_one_to_one_and_leave_room_for_the_others(club: Club, known: Family) -> None:
    pages = pages_of(club.read(lambda uow: make(uow, "trip-pack", known.trip)))
    day = next(page for page in pages if "Groups" in page)
    assert "Shreya Raman Zoë Adeyemi 1" in day
    assert "Write each child beside the adult" in day
    assert "Bert Olsen" not in day  # he drives


def test_copies_go_out_come_back_and_are_shredded(club: Club, known: Family) -> None:
    first, second = clubs.put(club, lambda uow: service.packs_sent_out(uow, known.trip, ["Denise", "Base"]))
    clubs.put(club, lambda uow: service.copy_back(uow, first, 1))
    clubs.put(club, lambda uow: service.copy_shredded(uow, second, 1))
    copies = club.read(lambda uow: queries.copies(uow, known.trip))
    now = club.clock.now()
    assert [(one.number, one.holder, one.out_at, one.back_at, one.shredded_at) for one in copies] == [
        (1, "Denise", now, now, None),
        (2, "Base", now, None, now),
    ]
    clubs.put(club, lambda uow: service.copy_shredded(uow, first))
    for verb in (service.copy_back, service.copy_shredded):
        with pytest.raises(BadInput, match="already"):
            clubs.put(club, lambda uow, verb=verb: verb(uow, first))
    with pytest.raises(Stale):
        clubs.put(club, lambda uow: service.copy_back(uow, second, 1))


@pytest.mark.parametrize("holders", [[], ["  "], [f"Adult {number}" for number in range(13)], ["x" * 81]])
def test_copies_need_sensible_holders(club: Club, known: Family, holders: list[str]) -> None:
    with pytest.raises(BadInput):
        clubs.put(club, lambda uow: service.packs_sent_out(uow, known.trip, holders))


def test_nothing_to_print_is_said(club: Club, known: Family) -> None:
    empty = clubs.put(club, lambda uow: clubs.an_activity(uow, "Empty", date(2026, 12, 30)))
    for what in ("consent-pack", "trip-pack", "manifest", "contacts"):
        with pytest.raises(BadInput):
            club.read(lambda uow, what=what: make(uow, what, empty))
    with pytest.raises(BadInput, match="Choose an activity"):
        club.read(lambda uow: make(uow, "register"))
    with pytest.raises(BadInput, match="poster"):
        club.read(lambda uow: make(uow, "poster", empty))
    with pytest.raises(NotFound):
        club.read(lambda uow: make(uow, "register", known.niamh))
    assert "Not numbered" in text_of(club.read(lambda uow: make(uow, "register", empty)))


def test_making_can_be_followed_and_stopped(club: Club, known: Family) -> None:
    heard: list[tuple[int, int, str]] = []

    def step(done: int, total: int, words: str) -> None:
        heard.append((done, total, words))
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        club.read(lambda uow: make(uow, "consent-pack", known.trip, step=step))
    assert heard[1:] == [(0, 2, "Making form 1 of 2"), (1, 2, "Making form 2 of 2")]


def test_printing_needs_the_permission(club: Club, known: Family) -> None:
    without = frozenset(Permission) - {Permission.PRINT}
    club.actor = Actor(club.actor.id, "Volunteer", without, club.actor.device)
    with pytest.raises(Denied):
        club.read(lambda uow: make(uow, "contacts", known.club_day))
    for verb in (service.register_printed, service.make_and_note, service.consent_pack_printed, service.packs_sent_out,
                 service.copy_back, service.copy_shredded, service.make):  # fmt: skip
        assert vars(verb)["permission"] is Permission.PRINT


def test_keyed_back_rows_are_those_on_the_paper(club: Club, known: Family) -> None:
    """The order on the sheet stays what it was, though the children of the register have changed since."""
    sheet = clubs.put(club, lambda uow: registers_service.print_sheet(uow, known.club_day))
    clubs.put(club, lambda uow: clubs.a_booking(uow, known.club_day, known.zoe))
    kept = club.read(lambda uow: registers.sheet(uow, sheet.id))
    assert kept.rows == sheet.rows
    assert club.read(lambda uow: programme.activity(uow, known.club_day)).booked == 3
