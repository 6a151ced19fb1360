"""From files to recognised tables, and from those to rows the club's records have room for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from models.intake import fields
from models.intake.clean import glimpse
from models.intake.kinds import kind_named
from models.intake.preview import Source, Sources, Unreadable
from models.intake.recognise import recognise, recognise_as
from models.intake.rows import Refusal, SheetRows, read_rows
from models.intake.tables import gather, read_tables
from models.intake.typed import AnyRow, canonical
from models.kernel.errors import BadInput


def read_files(paths: Iterable[Path]) -> Sources:
    """Every table of those files and folders, each recognised; what cannot be read is told apart, never raised.

    Raises BadInput for a path that is not there.
    """
    gathered = gather(paths)
    tables: list[Source] = []
    unreadable: list[Unreadable] = []
    for file in gathered.files:
        try:
            found = read_tables(file)
        except BadInput as error:
            unreadable.append(Unreadable(file.name, str(error)))
            continue
        for table in found:
            try:
                tables.append(Source(table, recognise(table)))
            except BadInput as error:
                unreadable.append(Unreadable(table.where, str(error)))
    return Sources(tuple(tables), tuple(unreadable), gathered.skipped)


def as_kind(source: Source, kind: str) -> Source:
    """The table taken for another kind of spreadsheet (a stable name), with the best mapping there is."""
    return Source(source.table, recognise_as(source.table, kind_named(kind)))


def sheet_rows(source: Source, today: date) -> SheetRows:
    """The typed rows; a row with a value the records have no room for is refused. Raises BadInput (column missing)."""
    sheet = read_rows(source.table, source.found)
    rows: list[AnyRow] = []
    refusals = list(sheet.refusals)
    for row in sheet.rows:
        problems = [_refusal(source, row, key, reason) for key, reason in fields.misfits(row, today)]
        refusals += problems
        if not problems:
            rows.append(row)
    return replace(sheet, rows=tuple(rows), refusals=tuple(refusals))


def _refusal(source: Source, row: AnyRow, key: str, reason: str) -> Refusal:
    index = next((index for index, mapped in source.found.mapping.items() if mapped == key), None)
    header = source.found.kind.column(key).header if index is None else source.table.headers[index]
    value = canonical(getattr(row, key))
    return Refusal(row.ref, row.row_number, header, glimpse(str(value or "")), reason)
