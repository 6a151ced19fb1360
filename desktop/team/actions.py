"""One function for each thing a person can do to an adult's record; each is one change with its words for History."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from desktop.jobs import Jobs
from desktop.team.reading import AdultPicture
from desktop.team.words import LICENCE_HELP
from desktop.widgets.date_field import DateField
from desktop.widgets.edit_panel import Edit, EditForm, EditPanel, Fresh
from desktop.widgets.fields import LineField, LongTextField, TickField
from desktop.widgets.form import Form
from desktop.widgets.page import Page
from desktop.widgets.text import label
from models.kernel.dates import short_with_year
from models.team import queries, service
from models.team.queries import AdultRow

PAID = "Somebody who is not paid is a volunteer"


class Actions:
    """Everything the view of an adult can ask for, in a panel beside it or at once."""

    def __init__(self, page: Page, jobs: Jobs) -> None:
        self.panel = EditPanel(page, jobs)
        self._page = page
        self._jobs = jobs

    def do(self, what: str, picture: AdultPicture) -> None:
        """Does what a button asks for. Raises KeyError for something there is no button for."""
        adult = picture.row.adult
        verbs: dict[str, Callable[[], None]] = {
            "details": lambda: self._edit(adult, details_form(), adult.name, "details"),
            "checks": lambda: self._edit(adult, checks_form(), f"Checks of {adult.name}", "checks"),
            "driving": lambda: self._edit(adult, driving_form(), f"Driving: {adult.name}", "driving papers"),
            "clear": lambda: self._at_once(
                lambda uow: service.clear_adult(uow, adult.id, adult.version),
                f"Cleared {adult.name} to count",
                f"{adult.called} counts from today.",
            ),
            "unclear": lambda: self._at_once(
                lambda uow: service.unclear(uow, adult.id, adult.version),
                f"Took the clearance of {adult.name} back",
                f"{adult.called} no longer counts.",
            ),
            "leave": lambda: self._leave(adult),
            "back": lambda: self._at_once(
                lambda uow: service.leave(uow, adult.id, adult.version, None),
                f"{adult.name} is back on the team",
                f"{adult.called} is back on the team.",
            ),
        }
        verbs[what]()

    def new_adult(self, opened: Callable[[UUID], object]) -> None:
        """Opens the form for a new adult; `opened` is told the id once it is there."""
        form = Form("Add adult")
        form.add(LineField("name", "Name", "First name and surname"))
        form.add(LineField("role", "Role", "Like “Sessional worker” or “Volunteer”", optional=True))
        form.add(TickField("paid", "Paid", PAID))
        form.add(DateField("birth_date", "Date of birth", "Only adults of 18 and over count", optional=True))
        form.add(LineField("mobile", "Mobile", optional=True))
        self.panel.edit(
            Edit(
                "New adult", form, lambda values: f"Added {values['name']} to the team",
                lambda values: f"{values['name']} is on the team. Add the checks next.",
                lambda values: lambda uow: service.add_adult(uow, values), done=opened,
            )
        )  # fmt: skip

    def _edit(self, adult: AdultRow, form: EditForm, title: str, part: str) -> None:
        form.open_with(adult.version, asdict(adult))

        def fresh(uow: Any) -> Fresh:
            now = queries.adult(uow, adult.id)
            return now.version, asdict(now)

        self.panel.edit(
            Edit(
                title, form, lambda _values: f"Changed the {part} of {adult.name}", lambda _values: "Saved.",
                lambda values: lambda uow: service.edit_adult(uow, adult.id, form.version, values), fresh,
            )
        )  # fmt: skip

    def _leave(self, adult: AdultRow) -> None:
        form = Form("Save")
        form.add_widget(label(f"From this day {adult.called} is no longer asked. What was done stays.", wrap=True))
        form.add(DateField("left_on", "Leaves on", "Like 31/12/2026"))
        form.set_values({"left_on": adult.left_on})

        def change(values: Mapping[str, Any]) -> Callable[[Any], None]:
            return lambda uow: service.leave(uow, adult.id, adult.version, values["left_on"])

        def said(values: Mapping[str, Any]) -> str:
            day = values["left_on"]
            return f"{adult.called} leaves on {short_with_year(day)}." if day else f"{adult.called} stays on the team."

        label_words = f"{adult.name} leaves the team"
        self.panel.edit(Edit(f"{adult.name} leaves", form, lambda _values: label_words, said, change))

    def _at_once(self, change: Callable[[Any], None], words: str, said: str) -> None:
        self._jobs.change(change, words, lambda _answer: self._page.said.emit(said, True), self._page.failed.emit)


def details_form() -> EditForm:
    """Who the adult is."""
    form = EditForm()
    form.add(LineField("name", "Name"))
    form.add(LineField("role", "Role", "Like “Sessional worker” or “Volunteer”", optional=True))
    form.add(TickField("paid", "Paid", PAID))
    form.add(DateField("birth_date", "Date of birth", "Only adults of 18 and over count", optional=True))
    form.add(LineField("sex", "Sex", optional=True))
    form.add(LineField("mobile", "Mobile", optional=True))
    form.add(LineField("email", "Email", optional=True))
    form.add(LineField("usual_days", "Usual days", "Like “Sat and school holidays”", optional=True))
    form.add(LongTextField("notes", "Notes", optional=True))
    return form


def checks_form() -> EditForm:
    """The checks and certificates everybody has."""
    form = EditForm()
    form.add(DateField("dbs_issued", "DBS issued on", "The date on the certificate", optional=True))
    form.add(LineField("dbs_level", "DBS level", "Like “Enhanced with barred list”", optional=True))
    form.add(DateField("safeguarding_trained", "Safeguarding training on", optional=True))
    form.add(DateField("first_aid_expires", "Paediatric first aid ends on", optional=True))
    return form


def driving_form() -> EditForm:
    """What a driver of a minibus needs."""
    form = EditForm()
    form.add(LineField("licence", "Licence", LICENCE_HELP, optional=True))
    form.add(DateField("licence_checked", "Licence last checked with the DVLA", "Every 6 months", optional=True))
    form.add(DateField("midas_expires", "MiDAS certificate ends on", "Renewed every 4 years", optional=True))
    approved = "For a paid driver on a car licence: when insurer and trustees said yes in writing"
    form.add(DateField("driving_approved", "Approved to drive on", approved, optional=True))
    return form
