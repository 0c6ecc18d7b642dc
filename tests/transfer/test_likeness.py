"""Articles that read almost like one that is there are named."""

import io
import random

import pytest

from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import ImportReport, likeness
from tests.transfer.helpers import bring

WORDS = "ministers soldiers border shelling talks villages hospital statement agency parliament"


def article(seed: int, title: str = "Report") -> str:
    dice = random.Random(seed)
    words = [f"{dice.choice(WORDS.split())}{dice.randrange(90)}" for _ in range(200)]
    return f"{title} {seed}.\n\n{' '.join(words)}."


def source(text: str, name: str = "a.txt") -> Source:
    return Source(name, stream=io.BytesIO(text.encode()))


def notes(report: ImportReport) -> list[str]:
    return [f"{each.where}: {each.what}" for each in report.notes if "almost" in each.what]


def test_an_article_like_one_of_the_project(project: Project) -> None:
    bring(project, source(article(1)), source(article(2)))
    report = bring(project, source(f"Corrected. {article(2)}", "new.txt"), source(article(3)))
    assert report.documents == 2
    assert notes(report) == [
        "new.txt: It reads almost like “Report 2.” (99% the same), which the project has."
    ]


def test_articles_of_one_import(project: Project) -> None:
    report = bring(project, source(article(1)), source(article(1) + " More.", "b.txt"))
    assert notes(report) == [
        "b.txt: It reads almost like “Report 1.” (99% the same), which came in before it."
    ]


def test_the_same_text_is_a_duplicate_and_no_more_is_said(project: Project) -> None:
    bring(project, source(article(1)))
    report = bring(project, source(article(1)))
    assert (report.duplicates, notes(report)) == (1, [])


def test_texts_of_no_words(project: Project) -> None:
    report = bring(project, source("…"), source("—"), source("停" * 40), source("停" * 41, "b.txt"))
    assert report.documents == 4
    assert [each.split(":")[0] for each in notes(report)] == ["b.txt"]


def test_many_plain_files_are_not_looked_at_but_pages_are(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likeness, "FEW", 1)
    report = bring(project, source(article(1)), source(article(1) + " More."))
    assert notes(report) == []
    assert report.uncompared == 2
    assert report.sentence() == "Imported 2 articles; 2 not compared for near-duplicates."
    pages = [
        source(f"<!doctype html><article><p>{article(4)}</p><p>{number}</p></article>")
        for number in range(2)
    ]
    assert len(notes(bring(project, *pages))) == 1


def test_an_import_looks_at_so_many_and_no_more(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likeness, "LOOKS", 1)
    report = bring(project, source(article(1)), source(article(1) + " More."))
    assert (notes(report), report.uncompared) == ([], 1)


def test_what_was_added_already_is_found_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.transfer.batch._CHARACTERS", 10)
    report = bring(project, source(article(1)), source(article(1) + " More.", "b.txt"))
    assert notes(report) == [
        "b.txt: It reads almost like “Report 1.” (99% the same), which the project has."
    ]
