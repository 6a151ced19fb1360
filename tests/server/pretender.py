"""Something that listens where a server should be: it writes down all it is told, and may pass it on."""

import contextlib
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

from tests.server.certificates import Signed

ASK_FOR_TLS = bytes.fromhex("0000000804d2162f")
ASK_FOR_PASSWORD = b"R" + (8).to_bytes(4, "big") + (3).to_bytes(4, "big")  # AuthenticationCleartextPassword
ASK_FOR_MD5 = b"R" + (12).to_bytes(4, "big") + (5).to_bytes(4, "big") + b"salt"


class Pretender:
    """Says that it is a server.

    Attributes:
        port: where it listens, at `host`. heard: everything it was told, TLS taken off where it could be.
        met: how many came to it.
    """

    def __init__(
        self, host: str, folder: Path, shown: Signed | None = None, asks: bytes = ASK_FOR_PASSWORD,
        behind: tuple[str, int] | None = None,
    ) -> None:  # fmt: skip
        """`shown`: its certificate; without one it has no TLS. It `asks` for the password, or passes on what is said
        to what is `behind` it, over an open line, where it is taken for the person it listens to."""
        self.heard, self.met = bytearray(), 0
        self._asks, self._behind = asks, behind
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if shown else None
        if self._tls is not None and shown is not None:
            self._tls.load_cert_chain(*shown.files(folder))
        self._door = socket.create_server((host, 0))
        self.port: int = self._door.getsockname()[1]
        self._ended = False
        self._listening = Thread(target=self._listen, daemon=True)
        self._listening.start()

    def close(self) -> None:
        """Nobody is let in any more."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._listening.join(10)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self.met += 1
                near.settimeout(10)
                with near, suppress(OSError):
                    self._meet(near)

    def _meet(self, near: socket.socket) -> None:
        asked = near.recv(8)
        self.heard += asked
        if asked != ASK_FOR_TLS or self._tls is None:
            near.sendall(b"N")
            self._note_all(near)
            return
        near.sendall(b"S")
        with self._tls.wrap_socket(near, server_side=True) as inside:
            if self._behind is not None:
                self._pass_on(inside, self._behind)
                return
            self.heard += inside.recv(65_536)  # who they are, and which database they mean
            inside.sendall(self._asks)
            self._note_all(inside)

    def _note_all(self, near: socket.socket) -> None:
        while said := near.recv(65_536):
            self.heard += said

    def _pass_on(self, near: socket.socket, behind: tuple[str, int]) -> None:
        with socket.create_connection(behind, 10) as far:
            back = Thread(target=_copy, args=(far, near), daemon=True)
            back.start()
            with suppress(OSError):
                while said := near.recv(65_536):
                    self.heard += said
                    far.sendall(said)
            with suppress(OSError):
                far.shutdown(socket.SHUT_RDWR)
            back.join(10)


def _copy(far: socket.socket, near: socket.socket) -> None:
    with suppress(OSError):
        while said := far.recv(65_536):
            near.sendall(said)


@contextlib.contextmanager
def pretending(host: str, folder: Path, **how: object) -> Iterator[Pretender]:
    """One for as long as the block lasts."""
    made = Pretender(host, folder, **how)
    try:
        yield made
    finally:
        made.close()
