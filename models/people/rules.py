"""Rules about children and the people around them."""

from enum import StrEnum


class ChildStatus(StrEnum):
    """Where a child stands with the club, from referral on."""

    REFERRED = "Waiting for approval"
    HOME_VISIT = "Waiting for home visit"
    WAITING = "Waiting list"
    ACTIVE = "Active"
    MOVED = "Closed - moved away"
    CLOSED = "Closed"
    OVER_AGE = "Declined - over age"
    DECLINED = "Declined"


class ContactKind(StrEnum):
    """Why a contact is on the list."""

    PARENT = "parent or carer"
    EMERGENCY = "emergency contact"


class CollectorKind(StrEnum):
    """Whether somebody may collect a child."""

    MAY = "may collect"
    MUST_NOT = "must not collect"
