"""Why no safe line to a server could be had, in plain words. Nothing of a password has been said by then."""

import re

from models.kernel.errors import NoServer
from models.storage.server_address import Address

_ASK = "Ask whoever looks after the server."
_NOT_FOR = re.compile(r'certificate for "([^"]+)".* does not match')


def not_safe(text: str, address: Address) -> NoServer | None:
    """The error for what the driver says of the line; None where it says nothing of it."""
    host = address.host
    if "does not support SSL" in text:
        return NoServer(f"The server {host} has no encrypted line.", f"{_ASK} It needs TLS turned on.")
    if (other := _NOT_FOR.search(text)) is not None:
        return NoServer(
            f"What answers at {host} shows the certificate of “{other[1]}”, so it may be another server.",
            f"Check the address: it has to name the server as its certificate does. {_ASK}",
        )
    if "root certificate file" in text:
        return NoServer(
            f"There are no certificates to know {host} by in {address.sslrootcert or 'the address'}.",
            "Name a file of them at the end of the address: sslrootcert=FILE",
        )
    if "certificate verify failed" in text:
        return NoServer(
            f"The server {host} does not prove who it is: its certificate has run out, or comes from nobody this "
            "computer trusts.",
            f"{_ASK} If the certificate is their own, add its file to the address: ?sslrootcert=FILE",
        )
    if "channel binding" in text or "authentication method requirement" in text:
        return NoServer(
            f"What answers at {host} does not prove that it knows your password, so it may be somebody in between.",
            f"{_ASK} The password was not sent.",
        )
    if "certificate" in text or "SSL" in text:
        return NoServer(f"No safe line to {host} could be made.", f"{_ASK} Its TLS is at fault.")
    return None
