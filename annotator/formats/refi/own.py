"""What we keep in a REFI-QDA archive beside the project: read once, and then article by article."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from zipfile import ZipFile

from annotator.core.errors import UserError
from annotator.formats.base import Found, Problem
from annotator.formats.carried import Own
from annotator.formats.fields import Bad, Fields
from annotator.formats.jsonl_reader import head_of, lines, parsed
from annotator.formats.refi.aside import Places
from annotator.formats.refi.qde import OWN
from annotator.ingest.archive import readable

LIMIT = 4_000_000_000
"""Bytes of it."""
_IN_MEMORY = 8_000_000


class Kept:
    """The rows of our file in an archive, which lie on the disk; all are none where it isn't there.

    The row of an article is followed by those of what is in it, so that they are found together;
    in memory is where each article's begin, 8 bytes each.
    """

    def __init__(self, stack: ExitStack, zip_: ZipFile | None, name: str) -> None:
        self.labels: dict[str, Own] = {}
        """The rows of codes, by their guids."""
        self.known = False
        """Whether there are any rows."""
        file = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  (the stack does)
        self._file = cast(BinaryIO, file)
        self._starts = Places()
        self._where = f"{name}, {OWN}"
        if zip_ is not None and OWN in zip_.namelist():
            if zip_.getinfo(OWN).file_size > LIMIT:
                raise UserError(f"{self._where} is larger than {LIMIT // 1_000_000} MB.")
            with readable(self._where), zip_.open(OWN) as packed:
                shutil.copyfileobj(packed, self._file)

    def heads(self) -> Iterator[Found | Problem]:
        """What stood before the articles, while it is found where their rows are."""
        self._file.seek(0)
        start = 0
        for number, row in lines(self._file):
            where = f"{self._where}, line {number}"
            try:
                fields = Fields(parsed(row))
                kind = fields.text("record")
                if kind != "own":
                    yield Found(where, head_of(kind, fields))
                    continue
                guid = fields.text("guid")
                self.known = True
                if fields.has("sha256"):
                    self._starts.add(guid, start)
                if fields.given("label"):
                    self.labels[guid] = {"label": fields.text("label")}
            except Bad as error:
                yield Problem(where, str(error))
            finally:
                start = self._file.tell()

    def of(self, article: str) -> Mapping[str, Own]:
        """The rows of an article (its guid) and of what is in it, by guids; {} for a stranger."""
        found: dict[str, Own] = {}
        for start in self._starts.of(article):
            found = self._at(start, article) or found
        return found

    def _at(self, start: int, article: str) -> dict[str, Own]:
        """The rows from a place on, {} where they are another article's."""
        found: dict[str, Own] = {}
        self._file.seek(start)
        for _, row in lines(self._file):
            try:
                raw = parsed(row)
                fields = Fields(raw)
                if fields.text("record") != "own":
                    continue
                guid = fields.text("guid")
            except Bad:
                continue  # it was named on the way to the articles
            if fields.has("sha256") and (found or guid != article):
                break
            found[guid] = {key: raw[key] for key in raw if key not in ("record", "guid")}
        return found
