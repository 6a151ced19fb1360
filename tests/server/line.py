"""A line to the server that can be cut at a chosen moment."""

import socket
from contextlib import suppress
from enum import Enum, auto
from threading import Thread


class Cut(Enum):
    """When the line breaks."""

    NEVER = auto()
    BEFORE_COMMIT = auto()  # the server never hears of it, and undoes the rest
    AFTER_COMMIT = auto()  # the server has done it, and its answer is lost
    AT_ONCE = auto()  # with the next thing anybody says


class Line:
    """Passes what is said on to the server and back, until it is cut.

    Attributes:
        port: where it listens on this machine. cut: when to break; breaking sets it back to NEVER.
        mended: whether a new line can be had after that. deaf: whether a new one is taken, and never answered.
        still: how many more times the near end may speak before the line breaks; None for as often as it likes.
        broken_after: whether it is then away until `mended` is set again.
        heard: whether the server still hears the last of it, its answer alone being lost.
    """

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.cut = Cut.NEVER
        self.mended = True
        self.deaf = False
        self._unheard: list[socket.socket] = []
        self.still: int | None = None
        self.heard = False
        self.broken_after = False
        self._ends: set[socket.socket] = set()
        Thread(target=self._listen, daemon=True).start()

    def sever(self) -> None:
        """Breaks every line there is, and no other can be had until `mend`."""
        self.mended = False
        for end in list(self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """A line can be had again."""
        self.mended, self.deaf, self.cut = True, False, Cut.NEVER

    def close(self) -> None:
        """Nobody comes through any more."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for near in self._unheard:
            near.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                if self.deaf:
                    self._unheard.append(near)
                elif self.mended:
                    Thread(target=self._pass_on, args=(near,), daemon=True).start()
                else:
                    near.close()

    def _pass_on(self, near: socket.socket) -> None:
        far = socket.create_connection(self._to)
        self._ends |= {near, far}
        lost = [False]
        back = Thread(target=self._answer, args=(far, near, lost), daemon=True)
        back.start()
        with suppress(OSError):
            while said := near.recv(65_536):
                if self.cut is Cut.AT_ONCE or (self.cut is Cut.BEFORE_COMMIT and b"COMMIT" in said):
                    self.cut = Cut.NEVER
                    break
                if self.cut is Cut.AFTER_COMMIT and b"COMMIT" in said:
                    self.cut = Cut.NEVER
                    lost[0] = True
                if self.still == 0:
                    self.still, lost[0] = None, True
                    self.mended = not self.broken_after
                    if not self.heard:
                        break
                elif self.still is not None:
                    self.still -= 1
                far.sendall(said)
        for end in (near, far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        back.join()
        self._ends -= {near, far}
        near.close()
        far.close()

    def _answer(self, far: socket.socket, near: socket.socket, lost: list[bool]) -> None:
        with suppress(OSError):
            while said := far.recv(65_536):
                if lost[0]:
                    near.shutdown(socket.SHUT_RDWR)
                    return
                near.sendall(said)
            near.shutdown(socket.SHUT_RDWR)  # the server has ended it, and nobody shall wait for it to say more
