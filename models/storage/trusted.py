"""Whom this machine trusts to vouch for a server: its own list of certificates, as a file that the driver can read.

The driver brings a TLS library of its own along, which looks for that list where no machine keeps it ("system" would
trust nobody, and refuse every server), or where an environment variable says. So the machine's own list is named.
"""

import contextlib
import ssl
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from models.storage.keys import replace_file

SYSTEM = "system"
LISTS = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian and what comes of it
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, Alpine
)


def list_of_this_machine(lists: Iterable[str] = LISTS) -> str:
    """The file; SYSTEM where there is none to be found, and the driver has to see for itself."""
    if sys.platform == "win32":  # which keeps its list in no file
        known = ssl.create_default_context().get_ca_certs(binary_form=True)
        return str(written(known, Path(tempfile.gettempdir()))) if known else SYSTEM
    return next((one for one in lists if Path(one).is_file()), SYSTEM)


def written(known: Iterable[bytes], folder: Path) -> Path:
    """The certificates in a file of this user's in `folder`; written only where it says something else."""
    path, said = folder / "breather-trusted.pem", "".join(ssl.DER_cert_to_PEM_cert(one) for one in known).encode()
    with contextlib.suppress(OSError):
        if path.read_bytes() == said:
            return path
    replace_file(path, said)
    return path
