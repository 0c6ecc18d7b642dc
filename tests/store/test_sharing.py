"""Folders that other computers write to are known, and no others taken for them."""

import os
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from annotator.store import sharing
from annotator.store.sharing import file_system, is_unc, sharer

MOUNTS = (
    "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
    "30 22 0:40 / /mnt/team rw shared:3 master:1 - nfs4 server:/team rw,vers=4.2",
    r"31 22 0:41 / /mnt/a\040b\134c rw - cifs //server/share rw",
    "32 30 0:42 / /mnt/team/mine rw - ext4 /dev/vdb rw",
    "33 22 0:43 / /home/ada/remote rw - fuse.sshfs ada@host: rw",
    "34 22 0:44 / /mnt/twice rw - ext4 /dev/vdc rw",
    "35 22 0:45 / /mnt/twice rw - nfs server:/x rw",
)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ada", "ext4"),
        ("/mnt/team/2022", "nfs4"),
        ("/mnt/teams", "ext4"),
        ("/mnt/team/mine/x", "ext4"),
        ("/mnt/a b\\c", "cifs"),
        ("/home/ada/remote/war", "fuse.sshfs"),
        ("/mnt/twice", "nfs"),
    ],
)
def test_the_file_system_of_a_folder(folder: str, kind: str) -> None:
    assert file_system(PurePosixPath(folder), MOUNTS) == kind


def test_without_a_mount_there_is_none() -> None:
    assert file_system(PurePosixPath("/home"), ()) == ""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The mount table, in a file of its own."""
    path = tmp_path / "mountinfo"
    path.write_text("\n".join(MOUNTS))
    monkeypatch.setattr(sharing, "_MOUNTS", path)
    return path


def test_a_network_drive_is_named(table: Path) -> None:
    assert sharer(Path("/mnt/team/war.db")) == "a network drive (nfs4)"
    assert sharer(Path("/home/ada/remote/war.db")) == "a network drive (sshfs)"
    assert sharer(Path("/home/ada/war.db")) == ""
    table.unlink()
    assert sharer(Path("/mnt/team/war.db")) == ""


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Team)", "Dropbox"),
        ("OneDrive - University", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("CloudStorage/GoogleDrive-ada@example.org", "Google Drive"),
        ("Library/Mobile Documents/x", "iCloud Drive"),
        ("Nextcloud", "Nextcloud"),
        ("dropboxes", ""),
        ("Drive", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(
    tmp_path: Path, folder: str, program: str
) -> None:
    assert sharer(tmp_path / folder / "2022" / "war.db") == program


@pytest.mark.parametrize(
    ("mark", "program"),
    [(".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".nextcloudsync.log", "Nextcloud")],
)
def test_a_synchronised_folder_is_known_by_its_marks(
    tmp_path: Path, mark: str, program: str
) -> None:
    (tmp_path / "shared" / "2022").mkdir(parents=True)
    (tmp_path / "shared" / mark).mkdir()
    assert sharer(tmp_path / "shared" / "2022" / "war.db") == program
    assert sharer(tmp_path / "war.db") == ""


def test_a_synchronised_folder_is_known_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "OneDriveCommercial", str(tmp_path / "work"))
    assert sharer(tmp_path / "work" / "war.db") == "OneDrive"


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "mine").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert sharer(tmp_path / "mine" / "war.db") == "Dropbox"


class Windows:
    """What is asked of Windows: D: is a disk, Z: another computer's."""

    class kernel32:  # noqa: N801  (its name there)
        """The library that knows drives."""

        @staticmethod
        def GetDriveTypeW(anchor: str) -> int:
            """The kind of a drive."""
            return {"Z:\\": 4}.get(anchor, 3)


def test_drives_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    monkeypatch.setattr(ctypes, "windll", Windows, raising=False)
    known: dict[str, Any] = {
        r"\\server\share\2022": True,
        r"Z:\2022": True,
        r"D:\2022": False,
        r"\\?\D:\2022": False,
    }
    for folder, remote in known.items():
        assert sharing._is_remote_drive(PureWindowsPath(folder)) is remote
    assert is_unc(PureWindowsPath(r"\\server\share"))
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(sharing, "_is_remote_drive", lambda folder: "share" in str(folder))
    assert sharer(Path("/share/war.db")) == "a network drive"
    assert sharer(Path("/disk/war.db")) == ""
