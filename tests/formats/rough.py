"""What every reader has to bear: files cut off, bytes flipped, nothing, and something else."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.formats.base import NO_OPTIONS, Format, Found, Note, Options, Problem, Source

STRANGERS = (
    b"",
    b"\0\1\2",
    b"\xff\xfe\x00\xd8",
    b"[]",
    b"{}",
    b"<a/>",
    b"Yerevan said.",
    b"PK\x03\x04 broken",
    b"PAR1 broken PAR1",
)
"""Files that are of none of the formats."""


def read(
    format_: Format, data: bytes, name: str = "", options: Options = NO_OPTIONS, **neighbours: bytes
) -> list[Found | Problem | Note] | str:
    """What a reader gives, or the sentence of its UserError; all else that it raises goes on."""
    files = {key.replace("_", "."): value for key, value in neighbours.items()}

    def beside(name: str) -> Source | None:
        return Source(name, stream=BytesIO(files[name])) if name in files else None

    assert format_.read is not None
    source = Source(name or f"a{format_.suffixes[0]}", stream=BytesIO(data), beside=beside)
    try:
        return list(format_.read(source, options))
    except UserError as error:
        return str(error)


def articles(found: list[Found | Problem | Note] | str) -> list[Article]:
    """The articles among what was found, which must not be an error."""
    assert not isinstance(found, str), found
    items = [each.item for each in found if isinstance(each, Found)]
    return [each for each in items if isinstance(each, Article)]


def problems(found: list[Found | Problem | Note] | str) -> list[str]:
    """What the problems are."""
    assert not isinstance(found, str), found
    return [each.what for each in found if isinstance(each, Problem)]


def stream(data: bytes) -> BytesIO:
    """A file in memory."""
    return BytesIO(data)


def require_sound(found: Sequence[Found | Problem | Note] | str, *names: str) -> None:
    """What a reader gave of files of these names can be shown to people, and says where it is."""
    if isinstance(found, str):
        assert any(name in found for name in names), found
        assert _is_sentence(found), found
        return
    for each in found:
        if isinstance(each, Found):
            continue
        assert each.where, each
        if isinstance(each, Problem):
            assert each.what, each
            assert not each.what.endswith("."), each
        else:
            assert _is_sentence(each.what), each


def _is_sentence(words: str) -> bool:
    return "\n" not in words and words.endswith((".", ")", '"', "]"))


def flipped(data: bytes) -> st.SearchStrategy[bytes]:
    """A file with one byte changed."""

    def flip(place: tuple[int, int]) -> bytes:
        at, by = place
        return data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]

    return st.tuples(st.integers(0, len(data) - 1), st.integers(1, 255)).map(flip)


def bytes_of(*items: Any, format_: Format, options: Options = NO_OPTIONS) -> bytes:
    """The file that a format of one stream writes."""
    assert format_.to_stream is not None
    stream = BytesIO()
    list(format_.to_stream(items, stream, options))
    return stream.getvalue()
