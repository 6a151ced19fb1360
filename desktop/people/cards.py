"""The cards of one child's view: each shows a part of what is known and has the button that changes it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.people.reading import ChildPicture
from desktop.people.rows import Rows, collector_row, contact_row
from desktop.people.words import ONE_TO_ONE
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.facts import Fact, Facts
from desktop.widgets.flow import Flow
from desktop.widgets.history_list import HistoryList
from desktop.widgets.state import State
from desktop.widgets.text import button, label, link
from models.access.rules import Permission
from models.kernel.dates import short_with_year
from models.kernel.words import listed, sex_words
from models.people.rules import ChildFacts, SeeLevel, details_due, medicine_problem, see_marks

Want = Callable[[str, Any], object]
"""Asks the page for something: what, and of what."""

NONE = "None known"
EDIT = Permission.EDIT_FAMILIES
FEW = 8


class FactsCard(Card):
    """A card of facts with Edit; `read` says what to show of a child."""

    def __init__(self, title: str, key: str, want: Want, read: Callable[[ChildPicture], list[Fact]]) -> None:
        super().__init__(title)
        self._read = read
        self._facts = Facts(title)
        self.body.addWidget(self._facts)
        self.add_action(_edit(title, lambda: want(key, None)))

    def show_child(self, picture: ChildPicture) -> None:
        """Shows one child's."""
        self._facts.set_facts(self._read(picture))


class HealthCard(FactsCard):
    """Health and needs, with the button that says the details were gone over today."""

    def __init__(self, want: Want) -> None:
        super().__init__("Health and needs", "health", want, health_facts)
        self.checked = button(
            "Checked today", lambda: want("checked", None), icon_name="check", kind="quiet",
            needs=EDIT,
        )  # fmt: skip
        self.checked.setToolTip("The details were gone over with the family today")
        self.body.addWidget(Flow([self.checked]))

    def show_child(self, picture: ChildPicture) -> None:
        super().show_child(picture)
        # While that is missing for the day, the same button stands beside the line that says so.
        self.checked.setHidden(any(clause.startswith("details") for clause in picture.missing))


class FamilyCard(Card):
    """The household: address, contacts in call order, and moving between households."""

    def __init__(self, want: Want) -> None:
        super().__init__("Family and contacts")
        self._want = want
        self._facts = Facts("Address")
        self._rows = Rows("Contacts in call order")
        self._split = button("Moves to another address", lambda: want("split", None), kind="quiet", needs=EDIT)
        self._join = button("Joins another family", lambda: want("join", None), kind="quiet", needs=EDIT)
        self.add_action(_edit("the address", lambda: want("family", None)))
        self.body.addWidget(self._facts)
        self.body.addWidget(label("Ring in this order", "strong"))
        self.body.addWidget(self._rows)
        add = button("Add a contact", lambda: want("contact", None), icon_name="plus", needs=EDIT)
        self.body.addWidget(Flow([add, self._split, self._join]))

    def show_child(self, picture: ChildPicture) -> None:
        """Shows one child's family."""
        detail = picture.detail
        home = detail.family
        siblings = [name for _id, name in detail.siblings]
        facts = [Fact("Address", ", ".join(part for part in (home.address, home.postcode) if part))]
        if siblings:
            facts.append(Fact("Shared with", listed(siblings)))
        if home.notes:
            facts.append(Fact("Notes", home.notes))
        self._facts.set_facts(facts)
        self._split.setVisible(bool(siblings))
        last = len(detail.contacts)
        rows = [
            contact_row(
                one,
                one.call_order == last,
                lambda place, one=one: self._want("move", (one, place)),  # type: ignore[misc] # bound per turn
                lambda one=one: self._want("contact", one),  # type: ignore[misc] # bound per turn
            )
            for one in detail.contacts
        ]
        self._rows.set_rows(rows, "There is nobody to ring yet.")


class CollectingCard(Card):
    """Who must not and who may collect."""

    def __init__(self, want: Want) -> None:
        super().__init__("Collecting")
        self._want = want
        self._rows = Rows("Who may and must not collect")
        self.body.addWidget(self._rows)
        may = button("Add who may collect", lambda: want("may", None), icon_name="plus", needs=EDIT)
        must_not = button(
            "Add who must not", lambda: want("must_not", None), icon_name="account-cancel", kind="quiet", needs=EDIT
        )
        self.body.addWidget(Flow([may, must_not]))

    def show_child(self, picture: ChildPicture) -> None:
        """Shows one child's."""
        ones = (*picture.detail.must_not_collect, *picture.detail.may_collect)
        rows = [
            collector_row(one, lambda one=one: self._want("collector", one))  # type: ignore[misc] # bound per turn
            for one in ones
        ]
        self._rows.set_rows(rows, "Nobody is named yet. Ask the family who may collect.")


