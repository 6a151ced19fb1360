"""The one guard: in a confirmed plan a change that would add a block is refused, or gone ahead with for a reason."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from uuid import UUID

from models.access.people import managers
from models.access.permissions import Permission, inside_only, needs
from models.kernel.errors import BadInput, Denied, Refused
from models.kernel.words import listed
from models.programme import queries as programme
from models.programme.rules import ActivityStatus
from models.readiness.lines import Line, added_blocks, worse_blocks
from models.readiness.queries import grounds_kept, readiness
from models.readiness.records import GoAheadRecord
from models.storage.uow import UnitOfWork
from models.storage.values import checked

BACK_TO_DRAFT = "Put something right first, make the plan a draft again, or go ahead anyway with a reason."
TO_DRAFT = "Put something right first, or make the plan a draft again."
WORDS = {"reason": "reason", "phoned": "name of the manager you phoned"}
LAW = "The law leaves no way round this one: put it right first."


@dataclass(frozen=True)
class Anyway:
    """Why somebody goes ahead anyway; `phoned` names the manager a lead rang on the day."""

    reason: str
    phoned: str = ""


@dataclass(frozen=True)
class Deciding:
    """How far the acting person may go ahead with an activity anyway.

    Attributes:
        alone: they decide. by_phone: they may on the day, once they have phoned a manager. managers: who decides.
    """

    alone: bool
    by_phone: bool
    managers: tuple[str, ...]

    @property
    def may(self) -> bool:
        """Whether they may at all."""
        return self.alone or self.by_phone

    @property
    def words(self) -> str:
        """Only a manager can go ahead anyway: Hannah Brook."""
        named = f": {listed(self.managers)}" if self.managers else ""
        return f"Only a manager can go ahead anyway{named}."


@needs(Permission.SEE_DAY)
def deciding(uow: UnitOfWork, activity_id: UUID) -> Deciding:
    """Whether the acting person may go ahead anyway, and who else may. Raises NotFound."""
    alone = uow.actor.may(Permission.GO_AHEAD)
    on_the_day = programme.activity(uow, activity_id).day == uow.clock.today()
    return Deciding(alone, not alone and on_the_day and uow.actor.may(Permission.CONFIRM), managers(uow))


@inside_only
@contextmanager
def guarding(
    uow: UnitOfWork, activity_id: UUID, anyway: Anyway | None = None, *, as_it_was: bool = False
) -> Iterator[None]:
    """Refuses whatever happens inside if it gives a confirmed plan a block it did not have.

    Raises Refused with every reason; with `anyway`, and nothing that is law, the reasons are set aside and noted.
    `as_it_was`: what was gone ahead with once need not be decided again, for it is only put back.
    """
    before = readiness(uow, activity_id)
    yield
    if before.activity.status is not ActivityStatus.CONFIRMED:
        return
    uow.flush()
    after = readiness(uow, activity_id)
    if after.activity.status is ActivityStatus.CONFIRMED:
        added = (worse_blocks if as_it_was else added_blocks)(before.lines, after.lines)
        settle(uow, activity_id, added, anyway)


@inside_only
@contextmanager
def rechecking(uow: UnitOfWork, activity_ids: Collection[UUID]) -> Iterator[None]:
    """`guarding` for each of several activities at once: what undo and redo ask the rules with."""
    with ExitStack() as guards:
        for activity_id in sorted(activity_ids):
            guards.enter_context(guarding(uow, activity_id, as_it_was=True))
        yield


@inside_only
def settle(uow: UnitOfWork, activity_id: UUID, blocks: tuple[Line, ...], anyway: Anyway | None) -> None:
    """Raises Refused for these blocks, or sets them aside where `anyway` says why and none of them is law."""
    if not blocks:
        return
    lawful = all(line.may_go_ahead for line in blocks)
    if anyway is None or not lawful:
        who = deciding(uow, activity_id)
        raise Refused(
            [line.text for line in blocks],
            LAW if not lawful else BACK_TO_DRAFT if who.may else f"{TO_DRAFT} {who.words}",
            rules=[line.rule for line in blocks],
            can_go_ahead=lawful and who.may,
            by_phone=who.by_phone,
        )
    for line in blocks:
        _note_go_ahead(uow, activity_id, line, anyway)


def _note_go_ahead(uow: UnitOfWork, activity_id: UUID, line: Line, anyway: Anyway) -> None:
    if not anyway.reason.strip():
        raise BadInput("A reason is needed to go ahead anyway.", "Say why in a few words.", "reason")
    said = checked(GoAheadRecord, {"reason": anyway.reason, "phoned": anyway.phoned}, WORDS)
    on_the_day = programme.activity(uow, activity_id).day == uow.clock.today()
    if not uow.actor.may(Permission.GO_AHEAD) and not (on_the_day and anyway.phoned.strip()):
        raise Denied(
            "Only a manager may go ahead anyway.", "On the day, phone a manager and write down who it was.",
            permission=Permission.GO_AHEAD, verb=uow.verb,
        )  # fmt: skip
    uow.add(
        GoAheadRecord(
            activity_id=activity_id, rule=line.rule, line_text=grounds_kept(line),
            decided_by=uow.actor.name, decided_at=uow.clock.now(), **said,
        )
    )  # fmt: skip
