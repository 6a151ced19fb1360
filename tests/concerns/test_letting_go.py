"""How long sealed concerns are kept, and that one which goes leaves nothing behind, whatever key one holds."""

import base64
import json
from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from models.access.rules import Role
from models.bootstrap import Club, Place, UnitOfWork
from models.concerns import queries, service
from models.concerns.key import NoKey
from models.concerns.rules import Facts
from models.concerns.sealing import NONCE_BYTES, seal, unseal
from models.history import service as history
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import BadInput, Damaged, Denied, NotFound, Refused, Stale
from models.people.records import ChildRecord
from models.privacy import erasure, holds, retention, sealed
from models.privacy.rules import Keep, WhyDecide, WhyErased, concern_until
from models.storage.erasing import ERASED_LABEL
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.journal_check import verify_chain
from tests.clubs import a_child, a_family, behind_its_back, new_club, put
from tests.concerns.leads import KEY, LeadsClub
from tests.faults.canaries import AsItIs, dumped, raw

OLD_ENOUGH, YOUNG = date(2001, 12, 3), date(2001, 12, 4)  # the clubs of tests live on 3 December 2026
NOTICED = {"noticed_on": date(2014, 3, 1), "told_on": date(2014, 3, 2), "reference": "MASH 4471"}


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


@pytest.fixture
def lead(club: Club) -> LeadsClub:
    return LeadsClub(club)


def child(club: Club, born: date = OLD_ENOUGH, **values: Any) -> UUID:
    return put(club, lambda uow: a_child(uow, "Maryam", "Müller", birth_date=born, **values))


def written(lead: LeadsClub, *, closed: bool = True, **values: Any) -> UUID:
    made: UUID = lead.write(lambda uow: service.write_down(uow, NOTICED | values), "").value
    if closed:
        lead.write(lambda uow: service.close(uow, made, None, date(2014, 5, 1)), "")
    return made


def waiting(lead: LeadsClub) -> list[tuple[UUID, WhyDecide, date | None]]:
    return [(one.id, one.why, one.since) for one in lead.read(sealed.to_decide).values()]


def erase(lead: LeadsClub, concern: UUID) -> None:
    lead.write(lambda uow: sealed.erase_concern(uow, concern, None), "")


def erase_child(club: Club, child_id: UUID) -> None:
    club.write(lambda uow: erasure.erase_child(uow, child_id, WhyErased.TIME_UP, lead_asked=True), "Erased")


@pytest.mark.parametrize(
    ("birth", "noticed", "months", "until"),
    [
        (date(2001, 12, 3), date(2014, 3, 1), 300, date(2026, 12, 3)),
        (date(2004, 2, 29), date(2014, 3, 1), 300, date(2029, 2, 28)),
        (date(2001, 12, 3), date(2014, 3, 1), 360, date(2031, 12, 3)),
        (date(2001, 12, 3), date(2014, 3, 1), 12, date(2026, 12, 3)),
        (None, date(2014, 3, 1), 300, date(2024, 3, 1)),
    ],
)
def test_how_long_a_concern_is_kept(birth: date | None, noticed: date, months: int, until: date) -> None:
    assert concern_until(birth, noticed, months) == until


def test_it_waits_from_the_25th_birthday_on_and_not_a_day_before(club: Club, lead: LeadsClub) -> None:
    grown = written(lead, child_id=child(club))
    written(lead, child_id=child(club, YOUNG))
    assert waiting(lead) == [(grown, WhyDecide.GROWN_UP, date(2026, 12, 3))]


def test_the_club_may_keep_them_longer_and_never_shorter(club: Club, lead: LeadsClub) -> None:
    written(lead, child_id=child(club, YOUNG))
    put(club, lambda uow: retention.set_span(uow, Keep.SAFEGUARDING_FILE, 12))
    assert waiting(lead) == []
    written(lead, child_id=child(club))
    assert len(waiting(lead)) == 1
    put(club, lambda uow: retention.set_span(uow, Keep.SAFEGUARDING_FILE, 12 * 30))
    assert waiting(lead) == []


def test_one_about_no_child_waits_after_ten_years_and_an_open_one_never(club: Club, lead: LeadsClub) -> None:
    old = written(lead)
    written(lead, closed=False)
    written(lead, noticed_on=date(2025, 1, 1), told_on=date(2025, 1, 1), closed=False)
    written(lead, child_id=child(club), closed=False)
    assert waiting(lead) == [(old, WhyDecide.OLD, date(2024, 3, 1))]


