"""A disk whose power can fail: everything the app's own SQLCipher writes goes by here, and is known until it is synced.

The recorder sits between SQLCipher and the system's files, as a VFS of the very library the app uses, so that what is
tried is the app's own engine with its own settings. What Python writes (keys, backups) is seen by looking at the folder
before and after each step. From the log, `Cut` builds what a disk could hold after a power cut at any step: synced
bytes are there; of the rest each write, and each new name in a folder, is there, missing or torn at 512 bytes.
"""

import ctypes
import itertools
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlcipher3._sqlite3 as engine

SECTOR = 512
OK, FULL, IO_ERROR = 0, 13, 10
CREATES = 0x4

Int, Long, Pointer, Text = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p, ctypes.c_char_p
# A name is handed on as the very pointer it came as: SQLite keeps it, and reads on behind it.
Open = ctypes.CFUNCTYPE(Int, Pointer, Pointer, Pointer, Int, ctypes.POINTER(Int))
Delete = ctypes.CFUNCTYPE(Int, Pointer, Pointer, Int)
Write = ctypes.CFUNCTYPE(Int, Pointer, Pointer, Int, Long)
Truncate = ctypes.CFUNCTYPE(Int, Pointer, Long)
Sync = ctypes.CFUNCTYPE(Int, Pointer, Int)


class Methods(ctypes.Structure):
    """sqlite3_io_methods, of which only what changes a file is looked at."""

    _fields_ = (
        ("version", Int), ("close", Pointer), ("read", Pointer), ("write", Write), ("truncate", Truncate),
        ("sync", Sync), *((f"rest{number}", Pointer) for number in range(13)),
    )  # fmt: skip


class File(ctypes.Structure):
    """sqlite3_file."""

    _fields_ = (("methods", ctypes.POINTER(Methods)),)


class Vfs(ctypes.Structure):
    """sqlite3_vfs."""

    _fields_ = (
        ("version", Int), ("file_bytes", Int), ("path_bytes", Int), ("next", Pointer), ("name", Text),
        ("data", Pointer), ("open", Open), ("delete", Delete), *((f"rest{number}", Pointer) for number in range(14)),
    )  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing done to the disk.

    `kind`: write, truncate, sync (of the file `node`), name (the folder's entry `path` now means `node`, None: gone),
    folder (its entries are synced), said (the app told somebody: `said`).
    """

    kind: str
    path: Path = Path()
    node: int | None = None
    offset: int = 0
    content: bytes = b""
    said: Any = None


Watch = Callable[[str, Path], int]


def library() -> Any:
    """SQLCipher's own shared library, as the app has loaded it."""
    found = ctypes.CDLL(engine.__file__)
    found.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    return found


_KEPT: "list[Tap]" = []


class Tap:
    """Everything SQLCipher does that changes a file, told to `before` (which may answer an error) and to `after`.

    One that was on is kept for good: a connection that a failure left open still comes by here when it is collected.
    """

    def __init__(self, before: Watch, after: Callable[[Step], None]) -> None:
        self._before, self._after = before, after
        self._sqlite = library()
        self._real = self._sqlite.sqlite3_vfs_find(None)
        self._vfs = Vfs.from_buffer_copy(self._real.contents)
        self._vfs.name = b"tap"
        self._vfs.open, self._vfs.delete = Open(self._opened), Delete(self._deleted)
        self._paths: dict[int, Path] = {}
        self._methods: dict[int, tuple[Methods, Methods]] = {}

    @contextmanager
    def on(self) -> Iterator[None]:
        """Files that SQLCipher opens meanwhile go by here."""
        _KEPT.append(self)
        self._sqlite.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)
        try:
            yield
        finally:
            self._sqlite.sqlite3_vfs_unregister(ctypes.byref(self._vfs))

    def _opened(self, vfs: Any, name: Any, file: Any, flags: int, given: Any) -> int:
        path = _path(name) if name else None
        if path is not None and flags & CREATES and not path.exists() and (code := self._before("open", path)):
            return code
        code = int(self._real.contents.open(vfs, name, file, flags, given))
        opened = ctypes.cast(file, ctypes.POINTER(File)).contents
        if code == OK and path is not None and opened.methods:
            self._paths[file] = path
            opened.methods = ctypes.pointer(self._tapped(opened.methods))
        return code

    def _tapped(self, real: Any) -> Methods:
        """The file's methods with ours in front; one set for each of SQLite's own."""
        at = ctypes.addressof(real.contents)
        if at not in self._methods:
            original = real.contents
            ours = Methods.from_buffer_copy(original)

            def write(file: int, content: int, length: int, offset: int) -> int:
                if code := self._before("write", self._paths[file]):
                    return code
                code = int(original.write(file, content, length, offset))
                if code == OK:
                    self._tell("write", file, offset, ctypes.string_at(content, length))
                return code

            def truncate(file: int, size: int) -> int:
                if code := self._before("truncate", self._paths[file]):
                    return code
                code = int(original.truncate(file, size))
                self._tell("truncate", file, size)
                return code

            def sync(file: int, flags: int) -> int:
                if code := self._before("sync", self._paths[file]):
                    return code
                code = int(original.sync(file, flags))
                self._tell("sync", file)
                return code

            ours.write, ours.truncate, ours.sync = Write(write), Truncate(truncate), Sync(sync)
            self._methods[at] = (ours, original)
        return self._methods[at][0]

    def _tell(self, kind: str, file: int, offset: int = 0, content: bytes = b"") -> None:
        self._after(Step(kind, self._paths[file], None, offset, content))

    def _deleted(self, vfs: Any, name: int, lasting: int) -> int:
        path = _path(name)
        if code := self._before("delete", path):
            return code
        code = int(self._real.contents.delete(vfs, name, lasting))
        self._after(Step("delete", path, offset=lasting))
        return code


