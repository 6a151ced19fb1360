"""A copy of a club file while it is in use, and the facts by which a copy is held against its source."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

import sqlcipher3.dbapi2 as sqlcipher

from models.kernel.errors import BadBackup, Damaged
from models.kernel.ids import ERASED_HOME
from models.storage.engine import connect


@dataclass(frozen=True)
class Facts:
    """What a club file holds at one moment.

    Attributes:
        version: the schema's. number, chain: the journal's last entry and its link ("" for none). tables: rows of each.
        nameless: rows that erased children left for the figures. Not compared: older backups do not say it.
    """

    version: str
    number: int
    chain: str
    tables: Mapping[str, int]
    nameless: int = field(default=0, compare=False)

    @property
    def children(self) -> int:
        """How many children are in it, without those who were erased."""
        return max(0, self.tables.get("child", 0) - self.nameless)

    @property
    def activities(self) -> int:
        """How many clubs and trips are in it."""
        return self.tables.get("activity", 0)

    @property
    def marks(self) -> int:
        """How many marks its registers hold."""
        return self.tables.get("mark", 0)

    def as_json(self) -> dict[str, Any]:
        """As a backup keeps them."""
        return asdict(self)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError or ValueError for what is none of ours."""
        tables = {str(name): int(rows) for name, rows in said["tables"].items()}
        nameless = int(said.get("nameless", tables.get("erased_child", 0)))
        return cls(str(said["version"]), int(said["number"]), str(said["chain"]), tables, nameless)


def facts_of(connection: Any) -> Facts:
    """Reads the facts on an open connection, in whatever transaction it is in."""
    names = [
        str(row[0])
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    tables = {name: int(_one(connection, f'SELECT count(*) FROM "{name}"')[0]) for name in names}  # noqa: S608 - the file's own table names
    version = _one(connection, "SELECT version_num FROM alembic_version")
    last = connection.execute("SELECT number, chain FROM journal_entry ORDER BY number DESC LIMIT 1").fetchone()
    number, chain = last or (0, "")
    erased = _one(connection, f"SELECT count(*) FROM child WHERE family_id = '{ERASED_HOME.hex}'")  # noqa: S608 - ours
    return Facts(str(version[0]), int(number), str(chain), tables, int(erased[0]))


def _one(connection: Any, question: str) -> Any:
    return connection.execute(question).fetchone()


def facts_in(file: Path, key: bytes) -> Facts:
    """The facts of a club file that may be in use."""
    connection = connect(file, key, read_only=True)
    try:
        return _at_one_moment(connection)
    finally:
        connection.close()


def copy_to(file: Path, key: bytes, target: Path) -> Facts:
    """Copies the file as it is at one moment, under the same key; returns the facts of that moment.

    `target` must not be there. Reads on a connection of its own: in write-ahead mode nobody who writes waits for it.
    Raises Damaged, OSError or sqlcipher.Error.
    """
    source = connect(file, key, read_only=True)
    try:
        copy = sqlcipher.connect(str(target), isolation_level=None)
        try:
            copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            copy.execute("PRAGMA cipher_log_level = NONE")
            source.execute("BEGIN")  # the facts and the pages are of the same moment
            facts = facts_of(source)
            source.backup(copy)
            source.execute("COMMIT")
        finally:
            copy.close()
    finally:
        source.close()
    return facts


def prove(copy: Path, key: bytes, expected: Facts) -> None:
    """Opens a copy and checks every page of it and every fact. Raises BadBackup for the least difference."""
    try:
        connection = connect(copy, key, read_only=True)
        try:
            altered = connection.execute("PRAGMA cipher_integrity_check").fetchone()
            sound = _one(connection, "PRAGMA quick_check")[0] == "ok"
            same = facts_of(connection) == expected
        finally:
            connection.close()
    except (Damaged, sqlcipher.Error):
        raise BadBackup(*NOT_WHOLE) from None
    if altered or not sound or not same:
        raise BadBackup(*NOT_WHOLE)


NOT_WHOLE = ("This backup is not whole: part of it was altered or is missing.", "Choose another backup.")


def _at_one_moment(connection: Any) -> Facts:
    connection.execute("BEGIN")
    facts = facts_of(connection)
    connection.execute("COMMIT")
    return facts