@pytest.mark.parametrize("closed", [True, False])
def test_one_whose_child_was_erased_waits_at_once(club: Club, lead: LeadsClub, closed: bool) -> None:
    """Else it would never go: the erased child's row has no date of birth any more."""
    maryam = child(club, date(2019, 3, 14))
    concern = written(lead, child_id=maryam, closed=closed)
    assert waiting(lead) == []
    erase_child(club, maryam)
    assert waiting(lead) == [(concern, WhyDecide.ERASED, date(2026, 12, 3))]
    assert lead.read(queries.concerns)[0].child == ""
    assert maryam not in dict(lead.read(queries.children_to_choose))


def test_one_whose_child_is_no_longer_there_at_all_waits_too(club: Club, lead: LeadsClub) -> None:
    maryam = child(club)
    concern = written(lead, child_id=maryam)
    put(club, lambda uow: uow.remove(uow.get(ChildRecord, maryam)))
    assert waiting(lead) == [(concern, WhyDecide.ERASED, None)]


def test_kept_longer_it_comes_up_again_on_that_day_and_why_is_sealed(club: Club, lead: LeadsClub) -> None:
    concern = written(lead, child_id=child(club))
    again, why = date(2026, 12, 5), "The court asked for it"
    lead.write(lambda uow: service.keep_longer(uow, concern, None, again, why), "")
    assert waiting(lead) == []
    facts = lead.read(lambda uow: queries.concern(uow, concern)).facts
    assert facts is not None
    assert (facts.keep_until, facts.keep_why, facts.reference) == (again, why, "MASH 4471")
    lead.write(lambda uow: service.edit(uow, concern, None, {"reference": "LADO 12"}), "")
    assert waiting(lead) == [], "a change of something else forgets it"
    assert why not in dumped(club)
    club.clock = FixedClock(london_instant(again, time(9)))
    assert [one[0] for one in waiting(lead)] == [concern]


@pytest.mark.parametrize(
    ("until", "why", "field"),
    [
        (date(2026, 12, 3), "Needed", "until"),
        (date(2027, 1, 1), " ", "reason"),
        (date(2027, 1, 1), "x" * 121, "reason"),
    ],
)
def test_longer_needs_a_day_to_come_and_a_short_reason(lead: LeadsClub, until: date, why: str, field: str) -> None:
    concern = written(lead)
    with pytest.raises(BadInput) as wrong:
        lead.write(lambda uow: service.keep_longer(uow, concern, None, until, why), "")
    assert wrong.value.field == field


def test_a_text_sealed_before_this_was_known_opens_still() -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    body = {
        "child": None,
        "noticed": "2026-11-01",
        "told": "2026-11-01",
        "told_at": None,
        "reference": "",
        "closed": None,
    }
    nonce, record_id = b"n" * NONCE_BYTES, UUID(int=7)
    text = nonce + AESGCM(KEY).encrypt(nonce, json.dumps(body).encode(), record_id.bytes)
    assert unseal(KEY, record_id, text) == Facts(None, date(2026, 11, 1), date(2026, 11, 1), None, "", None)


def test_an_erased_one_is_in_no_table_and_no_entry_and_the_chain_is_whole(club: Club, lead: LeadsClub) -> None:
    concern, other = written(lead, child_id=child(club)), written(lead)
    lead.write(lambda uow: service.edit(uow, concern, None, {"reference": "LADO 12"}), "")
    lead.write(lambda uow: service.edit(uow, concern, None, {"reference": "XYLO 9"}), "")
    lead.write(lambda uow: history.undo(uow, AsItIs), "")
    before = said_of(club, concern)
    assert len(before) >= 6
    erase(lead, concern)
    assert said_of(club, concern) == []
    assert not [text for text in before if text in dumped(club)]
    assert [row.id for row in lead.read(queries.concerns)] == [other]
    assert said_of(club, other) != []
    assert club.read(verify_chain) == []


