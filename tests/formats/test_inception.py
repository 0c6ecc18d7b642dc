"""INCEpTION's project zips: everybody's work in one step."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from annotator.core.article import Article, Work
from annotator.core.model import Layer
from annotator.formats import inception
from annotator.formats.base import Found, Note
from annotator.formats.cas.format import JSON, XMI
from annotator.formats.inception import FORMAT
from tests.formats.rough import articles, problems, read
from tests.formats.test_cas import example, raw, span, stranger, told, written

DOC = "annotation/a.txt/"


def packed(files: dict[str, Any]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as zip_:
        for path, data in files.items():
            zip_.writestr(path, data if isinstance(data, bytes | str) else json.dumps(data))
    return stream.getvalue()


def states(**people: str) -> dict[str, Any]:
    return {
        "name": "War",
        "source_documents": [{"name": "a.txt", "state": "CURATION_FINISHED"}, 3],
        "annotation_documents": [
            {"name": "a.txt", "user": user, "state": state} for user, state in people.items()
        ],
    }


def project() -> dict[str, Any]:
    """A project as INCEpTION 30 and later exports it, in both forms."""
    cas = stranger()
    types = cas.typesystem.to_xml()
    return {
        "exportedproject.json": states(ada="FINISHED", bo="INPROGRESS", cy="NEW"),
        "source/a.txt": "…",
        f"{DOC}INITIAL_CAS.json": cas.to_json(),
        f"{DOC}ada.json": cas.to_json(),
        f"{DOC}bo.zip": packed({"TypeSystem.xml": types, "bo.xmi": cas.to_xmi()}),
        f"{DOC}cy.xmi": cas.to_xmi(),
        "annotation_ser/a.txt/ada.ser": b"\xac\xed",
        "curation/a.txt/CURATION_USER.json": cas.to_json(),
        "curation_ser/a.txt/CURATION_USER.ser": b"\xac\xed",
    }


def test_everybodys_layers_states_and_curation_come_in_one_step() -> None:
    found = read(FORMAT, packed(project()))
    (article,) = articles(found)
    assert problems(found) == []
    assert article.document.meta == {"file": "a.txt"}
    layers = [each.layer for each in article.works]
    assert sorted((each.annotator, each.role, each.state) for each in layers) == [
        ("ada", "annotator", "done"),
        ("bo", "annotator", "open"),
        ("cy", "annotator", "new"),
        ("gold", "gold", "done"),
    ]
    assert {each.document for each in layers} == {article.document.id}
    ada, bo = (replace(article, works=(each,)) for each in article.works[:2])
    assert told(ada) == told(bo)
    assert [len(each.relations) for each in article.works] == [3, 3, 3, 3]


def test_text_that_nobody_worked_on_comes_without_a_layer() -> None:
    data = packed({f"{DOC}INITIAL_CAS.json": stranger().to_json()})
    found = read(FORMAT, data)
    (article,) = articles(found)
    assert article.works == ()
    assert isinstance(found[0], Note)


def test_our_own_files_are_the_work_of_who_has_them_there(tmp_path: Path) -> None:
    article = example()
    own = written(JSON, tmp_path / "o", article)["a.json"]
    (found,) = articles(read(FORMAT, packed({f"{DOC}ada.json": own, f"{DOC}bo.json": own})))
    first, second = found.works
    assert (first.layer.round, first.layer.state) == (2, "open")
    assert [each.id for each in first.annotations] == [
        each.id for each in article.works[0].annotations
    ]
    assert second.layer == Layer.of(article.document.id, "bo", state="open")
    assert not {each.id for each in second.annotations} & {each.id for each in first.annotations}
    bare = written(XMI, tmp_path / "b", Article(article.document))["a.xmi"]
    (found,) = articles(read(FORMAT, packed({f"{DOC}ada.xmi": bare})))
    assert found.works == (Work(Layer.of(article.document.id, "ada", state="open")),)


def test_what_is_broken_is_named_and_the_rest_comes() -> None:
    files = {
        "exportedproject-3.json": "{",
        f"{DOC}ada.json": raw(span(2, 0, 4), span(3, 0, 99)),
        f"{DOC}bo.json": "{",
        f"{DOC}cy.zip": b"PK",
        f"{DOC}di.zip": packed({"README": "nothing"}),
        f"{DOC}ed.json": raw(text="Another text."),
        "annotation_ser/b.txt/ada.ser": b"\xac\xed",
        "annotation/c.txt/ada.tsv": "…",
        "guideline/x.pdf": b"%PDF",
    }
    found = read(FORMAT, packed(files))
    assert not isinstance(found, str)
    said = problems(found)
    assert len(said) == 8
    assert "cut off" in said[0]
    assert "there is nothing from 0 to 99 in the text" in said
    assert "its text is not that of the others' work" in said
    assert sum("in no format that is read" in each for each in said) == 2
    assert any("holds no CAS" in each for each in said)
    (article,) = articles(found)
    assert [len(each.annotations) for each in article.works] == [1]
    assert [each.where for each in found if isinstance(each, Found)] == ["a.zip, a.txt"]


@pytest.mark.parametrize("files", [{"x": "y"}, {"exportedproject.json": "{}"}])
def test_zip_without_annotations_is_refused(files: dict[str, Any]) -> None:
    assert "is no INCEpTION project" in read(FORMAT, packed(files))


def test_odd_project_files_give_no_states() -> None:
    odds: list[Any] = [[], {"annotation_documents": None}, {"annotation_documents": [3]}]
    for odd in odds:
        data = packed({"exportedproject.json": odd, f"{DOC}ada.json": raw()})
        (article,) = articles(read(FORMAT, data))
        assert [each.layer.state for each in article.works] == ["open"]


ZIP = packed(project())


def test_content_tells_the_format() -> None:
    assert inception.sniff(ZIP, "a.zip")
    assert not inception.sniff(packed({"a.txt": "Baku."}), "a.zip")
