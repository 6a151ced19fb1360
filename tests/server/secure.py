"""A PostgreSQL of the test's own with TLS, reached as another machine would be."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from models.storage.server_address import Address
from tests.server.certificates import Signed

FAR, ELSEWHERE = "127.0.0.2", "127.0.0.3"
"""Numbers that are this machine's, and that Breather takes for another's: no name has to be known, nor a network."""
INSTALLER = Path(__file__).parents[2] / "installer"


@contextmanager
def running(shown: Signed) -> Iterator[Address]:
    """Its owner's address, at FAR."""
    options = ("ssl=on", "ssl_cert_file=../shown.crt", "ssl_key_file=../shown.key", f"listen_addresses={_all()}")
    with _installer().running(options, {"shown.crt": shown.certificate, "shown.key": shown.key}) as url:
        assert url is not None  # tests marked `server` are left out where there is none
        yield Address.read(url.replace("127.0.0.1", FAR))


def _all() -> str:
    return ",".join(("127.0.0.1", FAR, ELSEWHERE))


def _installer() -> ModuleType:
    sys.path.insert(0, str(INSTALLER))
    try:
        return importlib.import_module("server")
    finally:
        sys.path.remove(str(INSTALLER))
