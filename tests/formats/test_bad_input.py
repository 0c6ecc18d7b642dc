"""Bad input, line by line for every reader: one sentence says where, and what was done.

Never a traceback, nothing half-written, and where records are independent the rest comes in. The
long form of the same is `python -m tests.fuzz`.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Layer
from annotator.formats import registry
from annotator.formats.base import Problem, Source
from annotator.ingest import archive
from annotator.project import Project
from annotator.transfer import ImportReport, finish, import_sources
from tests.formats import rough
from tests.formats.foreign import BAKU, SOLDIERS, TEXT, YEREVAN
from tests.formats.makers import MAKERS, UTF16, WITHOUT, Links, Mark, Marks
from tests.formats.specimens import (
    ARTICLES,
    FORMATS,
    NAMES,
    Specimen,
    corpus,
    packed,
    specimen,
    written,
)
from tests.strategies import document_of, examples

GOOD = [Mark.of(number, TEXT, span) for number, span in enumerate((BAKU, SOLDIERS, YEREVAN), 1)]
RECORDS = ("jsonl", "csv", "web-annotation", "label-studio", "doccano", "prodigy", "conll")
"""The formats whose records are independent, each an article."""
PACKED = ("inception", "parquet", "refi-qda", "docbin", "docx")
"""The formats that are packed, so that a part of a file says nothing of the rest."""


def of_each(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", names)


def found_in(one: Specimen, source: Source) -> Any:
    """What a reader gives of a file, or its sentence; either can be shown to people."""
    assert one.format.read is not None
    try:
        found: Any = list(one.format.read(source, {}))
    except UserError as error:
        found = str(error)
    rough.require_sound(found, *one.parts)
    return found


def count(found: Any) -> int:
    """How many articles were found."""
    return 0 if isinstance(found, str) else len(rough.articles(found))


def test_each_format_is_here() -> None:
    assert set(FORMATS) == {*MAKERS, *WITHOUT}
    assert all(registry.OWN[name].read for name in FORMATS)


@of_each(*NAMES)
def test_what_is_whole_comes_in(name: str) -> None:
    found = found_in(specimen(name), specimen(name).source())
    assert rough.problems(found) == []
    if name in RECORDS:
        assert count(found) == ARTICLES


# The file as a whole


@of_each(*NAMES)
def test_truncated_at_each_tenth(name: str) -> None:
    one = specimen(name)
    for part, data in one.parts.items():
        counts = []
        for tenth in range(10):
            found = found_in(one, one.damaged(part, data[: len(data) * tenth // 10]))
            counts.append(count(found))
        if name in RECORDS and part == one.file:
            assert counts == sorted(counts)
            assert counts[-1] >= ARTICLES - 1
        if name in PACKED:
            assert counts == [0] * 10


@of_each(*NAMES)
@examples(30)
@given(data=st.data())
def test_one_byte_flipped_anywhere(name: str, data: st.DataObject) -> None:
    one = specimen(name)
    part = data.draw(st.sampled_from(sorted(one.parts)))
    hurt = one.damaged(part, data.draw(rough.flipped(one.parts[part])))
    assert count(found_in(one, hurt)) <= 2 * ARTICLES


@of_each(*FORMATS)
def test_empty(name: str) -> None:
    one = specimen(name)
    found = found_in(one, Source(one.file, stream=rough.stream(b""), beside=lambda _: None))
    if name == "jsonl":
        assert found == []  # a corpus of nothing
    else:
        assert isinstance(found, str)


@of_each(*FORMATS)
@pytest.mark.parametrize("data", rough.STRANGERS, ids=repr)
def test_nothing_of_the_kind(name: str, data: bytes) -> None:
    one = specimen(name)
    found = found_in(one, Source(one.file, stream=rough.stream(data), beside=lambda _: None))
    assert name in ("text", "table", "html") or not count(found)


@of_each(*FORMATS)
@examples(15)
@given(data=st.binary(max_size=60))
@example(b"Snapshot-Content-Location: \xff\nContent-Type: text/html\n\n<p>Talks")
def test_any_bytes_at_all(name: str, data: bytes) -> None:
    one = specimen(name)
    found_in(one, Source(one.file, stream=rough.stream(data), beside=lambda _: None))


@of_each(*FORMATS)
def test_each_other_format_under_this_ones_name(name: str) -> None:
    one = specimen(name)
    for other in NAMES:
        source = specimen(other).source()
        found = found_in(one, Source(one.file, stream=rough.stream(source.head())))
        if specimen(other).format is not one.format and name in PACKED:
            assert isinstance(found, str)


@of_each(*FORMATS)
def test_a_folder_instead_of_a_file(name: str, tmp_path: Path) -> None:
    one = specimen(name)
    folder = tmp_path / one.file
    folder.mkdir()
    report = brought(tmp_path, name, Source(one.file, folder))
    assert report == f"Nothing was imported. {one.file}: it cannot be read: Is a directory."


@of_each(*(name for name in FORMATS if name not in PACKED))
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "cp1251", "shift_jis"])
def test_in_another_encoding(name: str, encoding: str) -> None:
    one = specimen(name)
    data = one.data.decode(errors="replace").encode(encoding, "replace")
    found_in(one, one.damaged(one.file, data))


def big(one: Specimen) -> Specimen:
    """Five articles, of which the third is large."""
    items = corpus(layers=1 if one.format.layers == "one" else 2)
    long = document_of("A long one. " * 20_000)
    items[4] = Article(long, (Work(Layer.of(long.id, "ada", state="done")),))
    return written(one.format.name, items)


LIMITS = {
    "jsonl": ("jsonl_reader.LIMIT",),
    "csv": ("streams.LIMIT", "csv_reader.LIMIT"),
    "web-annotation": ("records.LIMIT", "jsonl_reader.LIMIT"),
    "label-studio": ("records.LIMIT", "jsonl_reader.LIMIT"),
    "doccano": ("jsonl_reader.LIMIT",),
    "prodigy": ("jsonl_reader.LIMIT",),
    "conll": ("conll.reader.LIMIT",),
    "parquet": ("parquet.rows.LIMIT",),
    "table": ("table.rows.LIMIT",),
}
"""Where the limit of a record is, in the formats that have records; lowered here, since a file of
64 MB takes its time."""
FILES = {
    "brat": ("original.LIMIT",),
    "cas-json": ("cas.format.LIMIT",),
    "cas-xmi": ("cas.format.LIMIT",),
    "inception": ("inception.LIMIT",),
    "webanno-tsv": ("original.LIMIT",),
    "text": ("original.LIMIT",),
    "pdf": ("original.LIMIT",),
    "docx": ("original.LIMIT",),
    "refi-qda": ("refi.format.TEXT_LIMIT",),
    "refi-qdc": ("refi.format.LIMIT",),
    "docbin": ("docbin.LIMIT",),
    "html": ("web.LIMIT",),
}
"""The same of the file, in those that hold one article or can't be read in parts."""


