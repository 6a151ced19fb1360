"""The left side of the print page: what to print, for whom, and how."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton, QVBoxLayout, QWidget

from desktop.documents.order import EXPLAINED, Order, named, usual
from desktop.widgets.card import Card
from desktop.widgets.field import Field
from desktop.widgets.fields import ChoiceField, LongTextField, TickField
from desktop.widgets.metrics import px
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.text import button, label
from models.documents.queries import Choices
from models.documents.service import WORDS, What
from models.kernel.clock import Clock
from models.kernel.words import counted

ACTIVITY, FAMILY, OUTSTANDING, CHOSEN = "activity", "family", "outstanding", "chosen"


class Chooser(Card):
    """Signals:
    ordered(Order): the pages are wanted.
    trip_chosen(object): a trip pack of this activity is being looked at (its id), or something else is (None).
    """

    ordered = Signal(object)
    trip_chosen = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("What to print", parent)
        self._clock = clock
        self._choices = Choices((), ())
        self._chosen: tuple[UUID, ...] = ()
        self._about: UUID | None = None
        self._holders_typed = False
        self._radios: dict[What, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._explained = label("", "small", wrap=True)
        self.body.setSpacing(px(12))
        self._build_what()
        self.whom = ChoiceField("whom", "Forms for", [])
        self.activity = ChoiceField("activity", "Club or trip", [])
        self.child = NamePicker("child", "A child of the family", help_words="Brothers and sisters at home come too.")
        self.asked = TickField("asked", "Note these families as asked today", "Once the forms are printed or saved.")
        self.holders = LongTextField(
            "holders", "Who carries a copy", "One name a line. The first is the lead’s.", lines=3
        )
        for field in (self.whom, self.activity, self.child, self.holders, self.asked):
            self.body.addWidget(field)
        for box in (self.whom.box, self.activity.box):
            _keep_narrow(box)
        self.asked.set_value(True)
        self.make_button = button("Show the pages", self.order, kind="call", icon_name="file-document-outline")
        self.body.addWidget(self.make_button)
        self.whom.changed.connect(self._fit)
        self.activity.changed.connect(self._activity_changed)
        self.holders.changed.connect(self._holders_changed)
        self.choose(What.CONSENT_PACK)

    def set_choices(self, choices: Choices) -> None:
        """What there is to choose from; what is chosen already stays."""
        self._choices = choices
        self.activity.set_choices([(row.id, named(row)) for row in choices.activities])
        if self.activity.value() is None:
            self.activity.set_value(usual(self.what(), choices.activities, self._clock.today()))
        self.child.set_people(choices.children)
        self._fit()
        self._tell()

    def choose(self, what: What, activity_id: UUID | None = None, child_ids: tuple[UUID, ...] = ()) -> None:
        """Chooses a document, for an activity or some children; with neither, for all consents outstanding."""
        self._chosen, self._about = child_ids, activity_id if child_ids else None
        focused = any(radio.hasFocus() for radio in self._radios.values())
        with QSignalBlocker(self._group):
            self._radios[what].setChecked(True)
        if focused:
            self._radios[what].setFocus()
        if activity_id is not None:
            self.activity.set_value(activity_id)
        self._offer_whom()
        self.whom.set_value(CHOSEN if child_ids else ACTIVITY if activity_id else OUTSTANDING)
        self._fit()
        self._tell()

    def what(self) -> What:
        """The document chosen."""
        return next(what for what, radio in self._radios.items() if radio.isChecked())

    def set_holders(self, names: tuple[str, ...]) -> None:
        """Who usually carries the copies; names somebody typed stay."""
        if not self._holders_typed:
            self.holders.set_value("\n".join(names))

    def set_busy(self, busy: bool) -> None:
        """While pages are being made they cannot be asked for again."""
        self.make_button.setEnabled(not busy)

    def order(self) -> None:
        """As if Show the pages had been pressed."""
        if self.make_button.isEnabled() and (wanted := self.wanted()) is not None:
            self.ordered.emit(wanted)

    def wanted(self) -> Order | None:
        """What is chosen; None, said at the field, where something is missing."""
        what, whom = self.what(), self.whom.value() if self.what() is What.CONSENT_PACK else ACTIVITY
        if whom == OUTSTANDING:
            return Order(what)
        if whom == CHOSEN:
            about = self._title_of(self._about) if self._about else ""
            return Order(what, self._about, child_ids=self._chosen, about=about)
        if whom == FAMILY:
            child_id = _given(self.child, "Type the child’s name.")
            return Order(what, child_id=child_id) if child_id else None
        activity_id = _given(self.activity, "Choose a club or a trip.")
        if activity_id is None:
            return None
        holders = (self.holders.value() or "").splitlines() if what is What.TRIP_PACK else []
        return Order(what, activity_id, holders=tuple(holders), about=self._title_of(activity_id))

    def _build_what(self) -> None:
        radios = QVBoxLayout()
        radios.setSpacing(px(1))
        for what, words in WORDS.items():
            radio = QRadioButton(words)
            radio.setAccessibleName(words)
            radio.setAccessibleDescription(EXPLAINED[what])
            self._radios[what] = radio
            self._group.addButton(radio)
            radios.addWidget(radio)
        self.body.addLayout(radios)
        self.body.addWidget(self._explained)
        self._group.buttonToggled.connect(self._what_changed)

    def _what_changed(self, _radio: object, on: bool) -> None:
        if not on:
            return
        self._offer_whom()
        fitting = usual(self.what(), self._choices.activities, self._clock.today())
        if fitting is not None:
            self.activity.set_value(fitting)
        self._fit()
        self._tell()

    def _offer_whom(self) -> None:
        choices = [
            (ACTIVITY, "Everybody with a place"),
            (FAMILY, "One family"),
            (OUTSTANDING, "All that are still missing"),
        ]
        if self._chosen:
            about = f", for {title}" if self._about and (title := self._title_of(self._about)) else ""
            words = f"The {counted(len(self._chosen), 'child', 'children')} you chose{about}"
            choices.insert(0, (CHOSEN, words))
        self.whom.set_choices(choices)
        if self.whom.value() is None:
            self.whom.set_value(ACTIVITY)

    def _fit(self) -> None:
        """Shows the fields this document asks for."""
        what = self.what()
        forms = what is What.CONSENT_PACK
        whom = self.whom.value() if forms else ACTIVITY
        self._explained.setText(EXPLAINED[what])
        shown: dict[Field[Any], bool] = {
            self.whom: forms, self.asked: forms, self.child: whom == FAMILY, self.activity: whom == ACTIVITY,
            self.holders: what is What.TRIP_PACK,
        }  # fmt: skip
        for field, wanted in shown.items():
            field.setVisible(wanted)

    def _activity_changed(self) -> None:
        self._holders_typed = False
        self._tell()

    def _holders_changed(self) -> None:
        self._holders_typed = True

    def _tell(self) -> None:
        self.trip_chosen.emit(self.activity.value() if self.what() is What.TRIP_PACK else None)

    def _title_of(self, activity_id: UUID) -> str:
        return next((row.title for row in self._choices.activities if row.id == activity_id), "")


def _given(field: Field[Any], missing: str) -> Any:
    if not field.check():
        field.setFocus()
        return None
    value = field.value()
    if value is None:
        field.set_error(missing)
        field.setFocus()
    return value


def _keep_narrow(box: QComboBox) -> None:
    """The box is as wide as its column, its list as wide as its words."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.view().setMinimumWidth(px(320))
