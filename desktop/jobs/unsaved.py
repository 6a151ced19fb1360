"""What could not be saved and was told to nobody, since the window was locked or was being closed."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from models.kernel.errors import NothingToUndo, SavedAfterAll

MOST_AGE = timedelta(days=30)
"""So long it is kept on this machine for somebody who does not come: after that nobody remembers what they did then."""
_NOTHING_LOST = (NothingToUndo, SavedAfterAll)


@dataclass(frozen=True, eq=False)
class Unsaved:
    """A piece of work that failed.

    Attributes:
        label: the change in words of history, which may name a child; "" where that is not known any more.
        error: why; None where that is not known any more. at: when, aware UTC.
        again: does it again in another unit of work; None where that cannot be.
    """

    label: str
    error: Exception | None
    at: datetime
    again: Callable[[Any, Any], object] | None = None

    @property
    def counts(self) -> bool:
        """Whether anything is lost by it."""
        return not isinstance(self.error, _NOTHING_LOST)


@dataclass(frozen=True, eq=False)
class _Theirs:
    """What one person did: `items` is the list the jobs go on filling. `activity_id`: at this door, with a PIN."""

    club_id: UUID
    who: UUID
    name: str
    activity_id: UUID | None
    items: list[Unsaved]
    on_disk: bool = False


class UnsavedBox:
    """Keeps it for whoever did it until they are told: in memory as it was, and in this machine's folder without a word
    of what it was, since that folder is not encrypted. Made and used on the UI thread; jobs fill their lists elsewhere.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._all: list[_Theirs] = []
        self._read: set[UUID] = set()

    def follow(
        self, club_id: UUID, who: UUID, name: str, items: list[Unsaved], now: datetime, activity_id: UUID | None = None
    ) -> None:
        """From now on what is in `items` is this person's."""
        if club_id not in self._read:
            self._read.add(club_id)
            self._all += _read(self._file(club_id), club_id, now)
        # An empty list of a person who has gone may still be filled by what is under way, so it stays.
        self._all.append(_Theirs(club_id, who, name, activity_id, items))

    def names(self, club_id: UUID, *, but: UUID | None = None, on_disk: bool = True) -> tuple[str, ...]:
        """Whose work of this club was not saved, without one person; `on_disk`: also what was found on this machine."""
        found = [each for each in self._of(club_id) if each.items and each.who != but and (on_disk or not each.on_disk)]
        return tuple(dict.fromkeys(each.name for each in found))

    def take(
        self, club_id: UUID, who: UUID, *, but: list[Unsaved] | None = None, activity_id: UUID | None = None
    ) -> tuple[Unsaved, ...]:
        """What this person is told now, oldest first, and never again; not of the list `but`, which tells by itself.

        With an activity only what was done at its door.
        """
        lists = [
            each.items
            for each in self._of(club_id)
            if each.who == who and each.items is not but and activity_id in (None, each.activity_id)
        ]
        found = [each for items in lists for each in items]
        for items in lists:
            items.clear()
        self.keep()
        return tuple(sorted(found, key=lambda each: each.at))

    def keep(self) -> None:
        """Writes down on this machine whose work it is and when it was, so that a stop does not lose even that."""
        for club_id in self._read:
            rows = [_row(each, one) for each in self._of(club_id) for one in each.items]
            with suppress(OSError):  # the disk may be the very reason; then it is kept as long as Breather runs
                _write(self._file(club_id), rows)

    def _of(self, club_id: UUID) -> Iterator[_Theirs]:
        return (each for each in self._all if each.club_id == club_id)

    def _file(self, club_id: UUID) -> Path:
        return self._data / f"unsaved-{club_id.hex}.json"


def _row(whose: _Theirs, one: Unsaved) -> Mapping[str, str]:
    return {"who": whose.who.hex, "name": whose.name, "at": one.at.isoformat()}


def _write(file: Path, rows: list[Mapping[str, str]]) -> None:
    if not rows:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(json.dumps(rows), encoding="utf-8")
    os.replace(new, file)


def _read(file: Path, club_id: UUID, now: datetime) -> list[_Theirs]:
    """What was left the last time; a file that does not read says nothing."""
    try:
        rows = [(UUID(row["who"]), str(row["name"]), datetime.fromisoformat(row["at"])) for row in json.loads(
            file.read_text(encoding="utf-8")
        )]  # fmt: skip
        return [
            _Theirs(club_id, who, name, None, [Unsaved("", None, at)], on_disk=True)
            for who, name, at in rows
            if now - at <= MOST_AGE
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
