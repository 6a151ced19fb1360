"""Every record, in one place: what migrations and new club files are made from."""

from models.access import records as access
from models.concerns import records as concerns
from models.consents import records as consents
from models.documents import records as documents
from models.intake import records as intake
from models.people import records as people
from models.privacy import records as privacy
from models.programme import records as programme
from models.readiness import records as readiness
from models.registers import records as registers
from models.storage import erasing, journal, restored
from models.storage.base import Base
from models.team import records as team
from models.transport import records as transport

ROOMS = (
    access, concerns, consents, documents, intake, people, privacy, programme, readiness, registers, team, transport,
    journal, restored, erasing,
)  # fmt: skip
METADATA = Base.metadata
