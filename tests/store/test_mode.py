"""A file has a log while it is open and none at rest, and a copy without its log is found out."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.errors import UserError
from annotator.project import Project
from annotator.store import mode, sharing
from tests.store.conftest import annotation


def mode_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as look:
        return str(look.execute("PRAGMA journal_mode").fetchone()[0])


def test_there_is_a_log_while_it_is_open(path: Path) -> None:
    assert mode_of(path) == "delete"
    before = path.read_bytes()
    with Project.open(path, who="ada") as project:
        assert project.check() == []
    assert path.read_bytes() == before  # who only looks leaves it alone
    with Project.open(path, who="ada") as project:
        project.apply(verbs.set_note(annotation(project, "claim"), "n"))
        assert mode_of(path) == "wal"
        with Project.open(path, who="eve") as other:
            assert not other.file.lost_log
            other.apply(verbs.set_note(annotation(other, "claim"), "m"))
        assert mode_of(path) == "wal"
    assert mode_of(path) == "delete"
    with Project.open(path, who="ada") as project, project.snapshot():
        assert mode_of(path) == "wal"
    assert mode_of(path) == "delete"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_program_that_was_killed_before_it_wrote_anything_has_lost_no_log(path: Path) -> None:
    script = (
        "import os, sys; from annotator.project import Project;"
        "Project.open(sys.argv[1]).file.hold(); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert Path(f"{path}-wal").read_bytes() == b""
    for _ in range(2):
        with Project.open(path, who="ada") as project:
            assert not project.file.lost_log
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_copy_made_by_hand_while_it_was_open_is_found_out(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        project.apply(verbs.set_note(annotation(project, "claim"), "the latest"))
        copy = Path(shutil.copy(path, path.with_name("copy.db")))
        whole = Path(shutil.copy(path, path.with_name("whole.db")))
        shutil.copy(f"{path}-wal", f"{whole}-wal")
    with Project.open(copy, who="ada") as project:
        assert project.file.lost_log
        (remark,) = project.file.remarks
        assert remark.startswith("copy.db was copied or moved by hand while it was open")
        assert annotation(project, "claim").note != "the latest"
        assert project.check() == []
    with Project.open(copy, who="ada") as project:
        assert not project.file.lost_log  # it has been said
    with Project.open(whole, who="ada") as project:
        assert not project.file.lost_log
        assert annotation(project, "claim").note == "the latest"
    assert not mode.log_is_lost(path)


def test_a_copy_made_by_the_program_is_whole(path: Path) -> None:
    copy = path.with_name("copy.db")
    with Project.open(path, who="ada") as project:
        project.apply(verbs.set_note(annotation(project, "claim"), "the latest"))
        project.copy_to(copy)
        with pytest.raises(UserError, match="is the project itself"):
            project.copy_to(path, force=True)
        with pytest.raises(UserError, match="exists already"):
            project.copy_to(copy)
        project.copy_to(copy, force=True)
    with Project.open(copy, who="ada") as project:
        assert not project.file.lost_log
        assert annotation(project, "claim").note == "the latest"
        assert project.check() == []


def test_a_killed_program_loses_nothing_and_nothing_is_said(path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from annotator.core.model import Annotator\n"
        "from annotator.core.edits import Edit, inserted\n"
        "from annotator.project import Project\n"
        "project = Project.open(sys.argv[1], who='ada')\n"
        "project.apply(Edit('add', inserted([Annotator('zoe')])))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Project.open(path, who="ada") as project:
        assert not project.file.lost_log
        assert project.read.annotator("zoe")


def test_an_older_file_at_rest_is_not_taken_for_a_copy(path: Path) -> None:
    with closing(sqlite3.connect(path)) as look:
        look.execute("DELETE FROM _sqlite_migrations WHERE name = '0003_team'")
        look.commit()
        look.execute("PRAGMA journal_mode = WAL")
    assert not mode.log_is_lost(path)
    with closing(sqlite3.connect(path)) as look:
        look.execute("DROP TABLE _sqlite_migrations")
        look.commit()
    assert not mode.log_is_lost(path)


def test_in_a_shared_folder_there_is_no_log(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "sharer", lambda _: "Dropbox")
    with Project.open(path, who="ada") as project:
        assert project.file.shared == "Dropbox"
        project.apply(verbs.set_note(annotation(project, "claim"), "n"))
        assert mode_of(path) == "delete"
        assert not os.path.lexists(f"{path}-wal")
        found = project.file.connection.execute("PRAGMA synchronous").fetchone()
        assert found[0] == 2


def test_while_another_program_reads_there_is_no_log_yet(path: Path) -> None:
    with (
        Project.open(path, who="ada") as project,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM document").fetchone()
        with project.snapshot() as read:
            assert read.counts()["document"] == 1
        assert mode_of(path) == "delete"
        other.execute("COMMIT")
        project.apply(verbs.set_note(annotation(project, "claim"), "n"))
        assert mode_of(path) == "wal"
        with project.bring_in("nothing"):
            assert not mode.enter(project.file.connection)  # in the middle of an edit
