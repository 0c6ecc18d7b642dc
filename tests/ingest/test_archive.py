"""Archives from anywhere."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from annotator.core.errors import UserError
from annotator.ingest import archive
from annotator.ingest.archive import checked, opened, readable
from tests.ingest.make import zipped


def test_an_archive_is_open_for_as_long_as_it_is_read() -> None:
    stream = BytesIO(zipped({"a/b.txt": "Talks"}))
    with opened(stream, "a.zip") as found:
        assert found.read("a/b.txt") == b"Talks"
    assert found.fp is None


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "..", "/etc/passwd", "C:/a", "a\\..\\b", "\\\\share\\a"]
)
def test_names_that_point_outside(name: str) -> None:
    with pytest.raises(UserError, match="whose name points outside"):
        checked(BytesIO(zipped({name: "x"})), "a.zip")


@pytest.mark.parametrize("name", ["a..b", "...", "a/b..", "..a/b", "ab:c"])
def test_names_that_only_look_so(name: str) -> None:
    checked(BytesIO(zipped({name: "x"})), "a.zip").close()


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("a", bytes(21_000_000))
    with pytest.raises(UserError, match=r"a.zip would unpack to 21 MB, which is not safe"):
        checked(bomb, "a.zip")
    monkeypatch.setattr(archive, "MEMBERS", 1)
    with pytest.raises(UserError, match=r"a.zip holds 2 files, which is too many"):
        checked(BytesIO(zipped({"a": "", "b": ""})), "a.zip")


def test_what_reading_raises_becomes_a_sentence() -> None:
    for error, says in (
        (UserError("as it is"), "as it is"),
        (RuntimeError("File 'a' is encrypted, password required"), "a is locked with a password"),
        (NotImplementedError("method"), "a is packed in a way that is not known"),
        (EOFError(), "a is broken"),
    ):
        with pytest.raises(UserError, match=says), readable("a"):
            raise error
