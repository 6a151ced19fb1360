"""The door of a club on a server: nobody's password is guessed there uncounted, whichever machine or program guesses.

What PostgreSQL checks when somebody comes in is a random secret (32 bytes): nobody guesses that. The door hands it out,
sealed under the person's password, to whoever proves to know that password; and there wrong ones are counted. Everybody
comes to the door by one login whose password any copy of Breather knows. It may do nothing but call these:

  door.knock(login)        how the password is to be derived, and whether one may be tried now
  door.say(login, proof)   counts one try at it as wrong, and writes down what was said; answers with a ticket
  door.enter(ticket)       answers whether it was right: the try is then no longer counted

Whoever talks to the database themselves can take back whatever they did since they began. So a try is said in one
transaction and answered in another, which looks whether the first one stands; and what was said cannot be changed any
more by then. A ticket is answered for ten seconds, so that no try is kept out of sight until older ones do not count.
Nothing here waits for a lock that somebody at the door could hold.

The rule is that of `storage.guesses`, by the server's clock, for each login: four tries, then longer and longer waits,
at most ten in five minutes. Names that nobody has are counted alike. What this does not hide: whoever comes to the door
can look up the database's logins, which are digests of names, and so tell whether somebody they can name is one of
them, and how large each table is. And they can burden the server as anybody may who can connect to it; but no lock the
club waits for is theirs. PostgreSQL also lets them change the password that everybody comes to the door with, so that
nobody can any more who is not in: “breather upgrade” puts that right.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from models.server.door_words import FUNCTIONS, TABLES
from models.server.scram import scram
from models.storage.guesses import FREE, MOST, WINDOW
from models.storage.server_address import door_of, prefix
from models.storage.slots import Strength

TICKET_SECONDS = 10
MOST_UNKNOWN = 1_000  # tries at names that nobody has, all together
_MOST_COMING = 40  # connections at the door at once

_AT_THE_DOOR = ("door.knock(text)", "door.say(text, text)", "door.enter(uuid)")
_INSIDE = ("door.tell()", "door.set_mine(text, int, int, int, text, text)")
_MANAGING = "door.set(text, text, int, int, int, text, text)"


def logins(database: str) -> str:
    """What the login of a person of the club, or its recovery key's, looks like: a regular expression."""
    return f"^{prefix(database)}([0-9a-f]{{24}}|recovery)$"


def is_made(connection: Connection) -> bool:
    """Whether the club has a door: one made with Breather 0.2.0 or older has none."""
    return bool(connection.exec_driver_sql("SELECT to_regnamespace('door') IS NOT NULL").scalar())


def make(connection: Connection, database: str, everybody: Iterable[str], managers: str) -> None:
    """Makes the door, as whoever owns the database; saying it again makes its functions anew and keeps the rest."""
    login, password = door_of(database)
    secret = scram(connection.connection.driver_connection, login, password)
    for statement in (TABLES, *_statements(database, login, secret, ", ".join(everybody), managers)):
        connection.exec_driver_sql(statement.replace("%", "%%"))


def _statements(database: str, login: str, secret: str, everybody: str, managers: str) -> Iterable[str]:
    cost = Strength()
    known = {
        "definer": "LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$",
        "logins": logins(database), "prefix": prefix(database),
        "strength": f"{cost.time}, {cost.memory_kib}, {cost.lanes}",
        "most": MOST, "most_less_one": MOST - 1, "free": FREE, "most_unknown": MOST_UNKNOWN,
        "ticket_seconds": TICKET_SECONDS,
        # A try may be answered so long after it was counted.
        "window": f"interval '{WINDOW.total_seconds() + TICKET_SECONDS:.0f} seconds'",
    }  # fmt: skip
    yield from (function.format(**known) for function in FUNCTIONS)
    yield "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA door FROM PUBLIC"
    yield (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{login}') THEN CREATE ROLE {login} LOGIN "
        f"NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT {_MOST_COMING}; END IF; END $$"
    )
    name = '"' + database.replace('"', '""') + '"'
    # Any login may change its own password and settings: so may this one, which anybody can come by.
    yield f"ALTER ROLE {login} PASSWORD '{secret}'"
    yield f"ALTER ROLE {login} RESET ALL"
    yield f"ALTER ROLE {login} IN DATABASE {name} RESET ALL"
    yield f"GRANT CONNECT ON DATABASE {name} TO {login}"
    yield f"GRANT USAGE ON SCHEMA door TO {login}, {everybody}"
    yield f"GRANT EXECUTE ON FUNCTION {', '.join(_AT_THE_DOOR)} TO {login}"
    yield f"GRANT EXECUTE ON FUNCTION {', '.join(_INSIDE)} TO {everybody}"
    yield f"GRANT EXECUTE ON FUNCTION {_MANAGING} TO {managers}"
