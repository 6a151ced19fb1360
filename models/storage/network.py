"""Whether a folder is another machine's: there SQLite's log would let two machines write at once, and harm the file."""

import os
import sys
from pathlib import Path

from models.kernel.errors import OnNetwork

MOUNTS = Path("/proc/self/mountinfo")
KINDS = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre", "davfs", "vboxsf",
    "fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.davfs", "fuse.davfs2", "fuse.s3fs", "fuse.gvfsd-fuse",
    "fuse.vmhgfs-fuse",
})  # fmt: skip
REMOTE_DRIVE = 4  # Windows: DRIVE_REMOTE


def must_be_local(club_file: Path) -> None:
    """Raises OnNetwork for a club file in, or about to be made in, a shared folder of another machine."""
    folder = Path(os.path.realpath(club_file.parent))
    if _windows_share(folder) if sys.platform == "win32" else kind_of(folder) in KINDS:
        raise OnNetwork(
            f"{club_file.name} is in a shared folder of another computer, where two people could harm it.",
            "Copy it, with its keys file, onto this computer and open it there. Backups may stay in a shared folder.",
        )


def kind_of(folder: Path) -> str:
    """The kind of file system a folder is on, "" where the system does not say."""
    try:
        lines = MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        before, _, after = line.partition(" - ")
        place = _plain(before.split(" ")[4])
        inside = folder == Path(place) or Path(place) in folder.parents
        if inside and len(place) >= len(best):  # of two mounted on one place the later one is seen
            best, kind = place, after.split(" ")[0]
    return kind


def _plain(said: str) -> str:
    """A mount's place with its escapes (a space is \\040) undone."""
    for code in ("040", "011", "012", "134"):
        said = said.replace("\\" + code, chr(int(code, 8)))
    return said


def _windows_share(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = folder.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == REMOTE_DRIVE
    return False
