"""A bus drawn from above, front at the left: who is on it at a glance. Seats are not numbered; nobody is told where."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.transport.reading import Journey, Passenger
from desktop.transport.words import passenger_words, seats_words
from desktop.widgets import tokens
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px
from models.kernel.words import initials
from models.transport.rules import seats_available, wheelchairs

_ACROSS = 4
_SEAT, _GAP, _AISLE = 30, 5, 12


@dataclass(frozen=True)
class Place:
    """One place drawn: `kind` is driver, seat, lost (out for a wheelchair) or wheelchair; `who` None where free."""

    column: int
    row: int
    kind: str
    name: str = ""
    child: bool = False
    tip: str = ""


def places(journey: Journey) -> tuple[Place, ...]:
    """Where everybody is drawn: driver and front seats first, then four across, wheelchair places at the back."""
    vehicle, chairs = journey.facts.vehicle, wheelchairs(journey.facts)
    sitting = [one for one in journey.passengers if not one.seat.in_wheelchair]
    rolling = [one for one in journey.passengers if one.seat.in_wheelchair]
    adults = [one for one in sitting if not one.is_child]
    children = [one for one in sitting if one.is_child]
    front = [_filled(0, at + 1, adults.pop(0) if adults else None) for at in range(min(vehicle.front_seats, 3))]
    open_seats = seats_available(vehicle, min(chairs, vehicle.wheelchair_places)) - len(front)
    behind: list[Passenger | None] = [*children, *adults]
    behind += [None] * max(0, open_seats - len(behind))
    lost = max(0, vehicle.seats - len(front) - len(behind))
    drawn = [Place(0, 0, "driver", journey.driver_name, tip=f"Driver: {journey.driver_name or 'nobody yet'}"), *front]
    drawn += [_filled(1 + at // _ACROSS, at % _ACROSS, who) for at, who in enumerate(behind)]
    used = len(behind)
    drawn += [Place(1 + (used + at) // _ACROSS, (used + at) % _ACROSS, "lost", tip="Out for a wheelchair")
              for at in range(lost)]  # fmt: skip
    last = 1 + (used + lost + _ACROSS - 1) // _ACROSS
    riders: list[Passenger | None] = [*rolling, *([None] * max(0, vehicle.wheelchair_places - len(rolling)))]
    drawn += [_wheelchair(last + at // 2, at % 2, who) for at, who in enumerate(riders)]
    return tuple(drawn)


def _filled(column: int, row: int, who: Passenger | None) -> Place:
    if who is None:
        return Place(column, row, "seat", tip="Free seat")
    return Place(column, row, "seat", who.name, who.is_child, passenger_words(who))


def _wheelchair(column: int, row: int, who: Passenger | None) -> Place:
    tip = passenger_words(who) if who else "Free wheelchair place"
    return Place(column, row, "wheelchair", who.name if who else "", True, tip)


class SeatMap(QWidget):
    """The drawing; its words say the same to a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[Place, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_journey(self, journey: Journey) -> None:
        """Draws this journey."""
        self._places = places(journey)
        self.setAccessibleName(f"Seats: {seats_words(journey)}")
        self.setFixedHeight(round(self._height(self._scale())) + 2)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(220), round(self._height(1.0)) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(round(self._height(self._scale())) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_body(painter)
        for place in self._places:
            self._draw(painter, place)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self._at(event.pos())
            # Held apart from markup by a zero-width mark: a name is shown as typed.
            QToolTip.showText(event.globalPos(), f"\u200b{found.tip}" if found else "", self)
            return True
        return super().event(event)

    def _at(self, point: QPoint) -> Place | None:
        return next((place for place in self._places if self._rect(place).contains(QPointF(point))), None)

    def _scale(self) -> float:
        """1.0, or less where a long bus would not fit."""
        columns = max((place.column for place in self._places), default=0) + 1
        whole = px(_SEAT + _GAP) * columns + px(28)
        return min(1.0, self.width() / whole) if self.width() else 1.0

    def _height(self, scale: float) -> float:
        return scale * (_ACROSS * px(_SEAT) + (_ACROSS - 2) * px(_GAP) + px(_AISLE) + 2 * px(9))

    def _rect(self, place: Place) -> QRectF:
        scale = self._scale()
        seat, gap = px(_SEAT) * scale, px(_GAP) * scale
        left = px(12) * scale + place.column * (seat + gap)
        if place.kind == "wheelchair":
            high = 2 * seat + gap
            top = px(9) * scale + place.row * (high + px(_AISLE) * scale)
            return QRectF(left, top, seat, high)
        aisle = px(_AISLE) * scale - gap if place.row >= _ACROSS // 2 else 0.0
        return QRectF(left, px(9) * scale + place.row * (seat + gap) + aisle, seat, seat)

    def _draw_body(self, painter: QPainter) -> None:
        right = max((self._rect(place).right() for place in self._places), default=0.0)
        painter.setPen(tokens.current().colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        scale = self._scale()
        painter.drawRoundedRect(QRectF(0.5, 0.5, right + px(8) * scale, self._height(scale)), px(14), px(14))

    def _draw(self, painter: QPainter, place: Place) -> None:
        look, rect = tokens.current(), self._rect(place)
        taken = bool(place.name)
        pen = QPen(look.colour("brand" if taken else "line" if place.kind == "lost" else "edge"), 1)
        if not taken:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        ground = "brand_soft" if place.child else "panel"
        painter.setBrush(look.colour(ground) if taken else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, px(6), px(6))
        if place.kind in ("driver", "wheelchair"):
            self._draw_mark(painter, place, rect)
        elif taken:
            self._write(painter, place.name, rect)
        elif place.kind == "lost":
            painter.drawLine(rect.topLeft() + QPointF(5, 5), rect.bottomRight() - QPointF(5, 5))

    def _draw_mark(self, painter: QPainter, place: Place, rect: QRectF) -> None:
        name = "steering" if place.kind == "driver" else "wheelchair-accessibility"
        size = min(rect.width(), rect.height()) * 0.5
        colour = "brand" if place.name else "edge"
        half = QRectF(rect.left(), rect.top(), rect.width(), rect.height() * 0.5)
        box = QRectF(half.center().x() - size / 2, half.center().y() - size / 2, size, size)
        if not place.name:
            box.moveCenter(rect.center())
        icon(name, colour).paint(painter, box.toRect())
        if place.name:
            low = QRectF(rect.left(), half.bottom(), rect.width(), rect.height() - half.height())
            self._write(painter, place.name, low)

    def _write(self, painter: QPainter, name: str, rect: QRectF) -> None:
        font = QFont(self.font())
        font.setPixelSize(max(7, round(px(11) * self._scale())))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(tokens.current().colour("brand"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))