def _path(name: int) -> Path:
    return Path(os.fsdecode(ctypes.string_at(name)))


@dataclass
class Seen:
    """What the recorder knows of a folder: its entries, and size and time of each file it has read."""

    entries: dict[Path, int] = field(default_factory=dict)
    stamps: dict[int, tuple[int, int]] = field(default_factory=dict)


class Recorder:
    """Keeps the log of all that happens to files in and below a folder; made while all of it is at rest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps: list[Step] = []
        self.start = {path: path.read_bytes() for path in folder.rglob("*") if _counts(path)}
        self._seen = Seen()
        self._tapped: set[int] = set()
        self._lasting: set[int] = set()
        self._numbers: dict[int, int] = {}
        self._next = itertools.count(1)
        self._look()
        self.nodes = dict(self._seen.entries)
        self.steps.clear()

    @contextmanager
    def on(self) -> Iterator["Recorder"]:
        """Records while it lasts."""
        sync = os.fsync
        hook = _Hook(self)

        def synced(handle: int) -> None:
            self._look()
            sync(handle)
            self._note_sync(handle)

        os.fsync = synced  # type: ignore[assignment] # the one seam all of Python's syncing goes through
        try:
            with Tap(lambda _kind, _path: OK, self._sqlite).on(), hook:
                yield self
        finally:
            self._look()
            os.fsync = sync

    def say(self, said: Any) -> None:
        """Notes that the app has told somebody so: from here on it must be true."""
        self._look()
        self.steps.append(Step("said", said=said))

    def _note_sync(self, handle: int) -> None:
        node = os.fstat(handle)
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        if path.is_dir():
            self.steps.append(Step("folder", path))
        elif path.is_relative_to(self.folder):
            self.steps.append(Step("sync", path, self._node(node.st_ino)))

    def _sqlite(self, step: Step) -> None:
        if not step.path.is_relative_to(self.folder) or step.path.name.endswith("-shm"):
            return
        if step.kind == "delete":
            self._look()
            if step.offset:
                self.steps.append(Step("folder", step.path.parent))
            return
        found = step.path.stat()
        node = self._node(found.st_ino)
        self._tapped.add(node)
        self._look()
        self.steps.append(replace(step, node=node))
        if step.kind == "sync" and node not in self._lasting:  # SQLite's own way with a log it has made
            self._lasting.add(node)
            self.steps.append(Step("folder", step.path.parent))
        self._seen.stamps[node] = (found.st_size, found.st_mtime_ns)

    def _node(self, inode: int) -> int:
        """A number of our own for the file: the system gives an inode's number anew as soon as it is free."""
        if inode not in self._numbers:
            self._numbers[inode] = next(self._next)
        return self._numbers[inode]

    def _look(self) -> None:
        """Notes what changed in the folder since the last look, other than what SQLCipher told itself."""
        entries: dict[Path, int] = {}
        inodes = set()
        for path in self.folder.rglob("*"):
            if not _counts(path):
                continue
            found = path.stat()
            inodes.add(found.st_ino)
            node = entries[path] = self._node(found.st_ino)
            stamp = (found.st_size, found.st_mtime_ns)
            if node not in self._tapped and self._seen.stamps.get(node) != stamp:
                self.steps.append(Step("truncate", path, node))
                self.steps.append(Step("write", path, node, 0, path.read_bytes()))
                self._seen.stamps[node] = stamp
        before = self._seen.entries
        for path in sorted(before.keys() | entries.keys(), key=lambda each: entries.get(each) is None):
            if before.get(path) != entries.get(path):
                self.steps.append(Step("name", path, entries.get(path)))
        self._seen.entries = entries
        self._numbers = {inode: node for inode, node in self._numbers.items() if inode in inodes}