def lower(monkeypatch: pytest.MonkeyPatch, limits: tuple[str, ...], limit: int) -> None:
    for each in limits:
        monkeypatch.setattr(f"annotator.formats.{each}", limit)


def test_each_format_has_a_limit() -> None:
    assert {*LIMITS, *FILES} == set(FORMATS)
    for name, places in {**LIMITS, **FILES}.items():
        for each in places:
            module, _, value = f"annotator.formats.{each}".rpartition(".")
            megabytes = {"html": 20, "docbin": 512, "refi-qdc": 256}.get(name, 64)
            assert getattr(import_module(module), value) == megabytes * 1_000_000


@of_each(*LIMITS)
def test_a_record_over_the_limit_is_refused_by_its_line(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lower(monkeypatch, LIMITS[name], 150_000)
    if name == "table":
        rows = "".join(f"{at},{'x ' * (100_000 if at == 3 else 9)}\n" for at in range(1, 6))
        one = Specimen(specimen(name).format, "a.csv", f"title,text\n{rows}".encode())
    else:
        one = big(specimen(name))
    found = found_in(one, one.source())
    (problem,) = (each for each in found if isinstance(each, Problem))
    assert any(each in problem.where for each in (", line ", ", record ", ", row "))
    assert "larger than" in problem.what or "longer than" in problem.what
    assert count(found) == ARTICLES - 1


@of_each(*FILES)
def test_a_file_over_the_limit_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lower(monkeypatch, FILES[name], 50)
    one = specimen(name)
    found = found_in(one, one.source())
    said = found if isinstance(found, str) else " ".join(rough.problems(found))
    assert "larger than" in said or "unpacks to more than" in said
    assert not count(found)


# What a file says


@pytest.fixture
def bring(tmp_path: Path) -> Callable[..., ImportReport | str]:
    return lambda name, source: brought(tmp_path, name, source)


def brought(folder: Path, name: str, source: Source) -> ImportReport | str:
    """Bring a file into a new project, which is sound thereafter; what is said of it."""
    with Project.create(folder / "p.db", who="ada") as project:
        try:
            report: ImportReport | str = finish(import_sources(project, [source], format_=name))
        except UserError as error:
            report = str(error)
        assert project.check() == []
    return report


def native(name: str, marks: Marks) -> list[Mark]:
    """Marks in the unit of a format."""
    return [each.in_utf16(TEXT) for each in marks] if name in UTF16 else list(marks)


def made(name: str, marks: Marks, links: Links = ()) -> Specimen:
    return MAKERS[name](TEXT, native(name, marks), links)


Bring = Callable[[str, Source], ImportReport]


def counts(report: ImportReport) -> tuple[int, int, int]:
    """Annotations, relations, problems."""
    return report.annotations, report.relations, len(report.problems)


@of_each(*MAKERS)
def test_nothing_wrong(bring: Bring, name: str) -> None:
    report = bring(name, made(name, GOOD, [(1, 2), (2, 3)]).source())
    assert counts(report) == (3, 2, 0)


NO_WORDS = {
    "cas-json": "a CAS carries no words beside its offsets, and has one unit, UTF-16",
    "cas-xmi": "as cas-json",
    "inception": "as cas-json",
    "doccano": "it carries no words; the unit is taken, which is said, or given",
}
"""Why a wrong unit can't be told in some formats: offsets that are none in the text are named."""
FIXED = ("jsonl", "csv", "parquet")
"""Formats that have a unit and words: what doesn't fit stays out."""


@of_each(*MAKERS)
def test_the_wrong_unit(bring: Bring, name: str) -> None:
    marks = GOOD if name in UTF16 else [each.in_utf16(TEXT) for each in GOOD]
    report = bring(name, MAKERS[name](TEXT, marks, ()).source())
    if name in NO_WORDS:
        assert counts(report)[0] == 3
        assert name != "doccano" or "if they are not" in report.notes[0].what
    elif name in FIXED:
        assert counts(report)[0] == 0
        assert len(report.problems) == 3
    else:
        assert counts(report) == (3, 0, 0)
        unit = "code points" if name in UTF16 else "UTF-16 units"
        assert any(unit in each.what for each in report.notes)


@of_each(*MAKERS)
@pytest.mark.parametrize(
    "wrong",
    [Mark(4, 500, 510, "nowhere"), Mark(4, 10, 6, "nowhere"), Mark(4, 7, 7, "nowhere")],
    ids=["beyond the text", "ends before it starts", "without length"],
)
def test_places_that_are_none(bring: Bring, name: str, wrong: Mark) -> None:
    report = bring(name, MAKERS[name](TEXT, [*native(name, GOOD), wrong], [(1, 2)]).source())
    assert counts(report) == (3, 1, 1)
    (problem,) = report.problems
    assert problem.where.startswith(specimen_file(name))


def specimen_file(name: str) -> str:
    """The name of the file that a problem of a span names."""
    return "spans.csv" if name == "csv" else made(name, GOOD).file


@of_each(*MAKERS)
@pytest.mark.parametrize("wrong", [(1, 77), (77, 1), (1, 1)], ids=["to", "from", "itself"])
def test_links_to_nothing_and_to_themselves(
    bring: Bring, name: str, wrong: tuple[int, int]
) -> None:
    report = bring(name, made(name, GOOD, [(1, 2), wrong]).source())
    lost = 0 if name == "webanno-tsv" and wrong == (1, 77) else 1  # it stands with its target
    assert counts(report) == (3, 1, lost)


@of_each(*MAKERS)
def test_links_in_a_circle_are_links(bring: Bring, name: str) -> None:
    report = bring(name, made(name, GOOD, [(1, 2), (2, 3), (3, 1)]).source())
    assert counts(report) == (3, 3, 0)


WITHOUT_IDS = {
    "prodigy": "its spans have no ids, so none is there twice",
    "webanno-tsv": "the rows of one number are one span",
}


@of_each(*MAKERS)
def test_ids_that_are_there_twice(bring: Bring, name: str) -> None:
    last = GOOD[2]
    twin = Mark(1, last.start, last.end, last.words)
    report = bring(name, made(name, [*GOOD, twin], [(1, 2)]).source())
    if name in WITHOUT_IDS:
        assert len(report.problems) == 0
    else:
        assert counts(report) == (3, 1, 1)
        assert "another" in report.problems[0].what


# XML and archives

ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
    b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    b'<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;&b;&b;</a>',
)


