"""Who may do what, and what the keys are, in plain words."""

from datetime import date, datetime

from models.access.people import AccountRow
from models.access.rules import Role
from models.kernel.dates import clock_text, short_with_year
from models.kernel.london import london_wall

ROLES: tuple[tuple[Role | None, str, str], ...] = (
    (Role.SESSIONAL, "Sessional worker", "Takes the register of today’s clubs and trips, and sees what that needs."),
    (Role.LEAD, "Lead worker", "Also plans, and looks after families, consents, transport and papers."),
    (Role.MANAGER, "Manager", "Everything but concerns: also settings, people, backups and going ahead anyway."),
    (None, "None of these", "Only for a safeguarding lead who does nothing else here."),
)
LEAD_TICK = "Safeguarding lead"
LEAD_HELP = (
    "Keeps the concerns, which are worries about a child’s safety. Nobody else can open those, managers included."
)
SIGNS_IN_WITH = "They sign in with it. Putting it right leaves their password as it is."
LOSING_HELP = "It is written down in the journal that you did this."
HAND_OVER = (
    "Write it down for {name} now: it is not shown again. When they first sign in with it, they choose a password of "
    "their own."
)
FORGOT = "Has {name} forgotten their password? They get a new first password, and choose their own with it."
LEFT = "Has {name} left? Their password then opens this file no more."
RESETS = (
    "The password {name} has now stops working at once. They get a first password from you, and "
    "choose their own when they sign in with it. This cannot be undone."
)
TAKES_OFF = (
    "Once {name} is taken off, their password opens this file no more. What they did stays in the history under their "
    "name. To let them back in, you add them as a new person."
)
YOU_CHANGED = "What you may do yourself has changed. Sign out and in again, and the screens follow."
KEY_ON = "{name} cannot open concerns until a safeguarding lead hands them the key."
YOURS = "This is you. Your own password is changed under “Your sign-in” in Settings."
OLD_BACKUPS = (
    "Somebody who was taken off here, and has a backup from before, can still open that backup with their old password."
)
KEYS = "The recovery key opens the file when nobody remembers a password. A new file key shuts out every old one."
KEYS_ON_SERVER = "The recovery key opens the club when nobody remembers a manager’s password."
NEW_KEY = (
    "A new file key locks the whole file afresh, so that no key from before opens it, however somebody got it. "
    "Everybody keeps their password; only the recovery key has to be printed again."
)
DOOR = "At the door"
DOOR_TELLS = "Refusals, wrong passwords, keys, and the fire list opened while locked. The newest stand first."
DOOR_EMPTY = "Nothing to tell."
RECOVERY = (
    "This key opens the file when nobody can remember a manager’s password. Print it, put it in a sealed envelope and "
    "lock that away. It does not open concerns."
)
RECOVERY_ON_SERVER = (
    "This key opens the club on its server when nobody can remember a manager’s password. Each time it is a new one, "
    "and a page printed before opens nothing any more. Print it, shred the old page, put the new one in a sealed "
    "envelope and lock that away. It does not open concerns."
)


def role_words(row: AccountRow) -> str:
    """Manager and safeguarding lead."""
    return row.words[:1].upper() + row.words[1:]


def sign_in_words(row: AccountRow) -> str:
    """How their sign-in stands, "" where there is nothing to say."""
    if row.removed_at is not None:
        return f"Taken off {short_with_year(london_wall(row.removed_at).date())}"
    return "New password" if row.new_password else "Can sign in"


def renamed(was: str, name: str) -> str:
    """What is said once a name was put right."""
    return f"{was} signs in as {name} now."


def losing(number: int) -> str:
    """What is ticked before concerns are lost."""
    them = "The one concern" if number == 1 else f"The {number} concerns"
    return f"{them} may be lost for good"


def taken_off(name: str, until: date | None, *, on_server: bool = False) -> tuple[str, ...]:
    """What somebody's going means, a sentence each."""
    if on_server:
        return (f"{name} cannot come in to the server any more, and was cut off at once.",)
    first = f"{name}’s password opens this file no more."
    if until is None:
        return (first, OLD_BACKUPS)
    return (first, f"Older backups still open with it until {day_words(until)}, when the last of them has gone.")


def day_words(at: datetime | date) -> str:
    """12 Dec 2027, in London."""
    day = london_wall(at).date() if isinstance(at, datetime) else at
    return short_with_year(day)


def moment(at: datetime) -> str:
    """12 Dec 2027 at 10:42, in London."""
    wall = london_wall(at)
    return f"{short_with_year(wall.date())} at {clock_text(wall)}"
