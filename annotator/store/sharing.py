"""What shares a folder with other computers: a network drive, or a program that synchronises it."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath

NETWORK = "a network drive"
_REMOTE = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "lustre"),
        *("glusterfs", "beegfs", "gpfs", "davfs", "vboxsf", "prl_fs", "fuse.sshfs", "fuse.rclone"),
        *("fuse.gvfsd-fuse", "fuse.davfs2", "fuse.glusterfs", "fuse.s3fs", "fuse.ceph"),
        *("fuse.onedriver", "fuse.google-drive-ocamlfuse", "fuse.curlftpfs"),
    )
)
"""File systems of the mount table that other computers write to."""
_MOUNTS = Path("/proc/self/mountinfo")
_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "syncthing": "Syncthing",
    "cloudstorage": "a cloud drive",
}
"""Folders by name, in lower case; what follows a dash or a bracket is the account's."""
_MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".tmp.drivedownload": "Google Drive",
    ".SynologyWorkingDirectory": "Synology Drive",
    ".seafile-data": "Seafile",
}
"""What such programs leave in the uppermost folder that they synchronise."""
_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}
_REMOTE_DRIVE = 4
"""What Windows calls a drive of another computer (GetDriveTypeW)."""


def sharer(path: Path) -> str:
    """What shares the folder of a file with other computers, in words; "" if nothing does.

    By the mount table on Linux and the kind of the drive on Windows, and everywhere by the names
    and marks of folders. What looks like none of these is taken for a folder of this computer.
    """
    folder = path.absolute().parent
    with_links = (folder, folder.resolve())
    return next(
        (found for each in with_links for found in (_network(each), _synchroniser(each)) if found),
        "",
    )


def _network(folder: Path) -> str:
    if sys.platform == "win32":
        return NETWORK if _is_remote_drive(folder) else ""
    try:
        table = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    kind = file_system(folder, table.splitlines())
    return f"{NETWORK} ({kind.removeprefix('fuse.')})" if kind in _REMOTE else ""


def file_system(folder: PurePath, mounts: Iterable[str]) -> str:
    """The file system that a folder lies in, by the lines of Linux's mount table; "" for none.

    The lines are as proc(5) tells of mountinfo: the fifth field is the place, with octal escapes,
    and the first after a dash the file system. Of those that hold the folder the longest counts,
    and of these the last.
    """
    found, longest = "", -1
    for line in mounts:
        fields, _, rest = line.partition(" - ")
        place = PurePath(_unescaped(fields.split(" ")[4]))
        if folder.is_relative_to(place) and len(place.parts) >= longest:
            found, longest = rest.split(" ")[0], len(place.parts)
    return found


def _unescaped(place: str) -> str:
    for code in (r"\040", r"\011", r"\012", r"\134"):
        place = place.replace(code, chr(int(code[1:], 8)))
    return place


def _is_remote_drive(folder: PurePath) -> bool:
    """Whether Windows says that a folder is on another computer."""
    if is_unc(folder):
        return True
    import ctypes  # noqa: PLC0415  (Windows only)

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  (no other system has it)
    return bool(kernel.GetDriveTypeW(folder.anchor) == _REMOTE_DRIVE)


def is_unc(folder: PurePath) -> bool:
    r"""Whether a path of Windows begins with another computer's name (\\server\share)."""
    drive = folder.drive
    return drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))


def _synchroniser(folder: Path) -> str:
    """The program that synchronises a folder."""
    return next((name for each in (folder, *folder.parents) for name in _told(each)), "")


def _told(folder: Path, environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """What the name of a folder, the environment, and what lies in the folder tell."""
    name = folder.name.lower()
    for end in (" - ", " (", "-"):
        name = name.partition(end)[0]
    if name in _NAMES:
        yield _NAMES[name]
    for variable, program in _VARIABLES.items():
        if environment.get(variable) and Path(environment[variable]) == folder:
            yield program
    for mark, program in _MARKS.items():
        if os.path.lexists(folder / mark):
            yield program