@of_each("cas-xmi", "refi-qda", "refi-qdc", "docx")
@pytest.mark.parametrize("data", ENTITIES)
def test_xml_without_entities(name: str, data: bytes) -> None:
    one = specimen(name)
    parts = {"word/document.xml": data, "[Content_Types].xml": b"<a/>"}
    whole = packed(parts) if name == "docx" else data
    found = found_in(one, one.damaged(one.file, whole))
    assert isinstance(found, str)
    assert "document type" in found or "not XML" in found


ARCHIVES = {
    "inception": "annotation/a.txt/ada.json",
    "refi-qda": "Project.qde",
    "docx": "word/document.xml",
}


@of_each(*ARCHIVES)
def test_archives_without_escapes_or_bombs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, member = specimen(name), ARCHIVES[name]
    good = {member: b"<a/>", "exportedproject.json": b"{}"}
    for other in ("../../a", "/etc/a", "C:\\a", "a/../../b"):
        found = found_in(one, one.damaged(one.file, packed({**good, other: b"x"})))
        assert "points outside" in found
    found = found_in(one, one.damaged(one.file, packed({member: b" " * 30_000_000})))
    assert "not safe" in found
    monkeypatch.setattr(archive, "MEMBERS", 1)
    assert "too many to be safe" in found_in(one, one.damaged(one.file, packed(good)))
