"""A club full of words that stand nowhere else, and every file in which one of them could be read."""

import base64
import random
from datetime import date, time
from pathlib import Path
from uuid import UUID

from models.bootstrap import Club, open_club
from tests.clubs import DEVICE, PASSPHRASE, a_child, a_leg, a_vehicle, an_activity, new_club, put
from tests.faults.canaries import Planted, plant
from tests.faults.living import OWN

TYPED = "Zwieback"
"""Searched for, written and taken back again while the app runs."""


def a_club(folder: Path, rng: random.Random, children: int = 2) -> tuple[list[Planted], UUID]:
    """A closed club with canaries in it; a child's place is at the activity."""
    folder.mkdir()
    club = new_club(folder, date(2026, 12, 3))
    past = put(club, lambda uow: an_activity(uow, "November club", date(2026, 11, 7)))
    coming = put(club, lambda uow: an_activity(uow, "December club", starts=time(10)))
    leg = put(club, lambda uow: a_leg(uow, past, a_vehicle(uow)))
    friend = put(club, lambda uow: a_child(uow, "Grace", "Okoro"))
    places = {"past": past, "coming": coming, "leg": leg, "friend": friend}
    planted = [plant(club, rng, places) for _ in range(children)]
    club.close()
    return planted, coming


def left(folder: Path) -> list[Path]:
    """Every file in the folder but what the person saved on purpose."""
    return sorted(each for each in folder.rglob("*") if each.is_file() and OWN not in each.relative_to(folder).parts)


def readable(files: list[Path], words: list[str]) -> list[tuple[str, str]]:
    """Which word can be read in which file: in its name, or inside as any of the ways text is written."""
    found = []
    spelled = {word: spellings(word) for word in words}
    for file in files:
        content = file.read_bytes().lower()
        for word, ways in spelled.items():
            if word.casefold() in file.name.casefold() or any(way in content for way in ways):
                found.append((file.name, word))
    return found


def spellings(word: str) -> set[bytes]:
    """UTF-8, UTF-16 both ways round, and base64 wherever it begins."""
    plain = word.lower().encode()
    coded = {base64.b64encode(b"x" * shift + word.encode())[4:-4].lower() for shift in range(3)}
    return {plain, word.lower().encode("utf-16-le"), word.lower().encode("utf-16-be")} | {
        c for c in coded if len(c) > 6
    }


def expected(folder: Path) -> set[str]:
    """The files there may be, by name; what Breather keeps for itself, and what a kill leaves of an unfinished one."""
    return {
        file.name
        for file in left(folder)
        if file.parent == folder
        or file.is_relative_to(folder / "breather")
        or file == folder / "home" / "log"
        or file.parts[-2:] == ("config", "QtProject.conf")
        or (file.is_relative_to(folder / "home" / "cache") and "fontconfig" in file.parts)
    }


def reopened(folder: Path) -> Club:
    return open_club(folder / "club.breather", PASSPHRASE, device=DEVICE)