def _counts(path: Path) -> bool:
    return path.is_file() and not path.name.endswith(("-shm", ".lock"))


class _Hook:
    """Looks at the folder before each step Python itself takes there. An audit hook stays for good, so it is let go."""

    EVENTS = ("open", "os.rename", "os.link", "os.remove", "shutil.copyfile")

    def __init__(self, recorder: Recorder) -> None:
        self._recorder: Recorder | None = recorder
        self._folder = str(recorder.folder)

    def __enter__(self) -> None:
        sys.addaudithook(self._heard)

    def __exit__(self, *_given: object) -> None:
        self._recorder = None

    def _heard(self, event: str, given: tuple[Any, ...]) -> None:
        recorder = self._recorder
        if recorder is None or event not in self.EVENTS or not str(given[0]).startswith(self._folder):
            return
        self._recorder = None  # looking opens files too
        try:
            recorder._look()
        finally:
            self._recorder = recorder


class Cut:
    """What the disk could hold when the power fails before step number `at` of a log."""

    def __init__(self, log: Recorder, at: int) -> None:
        self._entries = dict(log.nodes)
        self._pending_names: list[Step] = []
        self._synced = {node: bytearray(log.start[path]) for path, node in log.nodes.items()}
        self._pending: dict[int, list[Step]] = {}
        self.said: list[Any] = []
        for step in log.steps[:at]:
            self._take(step)

    def _take(self, step: Step) -> None:
        if step.kind == "said":
            self.said.append(step.said)
        elif step.kind == "name":
            self._pending_names.append(step)
        elif step.kind == "folder":
            for one in self._pending_names:
                if one.path.parent == step.path:
                    _put(self._entries, one)
            self._pending_names = [one for one in self._pending_names if one.path.parent != step.path]
        elif step.node is not None and step.kind == "sync":
            for one in self._pending.pop(step.node, []):
                _apply(self._synced.setdefault(step.node, bytearray()), one)
            self._synced.setdefault(step.node, bytearray())
        elif step.node is not None:
            self._pending.setdefault(step.node, []).append(step)

    def write_to(self, target: Path, folder: Path, rng: random.Random) -> None:
        """Puts one such state of `folder` into `target`, an empty folder."""
        entries = dict(self._entries)
        for one in self._pending_names[: rng.randint(0, len(self._pending_names))]:
            _put(entries, one)  # a folder's own changes reach the disk in their order
        for path, node in entries.items():
            content = bytearray(self._synced.get(node, b""))
            self._half_applied(content, self._pending.get(node, []), rng)
            place = target / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    def _half_applied(self, content: bytearray, pending: list[Step], rng: random.Random) -> None:
        """Some of the writes, in any order and not all whole."""
        fate = rng.random()
        for one in pending:
            if fate < 0.15 or (fate > 0.3 and rng.random() < 0.5):
                continue  # none at all, or this one is lost
            if one.kind == "write" and fate > 0.3 and rng.random() < 0.3:
                one = _torn(one, rng)
            _apply(content, one)


def _torn(step: Step, rng: random.Random) -> Step:
    kept = rng.randrange(0, max(1, len(step.content) // SECTOR)) * SECTOR
    return Step("write", step.path, step.node, step.offset, step.content[:kept])


def _apply(content: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
    elif step.content:
        content.extend(bytes(max(0, step.offset - len(content))))
        content[step.offset : step.offset + len(step.content)] = step.content


def _put(entries: dict[Path, int], step: Step) -> None:
    if step.node is None:
        entries.pop(step.path, None)
    else:
        entries[step.path] = step.node