def test_one_about_the_same_child_that_was_taken_back_goes_along(club: Club, lead: LeadsClub) -> None:
    maryam = child(club)
    wrong = written(lead, child_id=maryam, closed=False, reference="CANARY 77")
    lead.write(lambda uow: history.undo(uow, AsItIs), "")
    of_another = written(lead, child_id=child(club, YOUNG), closed=False)
    lead.write(lambda uow: history.undo(uow, AsItIs), "")
    assert lead.read(queries.concerns) == ()
    erase(lead, written(lead, child_id=maryam))
    assert said_of(club, wrong) == []
    assert said_of(club, of_another) != []
    assert club.read(verify_chain) == []


def said_of(club: Club, concern: UUID) -> list[str]:
    """Every sealed text of a concern in the journal."""

    def read(uow: UnitOfWork) -> list[str]:
        entries = uow.session.scalars(select(EntryRecord).where(EntryRecord.record_id == concern))
        sides = [side for entry in entries for side in (entry.before, entry.after) if side]
        return [side["sealed"] for side in sides if "sealed" in side]

    return club.read(read)


@pytest.mark.file_only  # looks at every page of the file
def test_neither_the_key_of_the_file_nor_that_of_concerns_finds_a_trace(club: Club, lead: LeadsClub) -> None:
    """With both keys and every byte of the decrypted file: no sealed text of it is left to open, nor a part of one."""
    concern, other = written(lead, child_id=child(club)), written(lead)
    lead.write(lambda uow: service.edit(uow, concern, None, {"reference": "CANARY 77"}), "")
    assert {one.reference for one in opened(club, concern)} == {"MASH 4471", "CANARY 77"}
    texts = said_of(club, concern)
    assert parts_in(raw(club), texts) != []
    erase(lead, concern)
    assert opened(club, concern) == []
    assert parts_in(raw(club), texts) == []
    assert opened(club, other) != [], "the look itself works"
    assert club.read(verify_chain) == []


def parts_in(whole: bytes, texts: list[str]) -> list[bytes]:
    """Parts of the sealed texts, as bytes or as the journal writes them: a part can be opened without the rest."""
    sides = [side for text in texts for side in (text.encode(), base64.b64decode(text))]
    parts = {side[at : at + 24] for side in sides for at in range(0, len(side) - 24, 24)}
    return [part for part in parts if part in whole]


def opened(club: Club, concern: UUID) -> list[Facts]:
    """What the key of concerns opens of it anywhere in the file: as bytes in a page, or as the journal writes them."""
    whole, size = raw(club), len(seal(KEY, concern, Facts(None, date(2026, 1, 1), date(2026, 1, 1), None, "", None)))
    found = {unseal(KEY, concern, text) for text in _journaled(whole, size)}
    found |= {unseal(KEY, concern, text) for text in _in_rows(whole, size)}
    return [facts for facts in found if facts is not None]


def _journaled(whole: bytes, size: int) -> Iterator[bytes]:
    letters = len(base64.b64encode(b"x" * size))
    marker = b'"sealed": "'
    at = whole.find(marker)
    while at >= 0:
        start = at + len(marker)
        yield base64.b64decode(whole[start : start + letters].ljust(letters, b"A"), validate=False)
        at = whole.find(marker, start)


def _in_rows(whole: bytes, size: int) -> Iterator[bytes]:
    return (whole[at : at + size] for at in range(len(whole) - size))


VERBS: list[Callable[[UnitOfWork, UUID], object]] = [
    lambda uow, _: sealed.to_decide(uow),
    lambda uow, concern: sealed.erase_concern(uow, concern, None),
    lambda uow, concern: service.keep_longer(uow, concern, None, date(2030, 1, 1), "Needed"),
]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD, Role.SESSIONAL])
def test_nobody_but_a_lead_may_even_with_the_key_in_hand(
    club: Club, lead: LeadsClub, verb: Callable[[UnitOfWork, UUID], object], role: Role
) -> None:
    concern = written(lead)
    with pytest.raises(Denied):
        LeadsClub(club, KEY, role).write(lambda uow: verb(uow, concern), "")
    with pytest.raises(NoKey):
        LeadsClub(club, None).write(lambda uow: verb(uow, concern), "")
    assert len(waiting(lead)) == 1


