"""T10: files of each schema there ever was, brought up to date and killed at each statement; a newer one is refused."""

import random
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

from models.bootstrap import Place, open_club, restore
from models.kernel.errors import NewerVersion
from models.migrations.upgrade import HEAD, KNOWN, upgrade
from models.storage import club_file, keys
from models.storage.engine import connect, engine_for
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, a_child, new_club, put
from tests.faults.conftest import Amount, Figures
from tests.faults.dying import Count, die_at, steps_of

pytestmark = pytest.mark.file_only

STORED = Path(__file__).parents[1] / "storage" / "stored"
NOTHING = "nothing"
STARTS = (NOTHING, *KNOWN[:-1])


def a_file_of(version: str, folder: Path) -> Path:
    """A stored club file of that schema, or one that has no table yet."""
    folder.mkdir()
    path = folder / "club.breather"
    if version != NOTHING:
        for suffix in ("", ".keys"):
            shutil.copyfile(STORED / f"{version}.breather{suffix}", path.with_name(path.name + suffix))
        return path
    ring, key = keys.KeyRing.new(UUID(int=1), UUID(int=2), "Manager", PASSPHRASE, CHEAP)
    club_file.make(path, ring, key, ["PRAGMA user_version = 0"])
    return path


def key_of(path: Path) -> bytes:
    return keys.read_ring(path).unlock(PASSPHRASE, None).key


def bring_up_to_date(path: Path) -> None:
    """What opening an older file does; an empty one is no club yet, and is upgraded as such."""
    engine = engine_for(path, key_of(path))
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()


def in_pieces(path: Path) -> None:
    """The same without its one transaction."""
    key = key_of(path)
    engine = create_engine(
        "sqlite+pysqlite://", creator=lambda: connect(path, key), module=sqlcipher, poolclass=NullPool
    )
    with engine.connect() as connection:
        upgrade(connection)


@contextmanager
def statements(_folder: Path, count: Count) -> Iterator[None]:
    """Counts every statement, and the commit."""
    event.listen(Engine, "before_cursor_execute", lambda *_given: count())
    event.listen(Engine, "commit", lambda *_given: count())
    yield


def state_of(path: Path) -> tuple[str, frozenset[str]]:
    """The schema's version ("" for none) and every table's and index's own text."""
    with closing(connect(path, key_of(path))) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        has = any(name == "alembic_version" for name, _ in found)
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if has else None
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return (row[0] if row else ""), frozenset(sql for _, sql in found)


def still_a_club(path: Path) -> bool:
    """Whether a stored file opens in the app, at the newest version, with what it held."""
    club = open_club(path, PASSPHRASE, device=DEVICE)
    try:
        return club.faults() == [] and club.facts().version == HEAD and club.facts().children == 1
    finally:
        club.close()


@pytest.mark.parametrize("version", STARTS)
def test_killed_at_any_statement_it_is_the_old_schema_or_the_new(
    version: str, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    first = a_file_of(version, tmp_path / "first")
    copy = tmp_path / "copy" / first.name
    shutil.copytree(first.parent, copy.parent)
    steps = steps_of(copy.parent, lambda: bring_up_to_date(copy), statements)
    old, new = state_of(first), state_of(copy)
    assert (new[0], old[0]) == (HEAD, "" if version == NOTHING else version)
    points = sorted(rng.sample(range(steps), min(steps, amount(10, 200))))
    for point in points:
        shutil.rmtree(copy.parent)
        shutil.copytree(first.parent, copy.parent)
        die_at(point, copy.parent, lambda: bring_up_to_date(copy), statements)
        assert state_of(copy) in (old, new), f"statement {point}"
        if version == NOTHING:
            bring_up_to_date(copy)
            assert state_of(copy) == new
        else:
            assert still_a_club(copy), f"statement {point}"
    figures.say(f"upgrade from {version}, killed before a statement", len(points), "whole old schema or whole new")


def test_without_one_transaction_half_a_schema_is_left(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    """The guard is that all of an upgrade is one transaction."""
    first = a_file_of(NOTHING, tmp_path / "first")
    copy = tmp_path / "copy" / first.name
    shutil.copytree(first.parent, copy.parent)
    steps = steps_of(copy.parent, lambda: in_pieces(copy), statements)
    old, new = state_of(first), state_of(copy)
    points, halves = sorted(rng.sample(range(steps), min(steps, amount(4, 40)))), 0
    for point in points:
        shutil.rmtree(copy.parent)
        shutil.copytree(first.parent, copy.parent)
        die_at(point, copy.parent, lambda: in_pieces(copy), statements)
        halves += state_of(copy) not in (old, new)
    assert halves
    figures.say("without one transaction: upgrade killed before a statement", len(points), f"{halves} half a schema")


@pytest.mark.parametrize("version", KNOWN)
def test_a_copy_of_each_schema_comes_up_to_date_and_is_backed_up_first(
    version: str, tmp_path: Path, figures: Figures
) -> None:
    path = a_file_of(version, tmp_path / "club")
    place = Place(tmp_path / "backups")
    open_club(path, PASSPHRASE, device=DEVICE, place=place).close()
    assert still_a_club(path)
    made = list(place.folder.iterdir()) if place.folder.exists() else []
    assert len(made) == (version != HEAD)
    figures.say(f"a stored file of schema {version}", 1, f"comes up to {HEAD}, backed up before it is changed")


def test_a_newer_schema_is_refused_and_left(tmp_path: Path, figures: Figures) -> None:
    club = new_club(tmp_path)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    club.close()
    key = key_of(club.path)
    with closing(connect(club.path, key)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    newer = club.path.read_bytes()
    with pytest.raises(NewerVersion, match="newer Breather") as told:
        open_club(club.path, PASSPHRASE, device=DEVICE)
    assert "newest Breather" in told.value.next_step
    assert club.path.read_bytes() == newer
    figures.say("a file of a newer schema", 1, "refused, unchanged")


def test_a_backup_of_a_newer_schema_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from models import bootstrap

    club = new_club(tmp_path)
    made = club.back_up(Place(tmp_path / "backups"))
    club.close()
    monkeypatch.setattr(bootstrap, "KNOWN", ("0000",))
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    with pytest.raises(NewerVersion):
        restore(made.path, tmp_path / "elsewhere.breather", PASSPHRASE, device=DEVICE)
    assert {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()} == before
