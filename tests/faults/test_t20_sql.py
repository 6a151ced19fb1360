"""T20: words that break out of statements, in every text there is: kept and shown as typed, nothing else moved."""

import random
import re
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, text

from models.bootstrap import Club, UnitOfWork
from models.history.queries import recent, what_changed
from models.people import queries as people
from models.people import service as people_service
from models.search.queries import find
from models.storage.base import Kept
from models.storage.journal import EntryRecord, Fields
from models.storage.journal_check import verify_chain
from tests.clubs import a_child, a_venue, an_activity, an_adult, new_club, put, reopen
from tests.faults.anything import Maker, Text, kinds_with_text
from tests.faults.conftest import Amount, Figures
from tests.faults.payloads import payloads


def everything(uow: UnitOfWork, words: str) -> list[Text]:
    """One of each record, with these words in it."""
    maker = Maker(uow, int(re.match(r"\d+", words)[0]))  # type: ignore[index]  # each begins with its number
    return [one for kind in kinds_with_text() for one in maker.make(kind, words)]


def counts(club: Club) -> dict[str, int]:
    return dict(club.facts().tables)


def wrong(club: Club, made: list[Text]) -> list[Text]:
    """What the store has otherwise than it was put in."""

    def ask(uow: UnitOfWork) -> list[Text]:
        kept: dict[UUID, Kept] = {}
        for kind in {one.kind for one in made}:
            kept |= {row.id: row for row in uow.session.scalars(select(kind))}
        return [one for one in made if getattr(kept[one.record_id], one.column) != one.words]

    return club.read(ask)


def test_every_text_of_every_record_is_kept_as_typed(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    club = new_club(tmp_path)
    kinds, before, made = kinds_with_text(), set(counts(club)), []
    for words in payloads(amount(40, 200), rng):
        made += put(club, lambda uow, words=words: everything(uow, words), words)
    club = reopen(club)
    assert wrong(club, made) == []
    assert set(counts(club)) == before
    rows = counts(club)
    assert [kind.__tablename__ for kind in kinds if rows[kind.__tablename__] < amount(40, 200)] == []
    assert club.faults() == []
    assert club.read(verify_chain) == []
    said = {(record, name): value for record, after in journaled(club) for name, value in (after or {}).items()}
    assert [one for one in made if said[one.record_id, one.column] != one.words] == [], "the journal says it too"
    columns = {(one.kind.__tablename__, one.column) for one in made}
    figures.say(f"SQL payloads in each of {len(columns)} text columns", len(made), "0 not as typed, tables intact")
    club.close()


def as_typed(words: str) -> str:
    """A field of one line."""
    return " ".join(words.split())


def journaled(club: Club) -> list[tuple[UUID, Fields | None]]:
    question = select(EntryRecord.record_id, EntryRecord.after)
    return club.read(lambda uow: [(record, after) for record, after in uow.session.execute(question)])


def test_they_are_found_changed_and_listed_as_typed(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    """Through the verbs and questions that screens and the command line use."""
    club = new_club(tmp_path)
    tried = payloads(amount(40, 200), rng)
    for words in tried:
        child = put(club, lambda uow, words=words: a_child(uow, words[:60], words[:60]), words)
        put(club, lambda uow, words=words: (a_venue(uow, words), an_adult(uow, words), an_activity(uow, words)), words)
        changes = {"school": words, "notes": words, "gp": words}
        club.write(lambda uow, c=child, said=changes: people_service.edit_child(uow, c, None, said), words)
        row = club.read(lambda uow, c=child: people.child(uow, c)).child
        assert row.legal_first == words[:60]
        assert {row.school, row.gp} == {as_typed(words)}
        assert row.notes == words, "notes may have several lines"
        assert club.read(lambda uow, words=words: find(uow, words)) is not None
        lines = club.read(lambda uow, c=child: what_changed(uow, c))
        assert lines[0].label == words
    assert counts(club)["child"] == len(tried)
    assert len(club.read(lambda uow: recent(uow, 10_000))) == counts(club)["journal_entry"]
    assert club.faults() == []
    assert club.read(verify_chain) == []
    figures.say("SQL payloads typed into forms, search and history", len(tried), "0 not as typed")
    club.close()


def test_put_into_a_statement_as_text_they_do_harm(tmp_path: Path, rng: random.Random) -> None:
    """The guard is that no statement is put together from words: the same words in one that is break it or more."""
    club = new_club(tmp_path)
    harm = 0
    for words in payloads(50, rng):
        with UnitOfWork(club._store.writing(), club.actor, club.clock, club._ids) as uow:
            try:
                found = uow.session.execute(text(f"SELECT '{words}'".replace(":", "\\:"))).scalar()
                harm += found != words
            except Exception:  # broken in one of a dozen ways
                harm += 1
    club.close()
    assert harm >= 20
