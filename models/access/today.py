"""What is on today, as far as the acting person is concerned: who works on the day alone sees that, and no more.

The tables are of rooms above this one, so they are named here and not imported; a test holds the names to them.
"""

from uuid import UUID

from sqlalchemy import Date, String, Uuid, column, select, table

from models.access.permissions import Permission, inside_only
from models.storage.uow import UnitOfWork

ACTIVITY = table("activity", column("id", Uuid), column("day", Date), column("status", String), column("lead_id", Uuid))
BOOKING = table("booking", column("activity_id", Uuid), column("child_id", Uuid), column("status", String))
MARK = table("mark", column("activity_id", Uuid), column("child_id", Uuid), column("adult_id", Uuid))
CHILD = table("child", column("id", Uuid), column("family_id", Uuid))
DUTY = table("duty", column("activity_id", Uuid), column("adult_id", Uuid), column("status", String))
CANCELLED, BOOKED, DECLINED = "cancelled", "booked", "declined"


@inside_only
def sees_families(uow: UnitOfWork) -> bool:
    """Whether the acting person may see families whole, and not only what today needs of them."""
    return uow.actor.activity is None and uow.actor.may(Permission.SEE_FAMILIES)


@inside_only
def activities_today(uow: UnitOfWork) -> frozenset[UUID]:
    """Today's activities; for somebody held to one activity that one, also after midnight."""
    if uow.actor.activity is not None:
        return frozenset({uow.actor.activity})
    mine = ACTIVITY.c.day == uow.clock.today(), ACTIVITY.c.status != CANCELLED
    return frozenset(uow.session.scalars(select(ACTIVITY.c.id).where(*mine)))


@inside_only
def sees_whole(uow: UnitOfWork, activity_id: UUID) -> bool:
    """Whether the acting person may see all of an activity: they see families, or it is today's."""
    return sees_families(uow) or activity_id in activities_today(uow)


@inside_only
def children_today(uow: UnitOfWork) -> frozenset[UUID]:
    """The children with a place at one of them, and those who came without."""
    ids = activities_today(uow)
    placed = select(BOOKING.c.child_id).where(BOOKING.c.activity_id.in_(ids), BOOKING.c.status == BOOKED)
    came = select(MARK.c.child_id).where(MARK.c.activity_id.in_(ids), MARK.c.child_id.is_not(None))
    return frozenset(uow.session.scalars(placed.union(came)))


@inside_only
def families_today(uow: UnitOfWork) -> frozenset[UUID]:
    """The households of those children."""
    return frozenset(uow.session.scalars(select(CHILD.c.family_id).where(CHILD.c.id.in_(children_today(uow)))))


@inside_only
def adults_today(uow: UnitOfWork) -> frozenset[UUID]:
    """The adults who lead one of them, are asked for it and have not said no, or came."""
    ids = activities_today(uow)
    lead = select(ACTIVITY.c.lead_id).where(ACTIVITY.c.id.in_(ids), ACTIVITY.c.lead_id.is_not(None))
    asked = select(DUTY.c.adult_id).where(DUTY.c.activity_id.in_(ids), DUTY.c.status != DECLINED)
    came = select(MARK.c.adult_id).where(MARK.c.activity_id.in_(ids), MARK.c.adult_id.is_not(None))
    return frozenset(uow.session.scalars(lead.union(asked, came)))