class ActivitiesCard(Card):
    """Clubs and trips to come and past; each opens in the programme."""

    def __init__(self, want: Want) -> None:
        super().__init__("Activities")
        self._want = want
        self._all = False
        self._picture: ChildPicture | None = None

    def show_child(self, picture: ChildPicture) -> None:
        """Shows one child's."""
        if self._picture is None or self._picture.detail.child.id != picture.detail.child.id:
            self._all = False
        self._picture = picture
        clear_layout(self.body)
        lines = picture.activities
        for line in lines if self._all else lines[:FEW]:
            words = f"{short_with_year(line.day)} · {line.title}"
            made = link(self, "programme", words, partial(self._want, "activity", line.activity_id))
            made.setAccessibleName(f"{words}: {line.words}")
            self.body.addWidget(Flow([made, label(line.words, "" if line.coming else "soft")]))
        if len(lines) > FEW and not self._all:
            self.body.addWidget(Flow([button(f"Show all {len(lines)}", self._show_all)]))
        if not lines:
            self.body.addWidget(label("No club or trip yet. Places are booked in the programme.", "soft", wrap=True))

    def _show_all(self) -> None:
        self._all = True
        if self._picture is not None:
            self.show_child(self._picture)


class HistoryCard(Card):
    """What was changed about the child, the family and the people around it."""

    def __init__(self) -> None:
        super().__init__("History")
        self._list = HistoryList()
        self._whose: object = None
        self.body.addWidget(self._list)

    def show_child(self, picture: ChildPicture) -> None:
        """Shows one child's."""
        if self._whose != picture.detail.child.id:
            self._whose = picture.detail.child.id
            self._list.start_short()
        self._list.set_rows(picture.history)


def about_facts(picture: ChildPicture) -> list[Fact]:
    """Who the child is."""
    child = picture.detail.child
    return [
        Fact("First name", child.legal_first),
        Fact("Surname", child.legal_last),
        Fact("Known as", child.known_as, none="The first name"),
        Fact("Date of birth", f"{short_with_year(child.birth_date)} ({picture.age})"),
        *([Fact("Sex", sex_words(child.sex))] if picture.whole else []),
        Fact("School", child.school),
        Fact("GP", child.gp, None if child.gp or not picture.missing else State.WARN),
        *([Fact("Ethnicity", child.ethnicity)] if picture.whole else []),
        Fact("Language", child.language),
        Fact("Reference", child.ref),
        *([Fact("Notes", child.notes)] if child.notes else []),
    ]


def health_facts(picture: ChildPicture) -> list[Fact]:
    """What the day needs to know."""
    child = picture.detail.child
    today = picture.today
    checked = State.WARN if details_due(child.details_checked, today) else State.OK
    late = medicine_problem(child.medicine_expires, today)
    return [
        _medical(picture, "Allergies", child.allergies, ""),
        _medical(picture, "Medical", "", child.medical),
        Fact("Medicine good until", _day(child.medicine_expires), State.BAD if late else None, "No date noted"),
        Fact("Medicine is kept", child.medicine_kept, none="Not noted"),
        Fact("Diet", child.diet, none="Eats everything"),
        Fact("One to one", ONE_TO_ONE[child.one_to_one], State.WARN if child.one_to_one else None, "Not needed"),
        Fact("Wheelchair", "Uses a wheelchair" if child.wheelchair else "", none="No"),
        Fact("Height", f"{child.height_cm} cm" if child.height_cm else ""),
        *([Fact("Details checked", _day(child.details_checked), checked, "Not yet")] if picture.whole else []),
    ]


def caring_facts(picture: ChildPicture) -> list[Fact]:
    """Why the child came to the club."""
    child = picture.detail.child
    return [
        Fact("Cares for", child.cares_for),
        Fact("Kind of condition", child.condition_category),
        Fact("Referred by", child.referred_by),
        Fact("Referred on", _day(child.referral_date)),
        Fact("Approved by Young Carers", _day(child.approved_young_carers), none="Not yet"),
        Fact("Approved by Family Pathways", _day(child.approved_family_pathways), none="Not yet"),
        Fact("Home visit", _day(child.home_visit), none="Not yet"),
        Fact("Information pack", "Given" if child.info_pack_given else "", none="Not given yet"),
    ]


def _medical(picture: ChildPicture, words: str, allergies: str, medical: str) -> Fact:
    marks = see_marks(ChildFacts(picture.row.id, picture.row.called, allergies, medical))
    if not marks:
        return Fact(words, allergies or medical, none=NONE)
    if marks[0].level is SeeLevel.RED:
        return Fact(words, allergies or medical, State.BAD, icon="hospital-box")
    return Fact(words, allergies or medical, State.WARN, icon="medical-bag")


def _day(day: Any) -> str:
    return short_with_year(day) if day else ""


def _edit(title: str, on_click: Callable[[], object]) -> QWidget:
    return button(
        "Edit", on_click, icon_name="pencil-outline", kind="quiet", name=f"Edit {title.lower()}",
        needs=EDIT,
    )  # fmt: skip
