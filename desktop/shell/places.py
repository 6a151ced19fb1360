"""Every place there is, where its screen lives, and how it is reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from desktop.jobs import Jobs
from desktop.widgets.page import Page
from models.access.rules import Permission
from models.kernel.clock import Clock


@dataclass(frozen=True)
class Verb:
    """Something to do on a page that Ctrl+K offers from anywhere: its words, an icon, and the page's method.

    Without the permission it `needs`, if any, it is not offered.
    """

    words: str
    icon: str
    method: str
    needs: str = ""


@dataclass(frozen=True)
class Place:
    """A place people can go to.

    Attributes:
        key: what screens say in `go`. words, icon: as shown. module, screen: the page's module and class, imported
            when somebody first goes there.
        where: "nav" in the list, "foot" at its foot, "" reached from other screens and by Ctrl+K.
        also: more words Ctrl+K finds it by.
        verbs: what can be begun there straight away.
        needs: the permission without which it is not shown at all; "" where what is on it asks by itself.
    """

    key: str
    words: str
    icon: str
    module: str
    screen: str
    where: str = ""
    also: str = ""
    verbs: tuple[Verb, ...] = ()
    needs: str = ""

    def exists(self) -> bool:
        """Whether there is such a screen: a place without one is never offered."""
        return _there(self.module)

    def make(self, jobs: Jobs, clock: Clock) -> Page:
        """The screen, made new; this is where its module is imported."""
        return cast(Page, getattr(import_module(self.module), self.screen)(jobs, clock))


PLACES: tuple[Place, ...] = (
    Place("today", "Today", "white-balance-sunny", "desktop.today.page", "TodayPage", "nav", "home to do week"),
    Place("programme", "Programme", "calendar-month", "desktop.programme.page", "ProgrammePage", "nav",
          "calendar month clubs trips",
          verbs=(Verb("New club", "plus", "new_club", Permission.PLAN),
                 Verb("New trip", "bus", "new_trip", Permission.PLAN)), needs=Permission.SEE_FAMILIES),
    Place("children", "Children", "human-child", "desktop.people.page", "ChildrenPage", "nav", "families young carers",
          verbs=(Verb("New child", "plus", "new_child", Permission.EDIT_FAMILIES),), needs=Permission.SEE_DAY),
    Place("consents", "Consents", "file-sign", "desktop.consents.page", "ConsentsPage", "nav", "forms",
          verbs=(Verb("Enter a returned form", "file-edit-outline", "enter_form", Permission.CONSENTS),),
          needs=Permission.SEE_FAMILIES),
    Place("transport", "Transport", "bus", "desktop.transport.page", "TransportPage", "nav", "minibus vehicles seats",
          verbs=(Verb("Add a vehicle", "bus", "add_vehicle", Permission.TRANSPORT),), needs=Permission.SEE_FAMILIES),
    Place("register", "Register", "clipboard-check-outline", "desktop.registers.page", "RegisterPage", "nav",
          "sign in out door", verbs=(Verb("Key in a paper register", "keyboard-outline", "key_in_paper"),),
          needs=Permission.REGISTER),
    Place("team", "Team", "account-group-outline", "desktop.team.page", "TeamPage", "nav", "adults staff volunteers",
          verbs=(Verb("New adult", "plus", "new_adult", Permission.EDIT_TEAM),), needs=Permission.SEE_DAY),
    Place("reports", "Reports", "chart-box-outline", "desktop.reports.page", "ReportsPage", "nav", "figures totals",
          needs=Permission.REPORT),
    Place("concerns", "Concerns", "shield-lock-outline", "desktop.concerns.page", "ConcernsPage", "nav",
          "safeguarding", verbs=(Verb("Write down a concern", "plus", "add"),), needs=Permission.CONCERNS),
    Place("ringround", "Ring-round", "phone-outline", "desktop.ringround.page", "RingRoundPage", also="phone call",
          needs=Permission.PLAN),
    Place("venues", "Venues", "map-marker-outline", "desktop.venues.page", "VenuesPage", also="halls",
          verbs=(Verb("New venue", "plus", "add", Permission.PLAN),), needs=Permission.SEE_DAY),
    Place("import", "Bring in spreadsheets", "table-arrow-down", "desktop.intake.page", "ImportPage",
          also="import excel csv", needs=Permission.IMPORT),
    Place("print", "Print", "printer-outline", "desktop.documents.page", "PrintPage",
          also="consent pack trip pack register bus list contacts documents pdf", needs=Permission.PRINT),
    Place("access", "People who can sign in", "account-key-outline", "desktop.access.page", "PeoplePage",
          also="accounts roles users passwords recovery key safeguarding lead",
          verbs=(Verb("Let somebody sign in", "account-plus-outline", "add"),
                 Verb("Show the recovery key", "key-outline", "ask_recovery")), needs=Permission.PEOPLE),
    Place("privacy", "Privacy", "shield-account-outline", "desktop.privacy.page", "PrivacyPage", "foot",
          "subject access request gdpr retention erase delete legal hold",
          verbs=(Verb("Somebody asks to see a record", "file-eye-outline", "new_request"),),
          needs=Permission.EDIT_FAMILIES),
    Place("settings", "Settings", "cog-outline", "desktop.settings.page", "SettingsPage", "foot",
          "club terms policy look text size file"),
)  # fmt: skip


def allowed(places: Sequence[Place], may: Callable[[str], bool]) -> dict[str, Place]:
    """Those places that exist and whoever `may` so much has, with those of their verbs, by key."""

    def has(needed: str) -> bool:
        return not needed or may(needed)

    return {
        place.key: replace(place, verbs=tuple(verb for verb in place.verbs if has(verb.needs)))
        for place in existing(places)
        if has(place.needs)
    }


def existing(places: Sequence[Place] = PLACES) -> tuple[Place, ...]:
    """The places that have a screen, in order."""
    return tuple(place for place in places if place.exists())


@lru_cache(maxsize=64)
def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even its package
        return False
