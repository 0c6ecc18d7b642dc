"""Project files made, opened and refused: one sentence, and the file as it was."""

import os
import random
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.query import parse
from annotator.project import Project
from annotator.store import file, sharing
from tests.rows import damage, looked_at
from tests.store.conftest import annotation, fill
from tests.strategies import document_of

NOBODY = 65534
posix_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="gives rights away, which only root can"
)


def around(path: Path) -> dict[str, bytes]:
    """Every file beside a project, the project included, byte for byte."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}


def refused(path: Path, match: str) -> str:
    """Opening is refused, in one sentence that names the file, and nothing was touched."""
    before = around(path) if path.parent.is_dir() else {}
    with pytest.raises(UserError, match=match) as caught:
        Project.open(path, who="ada")
    assert (around(path) if path.parent.is_dir() else {}) == before
    told = str(caught.value)
    assert str(path) in told
    assert "\n" not in told
    return told


# What is no project


@pytest.mark.parametrize(
    "content",
    [
        b"just text\n",
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200),
        b"SQLite format 3\0",
        bytes(4096),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "photo.annotation"
    path.write_bytes(content)
    refused(path, "is not an Annotator project")


def test_other_databases_are_refused_even_with_work_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE project (a)")
        connection.execute("INSERT INTO project VALUES (1)")
        connection.commit()
        assert (tmp_path / "other.db-wal").stat().st_size
        refused(path, "is not an Annotator project")
    refused(path, "is not an Annotator project")


def test_an_empty_file_a_missing_one_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    refused(tmp_path / "empty", "is empty")
    refused(tmp_path / "folder", "is a folder")
    refused(tmp_path / "missing", "There is no file")
    refused(tmp_path / "no" / "such" / "folder", "There is no file")
    refused(tmp_path / "empty" / "inside", "There is no file")
    refused(tmp_path / ("x" * 300), "cannot be read: File name too long")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "is not an Annotator project")


def test_a_newer_project_is_refused_even_with_work_beside_it(path: Path) -> None:
    newer = (
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('annotator', '0009_future', '')"
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(newer)
        refused_with_log = around(path)
        with pytest.raises(UserError, match="it has 0009_future"):
            Project.open(path)
        found = around(path)
        assert {name for name in found if not name.endswith("-shm")} == {
            name for name in refused_with_log if not name.endswith("-shm")
        }
        assert found[path.name] == refused_with_log[path.name]
    refused(path, "newer version of Annotator")
    with pytest.raises(UserError, match="newer"):
        Project.create(path, force=True)


# In use


def test_a_file_that_another_program_writes_can_be_read_but_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "PATIENCE", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match=f"{path} is in use by another program"):
            Project.create(path, force=True)
        with Project.open(path, who="ada") as project:
            before = looked_at(path)
            claim = annotation(project, "claim")
            for write in (
                lambda: project.apply(verbs.set_note(claim, "n")),
                project.undo,
                project.redo,
            ):
                with pytest.raises(UserError, match=f"{path} is in use by another program"):
                    write()
            assert looked_at(path) == before
            other.execute("ROLLBACK")
            project.apply(verbs.set_note(claim, "n"))


def test_a_file_that_another_program_keeps_for_itself_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "PATIENCE", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        refused(path, "is in use by another program")
        with pytest.raises(UserError, match="is in use by another program"):
            Project.create(path, force=True)


def test_a_reading_meets_a_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "PATIENCE", 0.05)
    monkeypatch.setattr(sharing, "sharer", lambda _: "Dropbox")  # readers wait for writers then
    with (
        Project.open(path, who="ada") as project,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="is in use by another program"):
            project.read.counts()
        with pytest.raises(UserError, match="is in use by another program"):
            _ = project.undo_name


# Rights


@contextmanager
def as_nobody() -> Iterator[None]:
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def open_path(path: Path) -> Iterator[Path]:
    """The project in a folder that nobody reaches, all of it its own."""
    changed = []
    for folder in (*path.parents, path):
        if folder.stat().st_mode & 0o005 != 0o005 and folder != path:
            changed.append((folder, folder.stat().st_mode))
            folder.chmod(folder.stat().st_mode | 0o055)
    os.chown(path.parent, NOBODY, NOBODY)
    os.chown(path, NOBODY, NOBODY)
    yield path
    for folder, mode in changed:
        folder.chmod(mode)


def read_only_behaviour(path: Path, why: str) -> None:
    before = around(path)
    with Project.open(path, who="ada") as project:
        assert project.read_only == why
        claim = annotation(project, "claim")
        assert project.read.counts()["annotation"] == 4
        assert project.check() == []
        with project.snapshot() as read:
            assert read.counts()["annotation"] == 4
        for write in (
            lambda: project.apply(verbs.set_note(claim, "n")),
            project.undo,
            project.redo,
        ):
            with pytest.raises(UserError, match=f"Nothing was saved: {why} .*{path.name}"):
                write()
        with pytest.raises(UserError, match=why), project.bring_in("import"):
            pass
    assert around(path) == before


@posix_root
def test_a_read_only_file_is_read(open_path: Path) -> None:
    open_path.chmod(0o444)
    with as_nobody():
        read_only_behaviour(open_path, "the file is read-only")
        with pytest.raises(UserError, match="can't be written over: the file is read-only"):
            Project.create(open_path, force=True)


@posix_root
def test_a_file_in_a_read_only_folder_is_read(open_path: Path) -> None:
    open_path.parent.chmod(0o555)
    with as_nobody():
        read_only_behaviour(open_path, "its folder is read-only")
        with pytest.raises(UserError, match="could not be made"):
            Project.create(open_path.with_name("new.annotation"))
    open_path.parent.chmod(0o755)
    assert [each.name for each in open_path.parent.iterdir()] == [open_path.name]


@posix_root
def test_unsaved_work_beside_a_file_in_a_read_only_folder(open_path: Path) -> None:
    log = open_path.with_name(open_path.name + "-wal")
    log.write_bytes(b"work")
    open_path.parent.chmod(0o555)
    with as_nobody():
        refused(open_path, "has unsaved work beside it")


@posix_root
def test_a_file_that_may_not_be_read_or_reached(open_path: Path) -> None:
    open_path.chmod(0o000)
    with as_nobody(), pytest.raises(UserError, match="cannot be read: Permission denied"):
        Project.open(open_path)
    open_path.parent.chmod(0o000)
    with as_nobody():
        with pytest.raises(UserError, match="cannot be read: Permission denied"):
            Project.open(open_path)
        with pytest.raises(UserError, match="could not be made: Permission denied"):
            Project.create(open_path)
    open_path.parent.chmod(0o755)


@posix_root
def test_an_older_project_that_can_not_be_written(
    open_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "SCHEMA", (*file.SCHEMA, "0003_second"))
    open_path.chmod(0o444)
    with as_nobody():
        refused(open_path, "was made by an older version and the file is read-only; copy it first")


# Making


def test_an_existing_file_is_not_written_over(path: Path) -> None:
    before = around(path)
    for force, name in ((False, path.name), (True, "letter.txt")):
        other = path.with_name(name)
        if force:
            other.write_text("Dear Sir")
            before = around(path)
        with pytest.raises(UserError, match=r"exists already|is not an Annotator project"):
            Project.create(other, force=force)
    assert around(path) == before


def test_an_existing_project_is_written_over_by_force_at_once_or_not_at_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = around(path)
    with pytest.raises(UserError, match="TOML"):
        Project.create(path, force=True, tagset="=")
    assert around(path) == before

    def fail(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(file, "_migrate", fail)
        with pytest.raises(UserError, match=f"{path} could not be made: database or disk is full"):
            Project.create(path, force=True)
    assert around(path) == before
    with Project.open(path, who="ada") as project:
        project.file.hold()
        with pytest.raises(UserError, match="in use by another"):
            Project.create(path, force=True)
    with Project.create(path, who="ada", force=True) as project:
        assert project.read.counts()["document"] == 0
        assert project.check() == []
    assert list(around(path)) == [path.name]


def test_force_makes_what_is_not_there(tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.annotation", force=True, who="ada") as project:
        assert project.check() == []


def test_force_follows_a_link_to_the_project(path: Path) -> None:
    link = path.with_name("link.annotation")
    link.symlink_to(path)
    with Project.create(link, who="ada", force=True):
        pass
    assert link.is_symlink()
    with Project.open(path, who="ada") as project:
        assert project.read.counts()["document"] == 0


def test_a_project_that_comes_to_be_meanwhile_is_not_lost(path: Path) -> None:
    name = path.with_name("late.annotation")

    def make() -> None:
        with file.making(name, force=True) as draft:
            draft.write_bytes(b"draft")
            name.write_text("Dear Sir")

    with pytest.raises(UserError, match="is not an Annotator project"):
        make()
    assert name.read_text() == "Dear Sir"


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=f"There is no folder {tmp_path / 'no'}; make it first"):
        Project.create(tmp_path / "no" / "p.annotation")
    with pytest.raises(UserError, match="could not be made: File name too long"):
        Project.create(tmp_path / ("x" * 300))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["a b.annotation", "Հայ?#%41.annotation", "p", "🙂.db", "x\udcff.p"]
)
def test_names_of_files_are_taken_as_they_are(tmp_path: Path, name: str) -> None:
    with Project.create(tmp_path / name, who="ada") as project:
        fill(project)
    with Project.open(tmp_path / name, who="ada") as project:
        assert project.check() == []
    assert [each.name for each in tmp_path.iterdir()] == [name]


# Damage


def read_all(project: Project) -> None:
    for document in project.documents():
        for layer in project.read.layers(document=document.id):
            list(project.annotations(layer=layer.id))
            list(project.relations(layer=layer.id))
        list(project.read.decisions(document=document.id))
    list(project.read.entities())
    list(project.read.annotators())
    list(project.read.settings())
    list(project.read.journal.entries())
    list(project.read.found("ada", parse("soldiers")))
    project.read.counts()
    project.read.counts_by_label()
    project.read.layer_counts()
    assert project.undo_name is not None
    project.check()


def stands_or_is_refused(path: Path) -> bool:
    """Whether a damaged file opens; nothing but sentences may come of it."""
    told: list[str] = []
    opened = True
    try:
        with Project.open(path, who="ada") as project:
            told += project.check()
            for each in (
                lambda: read_all(project),
                project.undo,
                lambda: project.apply(Edit("import", inserted([document_of("more")]))),
            ):
                try:
                    each()
                except UserError as error:
                    told.append(str(error))
    except UserError as error:
        told.append(str(error))
        opened = False
    assert not any("\n" in each for each in told)
    return opened


@pytest.mark.parametrize("tenths", range(10))
def test_a_cut_file_is_refused_or_reported(path: Path, tenths: int) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * tenths // 10])
    if stands_or_is_refused(path):
        with Project.open(path, who="ada") as project:
            assert project.check()


def test_a_file_with_flipped_bytes_never_fails_without_a_sentence(path: Path) -> None:
    content = path.read_bytes()
    chance = random.Random(20200927)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 1, 1, 40))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        for each in path.parent.iterdir():
            each.unlink()
        path.write_bytes(damaged)
        stands_or_is_refused(path)


def test_a_project_without_its_migrations_is_refused(path: Path) -> None:
    damage(path, "DROP TABLE _sqlite_migrations")
    refused(path, "could not be read: no such table: _sqlite_migrations")


def test_reading_a_damaged_row_says_so(path: Path) -> None:
    damage(path, "UPDATE annotation SET attributes = '[' WHERE label = 'claim'")
    with Project.open(path, who="ada") as project:
        (layer,) = project.read.layers()
        with pytest.raises(UserError, match="The file is damaged: row"):
            list(project.annotations(layer=layer.id))
    damage(path, "DELETE FROM tagset")
    with pytest.raises(UserError, match=f"{path} is damaged: it has no tag set"):
        Project.open(path, who="ada")


# A full disk, a killed program


def test_a_full_disk_leaves_the_project_as_it_was(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        before = looked_at(path)
        pages = project.file.connection.execute("PRAGMA page_count").fetchone()[0]
        project.file.connection.execute(f"PRAGMA max_page_count = {pages + 4}")
        many = [document_of(f"{number} " * 1000) for number in range(50)]
        with pytest.raises(UserError, match="database or disk is full"):
            project.apply(Edit("import", inserted(many)))
        with (
            pytest.raises(UserError, match="database or disk is full"),
            project.bring_in("import") as intake,
        ):
            intake.add(inserted(many))
        assert looked_at(path) == before
        project.file.connection.execute("PRAGMA max_page_count = 1000000")
        project.apply(Edit("import", inserted(many)))
        assert project.check() == []


KILLED = """
    import os, signal, sys
    from annotator.core.edits import inserted
    from annotator.project import Project
    from tests.strategies import document_of

    project = Project.open(sys.argv[1], who="bob")
    stop = int(sys.argv[2])
    project.file.connection.execute("PRAGMA cache_size = 10")  # so that much is written early
    with project.bring_in("import") as intake:
        for number in range(40):
            intake.add(inserted([document_of(f"{number} words " * 2000)]))
            if number == stop:
                os.kill(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
@pytest.mark.parametrize(("stop", "documents"), [(0, 1), (39, 1), (99, 41)])
def test_a_killed_import_leaves_all_or_nothing(path: Path, stop: int, documents: int) -> None:
    before = looked_at(path)
    words = (sys.executable, "-c", textwrap.dedent(KILLED), str(path), str(stop))
    top = Path(__file__).parents[2]
    assert subprocess.run(words, cwd=top, check=False).returncode == -9
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    with Project.open(path, who="bob") as project:
        assert project.read.counts()["document"] == documents
        assert project.check() == []
        assert project.undo_name == ("import" if documents > 1 else "")
        project.undo()
        assert project.read.counts()["document"] == 1
    if documents == 1:
        assert looked_at(path) == before


def test_the_log_is_taken_away_and_does_not_grow(path: Path) -> None:
    log = path.with_name(path.name + "-wal")
    with Project.open(path, who="ada") as project:
        first = document_of("0 words " * 20_000)
        for number in range(60):
            reading = project.documents()
            next(reading)
            project.apply(Edit("import", inserted([document_of(f"{number} words " * 10_000)])))
            project.undo()
        assert first
        assert log.stat().st_size < 12_000_000
    assert not log.exists()


def test_errors_of_opening_become_sentences(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(sqlite3.Connection):
        def execute(self, *words: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("unable to open database file")

    connect = sqlite3.connect

    def broken(*words: object, **more: object) -> sqlite3.Connection:
        # Whatever the program passes is passed on, so no one signature fits.
        return connect(*words, factory=Broken, **more)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", broken)
    refused(path, "could not be read: unable to open database file")

    def none(*words: object, **more: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("out of memory")

    monkeypatch.setattr(sqlite3, "connect", none)
    refused(path, "could not be read: out of memory")
