"""Rules about activities: who counts, how many adults are needed, how many places there are."""

from enum import StrEnum


class ActivityKind(StrEnum):
    """A monthly Saturday club, or a holiday trip."""

    CLUB = "club"
    TRIP = "trip"


class ActivityStatus(StrEnum):
    """A plan is a draft, then confirmed; then it was delivered, or it was cancelled."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class BookingStatus(StrEnum):
    """A place, a place in the queue, or a place given up."""

    BOOKED = "booked"
    WAITING = "waiting"
    NOT_COMING = "not coming"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What a family said on the ring-round."""

    NOT_ASKED = "not asked"
    COMING = "coming"
    NOT_COMING = "not coming"
    NO_ANSWER = "no answer"
    RING_AGAIN = "ring again"


class DutyRole(StrEnum):
    """What an adult is there for."""

    LEAD = "lead"
    WORKER = "worker"
    VOLUNTEER = "volunteer"
    DRIVER = "driver"
    ONE_TO_ONE = "one to one"


class DutyStatus(StrEnum):
    """Only a confirmed adult counts."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class ChoreKind(StrEnum):
    """What is done for an activity and leaves no other trace."""

    HALL = "hall booked"
    INVITATIONS = "invitations sent"
    ADULTS = "adults asked"
    FORMS = "forms collected"
    RING_ROUND = "ring-round finished"
    PRINTED = "packs printed"
    KEYED = "register keyed"
