"""Where a club on a server is: `postgresql://host:port/database`, and how it may be reached."""

import hashlib
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from models.kernel.errors import BadInput
from models.storage.slots import WHATEVER
from models.storage.trusted import SYSTEM

SCHEMES = ("postgresql", "postgres")
PORT = 5432
SECURE = ("require", "verify-ca", "verify-full")
_MODES = ("disable", "allow", "prefer", *SECURE)
_HERE = ("localhost", "127.0.0.1", "::1")
_LIKE_THIS = "Write it like postgresql://server.example.org:5432/club"


@dataclass(frozen=True)
class Address:
    """A database on a server, and who asks.

    Attributes:
        host: a name, a number, or the folder of a Unix socket. user, password: "" until somebody signs in.
        sslmode: as PostgreSQL knows it. sslrootcert: a file of certificates to trust instead of the system's.
    """

    host: str
    port: int
    database: str
    user: str = ""
    password: str = field(default="", repr=False)
    sslmode: str = ""
    sslrootcert: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Reads a URL. Raises BadInput for what is none, or asks for an open line to another machine."""
        try:
            parts = urlsplit(text)
            options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
            port = parts.port or PORT
        except ValueError:
            raise BadInput("This is not the address of a club on a server.", _LIKE_THIS) from None
        host = options.pop("host", "") or unquote(parts.hostname or "")
        found = cls(
            host, port, unquote(parts.path.lstrip("/")), unquote(parts.username or ""), unquote(parts.password or ""),
            options.pop("sslmode", ""), options.pop("sslrootcert", ""),
        )  # fmt: skip
        found._check(parts.scheme, [*options, *([parts.fragment] if parts.fragment else [])])
        return found

    def _check(self, scheme: str, left_over: list[str]) -> None:
        if (
            scheme not in SCHEMES
            or not self.host
            or not self.database
            or "," in self.host
            or "\0" in self.host + self.database
        ):
            raise BadInput("This is not the address of a club on a server.", _LIKE_THIS)
        if left_over:
            raise BadInput(f"Breather does not know “{left_over[0]}” in the address of a server.", _LIKE_THIS)
        if self.sslmode and self.sslmode not in _MODES:
            raise BadInput(f"There is no sslmode “{self.sslmode}”.", "Use verify-full, verify-ca or require.")
        if not self.on_this_machine and self.sslmode and self.sslmode not in SECURE:
            raise BadInput(
                f"A club on another machine is reached over an encrypted line alone, and sslmode={self.sslmode} may "
                "be an open one.",
                "Leave sslmode out, or use verify-full, verify-ca or require.",
            )

    @property
    def on_this_machine(self) -> bool:
        """Whether what is said never leaves this machine."""
        return self.host in _HERE or self.host.startswith("/")

    @property
    def proved(self) -> bool:
        """Whether the other end is known before anything is said: it is this machine, or shows a certificate."""
        return self.on_this_machine or (self.sslmode or "verify-full") == "verify-full"

    def of(self, user: str, password: str) -> Self:
        """The same place, asked by somebody."""
        return replace(self, user=user, password=password)

    @property
    def name(self) -> str:
        """The database's: what a file's name is to a file."""
        return self.database

    @property
    def public(self) -> Self:
        """The same place without anybody's name or password, as it may be kept and shown."""
        return replace(self, user="", password="")

    def __str__(self) -> str:
        """The URL without a password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        socket = host.startswith("/")
        options = {"host": self.host if socket else "", "sslmode": self.sslmode, "sslrootcert": self.sslrootcert}
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in options.items() if value)
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        where = "" if socket else host
        port = f":{self.port}" if self.port != PORT or not socket else ""
        return f"postgresql://{user}{where}{port}/{quote(self.database, safe='')}{'?' if query else ''}{query}"

    def settings(self) -> dict[str, Any]:
        """What the driver is told; nothing is left for the machine's environment to weaken."""
        if self.on_this_machine:
            line = {"sslmode": self.sslmode or "prefer", "sslrootcert": self.sslrootcert, "channel_binding": "prefer"}
        else:
            line = self._proved()
        return {
            "host": self.host, "hostaddr": "", "port": self.port, "dbname": self.database, "user": self.user,
            "password": self.password, "passfile": "", "options": "", "gssencmode": "disable",
            "sslnegotiation": "postgres", "ssl_min_protocol_version": "TLSv1.2", **line,
        }  # fmt: skip

    def _proved(self) -> dict[str, Any]:
        """How the other end of a line to another machine shows that it is the server.

        By its certificate, whose name fits. Where the address asks for less than that, by knowing the verifier of the
        password, and on this very line: nobody in between can pass on what is said. The password itself is never sent.
        """
        mode = self.sslmode or "verify-full"
        full = mode == "verify-full"
        return {
            "sslmode": mode, "sslrootcert": self.sslrootcert or (SYSTEM if full else ""),
            "channel_binding": "prefer" if full else "require", "require_auth": "scram-sha-256",
        }  # fmt: skip


def is_server(text: str) -> bool:
    """Whether this is meant as the address of a server rather than as the name of a file."""
    return text.partition("://")[0] in SCHEMES and "://" in text


def prefix(database: str) -> str:
    """How every database role of one club begins: roles are the whole server's, and it may keep several clubs."""
    return f"breather_{hashlib.sha256(database.encode()).hexdigest()[:8]}_"


def login_of(database: str, person: str) -> str:
    """The database login of a person, found again from their name however they type it."""
    name = unicodedata.normalize("NFC", " ".join(person.split())).casefold()
    return f"{prefix(database)}{hashlib.sha256(name.encode(*WHATEVER)).hexdigest()[:24]}"


def door_of(database: str) -> tuple[str, str]:
    """The login everybody comes to the door of a club with, and its password, which is no secret.

    It may do nothing but ask at the door (see `models.server.door`).
    """
    return f"{prefix(database)}door", hashlib.sha256(b"Breather door\0" + database.encode()).hexdigest()


def recovery_of(database: str) -> str:
    """The login that the recovery key on paper opens."""
    return f"{prefix(database)}recovery"
