"""`breather import`: what happened, or would happen, to every file."""

import argparse
from collections.abc import Iterator
from typing import Any

from models.bootstrap import Club, read_place
from models.console.opening import opened
from models.console.outcome import DONE, REFUSED, Outcome
from models.intake import service
from models.intake.preview import FieldShown, FilePreview, Preview, RowShown
from models.intake.reading import read_files
from models.intake.typed import Value
from models.kernel.errors import BackupFailed
from models.kernel.words import counted
from models.storage.device import home


def bring_in(options: argparse.Namespace) -> Outcome:
    """Takes everything in as one change; with anything refused or to be asked nothing, unless --skip."""
    sources = read_files(options.files)
    with opened(options, looking=options.dry_run) as club:
        preview = club.read(lambda uow: service.prepare(uow, sources))
        accepted = bool(preview.files) and (preview.clean or options.skip)
        written = accepted and not options.dry_run
        trouble = _back_up_first(club) if written else ""
        if written:
            label = f"Bring in {counted(len(preview.files), 'spreadsheet')}"
            club.write(lambda uow: service.take_in(uow, preview), label)
    said = {
        "files": [_said(file) for file in preview.files],
        "skipped": list(preview.skipped),
        "kept": [
            {"file": file.file, "ref": row.ref, "row": row.row, "column": one.label, "here": one.ours, "value": one.new}
            for file, row, one in _kept(preview)
        ],
        "written": written,
        "dry_run": options.dry_run,
        "backup_trouble": trouble,
    }
    lines = [*_lines(preview), *filter(None, [trouble]), _last_line(preview, written=written, options=options)]
    return Outcome(said, lines, DONE if accepted else REFUSED)


def _back_up_first(club: Club) -> str:
    """A backup in this machine's place, where anything changed since the last; why there is none, "" where there is.

    An import is one change that one undo takes back, so it goes on without.
    """
    if club.sample_day is not None:
        return ""
    try:
        club.back_up_if_changed(read_place(home()))
    except BackupFailed as error:
        return f"No backup was made before this. {error}"
    return ""


def _said(file: FilePreview) -> dict[str, Any]:
    return {
        "file": file.file,
        "kind": file.kind,
        "add": file.add,
        "change": file.change,
        "same": file.same,
        "refused": [
            {"ref": one.ref, "row": one.row, "column": one.column, "value": one.value, "reason": one.reason}
            for one in file.refused
        ],
        "ask": [{"ref": one.ref, "row": one.row, "reason": one.reason, "like": one.like} for one in file.ask],
    }


def _kept(preview: Preview) -> Iterator[tuple[FilePreview, RowShown, FieldShown]]:
    """Every value changed both here and in the file: ours stays."""
    for file in preview.files:
        for row in file.rows:
            yield from ((file, row, one) for one in row.fields if one.conflict)


def _lines(preview: Preview) -> Iterator[str]:
    for file in preview.files:
        if not file.kind:
            yield f"{file.file}: {file.refused[0].reason}"
            continue
        counts = f"{file.add} to add, {file.change} to change, {file.same} the same"
        yield f"{file.file} ({file.title}): {counts}."
        yield from (f"  Left out: {one.ref}: {one.sentence}" for one in file.refused)
        yield from (f"  To ask: {one.ref}, row {one.row}: {one.reason} Is it {one.like}?" for one in file.ask)
    for _, row, one in _kept(preview):
        here, there = as_words(one.ours), as_words(one.new)
        yield f"  Kept as it is here: {row.ref}, {one.label}: “{here}” (the file says “{there}”)."
    if preview.skipped:
        yield f"Passed over, no spreadsheets: {', '.join(preview.skipped)}."


def as_words(value: Value) -> str:
    """A value as a line can hold it: lists with commas, nothing as nothing."""
    if isinstance(value, list):
        return ", ".join(one if isinstance(one, str) else " ".join(filter(None, one)) for one in value)
    if isinstance(value, bool):
        return "Y" if value else "N"
    return str(value or "")


def _written(preview: Preview) -> str:
    if preview.writes:
        return "Brought in."
    return "Nothing was new: the club has it all." if preview.clean else "Nothing was new beside what was left out."


def _last_line(preview: Preview, *, written: bool, options: argparse.Namespace) -> str:
    if not preview.files:
        return "There is no spreadsheet here to bring in: csv, xlsx and ods are read."
    if options.dry_run:
        return "Nothing was written: this was a dry run."
    if written:
        return _written(preview)
    return "Nothing was written. Put these rows right, or leave them out with --skip."
