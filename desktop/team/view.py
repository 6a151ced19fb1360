"""One adult: whether they count, what is due, then a card for each part of what is known."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from desktop.team.reading import AdultPicture
from desktop.team.words import Check
from desktop.widgets.allowed import may
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.card_columns import CardColumns
from desktop.widgets.facts import Fact, Facts
from desktop.widgets.flow import Flow
from desktop.widgets.history_list import HistoryList
from desktop.widgets.readiness_lines import ReadinessLines, ReadinessRow
from desktop.widgets.state import State
from desktop.widgets.text import button, label, link
from models.access.rules import Permission
from models.kernel.dates import age_on, short_with_year
from models.kernel.words import sex_words


class AdultView(CardColumns):
    """The view of one adult.

    Signals:
        wanted(what, of): "details", "checks", "driving", "clear", "unclear", or "activity" with an id.
    """

    wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._whose: object = None
        self._counts = Card("With the children")
        self._lines = ReadinessLines()
        self._lines.fix.connect(self._want)
        self._counts.body.addWidget(self._lines)
        self._details, self._details_facts = self._card("Details", "details")
        self._checks, self._checks_facts = self._card("Checks", "checks")
        self._driving, self._driving_facts = self._card("Driving", "driving")
        self._duties = Card("Coming")
        self._history = HistoryList()
        self._past = Card("History")
        self._past.body.addWidget(self._history)
        self.lay_out([self._counts], [self._details, self._past], [self._checks, self._driving, self._duties])

    def show_adult(self, picture: AdultPicture) -> None:
        """Shows one adult; the keyboard stays where it is."""
        adult = picture.row.adult
        if self._whose != adult.id:
            self._whose = adult.id
            self._history.start_short()
            self.to_top()
        self._lines.set_rows([self._counting_row(picture), *(self._due_row(*each) for each in picture.due)])
        self._details_facts.set_facts(details_facts(picture))
        row = picture.row
        checks = (row.dbs, row.safeguarding, row.first_aid) if row.whole else (row.first_aid,)
        self._checks_facts.set_facts([_check_fact(each) for each in checks])
        self._driving.setVisible(row.whole)
        self._past.setVisible(may(self, Permission.EDIT_TEAM))
        self._driving_facts.set_facts(driving_facts(picture))
        self._show_duties(picture)
        self._history.set_rows(picture.history)

    def _want(self, what: str, of: Any = None) -> None:
        self.wanted.emit(what, of)

    def _counting_row(self, picture: AdultPicture) -> ReadinessRow:
        row = _counting_row(picture)
        if not row.button or may(self, Permission.CLEAR_ADULTS):
            return row
        return replace(row, button="", key=None)

    def _due_row(self, sentence: str, overdue: bool) -> ReadinessRow:
        row = _due_row(sentence, overdue)
        return row if may(self, Permission.EDIT_TEAM) else replace(row, button="", key=None)

    def _card(self, title: str, key: str) -> tuple[Card, Facts]:
        card, facts = Card(title), Facts(title)
        card.body.addWidget(facts)
        card.add_action(_edit(title, lambda: self._want(key)))
        return card, facts

    def _show_duties(self, picture: AdultPicture) -> None:
        clear_layout(self._duties.body)
        for line in picture.duties:
            words = f"{short_with_year(line.day)} · {line.title}"
            made = link(self, "programme", words, partial(self._want, "activity", line.activity_id))
            made.setAccessibleName(f"{words}: {line.words}")
            self._duties.body.addWidget(Flow([made, label(line.words)]))
        if not picture.duties:
            where = " Adults are asked in the programme." if may(self, Permission.PLAN) else ""
            self._duties.body.addWidget(label(f"Not asked for anything yet.{where}", "soft", wrap=True))


def details_facts(picture: AdultPicture) -> list[Fact]:
    """Who the adult is."""
    adult = picture.row.adult
    return [
        Fact("Role", picture.row.role),
        *([Fact("Mobile", adult.mobile)] if adult.mobile or picture.row.whole else []),
        *(_private_facts(picture) if picture.row.whole else []),
        *([Fact("Leaves on", short_with_year(adult.left_on))] if adult.left_on else []),
        *([Fact("Notes", adult.notes)] if adult.notes else []),
    ]


def _private_facts(picture: AdultPicture) -> list[Fact]:
    adult = picture.row.adult
    born = adult.birth_date
    return [
        Fact("Email", adult.email),
        Fact("Usual days", adult.usual_days),
        Fact("Date of birth", f"{short_with_year(born)} ({age_on(born, picture.today)})" if born else ""),
        Fact("Sex", sex_words(adult.sex)),
    ]


def driving_facts(picture: AdultPicture) -> list[Fact]:
    """What a driver's papers say."""
    adult = picture.row.adult
    if not adult.licence:
        return [Fact("Licence", "", none="Does not drive for the club")]
    approved = short_with_year(adult.driving_approved) if adult.driving_approved else ""
    return [
        Fact("Licence", adult.licence),
        *(_check_fact(each) for each in picture.papers),
        Fact("Approved to drive", approved, none="No written word of insurer and trustees noted"),
    ]


def _check_fact(check: Check) -> Fact:
    return Fact(check.name, check.words, check.state)


def _counting_row(picture: AdultPicture) -> ReadinessRow:
    counting = picture.row.counting
    if not picture.row.whole:
        beneath = " Whether somebody counts on the day stands in the register." if picture.row.adult.cleared_on else ""
        return ReadinessRow(counting.state, "Cleared", f"{counting.words}{beneath}")
    buttons = {"Not cleared": ("Clear to count", "clear"), "Cleared": ("Take clearance back", "unclear")}
    words, key = buttons.get(counting.short, ("", ""))
    return ReadinessRow(counting.state, "Counts", counting.words, words, key)


def _due_row(sentence: str, overdue: bool) -> ReadinessRow:
    key = "driving" if "licence" in sentence or "MiDAS" in sentence else "checks"
    return ReadinessRow(State.BAD if overdue else State.WARN, "Due", sentence, "New date", key)


def _edit(title: str, on_click: Callable[[], object]) -> QPushButton:
    return button(
        "Edit", on_click, icon_name="pencil-outline", kind="quiet", name=f"Edit {title.lower()}",
        needs=Permission.EDIT_TEAM,
    )  # fmt: skip
