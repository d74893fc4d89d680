"""Where an SQLite store may lie: a file on a local disk that we may write."""

from __future__ import annotations

import os
import re
from pathlib import Path

from deskui.store import failure

_MOUNTS = Path("/proc/mounts")
_MAGIC = b"SQLite format 3\0"
_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs"),
        *("fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs", "fuse.davfs2", "fuse.gvfsd-fuse"),
    }
)


def _unescape(field: str) -> str:
    """A blank in a mount point is written \\040 in /proc/mounts."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)


def file_system(path: Path, mounts: Path = _MOUNTS) -> str | None:
    """The kind of file system `path` lies on, or None where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    best, kind = -1, None
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_unescape(fields[1]))
        # a later mount hides an earlier one at the same point
        if len(point.parts) >= best and path.is_relative_to(point):
            best, kind = len(point.parts), fields[2]
    return kind


def _is_empty(file: Path, where: str) -> bool:
    """Whether there is nothing in it yet. SQLite itself would write over a file of a few bytes."""
    try:
        with file.open("rb") as opened:
            start = opened.read(len(_MAGIC))
    except OSError as error:
        raise failure.unreadable(where) from error
    if start and start != _MAGIC:
        raise failure.not_a_store(where)
    return not start


def prepare(path: Path, *, create: bool, mounts: Path = _MOUNTS) -> bool:
    """Makes sure a store can be at `path`; answers whether the file is new.

    A new file can be read by its owner and group only: it holds personal data.
    Raises StoreFailure when it is on a network drive, missing and not to be made, or not ours to write.
    """
    where = str(path)
    real = Path(os.path.realpath(path))
    kind = file_system(real, mounts)
    if kind in _NETWORK:
        raise failure.network_drive(where, kind)
    if real.exists():
        if not real.is_file() or not os.access(real, os.R_OK):
            raise failure.unreadable(where)
        if not (os.access(real, os.W_OK) and os.access(real.parent, os.W_OK)):
            raise failure.read_only(where)
        return _is_empty(real, where)
    if not create:
        raise failure.missing(where)
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(real, os.O_CREAT | os.O_RDWR, 0o660))
    except PermissionError as error:
        raise failure.read_only(where) from error
    except OSError as error:
        raise failure.unreadable(where) from error
    return True