def test_what_does_not_wait_or_is_open_is_not_erased(club: Club, lead: LeadsClub) -> None:
    young, maryam = written(lead, child_id=child(club, YOUNG)), child(club)
    still_open = written(lead, child_id=maryam, closed=False)
    with pytest.raises(NotFound, match="does not wait"):
        erase(lead, young)
    erase_child(club, maryam)
    with pytest.raises(BadInput, match="still open"):
        erase(lead, still_open)
    version = lead.read(lambda uow: queries.concern(uow, still_open)).version
    lead.write(lambda uow: service.close(uow, still_open, None, date(2026, 12, 3)), "")
    with pytest.raises(Stale):
        lead.write(lambda uow: sealed.erase_concern(uow, still_open, version), "")
    erase(lead, still_open)
    with pytest.raises(NotFound):
        erase(lead, still_open)


@pytest.mark.parametrize("sibling", [False, True])
def test_a_legal_hold_on_the_child_or_the_family_stops_it(club: Club, lead: LeadsClub, sibling: bool) -> None:
    home = put(club, a_family)
    maryam = child(club, family_id=home)
    concern, apart = written(lead, child_id=maryam), written(lead)
    held = put(club, lambda uow: a_child(uow, "Ottilie", "Müller", home)) if sibling else maryam
    hold = put(club, lambda uow: holds.place_hold(uow, held, "A claim about a fall"))
    assert {one.id: one.held for one in lead.read(sealed.to_decide).values()} == {concern: True, apart: False}
    with pytest.raises(Refused, match="legal hold"):
        erase(lead, concern)
    assert len(lead.read(queries.concerns)) == 2
    put(club, lambda uow: holds.lift_hold(uow, hold, None, "Settled"))
    erase(lead, concern)


def test_that_it_was_done_is_written_down_and_names_nobody(club: Club, lead: LeadsClub) -> None:
    maryam = child(club)
    erase(lead, written(lead, child_id=maryam))

    def labels(uow: UnitOfWork) -> list[str]:
        return list(uow.session.scalars(select(ChangeRecord.label).order_by(ChangeRecord.number)))

    assert club.read(labels)[-3:] == [ERASED_LABEL, ERASED_LABEL, sealed.ERASED]
    newest = select(EntryRecord.table_name, EntryRecord.after).order_by(EntryRecord.number.desc()).limit(1)
    table, said = club.read(lambda uow: tuple(uow.session.execute(newest).one()))
    assert table == "journal_erasure"
    for secret in ("Maryam", str(maryam), "MASH"):
        assert secret not in json.dumps(said)


def test_it_cannot_be_undone_nor_what_was_done_to_it_before(club: Club, lead: LeadsClub) -> None:
    put(club, lambda uow: a_child(uow, "Alfie", "Bates"), "Added Alfie")
    erase(lead, written(lead))
    assert lead.read(history.undoable) != sealed.ERASED
    assert lead.read(history.undoable) not in (service.WRITTEN, service.CLOSED, ERASED_LABEL)


@pytest.mark.file_only  # alters the file past the club
def test_from_a_journal_that_was_altered_nothing_is_erased(club: Club, lead: LeadsClub) -> None:
    concern = written(lead)
    behind_its_back(club, "UPDATE journal_entry SET after = '{}' WHERE table_name = 'concern' AND before IS NULL")
    with pytest.raises(Damaged):
        erase(lead, concern)
    assert len(lead.read(queries.concerns)) == 1


@pytest.mark.file_only  # a server’s backups are the server’s
def test_a_restore_brings_it_back_and_it_waits_again(club: Club, lead: LeadsClub, tmp_path: Path) -> None:
    concern = written(lead, child_id=child(club))
    made = club.back_up(Place(tmp_path / "backups"))
    erase(lead, concern)
    back = LeadsClub(club.restored_from(made.path))
    assert [one[0] for one in waiting(back)] == [concern]
    erase(back, concern)
    assert back.read(queries.concerns) == ()
    assert back.club.read(verify_chain) == []
    back.club.close()


@pytest.mark.file_only  # as above
def test_when_the_last_backup_with_it_goes_is_said_as_for_a_child(club: Club, tmp_path: Path) -> None:
    assert sealed.backups_gone_by([]) is None
    made = club.back_up(Place(tmp_path / "backups"))
    assert sealed.backups_gone_by([made.made_at]) == date(2027, 12, 4)


def test_erasing_a_child_says_who_decides_about_concerns(club: Club) -> None:
    stays = club.read(lambda uow: erasure.preview_erasure(uow, child(club))).stays
    assert stays[-1].startswith("Sealed concerns, if there are any: only the safeguarding lead can see and erase")
