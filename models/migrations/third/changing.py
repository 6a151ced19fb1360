"""Which words a column may hold, changed in a table that is there already."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from alembic import op

_BEFORE = "_before"


def other_words(table: str, column: str, kind: str, words: Sequence[str], make: Callable[[], None]) -> None:
    """Lets `column` of `table` hold these words; its check is called `kind`, and `make` makes the table as it is now.

    SQLite changes no check: the table is made anew beside the old one and filled from it. No other table may point to
    it, and it has the same columns as before.
    """
    if op.get_bind().dialect.name == "postgresql":
        name = op.f(f"ck_{table}_{kind}")
        op.drop_constraint(name, table, type_="check")
        said = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
        op.create_check_constraint(name, table, sa.text(f"{column} IN ({said})"))
    else:
        _made_anew(table, make)


def _made_anew(table: str, make: Callable[[], None]) -> None:
    look = sa.inspect(op.get_bind())
    columns = ", ".join(f'"{each["name"]}"' for each in look.get_columns(table))
    for index in look.get_indexes(table):
        op.drop_index(str(index["name"]), table)
    op.rename_table(table, table + _BEFORE)
    make()
    op.execute(sa.text(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM "{table}{_BEFORE}"'))  # noqa: S608 - names of our own tables
    op.drop_table(table + _BEFORE)
