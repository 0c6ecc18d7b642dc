"""An INCEpTION project as it exports it: the work of all, its states, and the curation as gold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Document, Layer, State
from annotator.formats.base import (
    NO_OPTIONS,
    Format,
    Found,
    Note,
    Options,
    Problem,
    Reading,
    Source,
)
from annotator.formats.carried import Problems
from annotator.formats.cas import json_form, xmi_form
from annotator.formats.cas.meaning import LABELS, Person, meaning
from annotator.formats.cas.values import Cas
from annotator.formats.fields import Bad
from annotator.formats.jsonl_reader import parsed
from annotator.ingest.archive import checked, readable

LIMIT = 64_000_000
"""Bytes in one file of the zip; a larger one is no article."""
_PROJECT = re.compile(r"exportedproject[^/]*\.json")
_FILE = re.compile(r"(?:annotation|curation)(_ser)?/(.+)/([^/]+)\.(\w+)")
_FORMS = ("json", "xmi", "zip")
_CURATOR, _NOBODY = "CURATION_USER", "INITIAL_CAS"
_STATES: Mapping[str, State] = {
    "NEW": "new",
    "FINISHED": "done",
    "COMPLETE": "done",
    "CURATION_FINISHED": "done",
}
"""What a state is called here; all others are open."""
_ADVICE = 'export the project anew with the format "UIMA CAS JSON"'
States = Mapping[tuple[str, str], State]
"""The state of each article for each user, both by name."""


def sniff(head: bytes, _name: str = "") -> bool:
    """Whether a file begins like the zip of an INCEpTION project."""
    marks = (b"exportedproject", b"annotation_ser/", b"curation_ser/", b"/INITIAL_CAS.")
    return head.startswith(b"PK") and any(each in head for each in marks)


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The articles of a project's zip, each with everybody's layers and the curated one as gold.

    An article or a layer that is broken is a Problem, the others come. Raises UserError for a file
    that is no such zip.
    """
    labels = options.get(LABELS.name, LABELS.default)
    with source.open() as stream, checked(stream, source.name) as zip_:
        documents = _documents(zip_)
        if not documents:
            raise UserError(f"{source.name} is no INCEpTION project: it has no annotations.")
        states = yield from _states(zip_, source.name)
        for name, paths in documents.items():
            where = f"{source.name}, {name}"
            if paths:
                yield from _article(zip_, name, paths, states, where, labels=labels)
            else:
                yield Problem(where, f"its annotations are in no format that is read; {_ADVICE}")


def _documents(zip_: ZipFile) -> dict[str, dict[str, str]]:
    """The articles by the names of their files; of each, the path that a user's work has."""
    found: dict[str, dict[str, str]] = {}
    for path in zip_.namelist():
        match = _FILE.fullmatch(path)
        if match:
            users = found.setdefault(match[2], {})
            if match[4] in _FORMS and not match[1]:
                users[match[3]] = path
    return found


def _states(zip_: ZipFile, name: str) -> Problems[States]:
    path = next((each for each in zip_.namelist() if _PROJECT.fullmatch(each)), "")
    if not path:
        yield Note(name, "It says nothing of states, so all layers are open.")
        return {}
    where = f"{name}, {path}"
    try:
        raw = parsed(_bytes(zip_, path, where))
    except (Bad, UserError) as error:
        yield Problem(where, str(error).removesuffix("."))
        return {}
    people = _rows(raw, "annotation_documents")
    curated = ({**row, "user": _CURATOR} for row in _rows(raw, "source_documents"))
    return {
        (str(row.get("name")), str(row.get("user"))): _STATES.get(str(row.get("state")), "open")
        for row in (*people, *curated)
    }


def _rows(raw: Any, key: str) -> Iterator[dict[str, Any]]:
    rows = raw.get(key) if isinstance(raw, dict) else None
    yield from (row for row in rows or () if isinstance(row, dict))


def _article(
    zip_: ZipFile, name: str, paths: Mapping[str, str], states: States, where: str, *, labels: str
) -> Reading:
    """One article with the layers of all; nobody's is only for its text."""
    base: Document | None = None
    works: list[Work] = []
    for user, path in sorted(paths.items(), key=lambda each: each[0] == _NOBODY):
        if user == _NOBODY and base is not None:
            continue
        try:
            cas = _cas(zip_, path, f"{where}, {path}")
        except UserError as error:
            yield Problem(f"{where}, layer of {user}", str(error).removesuffix("."))
            continue
        person = _person(user, states.get((name, user), "open"))
        for each in meaning(cas, f"{where}, {user}", labels=labels, person=person, file=name):
            if not isinstance(each, Found) or not isinstance(each.item, Article):
                yield each
                continue
            document = each.item.document
            base = base or document
            if document.sha256 != base.sha256:
                yield Problem(each.where, "its text is not that of the others' work")
            elif user != _NOBODY:
                works += (_moved(work, base) for work in each.item.works)
    if base is not None:
        yield Found(where, Article(base, tuple(works)))


def _person(user: str, state: State) -> Person:
    if user == _CURATOR:
        return Person("gold", "gold", state)
    return Person(user, "annotator", state)


def _moved(work: Work, document: Document) -> Work:
    """Work on the same text as a layer of this document."""
    known = work.layer
    rest = {"state": known.state, "tagset": known.tagset, "meta": known.meta}
    layer = Layer.of(document.id, known.annotator, role=known.role, round_=known.round, **rest)
    return replace(work, layer=layer)


def _bytes(zip_: ZipFile, path: str, where: str) -> bytes:
    if zip_.getinfo(path).file_size > LIMIT:
        raise UserError(f"{where} is larger than {LIMIT // 1_000_000} MB.")
    with readable(where), zip_.open(path) as file:
        return file.read(LIMIT)


def _cas(zip_: ZipFile, path: str, where: str) -> Cas:
    """The CAS in a file, or in a zip of its own with its type system."""
    if not path.endswith(".zip"):
        return _parsed(_bytes(zip_, path, where), path, where)
    inner = BytesIO(_bytes(zip_, path, where))
    with checked(inner, where) as small:
        inside = small.namelist()
        types = _bytes(small, xmi_form.TYPES, where) if xmi_form.TYPES in inside else b""
        for each in inside:
            if each.endswith((".json", ".xmi")):
                return _parsed(_bytes(small, each, where), each, where, types)
    raise UserError(f"{where} holds no CAS; {_ADVICE}")


def _parsed(data: bytes, path: str, where: str, described: bytes = b"") -> Cas:
    if path.endswith(".json"):
        return json_form.read(data, where)
    ranges = xmi_form.ranges_in(described, where) if described else None
    return xmi_form.read(data, where, ranges)


FORMAT = Format(
    "inception",
    "an INCEpTION project's zip: the layers of all its annotators, and its curation as gold",
    (".zip",),
    frozenset(),
    read=read,
    sniff=sniff,
    reading=(LABELS,),
    local_ids=True,
)
