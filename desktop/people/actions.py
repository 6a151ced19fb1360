"""One function for each thing a person can do to a child’s record; each is one change with its words for History."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from desktop.jobs import Jobs
from desktop.people import forms
from desktop.people.new_child import NewChildForm, adding
from desktop.people.reading import ChildPicture, Home, ListRow, read_homes
from desktop.widgets.edit_panel import Edit, EditForm, EditPanel, Fresh
from desktop.widgets.page import Page
from models.kernel.clock import Clock
from models.kernel.errors import BadInput
from models.kernel.words import called
from models.people import around, queries, service
from models.people.queries import ChildFields, Collector, Contact
from models.people.rules import CollectorKind, ContactKind


class Actions:
    """Everything the view of a child can ask for, in a panel beside it or at once."""

    def __init__(self, page: Page, jobs: Jobs, clock: Clock) -> None:
        self.panel = EditPanel(page, jobs)
        self._page = page
        self._jobs = jobs
        self._clock = clock

    def do(self, what: str, picture: ChildPicture, of: Any = None) -> None:
        """Does what a button of the view asks for. Raises KeyError for something there is no button for."""
        verbs: dict[str, Callable[[], None]] = {
            "about": lambda: self._child(picture, forms.about_form(self._clock.today()), "About {}", "details"),
            "health": lambda: self._child(picture, forms.health_form(), "Health and needs of {}", "health and needs"),
            "caring": lambda: self._child(picture, forms.caring_form(), "Caring and referral of {}", "referral"),
            "status": lambda: self._child(picture, forms.status_form(_short(picture)), "Status of {}", "status"),
            "checked": lambda: self._checked(picture),
            "family": lambda: self._family(picture),
            "contact": lambda: self._contact(picture, of),
            "move": lambda: self._move(*of),
            "may": lambda: self._collector(picture, None, CollectorKind.MAY),
            "must_not": lambda: self._collector(picture, None, CollectorKind.MUST_NOT),
            "collector": lambda: self._collector(picture, of, of.kind),
            "split": lambda: self._split(picture),
            "join": lambda: self._with_homes(lambda homes: self._join(picture, homes)),
        }
        verbs[what]()

    def new_child(self, known: Sequence[ListRow], opened: Callable[[UUID], object]) -> None:
        """Opens the form for a new child; `opened` is told its id once it is there."""
        self._with_homes(lambda homes: self._new_child(homes, known, opened))

    def _new_child(self, homes: Sequence[Home], known: Sequence[ListRow], opened: Callable[[UUID], object]) -> None:
        form = NewChildForm(self._clock.today(), homes, known)
        self.panel.edit(
            Edit(
                "New child", form, lambda values: f"Added {_typed(values)}",
                lambda values: f"{_typed(values)} is added.", adding, done=opened,
            )
        )  # fmt: skip

    def _child(self, picture: ChildPicture, form: EditForm, title: str, part: str) -> None:
        """The form over some of the child's own columns."""
        child_id, name = picture.detail.child.id, picture.detail.called
        form.open_with(picture.detail.child.version, asdict(picture.detail.child))

        def fresh(uow: Any) -> Fresh:
            now = queries.child(uow, child_id).child
            return now.version, asdict(now)

        self.panel.edit(
            Edit(
                title.format(name), form, lambda _values: f"Changed the {part} of {name}", lambda _values: "Saved.",
                lambda values: lambda uow: service.edit_child(uow, child_id, form.version, values), fresh,
            )
        )  # fmt: skip

    def _checked(self, picture: ChildPicture) -> None:
        child, name, today = picture.detail.child, picture.detail.called, self._clock.today()
        self._at_once(
            lambda uow: service.edit_child(uow, child.id, child.version, {"details_checked": today}),
            f"Went over the details of {name} with the family",
            "Details checked today.",
        )

    def _family(self, picture: ChildPicture) -> None:
        home, name = picture.detail.family, picture.detail.called
        form = forms.family_form([each for _id, each in picture.detail.siblings])
        form.open_with(home.version, asdict(home))

        def fresh(uow: Any) -> Fresh:
            now = queries.families(uow, [home.id])[0]
            return now.version, asdict(now)

        self.panel.edit(
            Edit(
                f"Home of {name}", form, lambda _values: f"Changed the home of {name}", lambda _values: "Saved.",
                lambda values: lambda uow: service.edit_family(uow, home.id, form.version, values), fresh,
            )
        )  # fmt: skip

    def _contact(self, picture: ChildPicture, one: Contact | None) -> None:
        if one is None:
            self._new_contact(picture)
            return
        form = forms.contact_form(lambda: self._remove(around.remove_contact, one, form))
        form.open_with(one.version, asdict(one))

        def fresh(uow: Any) -> Fresh:
            found = queries.contacts_for(uow, [one.family_id]).get(one.family_id, ())
            return _found(found, one.id)

        self.panel.edit(
            Edit(
                one.name, form, lambda values: f"Changed the contact {values['name'] or one.name}",
                lambda _values: "Saved.",
                lambda values: lambda uow: around.edit_contact(uow, one.id, form.version, values), fresh,
            )
        )  # fmt: skip

    def _new_contact(self, picture: ChildPicture) -> None:
        family_id, name = picture.detail.family.id, picture.detail.called
        form = forms.contact_form(None)
        form.set_values({"kind": ContactKind.EMERGENCY if picture.detail.contacts else ContactKind.PARENT})
        self.panel.edit(
            Edit(
                f"New contact for {name}", form, lambda values: f"Added {values['name']}, a contact of {name}",
                lambda values: f"{values['name']} is on the list.",
                lambda values: lambda uow: around.add_contact(uow, family_id, values),
            )
        )  # fmt: skip

    def _move(self, one: Contact, place: int) -> None:
        self._at_once(
            lambda uow: around.move_contact(uow, one.id, one.version, place),
            f"Moved {one.name} in the call order",
            f"{one.name} is now rung {_place(place)}.",
        )

    def _collector(self, picture: ChildPicture, one: Collector | None, kind: CollectorKind) -> None:
        if one is None:
            self._new_collector(picture, kind)
            return
        form = forms.CollectorForm(lambda: self._remove(around.remove_collector, one, form))
        form.open_with(one.version, asdict(one))

        def fresh(uow: Any) -> Fresh:
            return _found(queries.collectors_for(uow, [one.child_id]).get(one.child_id, ()), one.id)

        name = picture.detail.called
        self.panel.edit(
            Edit(
                one.name, form, lambda values: f"Changed {values['name'] or one.name} on {name}’s collecting list",
                lambda _values: "Saved.",
                lambda values: lambda uow: around.edit_collector(uow, one.id, form.version, values), fresh,
            )
        )  # fmt: skip

    def _new_collector(self, picture: ChildPicture, kind: CollectorKind) -> None:
        child_id, name = picture.detail.child.id, picture.detail.called
        form = forms.CollectorForm(None)
        form.set_values({"kind": kind})
        form.fit()
        self.panel.edit(
            Edit(
                f"New for {name}’s collecting list", form,
                lambda values: f"Added {values['name']} to {name}’s collecting list",
                lambda values: f"{values['name']} is on the list.",
                lambda values: lambda uow: around.add_collector(uow, child_id, {"kind": kind, **values}),
            )
        )  # fmt: skip

    def _split(self, picture: ChildPicture) -> None:
        child, name = picture.detail.child, picture.detail.called
        self.panel.edit(
            Edit(
                f"{name} moves", forms.split_form(_short(picture)),
                lambda _values: f"Moved {name} to an address of their own", lambda _values: f"{name} has moved.",
                lambda values: lambda uow: service.split_child(uow, child.id, child.version, values),
            )
        )  # fmt: skip

    def _join(self, picture: ChildPicture, homes: Sequence[Home]) -> None:
        child, name = picture.detail.child, picture.detail.called
        others = [home for home in homes if home.id != picture.detail.family.id]
        form = forms.join_form(_short(picture), others)
        self.panel.edit(
            Edit(
                f"{name} joins a family", form, lambda _values: f"Moved {name} to another family",
                lambda _values: f"{name} has joined the family.",
                lambda values: lambda uow: _join(uow, child, values["family_id"]),
            )
        )  # fmt: skip

    def _remove(self, verb: Callable[..., None], one: Contact | Collector, form: EditForm) -> None:
        def done(_answer: None) -> None:
            form.mark_clean()
            self.panel.close_panel()
            self._page.said.emit(f"{one.name} is off the list.", True)

        label = f"Took {one.name} off the list"
        self._jobs.change(lambda uow: verb(uow, one.id, form.version), label, done, form.show_error)

    def _at_once(self, change: Callable[[Any], None], label: str, said: str) -> None:
        self._jobs.change(change, label, lambda _answer: self._page.said.emit(said, True), self._page.failed.emit)

    def _with_homes(self, then: Callable[[Sequence[Home]], None]) -> None:
        self._jobs.query(read_homes, then, self._page.failed.emit, key="homes")


def _join(uow: Any, child: ChildFields, family_id: UUID | None) -> None:
    if family_id is None:
        raise BadInput("No family is chosen.", "Type a few letters of a child’s name or the street.", "family_id")
    service.join_family(uow, child.id, child.version, family_id)


def _found(ones: Sequence[Any], wanted: UUID) -> Fresh:
    now = next(one for one in ones if one.id == wanted)
    return now.version, asdict(now)


def _short(picture: ChildPicture) -> str:
    child = picture.detail.child
    return child.known_as or child.legal_first


def _typed(values: Any) -> str:
    return called(values["legal_first"] or "", values["legal_last"] or "", values["known_as"])


def _place(place: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(place, f"in place {place}")
