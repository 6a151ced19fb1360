"""Ctrl+K: people, activities, places and vehicles from the club, and things to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.jobs import Jobs
from desktop.shell.commands import Command, matching
from desktop.widgets.search_box import Deliver, Hit
from models.search.queries import Kept, find, get_ready

MOST = 20


@dataclass(frozen=True)
class GoTo:
    """Where an answer leads: a place and what to show there."""

    place: str
    item: object


@dataclass(frozen=True)
class _Kind:
    """A kind of thing the club's own search finds: its heading, icon, and the way to its screen.

    `else_place`: where it leads whoever does not have that place.
    """

    group: str
    icon: str
    place: str
    item: Callable[[Any], object] = lambda found_id: found_id
    else_place: str = ""


KINDS = {
    "child": _Kind("Children", "human-child", "children"),
    "adult": _Kind("Team", "account-outline", "team"),
    "activity": _Kind("Clubs and trips", "calendar-month", "programme", else_place="register"),
    "venue": _Kind("Venues", "map-marker-outline", "venues"),
    "vehicle": _Kind("Vehicles", "bus", "transport", lambda found_id: ("vehicle", found_id)),
}


class Finder:
    """The search box's provider."""

    def __init__(self, jobs: Jobs, places: Sequence[str], commands: Callable[[], Sequence[Command]]) -> None:
        """`places` are the keys of places with a screen: what has none is not offered."""
        self._jobs = jobs
        self._places = frozenset(places)
        self._commands = commands
        self._kept = Kept()  # searches come one after another, on the one quick reader

    def __call__(self, text: str, deliver: Deliver) -> None:
        """Looks `text` up and delivers the answers, people first; before anything is typed it only gets ready."""
        if not text:
            self._jobs.query(lambda uow: get_ready(uow, self._kept), lambda _: None, key="search")
            return
        to_do = matching(self._commands(), text)
        self._jobs.query(
            lambda uow: find(uow, text, MOST, self._kept),
            lambda found: deliver([*self._hits(found), *to_do]),
            key="search",
        )

    def _hits(self, found: Sequence[Any]) -> list[Hit]:
        kinds = list(KINDS)
        reachable = [one for one in found if one.kind in KINDS and self._place(KINDS[one.kind])]
        ordered = sorted(reachable, key=lambda one: kinds.index(one.kind))
        return [self._hit(one, KINDS[one.kind]) for one in ordered]

    def _place(self, kind: _Kind) -> str:
        return next((place for place in (kind.place, kind.else_place) if place in self._places), "")

    def _hit(self, found: Any, kind: _Kind) -> Hit:
        return Hit(kind.group, found.title, found.detail, kind.icon, GoTo(self._place(kind), kind.item(found.id)))
